/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/exchange.h"

#include "api/handles.h"

settle_status settle_exchange_begin(settle_session *session, const char *key, const char *kind,
                                    const char *request, char **out_answer) {
    API_BEGIN(session, key, kind, request, out_answer);
    TRY(stl_session_need_site(&session->inner, &session->err));
    return stl_flow_exchange_begin(&session->inner, stl_str_of(key), stl_str_of(kind),
                                   stl_str_of(request), out_answer, &session->err);
}

settle_status settle_exchange_end(settle_session *session, const char *answer) {
    API_BEGIN(session, answer);
    return stl_flow_exchange_end(&session->inner, stl_str_of(answer), &session->err);
}

void settle_exchange_abandon(settle_session *session) {
    if (session != NULL)
        stl_flow_exchange_abandon(&session->inner);
}

settle_status settle_exchange_mark(settle_session *session, const char *key, const char *mark) {
    API_BEGIN(session, key, mark);
    TRY(stl_session_need_site(&session->inner, &session->err));
    return stl_flow_exchange_mark(&session->inner, stl_str_of(key), stl_str_of(mark),
                                  &session->err);
}

settle_status settle_exchange_standing(settle_session *session, const char *kind,
                                       const char *within, char **out_json) {
    API_BEGIN(session, kind, within, out_json);
    return stl_flow_exchanges_standing(&session->inner, stl_str_of(kind), stl_str_of(within),
                                       out_json, &session->err);
}

settle_status settle_exchange_list(settle_session *session, const char *mark, const char *key,
                                   char **out_json) {
    API_BEGIN(session, out_json);
    return stl_flow_exchanges(&session->inner, stl_str_of(mark), stl_str_of(key), out_json,
                              &session->err);
}
