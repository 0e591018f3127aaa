/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/adapters.h"

#include "base/json.h"
#include "flow/result.h"
#include "load/layout_find.h"
#include "load/listing.h"
#include "load/module.h"
#include "load/probe.h"

#include <errno.h>

static void put_error(stl_json *j, const char *key, const stl_error *err, int32_t lang) {
    char text[1024];
    stl_error_render(err, lang, text, sizeof text);
    stl_json_put_text(j, key, text);
}

/* --- list ------------------------------------------------------------------------------------- */

typedef struct listing {
    const stl_session *session;
    stl_json *j;
} listing;

static settle_status put_layout(const listing *l, const char *name, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    stl_layout *layout = NULL;
    const stl_site *site = l->session->site;
    TRY_ALLOC(err, arena);
    TRY(stl_layout_find(name, site == NULL ? NULL : &site->config.adapters, arena, &layout, err));
    stl_json_put_str(l->j, "title", layout == NULL ? STL_STR("") : layout->title);
    return SETTLE_OK;
}

/* By its name, as in reading. */
static settle_status put_module(const listing *l, const stl_adapter_listed *one, stl_error *err) {
    stl_module module;
    bool there;
    const stl_site *site = l->session->site;
    TRY(stl_module_find(one->name, site == NULL ? NULL : &site->config.adapters, &module, &there,
                        err));
    if (!there)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = one->path, .native = ENOENT,
                    .detail = strerrordesc_np(ENOENT));
    stl_json_put_text(l->j, "title", module.table.title);
    stl_json_put_text(l->j, "version", module.table.head.version);
    return SETTLE_OK;
}

static settle_status on_adapter(void *user, const stl_adapter_listed *one) {
    static const char *const KINDS[] = {[STL_LISTED_BUILTIN] = "builtin",
                                        [STL_LISTED_LAYOUT] = "layout",
                                        [STL_LISTED_MODULE] = "module"};
    const listing *l = user;
    stl_error err = {0};
    settle_status status = SETTLE_OK;
    stl_json_object(l->j);
    stl_json_put_text(l->j, "name", one->name);
    stl_json_put_text(l->j, "kind", KINDS[one->kind]);
    if (one->path != NULL)
        stl_json_put_text(l->j, "path", one->path);
    if (one->kind == STL_LISTED_LAYOUT)
        status = put_layout(l, one->name, &err);
    else if (one->kind == STL_LISTED_MODULE)
        status = put_module(l, one, &err);
    if (status != SETTLE_OK)
        put_error(l->j, "error", &err, l->session->lang);
    stl_json_object_end(l->j);
    return SETTLE_OK;
}

settle_status stl_flow_adapter_list(const stl_session *session, char **out_json, stl_error *err) {
    SCOPED_BUF text = {0};
    stl_json j = {.out = &text};
    listing l = {session, &j};
    stl_json_object(&j);
    stl_json_key(&j, "adapters");
    stl_json_array(&j);
    TRY(stl_adapter_each(session->site == NULL ? NULL : &session->site->config.adapters, on_adapter,
                         &l, err));
    stl_json_array_end(&j);
    stl_json_object_end(&j);
    return stl_flow_take_json(&text, out_json, err);
}

/* --- probe ------------------------------------------------------------------------------------ */

