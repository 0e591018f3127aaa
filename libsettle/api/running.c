/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"
#include "flow/running.h"

#include <stdlib.h>

struct settle_running {
    settle_session *session;
    stl_running *inner;
};

static void tell(int32_t *out_verdict, bool stops) {
    if (out_verdict != NULL)
        *out_verdict = stops ? SETTLE_VERDICT_STOPS : SETTLE_VERDICT_CLEAR;
}

settle_status settle_running_open(settle_session *session, const settle_stay *stay,
                                  settle_running **out_running) {
    API_BEGIN(session, stay, out_running);
    settle_running *running = calloc(1, sizeof *running);
    TRY_ALLOC(&session->err, running);
    running->session = session;
    settle_status status =
        stl_running_open(&session->inner, api_stay(stay), &running->inner, &session->err);
    if (status != SETTLE_OK) {
        free(running);
        return status;
    }
    *out_running = running;
    return SETTLE_OK;
}

static settle_status add(settle_running *running, stl_str json, bool keep, int32_t *out_verdict,
                         char **out_json) {
    if (running == NULL)
        return SETTLE_E_ARG_NULL;
    API_BEGIN(running->session, json.ptr, out_json);
    bool stops;
    TRY(stl_running_add(running->inner, json, keep, &stops, out_json, &running->session->err));
    tell(out_verdict, stops);
    return SETTLE_OK;
}

settle_status settle_running_append(settle_running *running, const char *json, uint64_t len_bytes,
                                    int32_t *out_verdict, char **out_json) {
    return add(running, (stl_str){json, len_bytes}, true, out_verdict, out_json);
}

settle_status settle_running_try(settle_running *running, const char *json, uint64_t len_bytes,
                                 int32_t *out_verdict, char **out_json) {
    return add(running, (stl_str){json, len_bytes}, false, out_verdict, out_json);
}

settle_status settle_running_remove(settle_running *running, const char *feedetl_sn,
                                    int32_t *out_verdict, char **out_json) {
    if (running == NULL)
        return SETTLE_E_ARG_NULL;
    API_BEGIN(running->session, feedetl_sn, out_json);
    bool stops;
    TRY(stl_running_remove(running->inner, stl_str_of(feedetl_sn), &stops, out_json,
                           &running->session->err));
    tell(out_verdict, stops);
    return SETTLE_OK;
}

settle_status settle_running_verdict(settle_running *running, int32_t *out_verdict,
                                     char **out_json) {
    if (running == NULL)
        return SETTLE_E_ARG_NULL;
    API_BEGIN(running->session, out_json);
    bool stops;
    TRY(stl_running_verdict(running->inner, &stops, out_json, &running->session->err));
    tell(out_verdict, stops);
    return SETTLE_OK;
}

void settle_running_free(settle_running *running) {
    if (running == NULL)
        return;
    stl_running_free(running->inner);
    free(running);
}
