/* SPDX-License-Identifier: Apache-2.0 */
/* One record into the builder: fields, place, key, content. */
#include "load/builder.h"

#include <stdlib.h>

_Static_assert(offsetof(stl_admission, line) == sizeof(stl_admission) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_charge, line) == sizeof(stl_charge) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_diagnosis, line) == sizeof(stl_diagnosis) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_operation, line) == sizeof(stl_operation) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_identity, line) == sizeof(stl_identity) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_accumulator, line) == sizeof(stl_accumulator) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_history, line) == sizeof(stl_history) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_history_item, line) == sizeof(stl_history_item) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_order, line) == sizeof(stl_order) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_approval, line) == sizeof(stl_approval) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_consent, line) == sizeof(stl_consent) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_pathway_event, line) == sizeof(stl_pathway_event) - sizeof(int64_t),
               "");
_Static_assert(offsetof(stl_deposit, line) == sizeof(stl_deposit) - sizeof(int64_t), "");
_Static_assert(offsetof(stl_entitlement, line) == sizeof(stl_entitlement) - sizeof(int64_t), "");

/* A record on its way in. */
typedef struct incoming {
    stl_source_builder *b;
    stl_record_kind kind;
    const stl_record_type *type;
    const stl_cell *cells;
    size_t n_cells;
    const char *file;
    int64_t line;
    int32_t stay;
    bool scoped;
    stl_stay *holder;
    uint64_t seen; /* fields the record bears, be they empty */
    stl_load_record record;
} incoming;

static const char *kept_name(stl_source_builder *b, const char *file) {
    if (b->last_file == NULL || strcmp(b->last_file, file) != 0)
        b->last_file = stl_arena_str(b->arena, stl_str_of(file)).ptr;
    return b->last_file;
}

static int field_of(const incoming *in, size_t cell) {
    stl_str name = in->cells[cell].name;
    if (cell >= STL_LOAD_HINTS)
        return stl_record_field(in->type, name);
    int16_t *hint = &in->b->hints[in->kind][cell];
    if (*hint < 0 || !stl_str_is(name, in->type->fields[*hint].name))
        *hint = (int16_t)stl_record_field(in->type, name);
    return *hint;
}

static void *field_at(stl_load_record *record, const stl_field *field) {
    return (char *)record + field->offset;
}

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

/* Seeded by the builder's address, which no file knows. */
static uint64_t field_hash(const incoming *in, const stl_field *field) {
    const void *at = (const char *)&in->record + field->offset;
    if (field->kind == STL_F_TEXT)
        return stl_str_hash_seeded(*(const stl_str *)at, (uintptr_t)in->b);
    return (uint64_t) * (const int64_t *)at;
}

static bool field_empty(const stl_field *field, const void *record) {
    const void *at = (const char *)record + field->offset;
    if (field->kind == STL_F_TEXT)
        return stl_str_empty(*(const stl_str *)at);
    return *(const int64_t *)at == STL_NONE;
}

static bool has_key(const incoming *in, const void *record) {
    const int16_t *keys = in->b->key_fields[in->kind];
    for (int i = 0; i < STL_LOAD_KEY_FIELDS && keys[i] >= 0; i++)
        if (field_empty(&in->type->fields[keys[i]], record))
            return false;
    return keys[0] >= 0;
}

static uint64_t hash_of(const incoming *in) {
    uint64_t hash = mix((uint64_t)in->kind, (uint64_t)(int64_t)in->stay);
    if (has_key(in, &in->record)) {
        const int16_t *keys = in->b->key_fields[in->kind];
        for (int i = 0; i < STL_LOAD_KEY_FIELDS && keys[i] >= 0; i++)
            hash = mix(hash, field_hash(in, &in->type->fields[keys[i]]));
        return hash;
    }
    for (size_t i = 0; i < in->type->n_fields; i++)
        hash = mix(hash, field_hash(in, &in->type->fields[i]));
    return hash;
}

static bool field_equal(const stl_field *field, const void *a, const void *b) {
    const char *x = (const char *)a + field->offset, *y = (const char *)b + field->offset;
    if (field->kind == STL_F_TEXT)
        return stl_str_eq(*(const stl_str *)(const void *)x, *(const stl_str *)(const void *)y);
    return *(const int64_t *)(const void *)x == *(const int64_t *)(const void *)y;
}

