/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Verification of signed documents; needs no home.
 */
#ifndef SETTLE_DOCUMENT_H
#define SETTLE_DOCUMENT_H

#include <settle/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Set struct_size to sizeof(settle_verify_options) and zero the rest. Texts are *borrowed* during the
 * call. */
typedef struct settle_verify_options {
    uint32_t struct_size;
    uint32_t reserved;        /**< 0 */
    const char *trust_path;   /**< PEM file of trust anchors; NULL: the home's */
    const char *at;           /**< verification time "YYYY-MM-DD HH:MM:SS" (civil time of the zone);
                                   NULL: now */
} settle_verify_options;

/**
 * Verifies schema, signature, certificate chain and sums of a settlement document and says what was
 * signed.
 * @param bytes  the document, @p len_bytes bytes
 * @param name   stands in messages, such as the file's name
 * @param options  NULL: the home's trust anchors, now
 * @param out_json *owned*, settle_free(): what was signed and by whom
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_SIZE, SETTLE_E_ARG_VALUE (reserved),
 * SETTLE_E_INPUT_DATE (at); SETTLE_E_INPUT_XML, SETTLE_E_INPUT_SCHEMA, SETTLE_E_INPUT_COUNT, SETTLE_E_INPUT_SUMS; SETTLE_E_NO_TRUST_ANCHOR,
 * SETTLE_E_SIG_*, SETTLE_E_CERT_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_document_verify(settle_session *session,
                                                                  const char *bytes,
                                                                  uint64_t len_bytes,
                                                                  const char *name,
                                                                  const settle_verify_options *options,
                                                                  char **out_json);

#ifdef __cplusplus
}
#endif
#endif
