/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"
#include "flow/adapters.h"
#include "flow/map_propose.h"

static bool all_there(const char *const *texts, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (texts == NULL || texts[i] == NULL)
            return false;
    return true;
}

static settle_status ask_of(settle_session *session, const settle_source_options *options,
                            bool may_lack_paths, stl_adapter_ask *out) {
    if (options->struct_size != sizeof *options || options->reserved != 0)
        return FAIL(&session->err, SETTLE_E_ARG_SIZE, .field = "struct_size");
    if (options->n_paths == 0 && !may_lack_paths)
        return FAIL(&session->err, SETTLE_E_ARG_VALUE, .field = "n_paths");
    if (!all_there(options->paths, options->n_paths) ||
        !all_there(options->stays, options->n_stays))
        return FAIL(&session->err, SETTLE_E_ARG_NULL, .field = "paths, stays");
    const stl_site *site = session->inner.site;
    *out = (stl_adapter_ask){.paths = options->paths,
                             .n_paths = options->n_paths,
                             .stays = options->stays,
                             .n_stays = options->n_stays,
                             .site = site == NULL ? NULL : &site->config.adapters};
    return SETTLE_OK;
}

static const char *name_of(const settle_source_options *options) {
    return options->adapter == NULL ? "csv" : options->adapter;
}

settle_status settle_source_read(settle_session *session, const settle_source_options *options,
                                 settle_source **out_source) {
    API_BEGIN(session, options, out_source);
    stl_adapter_ask ask;
    TRY(ask_of(session, options, false, &ask));
    return stl_adapter_open(name_of(options), &ask, (stl_source **)out_source, &session->err);
}

settle_status settle_source_mapping(settle_session *session, const settle_source_options *options,
                                    const char *reason, char **out_json) {
    API_BEGIN(session, options, out_json);
    stl_adapter_ask ask;
    TRY(ask_of(session, options, false, &ask));
    if (options->adapter == NULL)
        return FAIL(&session->err, SETTLE_E_ARG_NULL, .field = "adapter");
    if (ask.n_stays > 0)
        return FAIL(&session->err, SETTLE_E_ARG_VALUE, .field = "n_stays");
    ask.whole_tables = true;
    return stl_flow_map_import_tables(&session->inner, options->adapter, &ask,
                                      stl_str_of(reason == NULL ? "" : reason), out_json,
                                      &session->err);
}

settle_status settle_source_report(settle_session *session, const settle_source *source,
                                   char **out_json) {
    API_BEGIN(session, source, out_json);
    return stl_flow_source_report(api_source(source), out_json, &session->err);
}

settle_status settle_adapter_probe(settle_session *session, const settle_source_options *options,
                                   char **out_json) {
    API_BEGIN(session, options, out_json);
    stl_adapter_ask ask;
    TRY(ask_of(session, options, true, &ask));
    return stl_flow_adapter_probe(&session->inner, name_of(options), &ask, out_json, &session->err);
}

settle_status settle_adapter_list(settle_session *session, char **out_json) {
    API_BEGIN(session, out_json);
    return stl_flow_adapter_list(&session->inner, out_json, &session->err);
}
