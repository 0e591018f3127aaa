/* SPDX-License-Identifier: Apache-2.0 */
/* pack.xml. */
#include "fuzz.h"
#include "pack/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SCOPED_ARENA *arena = stl_arena_new();
    CLAIM(arena != NULL);
    stl_manifest manifest;
    stl_error err = {0};
    settle_status status =
        stl_manifest_read((stl_str){(const char *)data, size}, "pack.xml", arena, &manifest, &err);
    fuzz_check_error(status, &err);
    if (status == SETTLE_OK)
        CLAIM(manifest.id.len > 0 && manifest.version.len > 0 && manifest.regions.n > 0);
    else
        CLAIM(settle_status_exit_code(status) == 4 && strcmp(err.file, "pack.xml") == 0);
    return 0;
}
