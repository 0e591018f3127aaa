/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a pack as texts, and their digests. */
#include "base/buf.h"
#include "pack/handle.h"
#include "pack/rowset.h"

settle_status stl_pack_table(const stl_pack *pack, size_t table, stl_index_table *out,
                             stl_error *err) {
    const stl_table_spec *spec = stl_pack_spec(table);
    return stl_index_find_table(&pack->index, spec->name, spec->n_columns, out, err);
}

stl_str stl_pack_cell(const stl_table_spec *spec, const stl_index_table *table, const int64_t *row,
                      size_t column, char scratch[static STL_DECIMAL_TEXT_MAX]) {
    stl_field_kind kind = spec->columns[column].kind;
    return kind == STL_F_TEXT ? stl_index_text(table, row[column])
                              : stl_pack_number_text(kind, row[column], scratch);
}

static void put_row(stl_buf *out, const stl_table_spec *spec, const stl_index_table *table,
                    const int64_t *row) {
    char scratch[STL_COLUMNS_MAX][STL_DECIMAL_TEXT_MAX];
    stl_str cells[STL_COLUMNS_MAX];
    for (size_t i = 0; i < spec->n_columns; i++)
        cells[i] = stl_pack_cell(spec, table, row, i, scratch[i]);
    stl_canonical_row(out, spec, cells);
}

settle_status stl_pack_rows_digest(const stl_table_spec *spec, const stl_index_table *table,
                                   stl_index_rows rows, char out[static STL_DIGEST_HEX],
                                   stl_error *err) {
    stl_digest *digest = stl_digest_new(STL_SHA256);
    TRY_ALLOC(err, digest);
    SCOPED_BUF line = {0};
    unsigned char bytes[STL_DIGEST_LEN];
    bool ok = true;
    for (size_t i = 0; ok && i < rows.count; i++) {
        line.len = 0;
        put_row(&line, spec, table, rows.rows + i * table->n_cols);
        ok = stl_buf_ok(&line) && stl_digest_add(digest, line.ptr, line.len);
    }
    ok = ok && stl_digest_end(digest, bytes);
    stl_digest_free(digest);
    if (!ok)
        return stl_buf_ok(&line) ? FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256")
                                 : FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    stl_hex(bytes, sizeof bytes, out);
    return SETTLE_OK;
}
