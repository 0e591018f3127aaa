/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Judging, pricing and settling a stay. Results are JSON texts in the shape of docs/json.md, UTF-8,
 * *owned* by the caller and freed with settle_free(); amounts are strings in yuan ("150.00").
 */
#ifndef SETTLE_SETTLEMENT_H
#define SETTLE_SETTLEMENT_H

#include <settle/stay.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a verdict means for the desk. */
enum {
    SETTLE_VERDICT_CLEAR = 0, /**< may be settled */
    SETTLE_VERDICT_STOPS = 1  /**< a finding blocks or holds, or the payment was not evaluated */
};

/**
 * Findings only.
 * @param out_verdict  SETTLE_VERDICT_*; NULL allowed
 * @param out_json     *owned*, settle_free()
 * Returns: SETTLE_OK also with findings; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE (no home loaded);
 * SETTLE_E_INPUT_EMPTY_STAY, SETTLE_E_PACK_NONE, SETTLE_E_PACK_SEVERAL, SETTLE_E_PACK_EXPIRED;
 * SETTLE_E_STORE_*, SETTLE_E_OVERFLOW, SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_check(settle_session *session,
                                                             const settle_stay *stay,
                                                             int32_t *out_verdict, char **out_json);

/** Findings and amounts; leaves no trace. Parameters and codes as settle_stay_check(), and
 * SETTLE_E_INPUT_SUMS should the amounts break an invariant. Since: 0.1 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_preview(settle_session *session,
                                                               const settle_stay *stay,
                                                               int32_t *out_verdict,
                                                               char **out_json);

/**
 * Every amount step by step, with rule, pack version and basis.
 * @param feedetl_sn  one charge line (费用明细流水号), or NULL for the whole stay
 * Other parameters and codes as settle_stay_preview(); SETTLE_E_INPUT_CHARGE_UNKNOWN.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_explain(settle_session *session,
                                                               const settle_stay *stay,
                                                               const char *feedetl_sn,
                                                               char **out_json);

/**
 * Settles a stay of the ledger for good: judge, write, sign, verify, store in one transaction, queue.
 * With a finding that blocks or holds nothing is stored: SETTLE_OK, @p out_verdict SETTLE_VERDICT_STOPS
 * and the findings in @p out_json.
 * @param mdtrt_id  visit number; the stay must have been imported (SETTLE_E_INPUT_STAY_UNKNOWN)
 * Returns: as settle_stay_preview(); SETTLE_E_CONFIG_* ; SETTLE_E_KEY_*, SETTLE_E_CERT_*,
 * SETTLE_E_SIGN_FAILED; SETTLE_E_INPUT_SCHEMA for a value the document cannot hold; SETTLE_E_STORE_*.
 * On failure the ledger is as before.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_submit(settle_session *session,
                                                              const char *mdtrt_id,
                                                              int32_t *out_verdict, char **out_json);

/**
 * Loads a stay from the ledger as an interim settlement (中途结算) takes it: with the charges up to
 * @p until, as of then. settle_stay_check(), settle_stay_preview() and settle_stay_explain() answer
 * what settle_stay_submit_interim() would settle.
 * @param until     "yyyy-MM-dd HH:mm:ss", or a day, to its end; NULL: all charges, as of now
 * @param out_stay  *owned*, settle_stay_free()
 * Returns: as settle_stay_load(); SETTLE_E_ARG_VALUE for another @p until, and for a day that lies ahead.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_load_interim(settle_session *session,
                                                                    const char *mdtrt_id,
                                                                    const char *until,
                                                                    settle_stay **out_stay);

/**
 * Settles in part a stay that goes on (mid_setl_flag 1): what it would cost its payers up to
 * @p until, less what its interim settlements before settled. Several are possible; settle_stay_submit()
 * settles the rest and ends the stay. Together they are one settlement of the whole stay, to the fen.
 * @param until  as settle_stay_load_interim()
 * Returns: as settle_stay_submit(); SETTLE_E_INPUT_EMPTY_STAY when nothing was charged since the last
 * one; SETTLE_E_ARG_VALUE.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_submit_interim(settle_session *session,
                                                                      const char *mdtrt_id,
                                                                      const char *until,
                                                                      int32_t *out_verdict,
                                                                      char **out_json);

/** Who lets a finding pass. Set struct_size to sizeof(settle_override_options) and zero the rest;
 * all texts are UTF-8, without control characters. */
