/* SPDX-License-Identifier: Apache-2.0 */
#include "base/index.h"
#include "base/decimal.h"
#include "base/index_image.h"

/* The image may be hostile: nothing of it is trusted but what the checks here have bounded. */

static bool inside(uint64_t offset, uint64_t count, uint64_t size, uint64_t len) {
    return offset % 8 == 0 && offset <= len && count <= (len - offset) / size;
}

static const stl_index_entry *entries(const void *image) {
    return (const stl_index_entry *)((const char *)image + sizeof(stl_index_header));
}

static bool entry_sound(const stl_index_entry *e, uint64_t len) {
    if (memchr(e->name, '\0', sizeof e->name) == NULL || e->n_cols == 0 ||
        e->n_cols > STL_INDEX_COLS_MAX || e->n_rows > STL_INDEX_ROWS_MAX)
        return false;
    bool power_of_two = e->n_slots > 0 && (e->n_slots & (e->n_slots - 1)) == 0;
    return power_of_two && inside(e->rows_offset, e->n_rows, e->n_cols * sizeof(int64_t), len) &&
           inside(e->slots_offset, e->n_slots, sizeof(stl_index_slot), len);
}

settle_status stl_index_open(const void *image, size_t len, stl_index *out, stl_error *err) {
    const stl_index_header *head = image;
    if (len < sizeof *head)
        return FAIL(err, SETTLE_E_PACK_TRUNCATED, .detail = "index shorter than its header");
    if ((uintptr_t)image % 8 != 0 || memcmp(head->magic, STL_INDEX_MAGIC, 8) != 0)
        return FAIL(err, SETTLE_E_PACK_FORMAT, .detail = "no index image");
    if (head->order != STL_INDEX_ORDER)
        return FAIL(err, SETTLE_E_PACK_FORMAT, .detail = "built on a machine of other byte order");
    if (head->len > len)
        return FAIL(err, SETTLE_E_PACK_TRUNCATED, .detail = "index shorter than it says");
    if (head->n_tables > STL_INDEX_TABLES_MAX ||
        !inside(sizeof *head, head->n_tables, sizeof(stl_index_entry), head->len) ||
        !inside(head->heap_offset, head->heap_len, 1, head->len))
        return FAIL(err, SETTLE_E_PACK_FORMAT, .detail = "index directory out of bounds");
    for (size_t i = 0; i < head->n_tables; i++)
        if (!entry_sound(&entries(image)[i], head->len))
            return FAIL(err, SETTLE_E_PACK_FORMAT, .detail = "index table out of bounds");
    *out = (stl_index){.image = image, .len = (size_t)head->len, .n_tables = head->n_tables};
    return SETTLE_OK;
}

settle_status stl_index_find_table(const stl_index *index, const char *name, size_t n_cols,
                                   stl_index_table *out, stl_error *err) {
    const char *base = index->image;
    const stl_index_header *head = index->image;
    for (size_t i = 0; i < index->n_tables; i++) {
        const stl_index_entry *e = &entries(base)[i];
        if (strcmp(e->name, name) != 0)
            continue;
        if (e->n_cols != n_cols)
            return FAIL(err, SETTLE_E_PACK_FORMAT, .field = name,
                        .detail = "index table has another number of columns");
        *out = (stl_index_table){
            .name = e->name,
            .rows = (const int64_t *)(const void *)(base + e->rows_offset),
            .n_rows = (size_t)e->n_rows,
            .n_cols = n_cols,
            .slots = (const stl_index_slot *)(const void *)(base + e->slots_offset),
            .n_slots = (size_t)e->n_slots,
            .heap = base + head->heap_offset,
            .heap_len = (size_t)head->heap_len,
        };
        return SETTLE_OK;
    }
    *out = (stl_index_table){.name = name, .n_cols = n_cols};
    return SETTLE_OK;
}

stl_str stl_index_text(const stl_index_table *table, int64_t cell) {
    uint64_t offset = (uint64_t)cell >> STL_INDEX_TEXT_LEN_BITS;
    uint64_t len = (uint64_t)cell & STL_INDEX_TEXT_MAX;
    if (cell <= 0 || offset > table->heap_len || len > table->heap_len - offset)
        return STL_STR("");
    return (stl_str){table->heap + offset, (size_t)len};
}

/* Texts are interned: rows of one key have the same cell. */
static stl_index_rows group_of(const stl_index_table *table, const stl_index_slot *slot) {
    size_t first = slot->first - 1;
    const int64_t *rows = table->rows + first * table->n_cols;
    size_t most = (slot->tag & 1) == 0 ? 1 : table->n_rows - first;
    size_t count = 1;
    while (count < most && rows[count * table->n_cols] == rows[0])
        count++;
    return (stl_index_rows){rows, count};
}

stl_index_rows stl_index_get(const stl_index_table *table, stl_str key) {
    if (table->n_rows == 0)
        return (stl_index_rows){NULL, 0};
    uint64_t hash = stl_str_hash(key);
    uint32_t tag = stl_index_tag(hash);
    size_t mask = table->n_slots - 1;
    size_t at = (size_t)hash & mask;
    for (size_t probes = 0; probes < table->n_slots; probes++, at = (at + 1) & mask) {
        const stl_index_slot *slot = &table->slots[at];
        if (slot->first == 0)
            break;
        if ((slot->tag & ~UINT32_C(1)) != tag || slot->first > table->n_rows)
            continue;
        __builtin_prefetch(table->rows + (slot->first - 1) * table->n_cols);
        if (stl_str_eq(stl_index_text(table, slot->key), key))
            return group_of(table, slot);
    }
    return (stl_index_rows){NULL, 0};
}
