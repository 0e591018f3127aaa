/* SPDX-License-Identifier: Apache-2.0 */
/* A stay as `settle batch` takes it. */
#include "stays.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    stl_source *source = NULL;
    stl_error err = {0};
    settle_status status =
        stl_stay_from_json((stl_str){(const char *)data, size}, "fuzz", 1, &source, &err);
    fuzz_check_source(status, &err, source);
    return 0;
}