static void put_words(stl_json *j, const stl_probe_column *c) {
    stl_json_key(j, "words");
    stl_json_array(j);
    for (size_t i = 0; i < c->n_words; i++) {
        stl_json_object(j);
        stl_json_put_str(j, "word", c->words[i].text);
        stl_json_put_int(j, "rows", (int64_t)c->words[i].rows);
        stl_json_put_bool(j, "known", c->words[i].known);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
    if (c->more_words)
        stl_json_put_bool(j, "more_words", true);
}

static void put_column(stl_json *j, const stl_probe_column *c, bool looked) {
    stl_json_object(j);
    stl_json_put_str(j, "name", c->column->name);
    if (looked) {
        stl_json_put_bool(j, "there", c->there);
        stl_json_put_bool(j, "may_lack", c->column->newer);
    }
    if (looked && c->there) {
        stl_json_put_int(j, "filled", (int64_t)c->filled);
        stl_json_put_int(j, "longest", (int64_t)c->longest);
    }
    if (looked && c->there && c->has_dates) {
        stl_json_put_int(j, "dates", (int64_t)c->dates);
        stl_json_put_int(j, "never", (int64_t)c->never);
        stl_json_put_int(j, "no_dates", (int64_t)c->undated);
    }
    if (looked && c->there && c->has_words)
        put_words(j, c);
    stl_json_object_end(j);
}

static void put_table(stl_json *j, const stl_probe_table *t, bool looked, int32_t lang) {
    stl_json_object(j);
    stl_json_put_str(j, "name", t->table->name);
    stl_json_put_bool(j, "needed", t->needed);
    if (looked) {
        stl_json_put_bool(j, "there", t->there);
        stl_json_put_int(j, "rows", (int64_t)t->rows);
    }
    if (t->file != NULL) {
        stl_json_put_text(j, "file", t->file);
        stl_json_put_text(j, "encoding", t->encoding);
    }
    if (!stl_str_empty(t->statement))
        stl_json_put_str(j, "statement", t->statement);
    if (t->unasked.status != SETTLE_OK)
        put_error(j, "error", &t->unasked, lang);
    stl_json_key(j, "columns");
    stl_json_array(j);
    for (size_t i = 0; i < t->table->n_columns; i++)
        put_column(j, &t->columns[i], looked);
    stl_json_array_end(j);
    stl_json_object_end(j);
}

static void put_options(stl_json *j, const stl_layout *layout) {
    stl_json_key(j, "options");
    stl_json_array(j);
    for (size_t i = 0; i < layout->n_options; i++) {
        stl_json_object(j);
        stl_json_put_str(j, "name", layout->options[i].name);
        stl_json_put_str(j, "value", layout->options[i].value);
        stl_json_put_str(j, "says", layout->options[i].says);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

/* What a reading says that keeps nothing. */
static settle_status put_reading(stl_json *j, const stl_layout *layout, const stl_adapter_ask *ask,
                                 int32_t lang, stl_error *err) {
    SCOPED_SOURCE *source = NULL;
    stl_error refused = {0};
    settle_status status = stl_layout_open(layout, ask, &source, &refused);
    if (status == SETTLE_E_NO_MEMORY)
        return FAIL(err, status, .field = NULL);
    stl_json_key(j, "read");
    stl_json_object(j);
    stl_json_put_bool(j, "sound", status == SETTLE_OK);
    if (status == SETTLE_OK) {
        stl_json_put_int(j, "stays", (int64_t)stl_source_count(source));
        stl_json_put_int(j, "charges", (int64_t)stl_source_report_of(source)->read[STL_R_CHARGE]);
    } else {
        put_error(j, "error", &refused, lang);
    }
    stl_json_object_end(j);
    return SETTLE_OK;
}

settle_status stl_flow_adapter_probe(const stl_session *session, const char *name,
                                     const stl_adapter_ask *ask, char **out_json, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUF text = {0};
    stl_layout *layout = NULL;
    stl_probe probe;
    stl_json j = {.out = &text};
    bool looked = ask->n_paths > 0;
    TRY_ALLOC(err, arena);
    TRY(stl_layout_find(name, ask->site, arena, &layout, err));
    if (layout == NULL)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "adapter", .value = name,
                    .detail = "no layout of this name");
    if (looked)
        TRY(stl_layout_configure(layout, ask->site, err));
    TRY(stl_probe_layout(layout, ask, arena, &probe, err));
    stl_json_object(&j);
    stl_json_put_str(&j, "adapter", layout->name);
    stl_json_put_str(&j, "title", layout->title);
    stl_json_put_str(&j, "dialect", layout->dialect);
    if (probe.product != NULL)
        stl_json_put_text(&j, "product", probe.product);
    put_options(&j, layout);
    stl_json_key(&j, "tables");
    stl_json_array(&j);
    for (size_t i = 0; i < layout->n_tables; i++)
        put_table(&j, &probe.tables[i], looked, session->lang);
    stl_json_array_end(&j);
    if (looked)
        TRY(put_reading(&j, layout, ask, session->lang, err));
    stl_json_object_end(&j);
    return stl_flow_take_json(&text, out_json, err);
}
