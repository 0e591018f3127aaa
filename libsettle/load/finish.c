/* SPDX-License-Identifier: Apache-2.0 */
/* The end of reading: heads in order, rows of persons to their stays, counts. */
#include "load/builder.h"

#include <stdlib.h>

/* A text by which rows find their stays. */
typedef struct link {
    stl_str text;
    size_t stay; /* in the order of heads */
} link;

typedef struct links {
    link *items;
    size_t count, cap;
} links;

typedef struct finishing {
    stl_source_builder *b;
    stl_stay **stays; /* in the order of heads */
    links persons, histories;
    size_t extra; /* of the shared rows: the first not yet behind us */
} finishing;

static int link_order(const void *a, const void *b) {
    const link *x = a, *y = b;
    int order = stl_str_cmp(x->text, y->text);
    return order != 0 ? order : (x->stay > y->stay) - (x->stay < y->stay);
}

static const link *first_link(const links *l, stl_str text) {
    size_t low = 0, high = l->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (stl_str_cmp(l->items[mid].text, text) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return l->count == 0 ? NULL : &l->items[low];
}

static bool links_here(const links *l, const link *at, stl_str text) {
    return at != NULL && at < l->items + l->count && stl_str_eq(at->text, text);
}

static settle_status add_link(finishing *f, links *l, stl_str text, size_t stay, stl_error *err) {
    link *slot = stl_arena_push(f->b->arena, (void **)&l->items, &l->count, &l->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = (link){text, stay};
    return SETTLE_OK;
}

static void sort_links(links *l) {
    if (l->count > 1)
        qsort(l->items, l->count, sizeof *l->items, link_order);
}

/* Where the record at a place was read; only for errors. */
static const stl_load_key *origin(const stl_source_builder *b, int32_t stay, uint32_t kind,
                                  size_t index) {
    for (size_t i = 0; i < b->keys.count; i++) {
        const stl_load_key *key = &b->keys.items[i];
        if (key->stay == stay && key->kind == kind && key->index == index)
            return key;
    }
    return NULL;
}

static settle_status orphan(const stl_source_builder *b, int32_t stay, uint32_t kind, size_t index,
                            const char *field, const char *value, stl_error *err) {
    const stl_load_key *key = origin(b, stay, kind, index);
    return FAIL(err, SETTLE_E_INPUT_ORPHAN, .file = key == NULL ? NULL : key->file,
                .line = key == NULL ? 0 : key->line, .field = field, .value = value);
}

static settle_status order_heads(finishing *f, stl_error *err) {
    stl_source_builder *b = f->b;
    for (size_t i = 0; i < b->n_stays; i++) {
        if (b->stays[i].file == NULL)
            return orphan(b, (int32_t)i, STL_LOAD_MENTION, 0, "mdtrt_id", b->stays[i].id.ptr, err);
        f->stays[b->stays[i].rank] = b->stays[i].stay;
        TRY(add_link(f, &f->persons, b->stays[i].stay->head.psn_no, b->stays[i].rank, err));
    }
    sort_links(&f->persons);
    if (b->n_heads == 0)
        return FAIL(err, SETTLE_E_INPUT_STAY_UNKNOWN, .file = STL_RECORD_TYPES[STL_R_STAY].stem,
                    .field = "mdtrt_id", .detail = "the input has no stay");
    return SETTLE_OK;
}

static stl_str person_of(stl_record_kind kind, const void *row) {
    switch (kind) {
    case STL_R_IDENTITY:
        return ((const stl_identity *)row)->psn_no;
    case STL_R_ACCUMULATOR:
        return ((const stl_accumulator *)row)->psn_no;
    case STL_R_HISTORY:
        return ((const stl_history *)row)->psn_no;
    case STL_R_ENTITLEMENT:
        return ((const stl_entitlement *)row)->psn_no;
    default:
        return ((const stl_history_item *)row)->mdtrt_id;
    }
}

static bool fits(stl_record_kind kind, const void *row, const stl_admission *head) {
    return kind != STL_R_ACCUMULATOR ||
           stl_str_eq(((const stl_accumulator *)row)->insutype, head->insutype);
}

static settle_status check_history_items(const stl_source_builder *b, size_t i,
                                         const stl_stay *stay, stl_error *err) {
    const stl_history *known = STL_ROWS_OF(stay, STL_R_HISTORY, stl_history);
    const stl_history_item *items = STL_ROWS_OF(stay, STL_R_HISTORY_ITEM, stl_history_item);
    size_t n = stay->rows[STL_R_HISTORY].count, at = 0;
    for (size_t r = 0; r < stay->rows[STL_R_HISTORY_ITEM].count; r++) {
        size_t tried = 0; /* items of one stay follow each other: begin where the last was found */
        while (tried < n && !stl_str_eq(known[at].mdtrt_id, items[r].mdtrt_id)) {
            tried++;
            at = at + 1 == n ? 0 : at + 1;
        }
        if (tried == n)
            return orphan(b, (int32_t)i, STL_R_HISTORY_ITEM, r, "mdtrt_id", items[r].mdtrt_id.ptr,
                          err);
    }
    return SETTLE_OK;
}

/* Rows that came inside a stay must be of its person. */
static settle_status check_inner(const stl_source_builder *b, size_t i, stl_error *err) {
    static const stl_record_kind BY_PERSON[] = {STL_R_IDENTITY, STL_R_ACCUMULATOR, STL_R_HISTORY,
                                                STL_R_ENTITLEMENT};
    const stl_stay *stay = b->stays[i].stay;
    for (size_t k = 0; k < sizeof BY_PERSON / sizeof *BY_PERSON; k++) {
        stl_record_kind kind = BY_PERSON[k];
        for (size_t r = 0; r < stay->rows[kind].count; r++) {
            const void *row =
                (const char *)stay->rows[kind].items + r * STL_RECORD_TYPES[kind].size;
            if (!stl_str_eq(person_of(kind, row), stay->head.psn_no))
                return orphan(b, (int32_t)i, kind, r, "psn_no", NULL, err);
            if (!fits(kind, row, &stay->head))
                return orphan(b, (int32_t)i, kind, r, "insutype", NULL, err);
        }
    }
    return check_history_items(b, i, stay, err);
}

/* Extras lie in the order of their rows: the cursor only moves on. */
static settle_status copy_extras(finishing *f, const stl_record_type *type, size_t index,
                                 stl_stay *to, size_t new_index, stl_error *err) {
    const stl_stay *from = f->b->shared;
    while (f->extra < from->n_extras &&
           (from->extras[f->extra].type != type || from->extras[f->extra].index < index))
        f->extra++;
    for (size_t i = f->extra; i < from->n_extras; i++) {
        if (from->extras[i].type != type)
            continue;
        if (from->extras[i].index != index)
            break;
        stl_extra *extra = stl_arena_push(to->arena, (void **)&to->extras, &to->n_extras,
                                          &to->cap_extras, sizeof *extra);
        TRY_ALLOC(err, extra);
        *extra = from->extras[i];
        extra->index = new_index;
    }
    return SETTLE_OK;
}

static settle_status bind_row(finishing *f, stl_record_kind kind, size_t index, stl_error *err) {
    const stl_stay *shared = f->b->shared;
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    const void *row = (const char *)shared->rows[kind].items + index * type->size;
    const links *by = kind == STL_R_HISTORY_ITEM ? &f->histories : &f->persons;
    stl_str text = person_of(kind, row);
    const char *mismatch = kind == STL_R_HISTORY_ITEM ? "mdtrt_id" : "psn_no";
    bool bound = false;
    for (const link *at = first_link(by, text); links_here(by, at, text); at++) {
        stl_stay *stay = f->stays[at->stay];
        if (at > by->items && link_order(at - 1, at) == 0)
            continue;
        if (!fits(kind, row, &stay->head)) {
            mismatch = "insutype";
            continue;
        }
        size_t new_index = stay->rows[kind].count;
        void *copy = stl_stay_add(stay, kind);
        TRY_ALLOC(err, copy);
        memcpy(copy, row, type->size);
        TRY(copy_extras(f, type, index, stay, new_index, err));
        if (kind == STL_R_HISTORY)
            TRY(add_link(f, &f->histories, ((const stl_history *)row)->mdtrt_id, at->stay, err));
        bound = true;
    }
    if (!bound)
        return orphan(f->b, STL_LOAD_SHARED, kind, index, mismatch, NULL, err);
    f->b->report.kept[kind]++;
    return SETTLE_OK;
}

static settle_status bind_rows(finishing *f, stl_record_kind kind, stl_error *err) {
    f->extra = 0;
    for (size_t i = 0; i < f->b->shared->rows[kind].count; i++)
        TRY(bind_row(f, kind, i, err));
    return SETTLE_OK;
}

static settle_status check_counts(const stl_source_builder *b, stl_error *err) {
    const stl_source_report *r = &b->report;
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        SCOPED_BUF detail = {0};
        const char *stem = STL_RECORD_TYPES[kind].stem;
        if (b->declared[kind] && b->declared_count[kind] != r->read[kind]) {
            stl_buf_printf(&detail, "declared %zu, read %zu", b->declared_count[kind],
                           r->read[kind]);
            return FAIL(err, SETTLE_E_INPUT_COUNT, .file = b->declared_file[kind], .field = stem,
                        .detail = stl_buf_ok(&detail) ? detail.ptr : NULL);
        }
        if (r->read[kind] != r->kept[kind] + r->repeated[kind]) {
            stl_buf_printf(&detail, "read %zu, kept %zu, repeated %zu", r->read[kind],
                           r->kept[kind], r->repeated[kind]);
            return FAIL(err, SETTLE_E_INPUT_COUNT, .field = stem,
                        .detail = stl_buf_ok(&detail) ? detail.ptr : NULL);
        }
    }
    return SETTLE_OK;
}

static settle_status bind_all(finishing *f, stl_error *err) {
    stl_source_builder *b = f->b;
    TRY(order_heads(f, err));
    for (size_t i = 0; i < b->n_stays; i++) {
        TRY(stl_load_settle_rows(b, (int32_t)i, err));
        TRY(check_inner(b, i, err));
    }
    b->report.kept[STL_R_STAY] = b->n_heads;
    for (size_t i = 0; i < b->n_stays; i++)
        for (int kind = 0; kind < STL_R_KINDS; kind++) {
            stl_stay *stay = b->stays[i].stay;
            b->report.kept[kind] += stay->rows[kind].count;
            stay->given[kind] = stay->given[kind] || b->shared->given[kind];
        }
    TRY(bind_rows(f, STL_R_IDENTITY, err));
    TRY(bind_rows(f, STL_R_ACCUMULATOR, err));
    TRY(bind_rows(f, STL_R_ENTITLEMENT, err));
    TRY(bind_rows(f, STL_R_HISTORY, err));
    sort_links(&f->histories);
    TRY(bind_rows(f, STL_R_HISTORY_ITEM, err));
    return check_counts(b, err);
}

settle_status stl_source_builder_finish(stl_source_builder *b, stl_source **out, stl_error *err) {
    finishing f = {.b = b, .stays = stl_arena_alloc(b->arena, b->n_stays * sizeof *f.stays)};
    TRY_ALLOC(err, f.stays);
    if (b->failed)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY(bind_all(&f, err));
    stl_source_entry *entries = stl_arena_alloc(b->arena, b->n_stays * sizeof *entries);
    TRY_ALLOC(err, entries);
    for (size_t i = 0; i < b->n_stays; i++)
        entries[i] = (stl_source_entry){.stay = f.stays[i], .number = i};
    stl_source *source = calloc(1, sizeof *source);
    TRY_ALLOC(err, source);
    *source = (stl_source){.arena = b->arena,
                           .shared = b->shared,
                           .entries = entries,
                           .n_stays = b->n_stays,
                           .report = b->report};
    stl_load_free_rows(b);
    b->arena = NULL;
    b->shared = NULL;
    b->n_stays = 0;
    *out = source;
    return SETTLE_OK;
}
