/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a hospital system read by a layout. The input is a text of sections: "=== NAME" begins
 * the file NAME, "=== layout" the layout itself, else one of visits and fees is read. */
#include "load/layout.h"
#include "stays.h"

static const char LAYOUT[] =
    "<adapter xmlns=\"urn:libsettle:adapter:1.0\" name=\"f\" title=\"f\" never=\"1900-01-01\">"
    "<codes name=\"way\"><code from=\"home\" to=\"1\"/></codes>"
    "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"mdtrt_id\" column=\"ID\"/>"
    "<field name=\"fixmedins_code\" text=\"H1\"/><field name=\"psn_no\" column=\"P\"/>"
    "<field name=\"insutype\" text=\"310\"/><field name=\"begntime\" column=\"B\" date=\"civil\"/>"
    "<field name=\"endtime\" column=\"E\" date=\"horolog\"/>"
    "<field name=\"dscg_way\" column=\"W\" codes=\"way\"/></records>"
    "<records kind=\"charges\" from=\"FEE\" key=\"ID\"><state column=\"S\" keep=\"0 1\" drop=\"9\" "
    "worth=\"A\"/>"
    "<let name=\"doc\" column=\"ID\" modulo=\"10\"/><merge by=\"ID doc\" sum=\"A\" same=\"Q\"/>"
    "<join as=\"v\" table=\"V\" key=\"ID\" on=\"V\"/><dates occur=\"T\" post=\"T\"/>"
    "<field name=\"mdtrt_id\" column=\"V\"/><field name=\"feedetl_sn\" column=\"ID\"/>"
    "<field name=\"medins_list_codg\" column=\"I\"/>"
    "<field name=\"det_item_fee_sumamt\" column=\"A\" round=\"2\"/>"
    "<unit><field name=\"cnt\" column=\"Q\" per=\"N\"/><field name=\"pric\" column=\"PR\"/></unit>"
    "<unit reprice=\"4\"><field name=\"cnt\" column=\"Q\"/><field name=\"pric\" column=\"PR\" "
    "per=\"N\"/></unit>"
    "<refunds pair=\"doc\" group=\"I PR\"/></records>"
    "<total from=\"V\" key=\"ID\" tolerance=\"1\"><field name=\"mdtrt_id\" column=\"ID\"/>"
    "<field name=\"medfee_sumamt\" column=\"SUM\"/></total></adapter>";

static stl_str layout_text;

static void take_section(stl_str name, stl_str text) {
    static const char *const FILES[] = {"V.csv",   "V.json",   "V.xml",
                                        "FEE.csv", "FEE.json", "FEE.xml"};
    const char *file = FILES[0];
    if (stl_str_starts(name, STL_STR("layout"))) {
        layout_text = text;
        return;
    }
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        if (stl_str_starts(name, stl_str_of(FILES[i])))
            file = FILES[i];
    fuzz_write(file, text.ptr, text.len);
}

/* A layout is refused as one, by its name. */
static void check_layout(settle_status status, const stl_error *err) {
    if (status == SETTLE_OK || status == SETTLE_E_NO_MEMORY)
        return;
    CLAIM(settle_status_exit_code(status) == 4);
    CLAIM(err->file[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    layout_text = (stl_str){LAYOUT, sizeof LAYOUT - 1};
    fuzz_empty();
    fuzz_sections(data, size, take_section);
    SCOPED_ARENA *arena = stl_arena_new();
    stl_layout *layout = NULL;
    stl_error err = {0};
    char dir[512];
    snprintf(dir, sizeof dir, "%s", fuzz_path(""));
    const char *path = dir;
    settle_status status = stl_layout_read(layout_text, "f.adapter", arena, &layout, &err);
    if (status == SETTLE_OK)
        status = stl_layout_configure(layout, NULL, &err);
    check_layout(status, &err);
    if (status != SETTLE_OK)
        return 0;
    stl_source *source = NULL;
    status =
        stl_layout_open(layout, &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, &err);
    fuzz_check_source(status, &err, source);
    return 0;
}
