/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"
#include "flow/result.h"
#include "flow/stays.h"

settle_status settle_source_open(settle_session *session, const char *adapter,
                                 const char *const *paths, uint32_t n_paths,
                                 settle_source **out_source) {
    API_BEGIN(session, paths, out_source);
    const settle_source_options options = {
        .struct_size = sizeof options, .adapter = adapter, .paths = paths, .n_paths = n_paths};
    return settle_source_read(session, &options, out_source);
}

uint32_t settle_source_count(const settle_source *source) {
    return source == NULL ? 0 : (uint32_t)stl_source_count(api_source(source));
}

const settle_stay *settle_source_stay(const settle_source *source, uint32_t index) {
    if (index >= settle_source_count(source))
        return NULL;
    return (const settle_stay *)stl_source_stay(api_source(source), index);
}

settle_status settle_source_take(settle_session *session, settle_source *source, uint32_t index,
                                 settle_stay **out_stay) {
    API_BEGIN(session, source, out_stay);
    if (index >= settle_source_count(source))
        return FAIL(&session->err, SETTLE_E_ARG_VALUE, .field = "index");
    return stl_source_take((stl_source *)source, index, (stl_stay **)out_stay, &session->err);
}

void settle_source_free(settle_source *source) {
    stl_source_free((stl_source *)source);
}

settle_status settle_source_import(settle_session *session, const settle_source *source,
                                   char **out_json) {
    API_BEGIN(session, source, out_json);
    return stl_flow_import(&session->inner, api_source(source), out_json, &session->err);
}

settle_status settle_stay_parse(settle_session *session, const char *json, uint64_t len_bytes,
                                settle_stay **out_stay) {
    API_BEGIN(session, json, out_stay);
    stl_source *source;
    TRY(stl_stay_from_json((stl_str){json, len_bytes}, "json", 1, &source, &session->err));
    settle_status status = stl_source_take(source, 0, (stl_stay **)out_stay, &session->err);
    stl_source_free(source);
    return status;
}

settle_status settle_stay_json(settle_session *session, const settle_stay *stay, char **out_json) {
    API_BEGIN(session, stay, out_json);
    SCOPED_BUF text = {0};
    stl_stay_to_json(api_stay(stay), &text);
    return stl_flow_take_json(&text, out_json, &session->err);
}

settle_status settle_stay_load(settle_session *session, const char *mdtrt_id,
                               settle_stay **out_stay) {
    API_BEGIN(session, mdtrt_id, out_stay);
    TRY(stl_session_need_site(&session->inner, &session->err));
    return stl_flow_stay(&session->inner, stl_str_of(mdtrt_id), (stl_stay **)out_stay,
                         &session->err);
}

settle_status settle_stay_append(settle_session *session, const char *mdtrt_id, const char *json,
                                 uint64_t len_bytes) {
    API_BEGIN(session, mdtrt_id, json);
    TRY(stl_session_need_site(&session->inner, &session->err));
    return stl_flow_append(&session->inner, stl_str_of(mdtrt_id), (stl_str){json, len_bytes},
                           &session->err);
}

settle_status settle_stay_remove(settle_session *session, const char *mdtrt_id,
                                 const char *feedetl_sn) {
    API_BEGIN(session, mdtrt_id);
    TRY(stl_session_need_site(&session->inner, &session->err));
    return stl_flow_remove(&session->inner, stl_str_of(mdtrt_id), stl_str_of(feedetl_sn),
                           &session->err);
}

settle_status settle_stay_cancel(settle_session *session, const char *mdtrt_id) {
    API_BEGIN(session, mdtrt_id);
    TRY(stl_session_need_site(&session->inner, &session->err));
    return stl_flow_cancel(&session->inner, stl_str_of(mdtrt_id), &session->err);
}

const char *settle_stay_id(const settle_stay *stay) {
    return stay == NULL ? "" : api_stay(stay)->head.mdtrt_id.ptr;
}

void settle_stay_free(settle_stay *stay) {
    stl_stay_free((stl_stay *)stay);
}
