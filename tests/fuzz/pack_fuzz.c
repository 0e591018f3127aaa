/* SPDX-License-Identifier: Apache-2.0 */
/* A hostile pack whose digests are right: index section and database may hold anything. */
#include "fuzz.h"
#include "pack/handle.h"

static void use(const stl_pack *pack) {
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    CLAIM(strlen(info.id) + strlen(info.version) + strlen(info.name) < SIZE_MAX);
    for (size_t i = 0; i < info.n_regions; i++)
        (void)stl_pack_serves(pack, STL_STR("310"), info.regions[i], 20000);
    const stl_region *region = stl_pack_region(pack);
    for (size_t t = 0; t < STL_T_COUNT; t++) {
        const stl_index_table *table = &region->tables[t];
        for (size_t i = 0; i < table->n_rows && i < 32; i++)
            (void)stl_region_row_on(table, stl_index_text(table, table->rows[i * table->n_cols]), 1,
                                    2, 20000);
    }
}

/* The footer as it should be for these bytes, should they be a pack at all. */
static void mend_footer(uint8_t *bytes, size_t len, const char *path) {
    stl_footer footer;
    stl_error err = {0};
    unsigned char *at = bytes + len - STL_FOOTER_LEN;
    memcpy(&footer.sqlite_len, at + 16, 8);
    memcpy(&footer.index_offset, at + 24, 8);
    memcpy(&footer.index_len, at + 32, 8);
    memcpy(footer.pack_digest, at + 80, STL_DIGEST_LEN);
    if (footer.index_offset <= len && footer.index_len <= len - footer.index_offset)
        CLAIM(stl_digest_of(STL_SHA256, bytes + footer.index_offset, footer.index_len,
                            footer.index_digest, &err) == SETTLE_OK);
    unsigned char made[STL_FOOTER_LEN];
    (void)path;
    if (stl_footer_encode(&footer, made, &err) == SETTLE_OK)
        memcpy(at, made, STL_FOOTER_LEN);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t *bytes = malloc(size == 0 ? 1 : size);
    CLAIM(bytes != NULL);
    memcpy(bytes, data, size);
    if (size > STL_FOOTER_LEN)
        mend_footer(bytes, size, "fuzz.pack");
    fuzz_write("fuzz.pack", bytes, size);
    free(bytes);
    char path[512];
    snprintf(path, sizeof path, "%s", fuzz_path("fuzz.pack"));
    stl_pack *pack = NULL;
    stl_error err = {0};
    settle_status status = stl_pack_open_as(path, false, &pack, &err);
    fuzz_check_error(status, &err);
    if (status == SETTLE_OK) {
        use(pack);
        stl_pack_close(pack);
        err = (stl_error){0};
        fuzz_check_error(stl_pack_check(path, &err), &err);
    } else {
        CLAIM(settle_status_exit_code(status) == 4 || status == SETTLE_E_INPUT_XML);
    }
    return 0;
}
