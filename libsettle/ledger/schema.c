/* SPDX-License-Identifier: Apache-2.0 */
/* The schema, step by step. A released step is never edited: a change is a further step. Large
 * values stand last in their rows: what stands before them is read without them. */
#include "ledger/db.h"

const char *const STL_LEDGER_SCHEMA[] = {
    "CREATE TABLE stay_part("
    " mdtrt_id TEXT NOT NULL, part INTEGER NOT NULL, n_charges INTEGER NOT NULL, at INTEGER NOT "
    "NULL,"
    " digest BLOB NOT NULL, json TEXT NOT NULL);"
    "CREATE UNIQUE INDEX stay_part_key ON stay_part(mdtrt_id, part, n_charges, at);"
    "CREATE TABLE submission("
    " id INTEGER PRIMARY KEY, msgid TEXT NOT NULL UNIQUE, mdtrt_id TEXT NOT NULL UNIQUE,"
    " psn_no TEXT NOT NULL, insutype TEXT NOT NULL, state TEXT NOT NULL, made_at INTEGER NOT NULL,"
    " medfee_sumamt INTEGER NOT NULL, fund_pay_sumamt INTEGER NOT NULL,"
    " psn_part_amt INTEGER NOT NULL, acct_pay INTEGER NOT NULL,"
    " pack_id TEXT NOT NULL, pack_version TEXT NOT NULL, pack_digest TEXT NOT NULL,"
    " content_digest BLOB NOT NULL, line_keys BLOB NOT NULL, document BLOB NOT NULL);"
    "CREATE INDEX submission_person ON submission(psn_no);"
    "CREATE TABLE audit("
    " no INTEGER PRIMARY KEY, at INTEGER NOT NULL, opter TEXT NOT NULL, role TEXT NOT NULL,"
    " action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL);"
    "CREATE TABLE audit_head("
    " id INTEGER PRIMARY KEY CHECK(id = 1), records INTEGER NOT NULL, hash BLOB NOT NULL);"
    "INSERT INTO audit_head VALUES(1, 0, zeroblob(32));",
    "CREATE TABLE override("
    " no INTEGER PRIMARY KEY, mdtrt_id TEXT NOT NULL, finding_id TEXT NOT NULL,"
    " rule_id TEXT NOT NULL, vola_amt INTEGER NOT NULL, approval TEXT NOT NULL, by TEXT NOT NULL,"
    " role TEXT NOT NULL, second TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL);"
    "CREATE INDEX override_stay ON override(mdtrt_id);",
    /* several settlements of a stay: interim ones, one that ends it, reversed ones */
    "ALTER TABLE submission RENAME TO submission_one;"
    "CREATE TABLE submission("
    " id INTEGER PRIMARY KEY, msgid TEXT NOT NULL UNIQUE, mdtrt_id TEXT NOT NULL,"
    " part INTEGER NOT NULL, interim INTEGER NOT NULL,"
    " psn_no TEXT NOT NULL, insutype TEXT NOT NULL, state TEXT NOT NULL, made_at INTEGER NOT NULL,"
    " medfee_sumamt INTEGER NOT NULL, fund_pay_sumamt INTEGER NOT NULL,"
    " psn_part_amt INTEGER NOT NULL, acct_pay INTEGER NOT NULL,"
    " pack_id TEXT NOT NULL, pack_version TEXT NOT NULL, pack_digest TEXT NOT NULL,"
    " content_digest BLOB NOT NULL, line_keys BLOB NOT NULL, document BLOB NOT NULL);"
    "INSERT INTO submission SELECT id, msgid, mdtrt_id, 1, 0, psn_no, insutype, state, made_at,"
    " medfee_sumamt, fund_pay_sumamt, psn_part_amt, acct_pay, pack_id, pack_version, pack_digest,"
    " content_digest, line_keys, document FROM submission_one;"
    "DROP TABLE submission_one;"
    "CREATE INDEX submission_person ON submission(psn_no);"
    "CREATE UNIQUE INDEX submission_part ON submission(mdtrt_id, part);"
    "CREATE UNIQUE INDEX submission_final ON submission(mdtrt_id)"
    " WHERE interim = 0 AND state <> 'reversed';"
    "CREATE TABLE reversal("
    " no INTEGER PRIMARY KEY, mdtrt_id TEXT NOT NULL, msgid TEXT NOT NULL UNIQUE, approval TEXT "
    "NOT "
    "NULL, by TEXT NOT NULL, role TEXT NOT NULL, second TEXT NOT NULL, reason TEXT NOT NULL,"
    " at INTEGER NOT NULL);",
    /* kind 1: stands for all parts before it; 2: the stay was cancelled. Exchanges: what a caller
     * asked under a key of his and was answered, in one commit with what it did. */
    "ALTER TABLE stay_part ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;"
    "DROP INDEX stay_part_key;"
    "CREATE UNIQUE INDEX stay_part_key ON stay_part(mdtrt_id, part, n_charges, at, kind);"
    "CREATE TABLE exchange("
    " key TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, opter TEXT NOT NULL,"
    " mark TEXT NOT NULL, digest BLOB NOT NULL, answer TEXT NOT NULL);"
    "CREATE INDEX exchange_mark ON exchange(mark, at);",
    /* what was proposed and decided on the hospital's mapping */
    "CREATE TABLE mapping_event("
    " no INTEGER PRIMARY KEY, batch INTEGER NOT NULL, proposal INTEGER NOT NULL,"
    " action TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,"
    " row TEXT NOT NULL);"
    "CREATE INDEX mapping_event_batch ON mapping_event(batch);"
    "CREATE INDEX mapping_event_proposal ON mapping_event(proposal);",
};

const int STL_LEDGER_VERSION = sizeof STL_LEDGER_SCHEMA / sizeof *STL_LEDGER_SCHEMA;
