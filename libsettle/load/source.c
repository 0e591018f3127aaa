/* SPDX-License-Identifier: Apache-2.0 */
#include "load/builder.h"
#include "load/builtin.h"
#include "load/layout_find.h"
#include "load/module.h"

#include <stdlib.h>

static const stl_adapter *const BUILTIN[] = {&STL_ADAPTER_CSV, &STL_ADAPTER_XML, &STL_ADAPTER_JSON};

const stl_adapter *stl_adapter_find(const char *name) {
    for (size_t i = 0; i < sizeof BUILTIN / sizeof *BUILTIN; i++)
        if (strcmp(BUILTIN[i]->name, name) == 0)
            return BUILTIN[i];
    return NULL;
}

static settle_status open_any(const char *name, const stl_adapter_ask *ask, stl_source **out,
                              stl_error *err) {
    const stl_adapter *builtin = stl_adapter_find(name);
    if (builtin != NULL)
        return builtin->open(ask, out, err);
    SCOPED_ARENA *arena = stl_arena_new();
    stl_layout *layout = NULL;
    stl_module module;
    bool there = false;
    TRY_ALLOC(err, arena);
    TRY(stl_layout_find(name, ask->site, arena, &layout, err));
    if (layout != NULL) {
        TRY(stl_layout_configure(layout, ask->site, err));
        return stl_layout_open(layout, ask, out, err);
    }
    TRY(stl_module_find(name, ask->site, &module, &there, err));
    if (!there)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "adapter", .value = name);
    return stl_module_read(&module, ask, out, err);
}

static settle_status no_such_stay(const char *key, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_STAY_UNKNOWN, .field = "mdtrt_id", .value = key,
                .detail = "the source has no such stay");
}

settle_status stl_adapter_open(const char *name, const stl_adapter_ask *ask, stl_source **out,
                               stl_error *err) {
    SCOPED_SOURCE *source = NULL;
    settle_status status = open_any(name, ask, &source, err);
    if (status == SETTLE_E_INPUT_STAY_UNKNOWN && ask->n_stays > 0)
        return no_such_stay(ask->stays[0], err);
    TRY(status);
    TRY(stl_source_keep(source, ask->stays, ask->n_stays, err));
    *out = source;
    source = NULL;
    return SETTLE_OK;
}

stl_str stl_site_option_of(const stl_adapter_site *site, const char *section, const char *name) {
    for (size_t i = 0; site != NULL && i < site->n_options; i++)
        if (stl_str_is(site->options[i].section, section) &&
            stl_str_is(site->options[i].name, name))
            return site->options[i].value;
    return STL_STR("");
}

int64_t stl_adapter_offset(const stl_adapter_site *site) {
    enum { CHINA_S = 8 * 3600 };
    return site == NULL ? CHINA_S : site->utc_offset_s;
}

size_t stl_source_count(const stl_source *source) {
    return source->n_stays;
}

void stl_source_read_later(stl_source *source, stl_source_later later) {
    source->later = later;
}

static settle_status read_rows(stl_source *source, stl_source_entry *entry, stl_error *err) {
    stl_source_report *report = entry->counted ? NULL : &source->report;
    TRY(source->later.read(source->later.user, entry->stay, entry->number, &entry->whole, report,
                           err));
    entry->counted = true;
    return SETTLE_OK;
}

settle_status stl_source_read(stl_source *source, size_t i, stl_stay **out, stl_error *err) {
    stl_source_entry *entry = &source->entries[i];
    if (entry->stay == NULL)
        return FAIL(err, SETTLE_E_ARG_STATE, .field = "index", .detail = "the stay was taken");
    if (source->later.read != NULL && entry->whole == NULL)
        TRY(read_rows(source, entry, err));
    *out = source->later.read == NULL ? entry->stay : entry->whole;
    return SETTLE_OK;
}

