/* SPDX-License-Identifier: Apache-2.0 */
/* A table of a pack in CSV: the first byte says which. What is accepted is found again in the
 * index. */
#include "fuzz.h"
#include "pack/table_csv.h"

static void check_index(const stl_rowset *set, const stl_pool *pool) {
    SCOPED_BUF image = {0};
    stl_error err = {0};
    stl_index_writer *writer = stl_index_writer_new();
    int64_t *memo = stl_rowset_memo(pool);
    CLAIM(writer != NULL && memo != NULL);
    settle_status status = stl_rowset_index(set, pool, memo, writer, &err);
    if (status == SETTLE_OK)
        status = stl_index_writer_finish(writer, &image, &err);
    fuzz_check_error(status, &err);
    stl_index index;
    stl_index_table table;
    if (status == SETTLE_OK) {
        CLAIM(stl_index_open(image.ptr, image.len, &index, &err) == SETTLE_OK);
        CLAIM(stl_index_find_table(&index, set->spec->name, set->spec->n_columns, &table, &err) ==
              SETTLE_OK);
        CLAIM(table.n_rows == set->n);
    }
    for (size_t i = 0; status == SETTLE_OK && i < set->n && i < 64; i++) {
        char scratch[STL_DECIMAL_TEXT_MAX];
        stl_str key = stl_rowset_text(set, pool, i, 0, scratch);
        CLAIM(stl_index_get(&table, key).count > 0);
    }
    free(memo);
    stl_index_writer_free(writer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    size_t which = data[0] % STL_PACK_TABLES;
    stl_table_key key = stl_pack_key(which);
    const stl_table_csv csv = {.name = "table.csv",
                               .failure = SETTLE_E_PACK_SOURCE,
                               .encoding = STL_ENC_DETECT,
                               .tolerant = (data[0] & 0x80) != 0,
                               .rule = stl_pack_cell_rule,
                               .table = which,
                               .begin = key.begin,
                               .end = key.end};
    SCOPED_POOL *pool = stl_pool_new();
    CLAIM(pool != NULL);
    stl_rowset set = {.spec = stl_pack_spec(which)};
    stl_error err = {0};
    settle_status status =
        stl_table_csv_read(&csv, (stl_str){(const char *)data + 1, size - 1}, pool, &set, &err);
    if (status == SETTLE_OK)
        status = stl_rowset_sort(&set, pool, &err);
    if (status == SETTLE_OK)
        status = stl_rowset_unique(&set, key, pool, SETTLE_E_PACK_SOURCE, &err);
    fuzz_check_error(status, &err);
    if (status == SETTLE_OK)
        check_index(&set, pool);
    else
        CLAIM(settle_status_exit_code(status) == 4);
    stl_rowset_free(&set);
    return 0;
}
