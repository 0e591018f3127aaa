/* SPDX-License-Identifier: Apache-2.0 */
#include "load/builder.h"

#include <stdlib.h>

/* What tells two records of a kind apart within their stay (or person). A kind without such fields,
 * or a record that leaves one empty, is told apart by its whole content. */
static const char *const KEY_NAMES[STL_R_KINDS][STL_LOAD_KEY_FIELDS] = {
    [STL_R_CHARGE] = {"feedetl_sn"},
    [STL_R_DIAGNOSIS] = {"inout_diag_type", "diag_type", "diag_srt_no"},
    [STL_R_OPERATION] = {"oprn_srt_no"},
    [STL_R_IDENTITY] = {"psn_no", "psn_idet_type", "begntime"},
    [STL_R_ACCUMULATOR] = {"psn_no", "insutype", "year", "kind"},
    [STL_R_HISTORY] = {"psn_no", "mdtrt_id"},
    [STL_R_ORDER] = {"drord_no", "medins_list_codg"},
    [STL_R_DEPOSIT] = {"recp_no"},
    [STL_R_ENTITLEMENT] = {"psn_no", "insutype", "begndate"},
};

static const char *const SCOPE_NAMES[STL_LOAD_SCOPE_FIELDS] = {
    [STL_LOAD_MDTRT_ID] = "mdtrt_id",
    [STL_LOAD_PSN_NO] = "psn_no",
    [STL_LOAD_INSUTYPE] = "insutype",
};

static void resolve_fields(stl_source_builder *b) {
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        for (int i = 0; i < STL_LOAD_KEY_FIELDS; i++) {
            const char *name = KEY_NAMES[kind][i];
            b->key_fields[kind][i] =
                name == NULL ? -1 : (int16_t)stl_record_field(type, stl_str_of(name));
        }
        for (int i = 0; i < STL_LOAD_SCOPE_FIELDS; i++)
            b->scope_fields[kind][i] = (int16_t)stl_record_field(type, stl_str_of(SCOPE_NAMES[i]));
        for (size_t i = 0; i < type->n_fields; i++)
            if ((type->fields[i].flags & STL_FIELD_COLUMN) != 0)
                b->column_fields[kind] |= (uint64_t)1 << i;
        for (int i = 0; i < STL_LOAD_HINTS; i++)
            b->hints[kind][i] = -1;
    }
}

stl_source_builder *stl_source_builder_new(void) {
    stl_source_builder *b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    b->arena = stl_arena_new();
    b->shared = stl_stay_new();
    b->last_stay = STL_LOAD_SHARED;
    if (b->arena == NULL || b->shared == NULL || !stl_load_keys_init(&b->keys)) {
        stl_source_builder_free(b);
        return NULL;
    }
    resolve_fields(b);
    return b;
}

void stl_load_drop_stays(stl_source_builder *b) {
    stl_load_free_rows(b);
    for (size_t i = 0; i < b->n_stays; i++)
        stl_stay_free(b->stays[i].stay);
    b->n_stays = 0;
}

void stl_source_builder_free(stl_source_builder *b) {
    if (b == NULL)
        return;
    stl_load_drop_stays(b);
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        free(b->room[kind].items);
    stl_stay_free(b->spare);
    free(b->stays);
    free(b->words);
    stl_stay_free(b->shared);
    stl_arena_free(b->arena);
    stl_load_keys_free(&b->keys);
    free(b);
}

void stl_source_builder_cleanup(stl_source_builder **builder) {
    stl_source_builder_free(*builder);
}

stl_stay *stl_load_holder(stl_source_builder *b, int32_t stay) {
    return stay == STL_LOAD_SHARED ? b->shared : b->stays[stay].stay;
}

void stl_source_builder_update(stl_source_builder *b) {
    b->updates = true;
}

void stl_source_builder_patch(stl_source_builder *b) {
    b->patches = true;
}

void stl_source_builder_given(stl_source_builder *b, stl_record_kind kind) {
    b->shared->given[kind] = true;
}

void stl_source_builder_declare(stl_source_builder *b, stl_record_kind kind, size_t records,
                                const char *file) {
    b->declared[kind] = true;
    b->declared_count[kind] += records;
    b->declared_file[kind] = stl_arena_str(b->arena, stl_str_of(file)).ptr;
    b->failed = b->failed || b->declared_file[kind] == NULL;
    b->report.declared += records;
}

/* Names of files and columns come from outside and go to a terminal and into JSON. */
static void note(stl_source_builder *b, const char *text, const char ***list, size_t *count,
                 size_t *cap) {
    size_t room = STL_TEXT_SHOWN_MAX * strlen(text) + 1;
    char *copy = stl_arena_alloc(b->arena, room);
    if (copy != NULL)
        stl_text_show(stl_str_of(text), copy, room);
    const char **slot = stl_arena_push(b->arena, (void **)list, count, cap, sizeof *slot);
    if (slot != NULL)
        *slot = copy;
    b->failed = b->failed || slot == NULL || copy == NULL;
}

void stl_load_report_unknown(stl_source_builder *b, const char *place) {
    note(b, place, &b->report.unknown_columns, &b->report.n_unknown, &b->cap_unknown);
}

void stl_load_repeated(stl_source_builder *b, stl_record_kind kind) {
    b->report.read[kind]++;
    b->report.repeated[kind]++;
}

void stl_source_builder_passed_over(stl_source_builder *b, const char *file) {
    note(b, file, &b->report.passed_over, &b->report.n_passed_over, &b->cap_passed_over);
}

settle_status stl_load_at(settle_status status, stl_error *err, const char *file, int64_t line) {
    if (status == SETTLE_OK || err == NULL)
        return status;
    if (err->file[0] == '\0' && file != NULL)
        stl_text_show(stl_str_of(file), err->file, sizeof err->file);
    if (err->line == 0)
        err->line = line;
    return status;
}
