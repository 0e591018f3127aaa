/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the adapter csv. The input is a text of sections: "=== charges" begins charges.csv. */
#include "stays.h"

static void write_section(stl_str name, stl_str text) {
    const char *stem = "stays";
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        if (stl_str_starts(name, stl_str_of(STL_RECORD_TYPES[kind].stem)))
            stem = STL_RECORD_TYPES[kind].stem;
    char file[64];
    snprintf(file, sizeof file, "%s.csv", stem);
    fuzz_write(file, text.ptr, text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_empty();
    fuzz_sections(data, size, write_section);
    char dir[512];
    snprintf(dir, sizeof dir, "%s", fuzz_path(""));
    const char *path = dir;
    stl_source *source = NULL;
    stl_error err = {0};
    settle_status status =
        stl_adapter_open("csv", &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, &err);
    fuzz_check_source(status, &err, source);
    return 0;
}
