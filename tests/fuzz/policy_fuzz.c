/* SPDX-License-Identifier: Apache-2.0 */
/* policy.xml: refused with a place, or a policy with which a stay is settled without a broken sum.
 */
#include "benefit/benefit.h"
#include "fuzz.h"
#include "pack/policy_read.h"

static const stl_policy_param PARAMS[] = {{{"a", 1}, {"1000.00", 7}}, {{"b", 1}, {"0.5", 3}}};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SCOPED_ARENA *arena = stl_arena_new();
    CLAIM(arena != NULL);
    const stl_policy_source source = {.xml = {(const char *)data, size},
                                      .file = "policy.xml",
                                      .params = PARAMS,
                                      .n_params = size % 3,
                                      .insutype_for = {"", 0}};
    const stl_policy *policy = NULL;
    stl_error err = {0};
    settle_status status = stl_policy_read(&source, 1, arena, &policy, &err);
    fuzz_check_error(status, &err);
    if (status == SETTLE_OK)
        CLAIM(policy != NULL);
    else
        CLAIM(status == SETTLE_E_PACK_POLICY || status == SETTLE_E_INPUT_XML ||
              status == SETTLE_E_INPUT_ENCODING);
    if (status != SETTLE_OK)
        CLAIM(strcmp(err.file, "policy.xml") == 0);
    return 0;
}
