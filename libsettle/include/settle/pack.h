/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Region packs, the hospital's mapping, and the audit chain, for those who maintain a home.
 */
#ifndef SETTLE_PACK_H
#define SETTLE_PACK_H

#include <settle/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Builds a region pack from its source tree.
 * @param source_dir  directory with pack.xml
 * @param out_path    the .pack file to write (aside, synced, renamed); NULL: beside the source tree as
 *                    <id>-<version>.pack
 * @param out_json    *owned*, settle_free(): id, version, digest, rows by table
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_PACK_SOURCE, SETTLE_E_PACK_POLICY, SETTLE_E_PACK_EMPTY
 * with file, line and field; SETTLE_E_STORE_WRITE.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_pack_build(settle_session *session,
                                                             const char *source_dir,
                                                             const char *out_path, char **out_json);

/** Checks a pack completely: digests, tables, policy; writes its installed record.
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_PACK_*; SETTLE_E_STORE_WRITE when the record cannot be
 * written. @p out_json as settle_pack_build(). Since: 0.1 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_pack_check(settle_session *session,
                                                             const char *path, char **out_json);

/** Says what a pack holds, without reading its rows.
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_PACK_*. @p out_json as settle_pack_build(). Since: 0.1 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_pack_show(settle_session *session, const char *path,
                                                            char **out_json);

/**
 * The packs that settle.ini of the loaded home lists: which are in force, which rules lack data or have
 * stale data in them; and the site's own actions of rules.
 * @param at        "YYYY-MM-DD"; NULL: today
 * @param out_json  *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_INPUT_DATE, SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_pack_list(settle_session *session,
                                                            const char *at, char **out_json);

/**
 * The whole rule set as a pack sets it: every rule with its action, who may let a finding pass, what it
 * reads and how many rows of that the pack has; parameters, lists, tables, pathways, policies.
 * @param path      the pack
 * @param at        "YYYY-MM-DD", the day whose overrides and data are told; NULL: today
 * @param out_json  *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_INPUT_DATE; SETTLE_E_PACK_*; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_pack_rules(settle_session *session,
                                                             const char *path, const char *at,
                                                             char **out_json);

/**
 * What one pack changes against another: rows added, removed and changed, table by table; and, before a
 * new version is switched on, what it does to the open stays of the ledger.
 * @param before, after  paths of two packs
 * @param stays        1: judge every open stay of the loaded home by each of them; 0: rows only
 * @param out_differs  1 when anything differs, else 0; NULL allowed
 * @param out_json     *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_ARG_STATE (stays without a home); SETTLE_E_PACK_*;
 * SETTLE_E_CONFIG_VALUE when one of the packs does not permit what settle.ini switches;
 * SETTLE_E_STORE_*, SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_pack_diff(settle_session *session,
                                                            const char *before, const char *after,
                                                            int32_t stays, int32_t *out_differs,
                                                            char **out_json);

/**
 * What another policy would pay for the stays of the ledger: settled ones against what they were settled
 * with, open ones against the packs of the home. The dates of the pack do not count, its schemes and
 * areas do. Nothing is stored.
 * @param pack         path of a built pack
 * @param out_differs  1 when an amount of any stay differs, else 0; NULL allowed
 * @param out_json     *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_PACK_*; SETTLE_E_STORE_*,
 * SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_policy_whatif(settle_session *session,
                                                                const char *pack,
                                                                int32_t *out_differs,
                                                                char **out_json);

/**
 * What was settled, for each scheme and pack by itself: an old and a new scheme side by side are never
 * added together. Reversed settlements do not count.
 * @param from, until  days on which settlements were made, inclusive ("yyyy-MM-dd"); NULL: open
 * @param out_json     *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_ARG_VALUE; SETTLE_E_STORE_*,
 * SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_policy_totals(settle_session *session,
                                                                const char *from,
                                                                const char *until,
                                                                char **out_json);

/**
 * Judges the mapping of the loaded home on a day: unmapped items, codes the catalogue does not know,
 * classes that disagree, implausible factors, ambiguous rows.
 * @param at  "YYYY-MM-DD"; NULL: today
 * @param out_problems  their number; NULL allowed
 * Returns: SETTLE_OK also with problems; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_INPUT_DATE;
 * SETTLE_E_PACK_EXPIRED when no pack is in force on that day.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_check(settle_session *session,
                                                                const char *at,
                                                                uint32_t *out_problems,
                                                                char **out_json);

/** Lists the mapping rows in force on a day.
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_INPUT_DATE. Since: 0.1 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_list(settle_session *session,
                                                               const char *at, char **out_json);

/**
 * Proposes catalogue items for hospital items, by each pack of the home in force on the day. Proposals
 * are never taken by themselves.
 * @param items     their codes (medins_list_codg); NULL with 0: all items that no mapping in force leads to
 *                  a catalogue item
 * @param n_items   number of codes
 * @param at        "YYYY-MM-DD"; NULL: today
 * @param out_json  *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_INPUT_DATE;
 * SETTLE_E_INPUT_ITEM_UNKNOWN for a code that neither items.csv nor mapping.csv has;
 * SETTLE_E_PACK_EXPIRED when no pack is in force on that day; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_suggest(settle_session *session,
                                                                  const char *const *items,
                                                                  size_t n_items, const char *at,
                                                                  char **out_json);

/**
 * Proposes the rows of a vendor's own mapping table, as one batch in the state "suggested". Rows that hold or are
 * proposed already are counted, not proposed again; rows without a code or with a status other than
 * "active" are counted too.
 * @param path      a CSV with the columns of mapping.csv, in UTF-8 or GB18030; needed are medins_list_codg and
 *                  med_list_codg, the others are completed from items.csv and the catalogues in force
 * @param columns   other names of columns in the file: "med_list_codg=YBBM,medins_list_codg=XMBM"; NULL: none
 * @param reason    why, at most 100 characters; NULL: nothing is said
 * @param out_json  *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_ARG_VALUE for `columns` and `reason`;
 * SETTLE_E_INPUT_* with line and column, then nothing was proposed; SETTLE_E_STORE_*; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_import(settle_session *session,
                                                                 const char *path,
                                                                 const char *columns,
                                                                 const char *reason,
                                                                 char **out_json);

/**
 * Proposes likewise rows that the caller has in memory.
 * @param json       an array of objects by the columns of mapping.csv: [{"medins_list_codg":"F1","med_list_codg":...}];
 *                   UTF-8; other members are refused. *Borrowed until the call returns*
 * @param len_bytes  its length
 * @param reason     why, at most 100 characters; NULL: nothing is said
 * @param out_json   *owned*, settle_free(); docs/json.md, map import
 * Returns: as settle_mapping_import(), with the number of the row, from 1, as line; SETTLE_E_INPUT_JSON. Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_upload(settle_session *session,
                                                                 const char *json,
                                                                 size_t len_bytes,
                                                                 const char *reason,
                                                                 char **out_json);

/**
 * Proposes likewise what settle_mapping_suggest() is sure of and whose unit is the catalogue's.
 * @param items     as of settle_mapping_suggest()
 * @param n_items   number of codes
 * @param at        "YYYY-MM-DD", the first day of the mappings; NULL: today
 * @param reason    why, at most 100 characters; NULL: nothing is said
 * @param out_json  *owned*, settle_free(); docs/json.md
 * Returns: as settle_mapping_suggest(); SETTLE_E_ARG_VALUE for `reason`; SETTLE_E_STORE_*. Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_propose(settle_session *session,
                                                                  const char *const *items,
                                                                  size_t n_items, const char *at,
                                                                  const char *reason,
                                                                  char **out_json);

/**
 * Decides on proposals, then writes hospital/mapping.csv again (settle_mapping_publish()). Approving takes another
 * operator than the one who proposed. Each decision is a batch of its own, which can be undone as long as nothing
 * was decided since on what it decided.
 * @param decision  "approve" or "refuse" what is suggested, "expire" what is approved, "undo" a batch
 * @param batch     the batch of the proposals, or the one to be undone; 0: by `proposal`
 * @param proposal  number of one proposal (12 of R12); 0: by `batch`; undo takes a batch only
 * @param reason    why, at most 100 characters; NULL: nothing is said
 * @param out_json  *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE (without a home, within an exchange),
 * SETTLE_E_ARG_VALUE; SETTLE_E_INPUT_MAPPING with the proposal and why; SETTLE_E_STORE_*; SETTLE_E_NO_MEMORY.
 * Where the file could not be written (SETTLE_E_STORE_WRITE, SETTLE_E_MAPPING_READ) the decision stands.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_decide(settle_session *session,
                                                                 const char *decision,
                                                                 int64_t batch, int64_t proposal,
                                                                 const char *reason,
                                                                 char **out_json);

/**
 * Lists the proposals, in the order they were made.
 * @param state     "suggested", "approved", "refused", "expired", "withdrawn"; NULL: all
 * @param item      of this hospital item (medins_list_codg) only; NULL: of all
 * @param out_json  *owned*, settle_free(); docs/json.md
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE, SETTLE_E_ARG_VALUE; SETTLE_E_STORE_*. Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_review(settle_session *session,
                                                                 const char *state,
                                                                 const char *item,
                                                                 char **out_json);

/**
 * Writes the approved proposals into hospital/mapping.csv, whole or not at all; rows of others stay, those that are
 * replaced end the day before. Contexts that are open keep the mapping that they loaded.
 * @param out_in_force  number of proposals approved
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE (without a home, within an exchange);
 * SETTLE_E_INPUT_MAPPING when another row bears the number of a proposal; SETTLE_E_MAPPING_READ, SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_mapping_publish(settle_session *session,
                                                                  int64_t *out_in_force);

/**
 * Walks the audit chain of the ledger and compares every stored document with it.
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_STATE; SETTLE_E_STORE_AUDIT with the record's number
 * as line; SETTLE_E_STORE_*.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_audit_verify(settle_session *session,
                                                               char **out_json);

#ifdef __cplusplus
}
#endif
#endif
