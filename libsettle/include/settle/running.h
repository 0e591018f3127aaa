/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A stay that goes on, judged as it grows: one order tried before it is given, charges as they happen.
 * Only what a new charge touches is judged again; the verdict is that of settle_stay_check() of the
 * same stay, always. Nothing is stored: settle_source_import() does that.
 */
#ifndef SETTLE_RUNNING_H
#define SETTLE_RUNNING_H

#include <settle/settlement.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque: a stay that goes on. *Owned* by the caller. Used by the thread of its session; failures of
 * its calls are told by settle_session_error() of that session. */
typedef struct settle_running settle_running;

/**
 * Begins with what is there of a stay; it may have no charges yet.
 * @param session  *borrowed until the running stay is freed*
 * @param stay     *copied*
 * @param out_running  *owned*, settle_running_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE (no home loaded); SETTLE_E_PACK_NONE,
 * SETTLE_E_PACK_SEVERAL, SETTLE_E_PACK_EXPIRED; SETTLE_E_STORE_*, SETTLE_E_OVERFLOW,
 * SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_running_open(settle_session *session,
                                                               const settle_stay *stay,
                                                               settle_running **out_running);

/**
 * Adds records. Charges whose serial is known with equal content are skipped and counted; every other
 * record may be given again with other content, "stay" (the head) too, and the later one stands.
 * @param json  {"charges":[...],"orders":[...],...}: arrays as `settle batch` takes them, UTF-8,
 *              @p len_bytes bytes, need not be terminated; *copied*
 * @param out_verdict  SETTLE_VERDICT_STOPS when a finding on charges or stay blocks or holds now (what
 *                     hangs on the payment, only settle_running_verdict() says); NULL allowed
 * @param out_json  what changes: {"mdtrt_id":,"charges":{...},"appear":[finding],"vanish":[finding],
 *                  "change":[{"before":finding,"after":finding}],"standing":{...}}; *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_INPUT_DUPLICATE for a known serial with other content,
 * other SETTLE_E_INPUT_*; those of settle_running_open(). On failure the running stay is as before.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_running_append(settle_running *running,
                                                                 const char *json,
                                                                 uint64_t len_bytes,
                                                                 int32_t *out_verdict,
                                                                 char **out_json);

/** What settle_running_append() would answer; the running stay is as before. Parameters and codes as
 * there. Since: 0.1 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_running_try(settle_running *running,
                                                              const char *json, uint64_t len_bytes,
                                                              int32_t *out_verdict,
                                                              char **out_json);

/**
 * Takes a charge out that should not have been there at all. (A refund is a charge of its own.)
 * @param feedetl_sn  serial of the charge (费用明细流水号)
 * Other parameters as settle_running_append(). Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_INPUT_CHARGE_UNKNOWN; those of settle_running_open(). On failure the running stay is as
 * before.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_running_remove(settle_running *running,
                                                                 const char *feedetl_sn,
                                                                 int32_t *out_verdict,
                                                                 char **out_json);

/** All that stands now, with what hangs on the payment: the bytes of settle_stay_check() of the same
 * stay. Parameters and codes as there. Since: 0.1 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_running_verdict(settle_running *running,
                                                                  int32_t *out_verdict,
                                                                  char **out_json);

/** Frees a running stay; before its session. NULL is allowed. Since: 0.1 */
SETTLE_API void settle_running_free(settle_running *running);

#ifdef __cplusplus
}
#endif
#endif
