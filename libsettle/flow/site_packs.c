/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/site_packs.h"

#include "flow/base_data.h"
#include "flow/result.h"

static void put_pack(stl_json *j, const stl_pack *pack, stl_day day, int32_t lang) {
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    stl_json_object(j);
    stl_json_put_text(j, "file", info.path);
    stl_json_put_text(j, "id", info.id);
    stl_json_put_text(j, "version", info.version);
    stl_json_put_text(j, "name", info.name);
    stl_flow_put_day(j, "begndate", info.begndate);
    stl_flow_put_day(j, "enddate", info.enddate);
    stl_json_put_bool(j, "in_force", stl_pack_in_force(pack, day));
    stl_flow_put_base_data(j, stl_pack_region(pack), day, lang);
    stl_json_object_end(j);
}

void stl_flow_put_packs(stl_json *j, const stl_site *site, stl_day day, int32_t lang) {
    stl_json_key(j, "packs");
    stl_json_array(j);
    for (size_t i = 0; i < site->n_packs; i++)
        put_pack(j, site->packs[i], day, lang);
    stl_json_array_end(j);
}

static void put_switches(stl_json *j, const stl_config *config, int32_t lang) {
    stl_json_key(j, "switches");
    stl_json_array(j);
    for (size_t i = 0; i < config->n_switches; i++) {
        const stl_rule_switch *s = &config->switches[i];
        stl_json_object(j);
        stl_json_put_str(j, "rule_id", s->rule_id);
        stl_json_put_text(j, "rule_name", stl_flow_rule_name(s->rule_id.ptr, lang));
        stl_json_put_text(j, "action", stl_action_name(s->action));
        stl_json_object_end(j);
    }
    stl_json_array_end(j);
}

settle_status stl_flow_pack_list(const stl_session *session, stl_day day, char **out_json,
                                 stl_error *err) {
    TRY(stl_session_need_site(session, err));
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_flow_put_day(&j, "at", day);
    stl_flow_put_packs(&j, session->site, day, session->lang);
    put_switches(&j, &session->site->config, session->lang);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}
