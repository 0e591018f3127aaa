/* SPDX-License-Identifier: Apache-2.0 */
/* The durable store (SQLite, WAL, synchronous FULL): stays as imported, submissions, audit chain.
 */
#ifndef STL_LEDGER_LEDGER_H
#define STL_LEDGER_LEDGER_H

#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"

typedef struct stl_ledger stl_ledger;

/* Who acts: goes into every audit record. */
typedef struct stl_actor {
    stl_str opter, role;
} stl_actor;

typedef enum stl_ledger_mode {
    STL_LEDGER_READ,
    STL_LEDGER_WRITE,
    STL_LEDGER_CREATE
} stl_ledger_mode;

/* CREATE makes the file 0600 with the newest schema; WRITE migrates an older one (in a
 * transaction). Refuses a file that group or others may access (STORE_MODE). Waits `busy_ms` for
 * locks. */
settle_status stl_ledger_open(const char *path, stl_ledger_mode mode, int busy_ms, stl_ledger **out,
                              stl_error *err) STL_MUST_CHECK;
void stl_ledger_close(stl_ledger *ledger);
/* Moves the WAL into the database: to be called off the commit path. */
settle_status stl_ledger_checkpoint(stl_ledger *ledger, stl_error *err) STL_MUST_CHECK;

/* --- stays ----------------------------------------------------------------------------------- */

/* A transaction over several parts: begin, any number of appends, commit. An abandoned one is
 * rolled back by stl_ledger_rollback (harmless when none is open). */
settle_status stl_ledger_begin(stl_ledger *ledger, stl_error *err) STL_MUST_CHECK;
settle_status stl_ledger_commit(stl_ledger *ledger, stl_error *err) STL_MUST_CHECK;
void stl_ledger_rollback(stl_ledger *ledger);

/* A transaction around several of those: what begins and commits within is undone with it. Whoever
 * lets go says whether it is kept; a ledger that is closed keeps nothing. */
settle_status stl_ledger_hold(stl_ledger *ledger, stl_error *err) STL_MUST_CHECK;
settle_status stl_ledger_let_go(stl_ledger *ledger, bool keep, stl_error *err) STL_MUST_CHECK;
bool stl_ledger_is_held(const stl_ledger *ledger);

/* Appends what an import brought of a stay: canonical JSON text, stored with its SHA-256. */
settle_status stl_ledger_stay_append(stl_ledger *ledger, stl_str mdtrt_id, stl_str json,
                                     size_t n_charges, stl_instant now, stl_actor actor,
                                     stl_error *err) STL_MUST_CHECK;
/* The same of a part that stands for all parts before it (they stay, and the chain knows of them);
 * `n_charges` are all that it has. An empty text: the stay is cancelled. */
settle_status stl_ledger_stay_replace(stl_ledger *ledger, stl_str mdtrt_id, stl_str json,
                                      size_t n_charges, stl_instant now, stl_actor actor,
                                      stl_error *err) STL_MUST_CHECK;
/* Hands out the parts in order (borrowed during the call); digest checked: STORE_CORRUPT.
 * INPUT_STAY_UNKNOWN when there are none. */
typedef settle_status (*stl_ledger_part_fn)(void *user, stl_str json, stl_error *err);
settle_status stl_ledger_stay_parts(stl_ledger *ledger, stl_str mdtrt_id, stl_ledger_part_fn part,
                                    void *user, stl_error *err) STL_MUST_CHECK;

/* --- submissions ----------------------------------------------------------------------------- */

typedef struct stl_ledger_submission {
    stl_str msgid, mdtrt_id, psn_no, insutype;
    int64_t part;  /* of the stay's settlements, from 1; reversed ones count */
    bool interim;  /* of a stay that goes on (mid_setl_flag) */
    stl_str state; /* "queued": stored and signed, not yet sent; "reversed" */
    stl_instant made_at;
    int64_t medfee_sumamt_fen, fund_pay_sumamt_fen, psn_part_amt_fen, acct_pay_fen;
    stl_str pack_id, pack_version, pack_digest;
    const unsigned char *content_digest; /* 32 bytes: the Reference's */
    stl_str document;                    /* the signed bytes */
    const uint64_t *line_keys;           /* sorted; find a charge settled before (V24) */
    size_t n_line_keys;
} stl_ledger_submission;

/* The number after the highest that follows `prefix` (institution and second) in a msgid; 1 when
 * there is none. */
settle_status stl_ledger_next_serial(stl_ledger *ledger, stl_str prefix, int64_t *out,
                                     stl_error *err) STL_MUST_CHECK;

/* In the open transaction, or in one of its own: refuses when a settlement ended the stay
 * (ARG_EXISTS) or another settlement bears the msgid (STORE_MSGID), inserts, reads the bytes back,
 * compares them and gives them to `recheck`, which hashes them in its work and answers their
 * SHA-256 (NULL: nothing is checked), appends the audit record, commits. On failure nothing is
 * kept. */
