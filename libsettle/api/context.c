/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"
#include "flow/home.h"

#include <stdlib.h>

const char *settle_version(void) {
    return STL_VERSION;
}

void settle_free(void *text) {
    free(text);
}

settle_status settle_context_new(settle_context **out_context) {
    if (out_context == NULL)
        return SETTLE_E_ARG_NULL;
    settle_context *context = calloc(1, sizeof *context);
    if (context == NULL)
        return SETTLE_E_NO_MEMORY;
    *out_context = context;
    return SETTLE_OK;
}

settle_status settle_context_load(settle_context *context, const char *home) {
    API_BEGIN(context, home);
    if (context->site != NULL)
        return FAIL(&context->err, SETTLE_E_ARG_STATE, .detail = "a home is loaded already");
    return stl_site_load(home, &context->site, &context->err);
}

const char *settle_context_option(const settle_context *context, const char *section,
                                  const char *name) {
    if (context == NULL || context->site == NULL || section == NULL || name == NULL)
        return "";
    return stl_site_option_of(&context->site->config.adapters, section, name).ptr;
}

const settle_error *settle_context_error(const settle_context *context) {
    return context == NULL ? NULL : api_error(&context->err);
}

void settle_context_free(settle_context *context) {
    if (context == NULL)
        return;
    stl_site_free(context->site);
    free(context);
}

settle_status settle_home_init(settle_context *context, const char *example_dir, const char *home,
                               const char *settings) {
    API_BEGIN(context, example_dir, home, settings);
    return stl_flow_home_init(example_dir, home, settings, &context->err);
}
