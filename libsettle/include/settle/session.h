/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A session is one thread's use of a context: it holds the ledger handle, the key and the last error.
 * A session must not be used by two threads at once; different sessions of one context may.
 */
#ifndef SETTLE_SESSION_H
#define SETTLE_SESSION_H

#include <settle/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque. *Owned* by the caller. */
typedef struct settle_session settle_session;

/** Set struct_size to sizeof(settle_session_options) and zero the rest; NULL texts take the values of
 * settle.ini. All texts are *copied*. */
typedef struct settle_session_options {
    uint32_t struct_size;
    int32_t lang;            /**< SETTLE_LANG_*: language of JSON texts; unknown values: Chinese */
    const char *opter;       /**< operator number (经办人 opter) */
    const char *opter_name;  /**< operator name (opter_name) */
    const char *role;        /**< role recorded in the audit chain */
    int64_t fixed_time_s;    /**< civil seconds since 1970-01-01 used instead of the clock; 0: clock */
} settle_session_options;

/**
 * Opens a session. Nothing is read or locked until a call needs it. Any number of threads may do so on
 * one context: a failure leaves no record, the status says all.
 * @param options  NULL for the defaults
 * @param out_session  *owned* by the caller, freed with settle_session_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_ARG_SIZE when struct_size is none that this library
 * knows; SETTLE_E_ARG_VALUE when a text is no UTF-8, an operator number is blank or the time lies outside the years 1 to 9999;
 * SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_session_open(settle_context *context,
                                                               const settle_session_options *options,
                                                               settle_session **out_session);

/** The last failure of a call on the session; NULL when the last call succeeded.
 * *Borrowed until the next call on the session*. Since: 0.1 */
SETTLE_API const settle_error *settle_session_error(const settle_session *session);

/** Closes the session; before its context. Stays and sources that it opened live on and may be given to
 * other sessions. NULL is allowed. Since: 0.1 */
SETTLE_API void settle_session_free(settle_session *session);

#ifdef __cplusplus
}
#endif
#endif
