/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/packs.h"

#include "flow/base_data.h"
#include "flow/map.h"
#include "flow/pack_rows.h"
#include "flow/result.h"
#include "pack/tables.h"

static void pack_cleanup(stl_pack **pack) {
    stl_pack_close(*pack);
}
#define SCOPED_PACK __attribute__((cleanup(pack_cleanup))) stl_pack

static void put_list(stl_json *j, const char *key, const stl_str *items, size_t n) {
    stl_json_key(j, key);
    stl_json_array(j);
    for (size_t i = 0; i < n; i++)
        stl_json_str(j, items[i]);
    stl_json_array_end(j);
}

static void put_rows(stl_json *j, const stl_pack_info *info) {
    stl_json_key(j, "rows");
    stl_json_object(j);
    for (int t = 0; t < STL_T_COUNT; t++)
        stl_json_put_int(j, STL_TABLE_SPECS[t].name, (int64_t)info->rows[t]);
    stl_json_object_end(j);
}

static void put_includes(stl_json *j, const stl_pack_info *info) {
    stl_json_key(j, "includes");
    stl_json_array(j);
    for (size_t i = 0; i < info->n_includes; i++) {
        const stl_pack_include *include = &info->includes[i];
        stl_json_object(j);
        stl_json_put_str(j, "path", include->path);
        stl_json_put_str(j, "id", include->id);
        stl_json_put_str(j, "version", include->version);
        stl_json_put_str(j, "digest", include->digest);
        stl_json_put_str(j, "takes", include->takes);
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

static settle_status report(const stl_session *session, const stl_pack *pack, char **out_json,
                            stl_error *err) {
    stl_pack_info info;
    stl_day today;
    TRY(stl_flow_day(session, NULL, &today, err));
    stl_pack_describe(pack, &info);
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_text(&j, "file", info.path);
    stl_json_put_text(&j, "id", info.id);
    stl_json_put_text(&j, "version", info.version);
    stl_json_put_text(&j, "name", info.name);
    stl_flow_put_day(&j, "begndate", info.begndate);
    stl_flow_put_day(&j, "enddate", info.enddate);
    stl_json_put_text(&j, "digest", info.digest);
    put_list(&j, "regions", info.regions, info.n_regions);
    put_list(&j, "schemes", info.schemes, info.n_schemes);
    put_rows(&j, &info);
    put_includes(&j, &info);
    TRY(stl_flow_put_table(&j, "policies", pack, STL_M_POLICY, err));
    TRY(stl_flow_put_table(&j, "policy_params", pack, STL_M_PARAM, err));
    stl_flow_put_base_data(&j, stl_pack_region(pack), today, session->lang);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}

settle_status stl_flow_pack_build(const stl_session *session, const char *source_dir,
                                  const char *out_path, char **out_json, stl_error *err) {
    SCOPED_PACK *pack = NULL;
    TRY(stl_pack_build(source_dir, out_path, &pack, err));
    return report(session, pack, out_json, err);
}

settle_status stl_flow_pack_check(const stl_session *session, const char *path, char **out_json,
                                  stl_error *err) {
    TRY(stl_pack_check(path, err));
    return stl_flow_pack_show(session, path, out_json, err);
}

settle_status stl_flow_pack_show(const stl_session *session, const char *path, char **out_json,
                                 stl_error *err) {
    SCOPED_PACK *pack = NULL;
    TRY(stl_pack_open(path, &pack, err));
    return report(session, pack, out_json, err);
}
