/* SPDX-License-Identifier: Apache-2.0 */
/* Stays in XML. */
#include "stays.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_write("stays.xml", data, size);
    char file[512];
    snprintf(file, sizeof file, "%s", fuzz_path("stays.xml"));
    const char *path = file;
    stl_source *source = NULL;
    stl_error err = {0};
    settle_status status =
        stl_adapter_open("xml", &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, &err);
    fuzz_check_source(status, &err, source);
    return 0;
}
