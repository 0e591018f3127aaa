/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind the opaque types. */
#ifndef STL_API_HANDLES_H
#define STL_API_HANDLES_H

#include <settle/settle.h>

#include "flow/session.h"
#include "load/source.h"

struct settle_context {
    stl_site *site;
    stl_error err;
};

struct settle_session {
    stl_session inner;
    stl_error err;
};

/* settle_error is stl_error, settle_stay is stl_stay, settle_source is stl_source. */
static inline const settle_error *api_error(const stl_error *err) {
    return err->status == SETTLE_OK ? NULL : (const settle_error *)err;
}
static inline const stl_stay *api_stay(const settle_stay *stay) {
    return (const stl_stay *)stay;
}
static inline stl_source *api_source(const settle_source *source) {
    return (stl_source *)source;
}

/* The beginning of every call on a session: the last error goes, NULL arguments are refused. The
 * arguments after `session` are those that must not be NULL. */
#define API_BEGIN(session, ...)                                                                    \
    do {                                                                                           \
        const void *const needed_[] = {__VA_ARGS__};                                               \
        if ((session) == NULL)                                                                     \
            return SETTLE_E_ARG_NULL;                                                              \
        stl_error_reset(&(session)->err);                                                          \
        for (size_t i_ = 0; i_ < sizeof needed_ / sizeof needed_[0]; i_++)                         \
            if (needed_[i_] == NULL)                                                               \
                return FAIL(&(session)->err, SETTLE_E_ARG_NULL, .field = #__VA_ARGS__);            \
    } while (0)

#endif
