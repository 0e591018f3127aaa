/* SPDX-License-Identifier: Apache-2.0 */
/* A hostile index image: every row and text of its tables is within it. */
#include "base/buf.h"
#include "base/index.h"
#include "fuzz.h"
#include "pack/tables.h"

static uint64_t sum_text(const stl_index_table *table, int64_t cell) {
    stl_str text = stl_index_text(table, cell);
    uint64_t sum = 0;
    for (size_t i = 0; i < text.len && i < 64; i++)
        sum += (unsigned char)text.ptr[i] + (unsigned char)text.ptr[text.len - 1 - i];
    return sum;
}

static uint64_t walk(const stl_index_table *table) {
    uint64_t sum = 0;
    size_t n = table->n_rows < 64 ? table->n_rows : 64;
    for (size_t i = 0; i < n; i++) {
        const int64_t *row = table->rows + i * table->n_cols;
        for (size_t c = 0; c < table->n_cols; c++)
            sum += sum_text(table, row[c]);
        stl_index_rows found = stl_index_get(table, stl_index_text(table, row[0]));
        CLAIM(found.count <= table->n_rows);
        for (size_t k = 0; k < found.count && k < 64; k++)
            sum += sum_text(table, found.rows[k * table->n_cols + table->n_cols - 1]);
    }
    return sum + stl_index_get(table, STL_STR("no such key")).count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static volatile uint64_t read;                  /* so that nothing of it is left out */
    uint64_t *image = malloc(size == 0 ? 8 : size); /* aligned, and not longer than it is */
    CLAIM(image != NULL);
    memcpy(image, data, size);
    stl_index index;
    stl_error err = {0};
    settle_status status = stl_index_open(image, size, &index, &err);
    fuzz_check_error(status, &err);
    for (size_t i = 0; status == SETTLE_OK && i < STL_PACK_TABLES; i++) {
        const stl_table_spec *spec = stl_pack_spec(i);
        stl_index_table table;
        settle_status found =
            stl_index_find_table(&index, spec->name, spec->n_columns, &table, &err);
        CLAIM(found == SETTLE_OK || found == SETTLE_E_PACK_FORMAT);
        if (found == SETTLE_OK)
            read = walk(&table);
    }
    (void)read;
    free(image);
    return 0;
}
