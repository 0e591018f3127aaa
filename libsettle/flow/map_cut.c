/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_cut.h"

#include "match/codes.h"

enum { CANDIDATES = 20 };

typedef struct looking {
    const stl_region *region;
    stl_codes codes;
    const stl_index_table *rows;
    stl_json *j;
    uint32_t found;
} looking;

static void look_at(looking *k, const int64_t *row) {
    const int64_t *candidates[CANDIDATES];
    stl_str code = stl_index_text(k->rows, row[STL_MAP_CODE]);
    size_t n = stl_codes_cut(&k->codes, code, candidates, CANDIDATES);
    if (n == 0)
        return;
    k->found++;
    stl_json_object(k->j);
    stl_json_put_text(k->j, "pack", k->region->id);
    stl_json_put_str(k->j, "map_id", stl_index_text(k->rows, row[STL_MAP_ID]));
    stl_json_put_str(k->j, "medins_list_codg", stl_index_text(k->rows, row[STL_MAP_ITEM]));
    stl_json_put_str(k->j, "med_list_codg", code);
    stl_json_put_int(k->j, "n_candidates", (int64_t)n);
    stl_json_key(k->j, "candidates");
    stl_json_array(k->j);
    for (size_t i = 0; i < n && i < CANDIDATES; i++)
        stl_json_str(
            k->j, stl_index_text(&k->region->tables[STL_T_CATALOGUE], candidates[i][STL_CAT_CODE]));
    stl_json_array_end(k->j);
    stl_json_object_end(k->j);
}

static settle_status look_by(looking *k, const stl_pack *pack, stl_day at, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    k->region = stl_pack_region(pack);
    TRY(stl_codes_of(k->region, at, arena, &k->codes, err));
    for (size_t i = 0; i < k->rows->n_rows; i++) {
        const int64_t *row = k->rows->rows + i * k->rows->n_cols;
        if (stl_row_in_force(row, STL_MAP_BEGIN, STL_MAP_END, at))
            look_at(k, row);
    }
    return SETTLE_OK;
}

settle_status stl_flow_map_cut(const stl_session *session, stl_day at, stl_json *j,
                               uint32_t *problems, stl_error *err) {
    const stl_site *site = session->site;
    looking k = {.rows = &stl_mapping_of(site->mapping)->rows, .j = j};
    stl_json_key(j, "codes_cut");
    stl_json_array(j);
    for (size_t i = 0; i < site->n_packs; i++)
        if (stl_pack_in_force(site->packs[i], at))
            TRY(look_by(&k, site->packs[i], at, err));
    stl_json_array_end(j);
    *problems += k.found;
    return SETTLE_OK;
}
