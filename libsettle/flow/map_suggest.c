/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_suggest.h"

#include "flow/map.h"
#include "flow/result.h"
#include "match/match.h"

typedef struct suggesting {
    const stl_session *session;
    const stl_mapping *mapping;
    const stl_region *region;
    stl_matcher *matcher;
    stl_day at;
    stl_map_match_fn each;
    void *user;
} suggesting;

/* --- the item --------------------------------------------------------------------------------- */

/* A row in force on the day that leads to a catalogue item in force. */
static bool leads_somewhere(const suggesting *s, const int64_t *row) {
    const stl_index_table *rows = &s->mapping->rows;
    return stl_row_in_force(row, STL_MAP_BEGIN, STL_MAP_END, s->at) &&
           stl_str_is(stl_index_text(rows, row[STL_MAP_STATUS]), "active") &&
           stl_region_row_on(&s->region->tables[STL_T_CATALOGUE],
                             stl_index_text(rows, row[STL_MAP_CODE]), STL_CAT_BEGIN, STL_CAT_END,
                             s->at) != NULL;
}

static bool is_mapped(const suggesting *s, stl_str code) {
    stl_index_rows rows = stl_index_get(&s->mapping->rows, code);
    for (size_t i = 0; i < rows.count; i++)
        if (leads_somewhere(s, rows.rows + i * STL_MAP_COLS))
            return true;
    return false;
}

static bool find_item(const stl_mapping *m, stl_str code, stl_match_item *out) {
    stl_index_rows items = stl_index_get(&m->items, code), rows = stl_index_get(&m->rows, code);
    *out = (stl_match_item){.code = code};
    if (rows.count > 0) {
        const int64_t *row = rows.rows + (rows.count - 1) * STL_MAP_COLS;
        out->name = stl_index_text(&m->rows, row[STL_MAP_ITEM_NAME]);
        out->unit = stl_index_text(&m->rows, row[STL_MAP_UNIT]);
        out->former = stl_index_text(&m->rows, row[STL_MAP_CODE]);
    }
    if (items.count > 0) {
        out->name = stl_index_text(&m->items, items.rows[STL_ITEM_NAME]);
        out->spec = stl_index_text(&m->items, items.rows[STL_ITEM_SPEC]);
        out->unit = stl_index_text(&m->items, items.rows[STL_ITEM_UNIT]);
        out->kind = stl_index_text(&m->items, items.rows[STL_ITEM_KIND]);
        out->price_code = stl_index_text(&m->items, items.rows[STL_ITEM_PRICE_CODE]);
    }
    return items.count + rows.count > 0;
}

/* --- every item ------------------------------------------------------------------------------- */

static settle_status match_item(const suggesting *s, const stl_match_item *item, stl_error *err) {
    stl_match matches[STL_MATCH_MOST];
    size_t n = stl_matcher_find(s->matcher, item, matches);
    return s->each(s->user, s->region, item, matches, n, err);
}

static settle_status suggest_unmapped(void *user, const stl_stay *stay, stl_error *err) {
    const suggesting *s = user;
    stl_match_item item;
    const stl_charge *charge = stl_stay_charges(stay);
    if (find_item(s->mapping, charge->medins_list_codg, &item) && !is_mapped(s, item.code))
        return match_item(s, &item, err);
    return SETTLE_OK;
}

static settle_status suggest_by(suggesting *s, const char *const *items, size_t n_items,
                                stl_error *err) {
    if (n_items == 0)
        return stl_flow_map_each(s->session->site, s->at, suggest_unmapped, s, err);
    for (size_t i = 0; i < n_items; i++) {
        stl_match_item item;
        if (!find_item(s->mapping, stl_str_of(items[i]), &item))
            return FAIL(err, SETTLE_E_INPUT_ITEM_UNKNOWN, .field = "medins_list_codg",
                        .value = items[i]);
        TRY(match_item(s, &item, err));
    }
    return SETTLE_OK;
}

static settle_status by_each_pack(suggesting *s, const char *const *items, size_t n_items,
                                  stl_error *err) {
    const stl_site *site = s->session->site;
    for (size_t i = 0; i < site->n_packs; i++) {
        if (!stl_pack_in_force(site->packs[i], s->at))
            continue;
        s->region = stl_pack_region(site->packs[i]);
        TRY(stl_matcher_new(s->region, s->at, &s->matcher, err));
        settle_status status = suggest_by(s, items, n_items, err);
        stl_matcher_free(s->matcher);
        TRY(status);
    }
    return SETTLE_OK;
}

settle_status stl_flow_map_matches(const stl_session *session, const char *const *items,
                                   size_t n_items, stl_day at, stl_map_match_fn each, void *user,
                                   stl_error *err) {
    suggesting s = {session, stl_mapping_of(session->site->mapping), NULL, NULL, at, each, user};
    return by_each_pack(&s, items, n_items, err);
}

/* --- what is told ----------------------------------------------------------------------------- */

