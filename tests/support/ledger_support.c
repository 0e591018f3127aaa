/* SPDX-License-Identifier: Apache-2.0 */
#include "support/ledger_support.h"

#include <stdio.h>
#include <stdlib.h>

const stl_actor STL_TEST_ACTOR = {{"D990101", 7}, {"settler", 7}};

stl_ledger *stl_test_ledger(const stl_test_dir *dir, stl_ledger_mode mode) {
    stl_ledger *ledger = NULL;
    stl_error err = {0};
    settle_status status =
        stl_ledger_open(stl_test_path(dir, "ledger.db"), mode, 2000, &ledger, &err);
    if (status != SETTLE_OK)
        print_error("%s: %s\n", settle_status_name(status), err.detail);
    assert_int_equal(status, SETTLE_OK);
    return ledger;
}

void stl_test_sql(const stl_test_dir *dir, const char *sql) {
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(sqlite3_open(stl_test_path(dir, "ledger.db"), &db), SQLITE_OK);
    int rc = sqlite3_exec(db, sql, NULL, NULL, &message);
    if (rc != SQLITE_OK)
        print_error("%s\n", message);
    assert_int_equal(rc, SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

stl_test_settlement *stl_test_settlement_new(const char *stay, const char *msgid, size_t len) {
    stl_test_settlement *t = calloc(1, sizeof *t);
    t->document = malloc(len + 1);
    for (size_t i = 0; i < len; i++)
        t->document[i] = (char)('a' + (i * 7 + strlen(stay)) % 26);
    memset(t->content_digest, 0x5A, sizeof t->content_digest);
    t->keys[0] = 11;
    t->keys[1] = 22;
    t->keys[2] = UINT64_MAX - 1;
    t->s = (stl_ledger_submission){
        .msgid = stl_str_of(msgid),
        .mdtrt_id = stl_str_of(stay),
        .part = 1,
        .psn_no = STL_STR("P1"),
        .insutype = STL_STR("310"),
        .state = STL_STR("queued"),
        .made_at = 1741773600,
        .medfee_sumamt_fen = 530830,
        .fund_pay_sumamt_fen = 400000,
        .psn_part_amt_fen = 130830,
        .acct_pay_fen = 0,
        .pack_id = STL_STR("sample-999901"),
        .pack_version = STL_STR("1.0"),
        .pack_digest = STL_STR("00ff"),
        .content_digest = t->content_digest,
        .document = {t->document, len},
        .line_keys = t->keys,
        .n_line_keys = 3,
    };
    return t;
}

void stl_test_settlement_free(stl_test_settlement *t) {
    free(t->document);
    free(t);
}

settle_status stl_test_submit(stl_ledger *ledger, const char *stay, const char *msgid, size_t len,
                              stl_error *err) {
    stl_test_settlement *t = stl_test_settlement_new(stay, msgid, len);
    settle_status status = stl_ledger_submit(ledger, &t->s, STL_TEST_ACTOR, NULL, NULL, err);
    stl_test_settlement_free(t);
    return status;
}

settle_status stl_test_append(stl_ledger *ledger, const char *stay, const char *json,
                              stl_error *err) {
    return stl_ledger_stay_append(ledger, stl_str_of(stay), stl_str_of(json), 2, 1741773600,
                                  STL_TEST_ACTOR, err);
}

bool stl_test_settled(stl_ledger *ledger, const char *stay) {
    stl_stay_state settled;
    assert_int_equal(stl_ledger_settled(ledger, stl_str_of(stay), &settled, NULL, NULL, NULL),
                     SETTLE_OK);
    return settled == STL_STAY_SETTLED;
}

int64_t stl_test_sound(stl_ledger *ledger) {
    stl_audit_report report;
    stl_error err = {0};
    settle_status status = stl_ledger_audit_verify(ledger, &report, &err);
    if (status != SETTLE_OK)
        print_error("%s:%d %s\n", settle_status_name(status), (int)err.line, err.detail);
    assert_int_equal(status, SETTLE_OK);
    return report.records;
}
