/* SPDX-License-Identifier: Apache-2.0 */
#include "base/index.h"
#include "base/index_image.h"
#include "base/mem.h"

#include <endian.h>
#include <stdlib.h>

typedef struct table {
    char name[STL_INDEX_NAME_MAX];
    size_t n_cols;
    stl_buf cells; /* int64 */
} table;

struct stl_index_writer {
    table *tables;
    size_t n_tables;
    stl_buf heap;
    uint64_t *interned; /* open addressing: (hash >> 32) << 32 | (1 + number of the text) */
    size_t n_interned_slots;
    stl_buf texts; /* int64 cells by number of the text */
};

/* A row to be sorted: its key's first bytes decide most comparisons. */
typedef struct sort_row {
    uint64_t prefix;
    int64_t key;
    size_t row;
} sort_row;

stl_index_writer *stl_index_writer_new(void) {
    return calloc(1, sizeof(stl_index_writer));
}

void stl_index_writer_free(stl_index_writer *writer) {
    if (writer == NULL)
        return;
    for (size_t i = 0; i < writer->n_tables; i++)
        stl_buf_free(&writer->tables[i].cells);
    free(writer->tables);
    free(writer->interned);
    stl_buf_free(&writer->heap);
    stl_buf_free(&writer->texts);
    free(writer);
}

static size_t n_rows(const table *t) {
    return t->cells.len / sizeof(int64_t) / t->n_cols;
}

static const int64_t *row_at(const table *t, size_t row) {
    return (const int64_t *)(const void *)t->cells.ptr + row * t->n_cols;
}

static stl_str text_of(const stl_index_writer *w, int64_t cell) {
    stl_index_table heap = {.heap = w->heap.ptr, .heap_len = w->heap.len};
    return stl_index_text(&heap, cell);
}

settle_status stl_index_writer_table(stl_index_writer *writer, const char *name, size_t n_cols,
                                     stl_error *err) {
    bool twice = false;
    for (size_t i = 0; i < writer->n_tables; i++)
        twice = twice || strcmp(writer->tables[i].name, name) == 0;
    if (twice || strlen(name) >= STL_INDEX_NAME_MAX || n_cols == 0 || n_cols > STL_INDEX_COLS_MAX ||
        writer->n_tables == STL_INDEX_TABLES_MAX)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = name,
                    .detail = "index table exists already or is too large");
    table *grown = realloc(writer->tables, (writer->n_tables + 1) * sizeof *grown);
    TRY_ALLOC(err, grown);
    writer->tables = grown;
    table *t = &grown[writer->n_tables++];
    *t = (table){.n_cols = n_cols};
    memcpy(t->name, name, strlen(name));
    return SETTLE_OK;
}

static int64_t interned_cell(const stl_index_writer *w, uint64_t slot) {
    return ((const int64_t *)(const void *)w->texts.ptr)[(slot & UINT32_MAX) - 1];
}

static size_t n_texts(const stl_index_writer *w) {
    return w->texts.len / sizeof(int64_t);
}

static settle_status grow_interned(stl_index_writer *w, stl_error *err) {
    size_t n = w->n_interned_slots == 0 ? 1024 : w->n_interned_slots * 2;
    uint64_t *slots = calloc(n, sizeof *slots);
    TRY_ALLOC(err, slots);
    for (size_t number = 1; number <= n_texts(w); number++) {
        uint64_t hash = stl_str_hash(text_of(w, interned_cell(w, number)));
        size_t at = (size_t)hash & (n - 1);
        while (slots[at] != 0)
            at = (at + 1) & (n - 1);
        slots[at] = hash >> 32 << 32 | number;
    }
    free(w->interned);
    w->interned = slots;
    w->n_interned_slots = n;
    return SETTLE_OK;
}

static settle_status add_text(stl_index_writer *w, stl_str text, int64_t *out, stl_error *err) {
    if (text.len > STL_INDEX_TEXT_MAX || w->heap.len + text.len >= STL_INDEX_HEAP_MAX ||
        n_texts(w) >= STL_INDEX_ROWS_MAX)
        return FAIL(err, SETTLE_E_OVERFLOW, .detail = "index text or heap too large");
    int64_t cell = (int64_t)((uint64_t)w->heap.len << STL_INDEX_TEXT_LEN_BITS | text.len);
    stl_buf_str(&w->heap, text);
    stl_buf_bytes(&w->texts, &cell, sizeof cell);
    if (!stl_buf_ok(&w->heap) || !stl_buf_ok(&w->texts))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    *out = cell;
    return SETTLE_OK;
}

settle_status stl_index_writer_text(stl_index_writer *writer, stl_str text, int64_t *out_cell,
                                    stl_error *err) {
    if (text.len == 0) {
        *out_cell = 0;
        return SETTLE_OK;
    }
    if (n_texts(writer) * 2 >= writer->n_interned_slots)
        TRY(grow_interned(writer, err));
    uint64_t hash = stl_str_hash(text);
    size_t mask = writer->n_interned_slots - 1;
    size_t at = (size_t)hash & mask;
    for (; writer->interned[at] != 0; at = (at + 1) & mask) {
        uint64_t slot = writer->interned[at];
        if (slot >> 32 != hash >> 32)
            continue;
        int64_t cell = interned_cell(writer, slot);
        if (stl_str_eq(text_of(writer, cell), text)) {
            *out_cell = cell;
            return SETTLE_OK;
        }
    }
    TRY(add_text(writer, text, out_cell, err));
    writer->interned[at] = hash >> 32 << 32 | n_texts(writer);
    return SETTLE_OK;
}