static const char *const FEATURES[STL_MATCH_N][2] = {
    [STL_MATCH_CODE] = {"编码", "code"},
    [STL_MATCH_PRICE_CODE] = {"价目编码", "price-list code"},
    [STL_MATCH_KIND] = {"目录类别", "kind"},
    [STL_MATCH_FORM] = {"剂型", "dosage form"},
    [STL_MATCH_MEASURE] = {"规格", "strength"},
    [STL_MATCH_UNIT] = {"单位", "unit"},
};
static const char *const FIELDS[STL_MATCH_N] = {
    [STL_MATCH_CODE] = "med_list_codg", [STL_MATCH_PRICE_CODE] = "pric_list_codg",
    [STL_MATCH_KIND] = "list_type",     [STL_MATCH_FORM] = "dosform",
    [STL_MATCH_MEASURE] = "spec",       [STL_MATCH_UNIT] = "prcunt",
};

typedef struct telling {
    const stl_session *session;
    const stl_region *region;
    stl_json *j;
} telling;

/* Features that said so, by their fields or in words. */
static void put_said(const telling *t, const char *key, const stl_match *match, stl_match_said said,
                     bool in_words) {
    stl_json_key(t->j, key);
    stl_json_array(t->j);
    for (size_t i = 0; i < STL_MATCH_N; i++)
        if (match->said[i] == said)
            stl_json_str(t->j, stl_str_of(in_words ? FEATURES[i][t->session->lang != SETTLE_LANG_ZH]
                                                   : FIELDS[i]));
    stl_json_array_end(t->j);
}

static void put_proposal(const telling *t, const stl_match *match) {
    const stl_index_table *catalogue = &t->region->tables[STL_T_CATALOGUE];
    stl_json_object(t->j);
    stl_json_put_str(t->j, "med_list_codg", stl_index_text(catalogue, match->row[STL_CAT_CODE]));
    stl_json_put_str(t->j, "med_list_name", stl_index_text(catalogue, match->row[STL_CAT_NAME]));
    stl_json_put_str(t->j, "list_type", stl_index_text(catalogue, match->row[STL_CAT_LIST_TYPE]));
    stl_json_put_str(t->j, "med_list_unit", stl_index_text(catalogue, match->row[STL_CAT_UNIT]));
    stl_json_put_str(t->j, "chrgitm_lv", stl_index_text(catalogue, match->row[STL_CAT_LV]));
    stl_json_put_int(t->j, "score", match->score);
    stl_json_put_bool(t->j, "sure", match->sure);
    stl_json_put_int(t->j, "name_in_catalogue", match->of_item);
    stl_json_put_int(t->j, "name_in_item", match->of_name);
    put_said(t, "agree", match, STL_MATCH_AGREES, false);
    put_said(t, "differ", match, STL_MATCH_DIFFERS, false);
    put_said(t, "agree_words", match, STL_MATCH_AGREES, true);
    put_said(t, "differ_words", match, STL_MATCH_DIFFERS, true);
    stl_json_put_bool(t->j, "code_cut", match->cut);
    stl_json_object_end(t->j);
}

static void name_features(const stl_match *match, stl_match_said said, const char *before,
                          stl_buf *out) {
    for (size_t i = 0; i < STL_MATCH_N; i++)
        if (match->said[i] == said)
            stl_buf_printf(out, "%s%s", before, FIELDS[i]);
}

void stl_flow_map_evidence(const stl_match *match, stl_buf *out) {
    stl_buf_printf(out, "%d", (int)match->score);
    name_features(match, STL_MATCH_AGREES, " ", out);
    name_features(match, STL_MATCH_DIFFERS, ", not ", out);
}

static settle_status put_item(void *user, const stl_region *region, const stl_match_item *item,
                              const stl_match *matches, size_t n, stl_error *err) {
    telling *t = user;
    (void)err;
    t->region = region;
    stl_json_object(t->j);
    stl_json_put_text(t->j, "pack", t->region->id);
    stl_json_put_str(t->j, "medins_list_codg", item->code);
    stl_json_put_str(t->j, "medins_list_name", item->name);
    stl_json_put_str(t->j, "spec", item->spec);
    stl_json_put_str(t->j, "prcunt", item->unit);
    stl_json_put_str(t->j, "former_codg", item->former);
    stl_json_key(t->j, "proposals");
    stl_json_array(t->j);
    for (size_t i = 0; i < n; i++)
        put_proposal(t, &matches[i]);
    stl_json_array_end(t->j);
    stl_json_object_end(t->j);
    return SETTLE_OK;
}

settle_status stl_flow_map_suggest(stl_session *session, const char *const *items, size_t n_items,
                                   stl_day at, char **out_json, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    TRY(stl_flow_need_pack(session->site, at, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    telling t = {session, NULL, &j};
    stl_json_object(&j);
    stl_flow_put_day(&j, "at", at);
    stl_json_key(&j, "items");
    stl_json_array(&j);
    TRY(stl_flow_map_matches(session, items, n_items, at, put_item, &t, err));
    stl_json_array_end(&j);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
