/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"
#include "flow/answer.h"
#include "flow/audit.h"
#include "flow/overrides.h"
#include "flow/reverse.h"
#include "flow/settled.h"
#include "flow/stays.h"

static void tell(int32_t *out_verdict, bool stops) {
    if (out_verdict != NULL)
        *out_verdict = stops ? SETTLE_VERDICT_STOPS : SETTLE_VERDICT_CLEAR;
}

static settle_status answer(settle_session *session, const settle_stay *stay, unsigned parts,
                            int32_t *out_verdict, char **out_json) {
    bool stops;
    TRY(stl_flow_answer(&session->inner, api_stay(stay), parts, &stops, out_json, &session->err));
    tell(out_verdict, stops);
    return SETTLE_OK;
}

settle_status settle_stay_check(settle_session *session, const settle_stay *stay,
                                int32_t *out_verdict, char **out_json) {
    API_BEGIN(session, stay, out_json);
    return answer(session, stay, STL_RESULT_FINDINGS, out_verdict, out_json);
}

settle_status settle_stay_preview(settle_session *session, const settle_stay *stay,
                                  int32_t *out_verdict, char **out_json) {
    API_BEGIN(session, stay, out_json);
    return answer(session, stay, STL_RESULT_FINDINGS | STL_RESULT_AMOUNTS, out_verdict, out_json);
}

settle_status settle_stay_explain(settle_session *session, const settle_stay *stay,
                                  const char *feedetl_sn, char **out_json) {
    API_BEGIN(session, stay, out_json);
    return stl_flow_answer_explain(&session->inner, api_stay(stay), feedetl_sn, out_json,
                                   &session->err);
}

static settle_status submit(settle_session *session, const char *mdtrt_id, const stl_instant *until,
                            int32_t *out_verdict, char **out_json) {
    bool stops;
    TRY(stl_flow_answer_submit(&session->inner, stl_str_of(mdtrt_id), until, &stops, out_json,
                               &session->err));
    tell(out_verdict, stops);
    return SETTLE_OK;
}

settle_status settle_stay_submit(settle_session *session, const char *mdtrt_id,
                                 int32_t *out_verdict, char **out_json) {
    API_BEGIN(session, mdtrt_id, out_json);
    return submit(session, mdtrt_id, NULL, out_verdict, out_json);
}

/* An instant, or a day: to its end. */
static settle_status read_until(settle_session *session, const char *text, stl_instant *out) {
    stl_day day;
    *out = STL_NONE;
    if (text == NULL)
        return SETTLE_OK;
    if (stl_day_parse(stl_str_of(text), &day) == SETTLE_OK)
        *out = (day + 1) * STL_DAY_SECONDS - 1;
    else if (stl_instant_parse(stl_str_of(text), out) != SETTLE_OK)
        return FAIL(&session->err, SETTLE_E_ARG_VALUE, .field = "until", .value = text,
                    .detail = "yyyy-MM-dd or yyyy-MM-dd HH:mm:ss");
    return SETTLE_OK;
}

settle_status settle_stay_load_interim(settle_session *session, const char *mdtrt_id,
                                       const char *until, settle_stay **out_stay) {
    API_BEGIN(session, mdtrt_id, out_stay);
    TRY(stl_session_need_site(&session->inner, &session->err));
    stl_instant at;
    TRY(read_until(session, until, &at));
    return stl_flow_interim(&session->inner, stl_str_of(mdtrt_id), at, (stl_stay **)out_stay,
                            &session->err);
}

settle_status settle_stay_submit_interim(settle_session *session, const char *mdtrt_id,
                                         const char *until, int32_t *out_verdict, char **out_json) {
    API_BEGIN(session, mdtrt_id, out_json);
    stl_instant at;
    TRY(read_until(session, until, &at));
    return submit(session, mdtrt_id, &at, out_verdict, out_json);
}

static settle_status read_who(settle_session *session, const settle_override_options *options,
                              stl_override *out) {
    if (options->struct_size != sizeof *options || options->reserved != 0)
        return FAIL(&session->err, SETTLE_E_ARG_SIZE, .field = "struct_size");
    *out = (stl_override){.approval = stl_str_of(options->approval),
                          .by = stl_str_of(options->by),
                          .role = stl_str_of(options->role),
                          .second = stl_str_of(options->second),
                          .reason = stl_str_of(options->reason)};
    return SETTLE_OK;
}

settle_status settle_stay_override(settle_session *session, const char *mdtrt_id,
                                   const char *finding_id, const settle_override_options *options,
                                   char **out_json) {
    API_BEGIN(session, mdtrt_id, finding_id, options, out_json);
    stl_override override;
    TRY(read_who(session, options, &override));
    return stl_flow_override(&session->inner, stl_str_of(mdtrt_id), stl_str_of(finding_id),
                             &override, out_json, &session->err);
}

settle_status settle_stay_reverse(settle_session *session, const char *mdtrt_id,
                                  const settle_override_options *who, char **out_json) {
    API_BEGIN(session, mdtrt_id, who, out_json);
    stl_override said;
    TRY(read_who(session, who, &said));
    return stl_flow_reverse(&session->inner, stl_str_of(mdtrt_id), &said, out_json, &session->err);
}

settle_status settle_stay_list(settle_session *session, const char *mdtrt_id, char **out_json) {
    API_BEGIN(session, out_json);
    return stl_flow_status(&session->inner, stl_str_of(mdtrt_id), out_json, &session->err);
}

settle_status settle_stay_document(settle_session *session, const char *mdtrt_id, char **out_xml,
                                   uint64_t *out_len_bytes) {
    return settle_stay_document_part(session, mdtrt_id, 0, out_xml, out_len_bytes);
}

settle_status settle_stay_document_part(settle_session *session, const char *mdtrt_id,
                                        uint32_t part, char **out_xml, uint64_t *out_len_bytes) {
    API_BEGIN(session, mdtrt_id, out_xml);
    SCOPED_BUF document = {0};
    TRY(stl_flow_document(&session->inner, stl_str_of(mdtrt_id), part, &document, &session->err));
    uint64_t len = document.len;
    char *bytes = stl_buf_take(&document);
    TRY_ALLOC(&session->err, bytes);
    *out_xml = bytes;
    if (out_len_bytes != NULL)
        *out_len_bytes = len;
    return SETTLE_OK;
}