typedef settle_status (*stl_ledger_recheck_fn)(void *user, stl_str document,
                                               unsigned char out_sha256[static STL_DIGEST_LEN],
                                               stl_error *err);
settle_status stl_ledger_submit(stl_ledger *ledger, const stl_ledger_submission *submission,
                                stl_actor actor, stl_ledger_recheck_fn recheck, void *user,
                                stl_error *err) STL_MUST_CHECK;

/* A settlement, borrowed in the call. */
typedef settle_status (*stl_ledger_settlement_fn)(void *user, stl_str msgid, stl_instant made_at,
                                                  stl_error *err);
/* What settlements that were not reversed make of a stay. */
typedef enum stl_stay_state {
    STL_STAY_OPEN,
    STL_STAY_INTERIM, /* settled in part; it goes on */
    STL_STAY_SETTLED
} stl_stay_state;
/* How far this stay is settled; `each` is told of the settlement that ended it. And which of `keys`
 * are settled under another stay of the person: sets flags[i], tells each such settlement (`each`
 * NULL: nobody asks), and sets *out_any when there is any other settlement of the person. */
settle_status stl_ledger_settled(stl_ledger *ledger, stl_str mdtrt_id, stl_stay_state *out,
                                 stl_ledger_settlement_fn each, void *user,
                                 stl_error *err) STL_MUST_CHECK;
settle_status stl_ledger_keys_settled(stl_ledger *ledger, stl_str psn_no, stl_str mdtrt_id,
                                      const uint64_t *keys, size_t n_keys, bool *flags,
                                      bool *out_any, stl_ledger_settlement_fn each, void *user,
                                      stl_error *err) STL_MUST_CHECK;
/* The number of the stay's next settlement. */
settle_status stl_ledger_next_part(stl_ledger *ledger, stl_str mdtrt_id, int64_t *out,
                                   stl_error *err) STL_MUST_CHECK;
/* The settlements of a stay in order, of all stays when the id is empty, reversed ones too;
 * borrowed in the call. */
typedef settle_status (*stl_ledger_submission_fn)(void *user, const stl_ledger_submission *s,
                                                  stl_error *err);
settle_status stl_ledger_submissions(stl_ledger *ledger, stl_str mdtrt_id,
                                     stl_ledger_submission_fn each, void *user,
                                     stl_error *err) STL_MUST_CHECK;
/* The document of a stay's settlement, copied: of part `part`, 0: the last that was not reversed,
 * else the last. INPUT_STAY_UNKNOWN, INPUT_NOT_SETTLED. */
settle_status stl_ledger_document(stl_ledger *ledger, stl_str mdtrt_id, int64_t part, stl_buf *out,
                                  stl_error *err) STL_MUST_CHECK;

/* The latest settlement of another stay of the person in the scheme, and when it was made; left
 * empty when there is none. */
settle_status stl_ledger_last_document(stl_ledger *ledger, stl_str psn_no, stl_str insutype,
                                       stl_str mdtrt_id, stl_buf *out, stl_instant *out_made_at,
                                       stl_error *err) STL_MUST_CHECK;

typedef struct stl_ledger_row { /* one stay in `settle status` */
    /* state "open" without a settlement that stands, "interim" with interim ones only; msgid and
     * made_at are the last one's, amounts the sums of all; borrowed in the call */
    stl_str mdtrt_id, state, msgid;
    int64_t n_charges, parts, settlements;
    stl_instant last_import, made_at; /* STL_NONE without */
    int64_t medfee_sumamt_fen, fund_pay_sumamt_fen, psn_part_amt_fen;
} stl_ledger_row;
typedef settle_status (*stl_ledger_row_fn)(void *user, const stl_ledger_row *row, stl_error *err);
/* All stays in order of mdtrt_id, or one when the id is not empty. */
settle_status stl_ledger_list(stl_ledger *ledger, stl_str mdtrt_id, stl_ledger_row_fn row,
                              void *user, stl_error *err) STL_MUST_CHECK;

/* --- overrides ------------------------------------------------------------------------------- */

typedef struct stl_ledger_override {
    stl_str mdtrt_id, finding_id, rule_id;
    int64_t vola_amt_fen; /* what hung on the finding when it was let pass */
    stl_str approval, by, role, second, reason;
    stl_instant at;
} stl_ledger_override;

/* With its audit record, in the open transaction or in one of its own. */
settle_status stl_ledger_override_add(stl_ledger *ledger, const stl_ledger_override *override,
                                      stl_actor actor, stl_error *err) STL_MUST_CHECK;
/* Those of a stay, in the order they were made; borrowed in the call. */
typedef settle_status (*stl_ledger_override_fn)(void *user, const stl_ledger_override *override,
                                                stl_error *err);