static bool key_equal(const incoming *in, const void *other) {
    if (!has_key(in, &in->record))
        return stl_record_same(in->type, &in->record, other);
    const int16_t *keys = in->b->key_fields[in->kind];
    for (int i = 0; i < STL_LOAD_KEY_FIELDS && keys[i] >= 0; i++)
        if (!field_equal(&in->type->fields[keys[i]], &in->record, other))
            return false;
    return true;
}

/* --- which stay ------------------------------------------------------------------------------- */

static settle_status new_stay(incoming *in, stl_str id, uint64_t hash, stl_error *err) {
    stl_source_builder *b = in->b;
    if (b->n_stays == b->cap_stays) {
        size_t cap = b->cap_stays == 0 ? 16 : b->cap_stays * 2;
        stl_load_stay *stays = cap > INT32_MAX ? NULL : realloc(b->stays, cap * sizeof *stays);
        TRY_ALLOC(err, stays);
        b->stays = stays;
        b->cap_stays = cap;
    }
    stl_stay *stay = b->spare == NULL ? stl_stay_new() : b->spare;
    TRY_ALLOC(err, stay);
    b->spare = NULL;
    in->stay = (int32_t)b->n_stays++;
    stl_load_stay *entry = &b->stays[in->stay];
    *entry = (stl_load_stay){.stay = stay, .id = stl_arena_str(stay->arena, id)};
    TRY_ALLOC(err, entry->id.ptr);
    stl_load_key mention = {.hash = hash,
                            .line = in->line,
                            .file = in->file,
                            .stay = in->stay,
                            .kind = STL_LOAD_MENTION};
    if (!stl_load_keys_put(&b->keys, mention))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

static settle_status find_stay(incoming *in, stl_str id, stl_error *err) {
    stl_source_builder *b = in->b;
    if (stl_str_empty(id))
        return FAIL(err, SETTLE_E_INPUT_MISSING, .file = in->file, .line = in->line,
                    .field = "mdtrt_id");
    if (b->last_stay >= 0 && stl_str_eq(b->stays[b->last_stay].id, id)) {
        in->stay = b->last_stay;
        return SETTLE_OK;
    }
    uint64_t hash = mix(STL_LOAD_MENTION, stl_str_hash_seeded(id, (uintptr_t)b));
    size_t cursor = 0;
    const stl_load_key *key;
    while ((key = stl_load_keys_next(&b->keys, hash, &cursor)) != NULL)
        if (key->kind == STL_LOAD_MENTION && stl_str_eq(b->stays[key->stay].id, id)) {
            in->stay = b->last_stay = key->stay;
            return SETTLE_OK;
        }
    TRY(new_stay(in, id, hash, err));
    b->last_stay = in->stay;
    return SETTLE_OK;
}

settle_status stl_load_find(stl_source_builder *b, stl_str mdtrt_id, const char *file, int64_t line,
                            int32_t *out_stay, stl_error *err) {
    incoming in = {.b = b, .file = kept_name(b, file), .line = line};
    TRY_ALLOC(err, in.file);
    TRY(find_stay(&in, mdtrt_id, err));
    *out_stay = in.stay;
    return SETTLE_OK;
}

static settle_status find_holder(incoming *in, stl_error *err) {
    if (in->scoped) {
        in->b->stays[in->stay].stay->given[in->kind] = true;
    } else {
        in->b->shared->given[in->kind] = true;
    }
    if (!in->scoped && !stl_load_of_person(in->kind)) {
        stl_str id = {NULL, 0};
        for (size_t i = 0; i < in->n_cells && id.ptr == NULL; i++)
            if (stl_str_is(in->cells[i].name, "mdtrt_id"))
                id = in->cells[i].text;
        TRY(find_stay(in, id, err));
    }
    in->holder = stl_load_holder(in->b, in->stay);
    return SETTLE_OK;
}

/* --- content ---------------------------------------------------------------------------------- */

static settle_status set_fields(incoming *in, stl_error *err) {
    stl_record_init(in->type, &in->record);
    for (size_t i = 0; i < in->n_cells; i++) {
        int field = field_of(in, i);
        if (field < 0)
            continue;
        uint64_t bit = (uint64_t)1 << field;
        if ((in->seen & bit) != 0)
            return FAIL(err, SETTLE_E_INPUT_COLUMN_TWICE, .file = in->file, .line = in->line,
                        .field = in->type->fields[field].name);
        in->seen |= bit;
        if (!stl_str_empty(in->cells[i].text))
            TRY(stl_load_set(in->b, in->stay, in->kind, (size_t)field, in->cells[i].text,
                             &in->record, err));
    }
    return SETTLE_OK;
}

static void default_text(incoming *in, int16_t field, stl_str value) {
    uint64_t bit = field < 0 ? 0 : (uint64_t)1 << field;
    if (field < 0 || (in->seen & bit) != 0)
        return;
    *(stl_str *)field_at(&in->record, &in->type->fields[field]) = value;
    in->seen |= bit;
}

/* What a record inside a stay leaves unsaid; a record of another stay has no place there. */
static settle_status apply_scope(incoming *in, stl_error *err) {
    if (!in->scoped || in->kind == STL_R_STAY)
        return SETTLE_OK;
    const stl_admission *head = &in->holder->head;
    const int16_t *fields = in->b->scope_fields[in->kind];
    default_text(in, fields[STL_LOAD_PSN_NO], head->psn_no);
    default_text(in, fields[STL_LOAD_INSUTYPE], head->insutype);
    if (stl_load_of_person(in->kind))
        return SETTLE_OK;
    int16_t id = fields[STL_LOAD_MDTRT_ID];
    default_text(in, id, head->mdtrt_id);
    stl_str said = *(const stl_str *)field_at(&in->record, &in->type->fields[id]);
    if (!stl_str_empty(said) && !stl_str_eq(said, head->mdtrt_id))
        return FAIL(err, SETTLE_E_INPUT_ORPHAN, .field = "mdtrt_id", .value = said.ptr);
    return SETTLE_OK;
}

static settle_status require_fields(const incoming *in, stl_error *err) {
    TRY(stl_record_require(in->type, &in->record, err));
    uint64_t lacking = in->b->column_fields[in->kind] & ~in->seen;
    if (lacking != 0)
        return FAIL(err, SETTLE_E_INPUT_COLUMN_MISSING,
                    .field = in->type->fields[__builtin_ctzll(lacking)].name);
    return SETTLE_OK;
}

/* --- extras ------------------------------------------------------------------------------------
 */

static settle_status keep_extras(incoming *in, size_t index, stl_error *err) {
    for (size_t i = 0; i < in->n_cells; i++) {
        if (field_of(in, i) >= 0)
            continue;
        stl_str name;
        TRY(stl_load_unknown_name(in->b, in->kind, in->cells[i].name, in->file, &name, err));
        if (stl_str_empty(in->cells[i].text))
            continue;
        stl_stay *h = in->holder;
        stl_extra *extra = stl_arena_push(h->arena, (void **)&h->extras, &h->n_extras,
                                          &h->cap_extras, sizeof *extra);
        TRY_ALLOC(err, extra);
        *extra = (stl_extra){in->type, index, name, stl_arena_str(h->arena, in->cells[i].text)};
        TRY_ALLOC(err, extra->value.ptr);
    }
    return SETTLE_OK;
}

/* --- keeping -----------------------------------------------------------------------------------
 */

static settle_status two_contents(const incoming *in, const char *file, int64_t line,
                                  stl_error *err) {
    SCOPED_BUF first = {0};
    stl_buf_printf(&first, "first at %s:%lld", file, (long long)line);
    int key = in->b->key_fields[in->kind][0];
    const stl_field *field = key < 0 ? NULL : &in->type->fields[key];
    bool shown =
        field != NULL && field->kind == STL_F_TEXT && (field->flags & STL_FIELD_PERSONAL) == 0;
    const char *value =
        shown ? ((const stl_str *)field_at((stl_load_record *)&in->record, field))->ptr : NULL;
    if (in->kind == STL_R_STAY)
        value = in->record.stay.mdtrt_id.ptr;
    return FAIL(err, SETTLE_E_INPUT_DUPLICATE, .file = in->file, .line = in->line,
                .field = in->kind == STL_R_STAY ? "mdtrt_id"
                         : field == NULL        ? NULL
                                                : field->name,
                .value = value, .detail = stl_buf_ok(&first) ? first.ptr : NULL);
}

static void drop_extras(stl_stay *stay, const stl_record_type *type, size_t index) {
    size_t kept = 0;
    for (size_t i = 0; i < stay->n_extras; i++)
        if (stay->extras[i].type != type || stay->extras[i].index != index)
            stay->extras[kept++] = stay->extras[i];
    stay->n_extras = kept;
}

static settle_status keep_head(incoming *in, stl_error *err) {
    stl_load_stay *stay = &in->b->stays[in->stay];
    if (stay->file == NULL) {
        stay->file = in->file;
        stay->rank = in->b->n_heads++;
        stay->stay->head = in->record.stay;
        return keep_extras(in, 0, err);
    }
    in->b->report.repeated[STL_R_STAY]++;
    if (stl_record_same(in->type, &in->record, &stay->stay->head))
        return SETTLE_OK;
    if (!in->b->updates)
        return two_contents(in, stay->file, stay->stay->head.line, err);
    if (!in->b->patches)
        drop_extras(stay->stay, in->type, 0);
    stay->file = in->file;
    stay->stay->head = in->record.stay;
    return keep_extras(in, 0, err);
}

static settle_status keep_row(incoming *in, stl_error *err) {
    stl_source_builder *b = in->b;
    stl_rows *rows = &in->holder->rows[in->kind];
    uint64_t hash = hash_of(in);
    size_t cursor = 0;
    const stl_load_key *key;
    while ((key = stl_load_keys_next(&b->keys, hash, &cursor)) != NULL) {
        if (key->kind != in->kind || key->stay != in->stay)
            continue;
        void *other = (char *)rows->items + key->index * in->type->size;
        if (!key_equal(in, other))
            continue;
        b->report.repeated[in->kind]++;
        if (stl_record_same(in->type, &in->record, other))
            return SETTLE_OK;
        if (!b->updates || in->kind == STL_R_CHARGE)
            return two_contents(in, key->file, key->line, err);
        memcpy(other, &in->record, in->type->size);
        drop_extras(in->holder, in->type, key->index);
        return keep_extras(in, key->index, err);
    }
    stl_load_key fresh = {hash, in->line, in->file, in->stay, in->kind, rows->count};
    void *row = stl_load_push(in->b, in->stay, in->kind);
    TRY_ALLOC(err, row);
    memcpy(row, &in->record, in->type->size);
    if (!stl_load_keys_put(&b->keys, fresh))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return keep_extras(in, fresh.index, err);
}

/* Of a head that says only what changes, the rest is as it was. */
static void fill_from_head(incoming *in) {
    const stl_load_stay *stay = in->stay < 0 ? NULL : &in->b->stays[in->stay];
    if (in->kind != STL_R_STAY || !in->b->patches || stay == NULL || stay->file == NULL)
        return;
    for (size_t i = 0; i < in->type->n_fields; i++) {
        const stl_field *field = &in->type->fields[i];
        size_t size = field->kind == STL_F_TEXT ? sizeof(stl_str) : sizeof(int64_t);
        if ((in->seen & (uint64_t)1 << i) == 0)
            memcpy(field_at(&in->record, field), (const char *)&stay->stay->head + field->offset,
                   size);
        in->seen |= (uint64_t)1 << i;
    }
}

static settle_status take(incoming *in, stl_error *err) {
    TRY(find_holder(in, err));
    TRY(set_fields(in, err));
    fill_from_head(in);
    TRY(apply_scope(in, err));
    TRY(require_fields(in, err));
    memcpy((char *)&in->record + in->type->size - sizeof in->line, &in->line, sizeof in->line);
    in->b->report.read[in->kind]++;
    return in->kind == STL_R_STAY ? keep_head(in, err) : keep_row(in, err);
}

settle_status stl_load_add(stl_source_builder *b, int32_t scope, stl_record_kind kind,
                           const stl_cell *cells, size_t n_cells, const char *file, int64_t line,
                           stl_error *err) {
    incoming in = {.b = b,
                   .kind = kind,
                   .type = &STL_RECORD_TYPES[kind],
                   .cells = cells,
                   .n_cells = n_cells,
                   .file = kept_name(b, file),
                   .line = line,
                   .stay = scope,
                   .scoped = scope != STL_LOAD_SHARED};
    TRY_ALLOC(err, in.file);
    return stl_load_at(take(&in, err), err, in.file, line);
}

settle_status stl_source_builder_add(stl_source_builder *b, stl_record_kind kind,
                                     const stl_cell *cells, size_t n_cells, const char *file,
                                     int64_t line, stl_error *err) {
    return stl_load_add(b, STL_LOAD_SHARED, kind, cells, n_cells, file, line, err);
}
