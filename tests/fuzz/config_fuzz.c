/* SPDX-License-Identifier: Apache-2.0 */
/* settle.ini. */
#include "flow/config.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_write("settle.ini", data, size);
    char home[512];
    snprintf(home, sizeof home, "%s", fuzz_path(""));
    SCOPED_ARENA *arena = stl_arena_new();
    CLAIM(arena != NULL);
    stl_config config;
    stl_error err = {0};
    settle_status status = stl_config_read(home, arena, &config, &err);
    fuzz_check_error(status, &err);
    if (status == SETTLE_OK)
        CLAIM(config.n_packs > 0 && config.fixmedins_code.len > 0 && config.busy_ms >= 0 &&
              config.utc_offset_s >= -15 * 3600 && config.utc_offset_s <= 15 * 3600);
    else
        CLAIM(settle_status_exit_code(status) == 4);
    return 0;
}
