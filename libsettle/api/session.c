/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"

#include "base/text.h"

#include <stdlib.h>

/* The text of the options, else that of settle.ini. */
static bool set_text(stl_session *session, stl_str *out, const char *given, stl_str otherwise) {
    stl_str text = given == NULL ? otherwise : stl_str_of(given);
    *out = stl_arena_str(session->arena, stl_str_trimmed(text));
    return out->ptr != NULL;
}

static bool is_text(const char *text) {
    return text == NULL || stl_utf8_valid(text, strlen(text)) == strlen(text);
}

/* Operator and time stand in what is signed and chained. */
static bool sound(const settle_session_options *o) {
    char shown[STL_DATE_TEXT_MAX] = "";
    stl_instant_format(o->fixed_time_s, shown);
    if (o->opter != NULL && stl_str_empty(stl_str_trimmed(stl_str_of(o->opter))))
        return false;
    return is_text(o->opter) && is_text(o->opter_name) && is_text(o->role) && shown[0] != '\0';
}

static settle_status fill(stl_session *session, const settle_session_options *options) {
    static const settle_session_options DEFAULTS = {.struct_size = sizeof DEFAULTS};
    static const stl_config EMPTY;
    const settle_session_options *o = options == NULL ? &DEFAULTS : options;
    const stl_config *config = session->site == NULL ? &EMPTY : &session->site->config;
    session->arena = stl_arena_new();
    if (session->arena == NULL || !set_text(session, &session->opter, o->opter, config->opter) ||
        !set_text(session, &session->opter_name, o->opter_name, config->opter_name) ||
        !set_text(session, &session->role, o->role, config->role))
        return SETTLE_E_NO_MEMORY;
    session->lang = o->lang;
    session->fixed_time_s = o->fixed_time_s;
    return SETTLE_OK;
}

settle_status settle_session_open(settle_context *context, const settle_session_options *options,
                                  settle_session **out_session) {
    if (context == NULL || out_session == NULL)
        return SETTLE_E_ARG_NULL;
    if (options != NULL && options->struct_size != sizeof *options)
        return SETTLE_E_ARG_SIZE;
    if (options != NULL && !sound(options))
        return SETTLE_E_ARG_VALUE;
    settle_session *session = calloc(1, sizeof *session); /* context->err is not for many threads */
    if (session == NULL)
        return SETTLE_E_NO_MEMORY;
    session->inner.site = context->site;
    settle_status status = fill(&session->inner, options);
    if (status != SETTLE_OK) {
        settle_session_free(session);
        return status;
    }
    *out_session = session;
    return SETTLE_OK;
}

const settle_error *settle_session_error(const settle_session *session) {
    return session == NULL ? NULL : api_error(&session->err);
}

void settle_session_free(settle_session *session) {
    if (session == NULL)
        return;
    stl_session_close(&session->inner);
    free(session);
}