typedef struct settle_override_options {
    uint32_t struct_size;
    uint32_t reserved;    /**< 0 */
    const char *approval; /**< number of the approval, at most 50 characters */
    const char *by;       /**< who approves, at most 50 */
    const char *role;     /**< as what, at most 50 */
    const char *reason;   /**< why, at most 500 */
    const char *second;   /**< the second person where the pack demands one, at most 50; NULL: none */
} settle_override_options;

/**
 * Lets one finding of an open stay of the ledger pass: it stops the settlement no more, and is carried
 * in the submission with what is said here. Recorded in the audit chain. Counts as long as the same
 * finding stands with no more money than now.
 * @param mdtrt_id    visit number
 * @param finding_id  of a finding in the present verdict
 * @param out_json    {"mdtrt_id":,"pack":,"finding":{...},"still_stopping":n}; *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_ARG_SIZE; SETTLE_E_ARG_VALUE for a
 * text that is empty, too long or not fit; SETTLE_E_ARG_EXISTS when it is overridden already;
 * SETTLE_E_INPUT_STAY_UNKNOWN, SETTLE_E_INPUT_SETTLED, SETTLE_E_INPUT_FINDING_UNKNOWN;
 * SETTLE_E_INPUT_OVERRIDE when the pack permits it not at all, or not without a second person other
 * than the first; those of settle_stay_check(). On failure nothing is stored.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status
settle_stay_override(settle_session *session, const char *mdtrt_id, const char *finding_id,
                     const settle_override_options *options, char **out_json);

/**
 * Takes back the last settlement of a stay that stands (撤销结算): it no more counts, for accumulators
 * and charges settled elsewhere neither; the stay is open again, takes further charges and refunds, and
 * is settled anew under another message number. Settlement and reversal stay in the ledger.
 * @param who       approval (may be NULL), by, role, reason, and a second person other than the first
 * @param out_json  {"mdtrt_id":,"state":"reversed","msgid":,"part":,"setlinfo":{...},"setldetail":[...]}:
 *                  the amounts taken back; *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_ARG_SIZE; SETTLE_E_ARG_VALUE for a
 * text that is empty, too long or not fit; SETTLE_E_INPUT_STAY_UNKNOWN, SETTLE_E_INPUT_NOT_SETTLED;
 * SETTLE_E_INPUT_REVERSAL without a second person, or while a later settlement of the person in the
 * scheme stands; SETTLE_E_STORE_*. On failure nothing is stored.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_reverse(settle_session *session,
                                                               const char *mdtrt_id,
                                                               const settle_override_options *who,
                                                               char **out_json);

/**
 * What stands where: {"stays":[{"mdtrt_id":,"state":"open|interim|queued",...}]}.
 * @param mdtrt_id  one stay, or NULL for all
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_INPUT_STAY_UNKNOWN; SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_list(settle_session *session,
                                                            const char *mdtrt_id, char **out_json);

/**
 * The signed document of a settled stay, byte for byte as stored.
 * @param out_xml  *owned*, terminated, settle_free()
 * @param out_len_bytes  its length without the terminator; NULL allowed
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_INPUT_STAY_UNKNOWN,
 * SETTLE_E_INPUT_NOT_SETTLED; SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_document(settle_session *session,
                                                                const char *mdtrt_id,
                                                                char **out_xml,
                                                                uint64_t *out_len_bytes);

/**
 * The same of one settlement of the stay.
 * @param part  its number among the stay's settlements, from 1; 0: the last that was not reversed
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_document_part(settle_session *session,
                                                                     const char *mdtrt_id,
                                                                     uint32_t part, char **out_xml,
                                                                     uint64_t *out_len_bytes);

#ifdef __cplusplus
}
#endif
#endif
