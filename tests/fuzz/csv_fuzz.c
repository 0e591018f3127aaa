/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the adapter csv. The input is a text of sections: "=== charges" begins charges.csv. */
#include "stays.h"

#include "support/open_large.h"

static void write_section(stl_str name, stl_str text) {
    const char *stem = "stays";
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        if (stl_str_starts(name, stl_str_of(STL_RECORD_TYPES[kind].stem)))
            stem = STL_RECORD_TYPES[kind].stem;
    char file[64];
    snprintf(file, sizeof file, "%s.csv", stem);
    fuzz_write(file, text.ptr, text.len);
}

/* What is sound for who reads it whole may be too odd to be read in parts; never the other way
 * round, and never another content. */
static void check_large(const char *path, settle_status status, stl_source *whole) {
    SCOPED_SOURCE *large = NULL;
    if (stl_test_open_large(path, &large, NULL) != SETTLE_OK)
        return;
    CLAIM(status == SETTLE_OK);
    CLAIM(stl_source_count(whole) == stl_source_count(large));
    for (size_t i = 0; i < stl_source_count(whole); i++) {
        SCOPED_BUF a = {0}, b = {0};
        stl_stay *read;
        CLAIM(stl_source_read(large, i, &read, NULL) == SETTLE_OK);
        stl_stay_to_json(stl_source_stay(whole, i), &a);
        stl_stay_to_json(read, &b);
        CLAIM(a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0);
        stl_source_release(large, i);
    }
    const stl_source_report *x = stl_source_report_of(whole), *y = stl_source_report_of(large);
    CLAIM(memcmp(x->read, y->read, sizeof x->read) == 0);
    CLAIM(memcmp(x->kept, y->kept, sizeof x->kept) == 0);
    CLAIM(x->n_unknown == y->n_unknown);
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
    check_large(path, status, source);
    fuzz_check_source(status, &err, source);
    return 0;
}
