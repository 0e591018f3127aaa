/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the adapter csv. The input is a text of sections: "=== charges" begins charges.csv. */
#include "stays.h"

static const char MARK[] = "=== ";

/* Writes the section that `at` begins with; returns what follows. */
static stl_str write_section(stl_str at) {
    char name[64] = "stays.csv";
    if (stl_str_starts(at, STL_STR("=== "))) {
        const char *end = memchr(at.ptr, '\n', at.len);
        size_t head = end == NULL ? at.len : (size_t)(end - at.ptr) + 1;
        for (int kind = 0; kind < STL_R_KINDS; kind++)
            if (stl_str_starts((stl_str){at.ptr + 4, head - 4},
                               stl_str_of(STL_RECORD_TYPES[kind].stem)))
                snprintf(name, sizeof name, "%s.csv", STL_RECORD_TYPES[kind].stem);
        at = (stl_str){at.ptr + head, at.len - head};
    }
    const char *next = at.len == 0 ? NULL : memmem(at.ptr, at.len, MARK, sizeof MARK - 1);
    size_t len = next == NULL ? at.len : (size_t)(next - at.ptr);
    fuzz_write(name, at.ptr, len);
    return (stl_str){at.ptr + len, at.len - len};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    stl_str at = {(const char *)data, size};
    fuzz_empty();
    do
        at = write_section(at);
    while (at.len > 0);
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
