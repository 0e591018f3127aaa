/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"
#include "flow/audit.h"
#include "flow/map.h"
#include "flow/map_decide.h"
#include "flow/map_propose.h"
#include "flow/map_publish.h"
#include "flow/map_review.h"
#include "flow/map_suggest.h"
#include "flow/pack_diff.h"
#include "flow/packs.h"
#include "flow/rule_set.h"
#include "flow/scheme_totals.h"
#include "flow/site_packs.h"
#include "flow/whatif.h"

settle_status settle_pack_build(settle_session *session, const char *source_dir,
                                const char *out_path, char **out_json) {
    API_BEGIN(session, source_dir, out_json);
    return stl_flow_pack_build(&session->inner, source_dir, out_path, out_json, &session->err);
}

settle_status settle_pack_check(settle_session *session, const char *path, char **out_json) {
    API_BEGIN(session, path, out_json);
    return stl_flow_pack_check(&session->inner, path, out_json, &session->err);
}

settle_status settle_pack_show(settle_session *session, const char *path, char **out_json) {
    API_BEGIN(session, path, out_json);
    return stl_flow_pack_show(&session->inner, path, out_json, &session->err);
}

settle_status settle_pack_rules(settle_session *session, const char *path, const char *at,
                                char **out_json) {
    API_BEGIN(session, path, out_json);
    stl_day day;
    TRY(stl_flow_day(&session->inner, at, &day, &session->err));
    return stl_flow_rule_set(&session->inner, path, day, out_json, &session->err);
}

settle_status settle_pack_list(settle_session *session, const char *at, char **out_json) {
    API_BEGIN(session, out_json);
    stl_day day;
    TRY(stl_flow_day(&session->inner, at, &day, &session->err));
    return stl_flow_pack_list(&session->inner, day, out_json, &session->err);
}

settle_status settle_pack_diff(settle_session *session, const char *before, const char *after,
                               int32_t stays, int32_t *out_differs, char **out_json) {
    API_BEGIN(session, before, after, out_json);
    bool differs;
    TRY(stl_flow_pack_diff(&session->inner, before, after, stays != 0, &differs, out_json,
                           &session->err));
    if (out_differs != NULL)
        *out_differs = differs;
    return SETTLE_OK;
}

settle_status settle_policy_whatif(settle_session *session, const char *pack, int32_t *out_differs,
                                   char **out_json) {
    API_BEGIN(session, pack, out_json);
    bool differs;
    TRY(stl_flow_whatif(&session->inner, pack, &differs, out_json, &session->err));
    if (out_differs != NULL)
        *out_differs = differs;
    return SETTLE_OK;
}

static settle_status read_day(settle_session *session, const char *field, const char *text,
                              stl_day *out) {
    *out = STL_NONE;
    if (text != NULL && stl_day_parse(stl_str_of(text), out) != SETTLE_OK)
        return FAIL(&session->err, SETTLE_E_ARG_VALUE, .field = field, .value = text,
                    .detail = "yyyy-MM-dd");
    return SETTLE_OK;
}

settle_status settle_policy_totals(settle_session *session, const char *from, const char *until,
                                   char **out_json) {
    API_BEGIN(session, out_json);
    stl_day first, last;
    TRY(read_day(session, "from", from, &first));
    TRY(read_day(session, "until", until, &last));
    if (first != STL_NONE && last != STL_NONE && last < first)
        return FAIL(&session->err, SETTLE_E_ARG_VALUE, .field = "until", .value = until,
                    .detail = "the last day lies before the first");
    return stl_flow_scheme_totals(&session->inner, first, last, out_json, &session->err);
}

settle_status settle_mapping_check(settle_session *session, const char *at, uint32_t *out_problems,
                                   char **out_json) {
    API_BEGIN(session, out_json);
    stl_day day;
    uint32_t problems;
    TRY(stl_flow_day(&session->inner, at, &day, &session->err));
    TRY(stl_flow_map_check(&session->inner, day, &problems, out_json, &session->err));
    if (out_problems != NULL)
        *out_problems = problems;
    return SETTLE_OK;
}

settle_status settle_mapping_list(settle_session *session, const char *at, char **out_json) {
    API_BEGIN(session, out_json);
    stl_day day;
    TRY(stl_flow_day(&session->inner, at, &day, &session->err));
    return stl_flow_map_list(&session->inner, day, out_json, &session->err);
}

settle_status settle_mapping_suggest(settle_session *session, const char *const *items,
                                     size_t n_items, const char *at, char **out_json) {
    API_BEGIN(session, out_json);
    stl_day day;
    if (items == NULL && n_items > 0)
        return FAIL(&session->err, SETTLE_E_ARG_NULL, .field = "items");
    TRY(stl_flow_day(&session->inner, at, &day, &session->err));
    return stl_flow_map_suggest(&session->inner, items, n_items, day, out_json, &session->err);
}

static stl_str given(const char *text) {
    return stl_str_of(text == NULL ? "" : text);
}

settle_status settle_mapping_import(settle_session *session, const char *path, const char *columns,
                                    const char *reason, char **out_json) {
    API_BEGIN(session, path, out_json);
    return stl_flow_map_import(&session->inner, path, given(columns), given(reason), out_json,
                               &session->err);
}

settle_status settle_mapping_upload(settle_session *session, const char *json, size_t len_bytes,
                                    const char *reason, char **out_json) {
    API_BEGIN(session, json, out_json);
    return stl_flow_map_upload(&session->inner, (stl_str){json, len_bytes}, given(reason), out_json,
                               &session->err);
}

settle_status settle_mapping_propose(settle_session *session, const char *const *items,
                                     size_t n_items, const char *at, const char *reason,
                                     char **out_json) {
    API_BEGIN(session, out_json);
    stl_day day;
    if (items == NULL && n_items > 0)
        return FAIL(&session->err, SETTLE_E_ARG_NULL, .field = "items");
    TRY(stl_flow_day(&session->inner, at, &day, &session->err));
    return stl_flow_map_propose(&session->inner, items, n_items, day, given(reason), out_json,
                                &session->err);
}

settle_status settle_mapping_decide(settle_session *session, const char *decision, int64_t batch,
                                    int64_t proposal, const char *reason, char **out_json) {
    API_BEGIN(session, decision, out_json);
    const stl_map_which which = {batch, proposal};
    return stl_flow_map_decide(&session->inner, stl_str_of(decision), which, given(reason),
                               out_json, &session->err);
}

settle_status settle_mapping_review(settle_session *session, const char *state, const char *item,
                                    char **out_json) {
    API_BEGIN(session, out_json);
    return stl_flow_map_review(&session->inner, given(state), given(item), out_json, &session->err);
}

settle_status settle_mapping_publish(settle_session *session, int64_t *out_in_force) {
    API_BEGIN(session, out_in_force);
    return stl_flow_map_publish(&session->inner, out_in_force, &session->err);
}

settle_status settle_audit_verify(settle_session *session, char **out_json) {
    API_BEGIN(session, out_json);
    return stl_flow_audit_verify(&session->inner, out_json, &session->err);
}
