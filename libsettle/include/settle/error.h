/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The record of the last failure of a context or session. It is reset at the beginning of each call
 * on its owner, holds no personal data, and is valid until the next call on the owner. A call whose
 * owner is NULL leaves no record.
 */
#ifndef SETTLE_ERROR_H
#define SETTLE_ERROR_H

#include <settle/status.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque; *borrowed until the next call on its owner*. */
typedef struct settle_error settle_error;

/** The status of the failure; SETTLE_OK when the last call succeeded or @p error is NULL. Since: 0.1 */
SETTLE_API settle_status settle_error_status(const settle_error *error);

/** Base name of the file concerned, "" for none (also for NULL). *Borrowed* with the record. Since: 0.1 */
SETTLE_API const char *settle_error_file(const settle_error *error);

/** 1-based line in that file; 0 for none (also for NULL). Since: 0.1 */
SETTLE_API int64_t settle_error_line(const settle_error *error);

/** National field name, element or option concerned, "" for none (also for NULL). *Borrowed* with the
 * record. Since: 0.1 */
SETTLE_API const char *settle_error_field(const settle_error *error);

/** errno, SQLite or OpenSSL code behind the failure; 0 for none (also for NULL). Since: 0.1 */
SETTLE_API int64_t settle_error_native(const settle_error *error);

/**
 * Writes one line: what is wrong, where, what to do.
 * @param error  the record; NULL writes the empty text
 * @param lang   SETTLE_LANG_ZH or SETTLE_LANG_EN
 * @param out_text  at least @p cap_bytes bytes; always terminated, cut when it does not fit
 * @param cap_bytes room in @p out_text; 1,024 always suffices
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL for NULL @p out_text; SETTLE_E_ARG_VALUE for 0 @p cap_bytes.
 * Since: 0.1
 */
SETTLE_API settle_status settle_error_text(const settle_error *error, int32_t lang, char *out_text,
                                           size_t cap_bytes);

#ifdef __cplusplus
}
#endif
#endif