settle_status stl_ledger_overrides(stl_ledger *ledger, stl_str mdtrt_id,
                                   stl_ledger_override_fn each, void *user,
                                   stl_error *err) STL_MUST_CHECK;

/* --- reversals ------------------------------------------------------------------------------- */

typedef struct stl_ledger_reversal {
    stl_str mdtrt_id, msgid; /* of the settlement */
    stl_str approval, by, role, second, reason;
    stl_instant at;
} stl_ledger_reversal;

/* In the open transaction, or in one of its own, with its audit record: the settlement is reversed;
 * both it and the reversal stay. INPUT_REVERSAL when a settlement of another stay of the person in
 * the scheme came after it (its accumulators rest on this one) or when it does not stand. */
settle_status stl_ledger_reverse(stl_ledger *ledger, const stl_ledger_reversal *reversal,
                                 stl_actor actor, stl_error *err) STL_MUST_CHECK;

/* --- exchanges -------------------------------------------------------------------------------- */

typedef struct stl_ledger_exchange { /* texts borrowed in the call */
    stl_str key, kind, opter, mark, answer;
    stl_instant at;
    unsigned char digest[STL_DIGEST_LEN]; /* of the request */
} stl_ledger_exchange;
typedef settle_status (*stl_ledger_exchange_fn)(void *user, const stl_ledger_exchange *exchange,
                                                stl_error *err);

/* The exchange of a key is told when there is one; *there. */
settle_status stl_ledger_exchange_get(stl_ledger *ledger, stl_str key, bool *there,
                                      stl_ledger_exchange_fn each, void *user,
                                      stl_error *err) STL_MUST_CHECK;
settle_status stl_ledger_exchange_put(stl_ledger *ledger, const stl_ledger_exchange *exchange,
                                      stl_error *err) STL_MUST_CHECK;
settle_status stl_ledger_exchange_mark(stl_ledger *ledger, stl_str key, stl_str mark,
                                       stl_error *err) STL_MUST_CHECK;
/* Those of a mark, of all marks when it is empty, in the order they were made. */
settle_status stl_ledger_exchanges(stl_ledger *ledger, stl_str mark, stl_ledger_exchange_fn each,
                                   void *user, stl_error *err) STL_MUST_CHECK;
/* Those of a kind that were not taken back and whose answer has the text in it. */
settle_status stl_ledger_exchanges_standing(stl_ledger *ledger, stl_str kind, stl_str within,
                                            stl_ledger_exchange_fn each, void *user,
                                            stl_error *err) STL_MUST_CHECK;
settle_status stl_ledger_digest(stl_ledger *ledger, stl_str text,
                                unsigned char out[static STL_DIGEST_LEN],
                                stl_error *err) STL_MUST_CHECK;

/* --- mapping ---------------------------------------------------------------------------------- */

typedef struct stl_ledger_mapping { /* texts borrowed in the call */
    int64_t no, batch, proposal;    /* an act on several proposals is a batch */
    stl_str action, by, reason;
    stl_instant at;
    stl_str row; /* what is proposed; "" of what is decided on it */
} stl_ledger_mapping;
typedef settle_status (*stl_ledger_mapping_fn)(void *user, const stl_ledger_mapping *event,
                                               stl_error *err);

/* The numbers that come next: `no`, `batch`, `proposal`. */
settle_status stl_ledger_mapping_next(stl_ledger *ledger, stl_ledger_mapping *out,
                                      stl_error *err) STL_MUST_CHECK;
/* With its audit record, in the open transaction or in one of its own; `no` is given to it. */
settle_status stl_ledger_mapping_add(stl_ledger *ledger, const stl_ledger_mapping *event,
                                     stl_actor actor, stl_error *err) STL_MUST_CHECK;
/* All of them, in the order they were made. */
settle_status stl_ledger_mappings(stl_ledger *ledger, stl_ledger_mapping_fn each, void *user,
                                  stl_error *err) STL_MUST_CHECK;

/* --- audit ----------------------------------------------------------------------------------- */

typedef struct stl_audit_report {
    int64_t records;
    char head[65]; /* hash of the last record */
} stl_audit_report;

/* Each record's hash covers the one before, its number, time, operator, role, action, object and
 * detail. Appended within the transaction of what it records. */
settle_status stl_ledger_audit(stl_ledger *ledger, stl_instant at, stl_actor actor,
                               const char *action, stl_str object, stl_str detail,
                               stl_error *err) STL_MUST_CHECK;
/* Walks the chain, and the digest recorded in it of each submission, part and other row.
 * STORE_AUDIT names the record number. */
settle_status stl_ledger_audit_verify(stl_ledger *ledger, stl_audit_report *out,
                                      stl_error *err) STL_MUST_CHECK;

#endif
