/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Stays (住院就诊) as the hospital gives them: from files, from JSON, from the ledger. A stay or source
 * holds all it needs: it may outlive the session that read it. A large CSV input stays in its files, which it
 * keeps open, until they are asked for: they must not change until it is freed.
 */
#ifndef SETTLE_STAY_H
#define SETTLE_STAY_H

#include <settle/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque: one stay. *Owned* by the caller unless it came from a source. One thread at a time. */
typedef struct settle_stay settle_stay;

/** Opaque: a whole input read and checked. *Owned* by the caller. One thread at a time. */
typedef struct settle_source settle_source;

/**
 * Reads files by an adapter. Either the whole input is sound or the call fails and names the place.
 * @param adapter  "csv", "xml", "json", or the name of a layout (docs/layouts.md); NULL: "csv"
 * @param paths    files, or directories whose files are known by base name (stays.csv, ...)
 * @param n_paths  at least 1
 * @param out_source  *owned* by the caller, freed with settle_source_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_VALUE (adapter, n_paths); SETTLE_E_INPUT_*;
 * SETTLE_E_ADAPTER_* of a layout;
 * SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_source_open(settle_session *session,
                                                              const char *adapter,
                                                              const char *const *paths,
                                                              uint32_t n_paths,
                                                              settle_source **out_source);

/** Number of stays, in the order of stays.csv; 0 for NULL. Since: 0.1 */
SETTLE_API uint32_t settle_source_count(const settle_source *source);

/**
 * Stay number @p index (from 0), *borrowed until the source is freed*; NULL past the end, and where
 * settle_source_take() would fail, which says why. Since: 0.1
 */
SETTLE_API const settle_stay *settle_source_stay(const settle_source *source, uint32_t index);

/**
 * Takes stay number @p index (from 0) out of a source, once: whoever takes and frees stay after stay holds no
 * more than one of a large CSV input.
 * @param out_stay  *owned*, settle_stay_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_VALUE (past the end), SETTLE_E_ARG_STATE (taken before);
 * SETTLE_E_INPUT_CHANGED (a file was changed since); SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_source_take(settle_session *session, settle_source *source,
                                                              uint32_t index, settle_stay **out_stay);

/** Frees the source and its stays. NULL is allowed. Since: 0.1 */
SETTLE_API void settle_source_free(settle_source *source);

/**
 * Stores what a source brought in the ledger; charges are appended to stays known already. The same
 * charge with equal content is skipped and counted.
 * @param out_json  report {"stays":n,"charges":{"read":,"kept":,"repeated":},...}; *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE (no home loaded, a stay was taken);
 * SETTLE_E_INPUT_CHANGED (a large file was); SETTLE_E_INPUT_DUPLICATE,
 * SETTLE_E_INPUT_ORPHAN, SETTLE_E_INPUT_SETTLED; SETTLE_E_STORE_*. Nothing is stored on failure.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_source_import(settle_session *session,
                                                                const settle_source *source,
                                                                char **out_json);

/**
 * Reads one stay from a JSON object as `settle batch` takes it.
 * @param json      UTF-8, @p len_bytes bytes, need not be terminated; *copied*
 * @param out_stay  *owned*, settle_stay_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_INPUT_*; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_parse(settle_session *session,
                                                             const char *json, uint64_t len_bytes,
                                                             settle_stay **out_stay);

/**
 * The stay as a JSON object that settle_stay_parse() takes: all its records, none left out.
 * @param out_json  *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_json(settle_session *session,
                                                            const settle_stay *stay, char **out_json);

/**
 * Loads a stay from the ledger.
 * @param mdtrt_id  visit number (就诊ID mdtrt_id)
 * @param out_stay  *owned*, settle_stay_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_INPUT_STAY_UNKNOWN; SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_load(settle_session *session,
                                                            const char *mdtrt_id,
                                                            settle_stay **out_stay);

/**
 * More of a stay of the ledger: arrays as in settle_stay_parse() ({"charges":[...]}), and "stay" with what
 * changes of its head (discharge time, ...). What it has already is skipped. A stay that the ledger does not have
 * is admitted by a text that bears its whole head.
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_INPUT_STAY_UNKNOWN, SETTLE_E_INPUT_SETTLED,
 * SETTLE_E_INPUT_*; SETTLE_E_STORE_*. Nothing is stored on failure.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_append(settle_session *session, const char *mdtrt_id,
                                                              const char *json, uint64_t len_bytes);

/**
 * Takes charges back that were uploaded wrongly, before anything of the stay is settled. What they were stays in
 * the ledger and its chain.
 * @param feedetl_sn  one charge; NULL: all
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_INPUT_STAY_UNKNOWN, SETTLE_E_INPUT_SETTLED,
 * SETTLE_E_INPUT_CHARGE_UNKNOWN (also when there is none); SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_remove(settle_session *session, const char *mdtrt_id,
                                                              const char *feedetl_sn);

/**
 * Cancels an admission: a stay without charges, nothing of it settled, is in the ledger no longer. It may be
 * imported anew.
 * Returns: as settle_stay_remove(); SETTLE_E_INPUT_SETTLED while it has charges.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_stay_cancel(settle_session *session, const char *mdtrt_id);

/** The stay's mdtrt_id, *borrowed* with the stay; "" for NULL. Since: 0.1 */
SETTLE_API const char *settle_stay_id(const settle_stay *stay);

/** Frees a stay that the caller owns. NULL is allowed. Since: 0.1 */
SETTLE_API void settle_stay_free(settle_stay *stay);

#ifdef __cplusplus
}
#endif
#endif