void stl_source_release(stl_source *source, size_t i) {
    stl_stay **whole = &source->entries[i].whole;
    if (*whole == NULL || source->entries[i].lent)
        return;
    source->later.release(source->later.user, *whole);
    *whole = NULL;
}

stl_stay *stl_source_stay(stl_source *source, size_t i) {
    stl_stay *stay = NULL;
    if (stl_source_read(source, i, &stay, NULL) != SETTLE_OK)
        return NULL;
    source->entries[i].lent = true;
    return stay;
}

static bool move_text(stl_arena *arena, stl_str *text) {
    if (text->ptr == NULL)
        return true;
    *text = stl_arena_str(arena, *text);
    return text->ptr != NULL;
}

static bool move_row(const stl_record_type *type, void *row, stl_arena *arena) {
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].kind == STL_F_TEXT &&
            !move_text(arena, (stl_str *)(void *)((char *)row + type->fields[i].offset)))
            return false;
    return true;
}

/* Texts of the head, of rows of persons, and names of unknown columns, may lie in the source until
 * a stay leaves. */
static bool make_whole(stl_stay *stay) {
    for (stl_record_kind kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        for (size_t i = 0; stl_load_of_person(kind) && i < stay->rows[kind].count; i++)
            if (!move_row(type, (char *)stay->rows[kind].items + i * type->size, stay->arena))
                return false;
    }
    for (size_t i = 0; i < stay->n_extras; i++)
        if (!move_text(stay->arena, &stay->extras[i].name) ||
            !move_text(stay->arena, &stay->extras[i].value))
            return false;
    return move_row(&STL_RECORD_TYPES[STL_R_STAY], &stay->head, stay->arena);
}

settle_status stl_source_take(stl_source *source, size_t i, stl_stay **out, stl_error *err) {
    stl_source_entry *entry = &source->entries[i];
    stl_stay *stay;
    TRY(stl_source_read(source, i, &stay, err));
    if (!make_whole(stay))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (entry->whole != NULL)
        stl_stay_free(entry->stay);
    entry->stay = entry->whole = NULL;
    *out = stay;
    return SETTLE_OK;
}

static void free_entry(stl_source_entry *entry) {
    stl_stay_free(entry->stay);
    stl_stay_free(entry->whole);
}

static bool is_asked(stl_str mdtrt_id, const char *const *keys, size_t n_keys) {
    for (size_t i = 0; i < n_keys; i++)
        if (stl_str_is(mdtrt_id, keys[i]))
            return true;
    return false;
}

static bool has_stay(const stl_source *source, const char *key) {
    for (size_t i = 0; i < source->n_stays; i++)
        if (stl_str_is(source->entries[i].stay->head.mdtrt_id, key))
            return true;
    return false;
}

settle_status stl_source_keep(stl_source *source, const char *const *keys, size_t n_keys,
                              stl_error *err) {
    for (size_t i = 0; i < n_keys; i++)
        if (!has_stay(source, keys[i]))
            return no_such_stay(keys[i], err);
    size_t kept = 0;
    for (size_t i = 0; n_keys > 0 && i < source->n_stays; i++) {
        if (is_asked(source->entries[i].stay->head.mdtrt_id, keys, n_keys))
            source->entries[kept++] = source->entries[i];
        else
            free_entry(&source->entries[i]);
    }
    source->n_stays = n_keys == 0 ? source->n_stays : kept;
    return SETTLE_OK;
}

const stl_source_report *stl_source_report_of(const stl_source *source) {
    return &source->report;
}

void stl_source_free(stl_source *source) {
    if (source == NULL)
        return;
    for (size_t i = 0; i < source->n_stays; i++)
        free_entry(&source->entries[i]);
    if (source->later.free != NULL)
        source->later.free(source->later.user);
    stl_stay_free(source->shared);
    stl_arena_free(source->arena);
    free(source);
}

void stl_source_cleanup(stl_source **source) {
    stl_source_free(*source);
}
