/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of a standard, read by the layout that comes with it. The first byte says which. Run at
 * the root of the source. */
#include "base/file.h"
#include "load/layout.h"
#include "stays.h"

static const struct {
    const char *name, *file;
} STANDARDS[] = {{"hl7", "m.hl7"}, {"nhsa", "m.json"}, {"fhir", "m.json"}};
enum { N_STANDARDS = sizeof STANDARDS / sizeof *STANDARDS };

static stl_layout *layout_of(size_t standard, const stl_adapter_site *site, stl_arena *arena) {
    char path[128];
    SCOPED_BUF text = {0};
    stl_layout *layout = NULL;
    stl_error err = {0};
    snprintf(path, sizeof path, "adapters/%s/%s.adapter", STANDARDS[standard].name,
             STANDARDS[standard].name);
    CLAIM(stl_file_read(path, path, SETTLE_E_ADAPTER_OPEN, &text, NULL, &err) == SETTLE_OK);
    CLAIM(stl_layout_read((stl_str){text.ptr, text.len}, path, arena, &layout, &err) == SETTLE_OK);
    CLAIM(stl_layout_configure(layout, site, &err) == SETTLE_OK);
    return layout;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const stl_site_option SET[] = {
        {{"institution", 11}, {"fixmedins_code", 14}, {"H99990100001", 12}},
        {{"institution", 11}, {"fixmedins_name", 14}, {"H", 1}},
        {{"institution", 11}, {"medins_lv", 9}, {"3", 1}}};
    if (size == 0)
        return 0;
    const stl_adapter_site site = {.options = SET, .n_options = 3, .utc_offset_s = 28800};
    size_t standard = data[0] % N_STANDARDS;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_layout *layout = layout_of(standard, &site, arena);
    fuzz_empty();
    fuzz_write(STANDARDS[standard].file, data + 1, size - 1);
    char path[512];
    snprintf(path, sizeof path, "%s", fuzz_path(STANDARDS[standard].file));
    const char *only = path;
    const stl_adapter_ask ask = {.paths = &only, .n_paths = 1, .site = &site};
    stl_error err = {0};
    stl_source *source = NULL;
    settle_status status = stl_layout_open(layout, &ask, &source, &err);
    fuzz_check_source(status, &err, source);
    return 0;
}
