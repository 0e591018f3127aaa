/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Exactly once for programs that may lose an answer: what is asked under a key of the caller's is done, and its
 * answer kept, in one commit; asked again it is answered again and nothing is done twice.
 */
#ifndef SETTLE_EXCHANGE_H
#define SETTLE_EXCHANGE_H

#include <settle/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Opens an exchange: until its end all calls of the session that write are one transaction, each of them whole
 * or not at all. Another process that writes waits for it meanwhile.
 * @param key      the caller's own number of it (交易流水号, msgid), 1 to 100 bytes, never used for something else
 * @param kind     what is asked (交易编号 infno, 业务编号)
 * @param request  the whole request; it is compared when the key comes again
 * @param out_answer  NULL: the exchange is open, do what is asked and end it. Else it was done before: what
 * settle_exchange_end() was given then; *owned*, settle_free(); nothing is open
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_VALUE (key), SETTLE_E_ARG_STATE (one is open, or no home is
 * loaded); SETTLE_E_INPUT_DUPLICATE (the key was used for another request); SETTLE_E_INPUT_REVERSAL (it was taken
 * back); SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_exchange_begin(settle_session *session, const char *key,
                                                                 const char *kind, const char *request,
                                                                 char **out_answer);

/**
 * Keeps what was done and the answer. On failure nothing is kept.
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE (none is open); SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_exchange_end(settle_session *session, const char *answer);

/** Keeps nothing of the open exchange; nothing is open afterwards. NULL is allowed. Since: 0.1 */
SETTLE_API void settle_exchange_abandon(settle_session *session);

/**
 * Marks an exchange "open" (as it is made), "confirmed" (the caller has its answer) or "taken back", which is
 * final. A key that is not known can be marked taken back: the request that comes late is refused.
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_VALUE, SETTLE_E_ARG_STATE; SETTLE_E_INPUT_EXCHANGE_UNKNOWN;
 * SETTLE_E_INPUT_REVERSAL (it was taken back and gets another mark); SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_exchange_mark(settle_session *session, const char *key,
                                                                const char *mark);

/**
 * Lists exchanges in the order they were made.
 * @param mark  "" or NULL: of every mark
 * @param key   NULL: all; else the one of this key, whatever its mark
 * @param out_json  {"exchanges":[{"key":,"kind":,"at":,"opter":,"mark":,"answer":}, ...]}; *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_exchange_list(settle_session *session, const char *mark,
                                                                const char *key, char **out_json);

/**
 * Lists, as settle_exchange_list() does, the exchanges of a kind that are not taken back and whose answer has a
 * text in it: those that did something to one stay.
 * @param kind    as it was begun
 * @param within  bytes of the answer, such as the number of a stay; "": any answer
 * @param out_json  *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_exchange_standing(settle_session *session, const char *kind,
                                                                    const char *within, char **out_json);

#ifdef __cplusplus
}
#endif
#endif
