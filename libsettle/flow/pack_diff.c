/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/pack_diff.h"

#include "flow/base_data.h"
#include "flow/map.h"
#include "flow/map_trial.h"
#include "flow/result.h"
#include "flow/trial.h"

static void pack_cleanup(stl_pack **pack) {
    stl_pack_close(*pack);
}
#define SCOPED_PACK __attribute__((cleanup(pack_cleanup))) stl_pack

typedef struct telling {
    stl_json *j;
    const stl_table_spec *table; /* whose object is open; NULL none */
    int64_t added, removed, changed;
} telling;

static void end_table(telling *t) {
    if (t->table == NULL)
        return;
    stl_json_array_end(t->j);
    stl_json_put_int(t->j, "added", t->added);
    stl_json_put_int(t->j, "removed", t->removed);
    stl_json_put_int(t->j, "changed", t->changed);
    stl_json_object_end(t->j);
}

static void begin_table(telling *t, const stl_table_spec *table) {
    end_table(t);
    *t = (telling){.j = t->j, .table = table};
    stl_json_object(t->j);
    stl_json_put_text(t->j, "table", table->name);
    stl_json_put_text(t->j, "file", table->file);
    stl_json_key(t->j, "rows");
    stl_json_array(t->j);
}

static void put_key(stl_json *j, const stl_pack_change *c) {
    const stl_str *cells = c->before == NULL ? c->after : c->before;
    stl_json_key(j, "key");
    stl_json_object(j);
    for (size_t i = 0; i < c->spec->n_columns; i++)
        if (c->key[i])
            stl_json_put_str(j, c->spec->columns[i].csv, cells[i]);
    stl_json_object_end(j);
}

/* Of a row that is in both, only what differs. */
static void put_cells(stl_json *j, const char *name, const stl_pack_change *c,
                      const stl_str *cells) {
    if (cells == NULL)
        return;
    bool both = c->before != NULL && c->after != NULL;
    stl_json_key(j, name);
    stl_json_object(j);
    for (size_t i = 0; i < c->spec->n_columns; i++)
        if (!c->key[i] && strcmp(c->spec->columns[i].csv, "xml") != 0 && /* its digest says it */
            (!both || !stl_str_eq(c->before[i], c->after[i])))
            stl_json_put_str(j, c->spec->columns[i].csv, cells[i]);
    stl_json_object_end(j);
}

static settle_status tell(void *user, const stl_pack_change *c, stl_error *err) {
    telling *t = user;
    if (t->table != c->spec)
        begin_table(t, c->spec);
    t->added += c->before == NULL;
    t->removed += c->after == NULL;
    t->changed += c->before != NULL && c->after != NULL;
    stl_json_object(t->j);
    stl_json_put_text(t->j, "change",
                      c->before == NULL  ? "added"
                      : c->after == NULL ? "removed"
                                         : "changed");
    put_key(t->j, c);
    put_cells(t->j, "before", c, c->before);
    put_cells(t->j, "after", c, c->after);
    stl_json_object_end(t->j);
    if (!stl_buf_ok(t->j->out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

static void put_pack(stl_json *j, const char *key, const stl_pack *pack, stl_day today,
                     int32_t lang) {
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    stl_json_key(j, key);
    stl_json_object(j);
    stl_json_put_text(j, "file", info.path);
    stl_json_put_text(j, "id", info.id);
    stl_json_put_text(j, "version", info.version);
    stl_json_put_text(j, "digest", info.digest);
    stl_flow_put_base_data(j, stl_pack_region(pack), today, lang);
    stl_json_object_end(j);
}

settle_status stl_flow_pack_diff(stl_session *session, const char *a, const char *b, bool stays,
                                 bool *differs, char **out_json, stl_error *err) {
    SCOPED_PACK *before = NULL;
    SCOPED_PACK *after = NULL;
    stl_day today;
    TRY(stl_flow_day(session, NULL, &today, err));
    TRY(stl_pack_open(a, &before, err));
    TRY(stl_pack_open(b, &after, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    telling t = {.j = &j};
    stl_json_object(&j);
    put_pack(&j, "before", before, today, session->lang);
    put_pack(&j, "after", after, today, session->lang);
    stl_json_key(&j, "tables");
    stl_json_array(&j);
    TRY(stl_pack_diff(before, after, tell, &t, err));
    end_table(&t);
    stl_json_array_end(&j);
    *differs = t.table != NULL;
    if (stays)
        TRY(stl_flow_trial(session, before, after, &j, differs, err));
    if (stays)
        TRY(stl_flow_map_trial(session, before, after, &j, differs, err));
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