settle_status stl_index_writer_row(stl_index_writer *writer, const int64_t *cells, stl_error *err) {
    if (writer->n_tables == 0)
        return FAIL(err, SETTLE_E_ARG_STATE, .detail = "no index table begun");
    table *t = &writer->tables[writer->n_tables - 1];
    if (cells[0] != 0 && stl_str_empty(text_of(writer, cells[0])))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = t->name, .detail = "the key is no text cell");
    if (n_rows(t) >= STL_INDEX_ROWS_MAX)
        return FAIL(err, SETTLE_E_OVERFLOW, .field = t->name, .detail = "too many index rows");
    stl_buf_bytes(&t->cells, cells, t->n_cols * sizeof *cells);
    if (!stl_buf_ok(&t->cells))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

static uint64_t prefix_of(stl_str key) {
    uint64_t word = 0;
    if (key.len > 0)
        memcpy(&word, key.ptr, key.len < sizeof word ? key.len : sizeof word);
    return be64toh(word);
}

static int by_key(const void *left, const void *right, void *writer) {
    const sort_row *a = left, *b = right;
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    if (a->key != b->key)
        return stl_str_cmp(text_of(writer, a->key), text_of(writer, b->key));
    return a->row < b->row ? -1 : a->row > b->row;
}

static sort_row *sorted_rows(stl_index_writer *w, const table *t) {
    size_t n = n_rows(t);
    sort_row *order = calloc(n + 1, sizeof *order);
    if (order == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        int64_t key = row_at(t, i)[0];
        order[i] = (sort_row){.prefix = prefix_of(text_of(w, key)), .key = key, .row = i};
    }
    qsort_r(order, n, sizeof *order, by_key, w);
    return order;
}

static uint64_t slots_for(const sort_row *order, size_t n) {
    size_t keys = 0;
    for (size_t i = 0; i < n; i++)
        keys += i == 0 || order[i].key != order[i - 1].key;
    uint64_t slots = 8;
    while (slots < keys * 2)
        slots *= 2;
    return slots;
}

/* The buffer has been reserved: appending does not move it. */
static void put_slots(stl_index_writer *w, const sort_row *order, size_t n, uint64_t n_slots,
                      stl_buf *out) {
    stl_index_slot *slots = (stl_index_slot *)(void *)(out->ptr + out->len);
    memset(slots, 0, n_slots * sizeof *slots);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && order[i].key == order[i - 1].key)
            continue;
        uint64_t hash = stl_str_hash(text_of(w, order[i].key));
        uint64_t at = hash & (n_slots - 1);
        while (slots[at].first != 0)
            at = (at + 1) & (n_slots - 1);
        bool more = i + 1 < n && order[i + 1].key == order[i].key;
        slots[at] = (stl_index_slot){(uint32_t)(i + 1), stl_index_tag(hash) | more, order[i].key};
    }
    out->len += n_slots * sizeof *slots;
}

static settle_status put_table(stl_index_writer *w, const table *t, size_t begin, size_t entry_at,
                               stl_buf *out, stl_error *err) {
    SCOPED_FREE sort_row *order = sorted_rows(w, t);
    TRY_ALLOC(err, order);
    size_t n = n_rows(t);
    stl_index_entry entry = {
        .n_rows = n,
        .n_cols = t->n_cols,
        .rows_offset = out->len - begin,
        .n_slots = slots_for(order, n),
        .slots_offset = out->len - begin + t->cells.len,
    };
    memcpy(entry.name, t->name, sizeof entry.name);
    stl_buf_reserve(out, t->cells.len + entry.n_slots * sizeof(stl_index_slot) + w->heap.len + 8);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    for (size_t i = 0; i < n; i++)
        stl_buf_bytes(out, row_at(t, order[i].row), t->n_cols * sizeof(int64_t));
    put_slots(w, order, n, entry.n_slots, out);
    memcpy(out->ptr + entry_at, &entry, sizeof entry);
    return SETTLE_OK;
}

settle_status stl_index_writer_finish(stl_index_writer *writer, stl_buf *out, stl_error *err) {
    size_t begin = out->len;
    size_t directory = begin + sizeof(stl_index_header);
    size_t head_len = sizeof(stl_index_header) + writer->n_tables * sizeof(stl_index_entry);
    if (begin % 8 != 0)
        return FAIL(err, SETTLE_E_ARG_STATE, .detail = "the index image must begin 8-byte aligned");
    stl_buf_reserve(out, head_len + writer->heap.len + 8);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    memset(out->ptr + begin, 0, head_len);
    out->len += head_len;
    for (size_t i = 0; i < writer->n_tables; i++)
        TRY(put_table(writer, &writer->tables[i], begin, directory + i * sizeof(stl_index_entry),
                      out, err));
    stl_index_header head = {
        .order = STL_INDEX_ORDER,
        .n_tables = (uint32_t)writer->n_tables,
        .heap_offset = out->len - begin,
        .heap_len = writer->heap.len,
    };
    stl_buf_str(out, (stl_str){writer->heap.ptr, writer->heap.len});
    while ((out->len - begin) % 8 != 0)
        stl_buf_bytes(out, "", 1);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    head.len = out->len - begin;
    memcpy(head.magic, STL_INDEX_MAGIC, sizeof head.magic);
    memcpy(out->ptr + begin, &head, sizeof head);
    return SETTLE_OK;
}
