/* SPDX-License-Identifier: Apache-2.0 */
#include "load/listing.h"

#include "load/beside.h"
#include "load/text_map.h"

#include <unistd.h>

typedef struct listing {
    stl_arena *arena;
    stl_text_map names;
    settle_status (*each)(void *user, const stl_adapter_listed *one);
    void *user;
    stl_error *err;
} listing;

static settle_status tell(listing *l, stl_str name, const char *path, stl_listed_kind kind) {
    int64_t *times = stl_text_map_at(&l->names, l->arena, name, 0);
    TRY_ALLOC(l->err, times);
    if (++*times > 1)
        return SETTLE_OK;
    const stl_adapter_listed one = {name.ptr, path, kind};
    return l->each(l->user, &one);
}

static settle_status tell_file(listing *l, const stl_input_file *file, bool modules_too) {
    static const struct {
        const char *ending;
        stl_listed_kind kind;
    } ENDINGS[] = {{".adapter", STL_LISTED_LAYOUT}, {".so", STL_LISTED_MODULE}};
    stl_str base = stl_str_of(file->base);
    for (size_t i = 0; i < 1u + modules_too; i++) {
        size_t len = strlen(ENDINGS[i].ending);
        if (base.len <= len || strcmp(base.ptr + base.len - len, ENDINGS[i].ending) != 0)
            continue;
        stl_str name = stl_arena_str(l->arena, (stl_str){base.ptr, base.len - len});
        TRY_ALLOC(l->err, name.ptr);
        return stl_adapter_is_name(name.ptr) ? tell(l, name, file->path, ENDINGS[i].kind)
                                             : SETTLE_OK;
    }
    return SETTLE_OK;
}

/* A directory that is not there has none. */
static settle_status tell_directory(listing *l, const char *path, bool modules_too) {
    stl_input_files files;
    if (access(path, F_OK) != 0)
        return SETTLE_OK;
    TRY(stl_input_list(&path, 1, l->arena, &files, l->err));
    for (size_t i = 0; i < files.count; i++)
        TRY(tell_file(l, &files.items[i], modules_too));
    return SETTLE_OK;
}

static settle_status tell_home(listing *l, stl_str home) {
    SCOPED_BUF path = {0};
    stl_buf_str(&path, home);
    stl_buf_text(&path, "/adapters.d");
    SCOPED_FREE char *text = stl_buf_take(&path);
    TRY_ALLOC(l->err, text);
    return tell_directory(l, text, false);
}

/* [adapter NAME] module = path. */
static settle_status tell_configured(listing *l, const stl_adapter_site *site) {
    static const stl_str BEGIN = {"adapter ", 8};
    for (size_t i = 0; i < site->n_options; i++) {
        const stl_site_option *o = &site->options[i];
        if (stl_str_is(o->name, "module") && stl_str_starts(o->section, BEGIN) &&
            stl_adapter_is_name(o->section.ptr + BEGIN.len))
            TRY(tell(l, (stl_str){o->section.ptr + BEGIN.len, o->section.len - BEGIN.len},
                     o->value.ptr, STL_LISTED_MODULE));
    }
    return SETTLE_OK;
}

settle_status stl_adapter_each(const stl_adapter_site *site,
                               settle_status (*each)(void *user, const stl_adapter_listed *one),
                               void *user, stl_error *err) {
    static const char *const BUILTIN[] = {"csv", "xml", "json"};
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    listing l = {.arena = arena, .each = each, .user = user, .err = err};
    for (size_t i = 0; i < sizeof BUILTIN / sizeof *BUILTIN; i++)
        TRY(tell(&l, stl_str_of(stl_adapter_find(BUILTIN[i])->name), NULL, STL_LISTED_BUILTIN));
    if (site != NULL && !stl_str_empty(site->home))
        TRY(tell_home(&l, site->home));
    if (site != NULL)
        TRY(tell_configured(&l, site));
    stl_str beside;
    TRY(stl_adapter_beside("", "", arena, &beside, err));
    return beside.ptr == NULL ? SETTLE_OK : tell_directory(&l, beside.ptr, true);
}
