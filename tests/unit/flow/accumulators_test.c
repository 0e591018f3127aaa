/* SPDX-License-Identifier: Apache-2.0 */
/* Year-to-date values of the next stay rest on the last signed document of the person. */
#include "support/home_support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void settle_first(const test_home *home, const char *mdtrt_id, const char *psn_no) {
    settle_session *session = test_home_session(home);
    char *stay = test_home_stay(mdtrt_id, psn_no, 1000, 400, 0), *json = NULL;
    int32_t verdict = -1;
    assert_int_equal(test_home_import(session, home, stay), SETTLE_OK);
    assert_int_equal(settle_stay_submit(session, mdtrt_id, &verdict, &json), SETTLE_OK);
    assert_int_equal(verdict, SETTLE_VERDICT_CLEAR);
    settle_free(json);
    free(stay);
    settle_session_free(session);
}

/* A stay that brings no accumulators; the status of its preview, and the answer. */
static settle_status preview_next(const test_home *home, const char *psn_no, char **json) {
    settle_session *session = test_home_session(home);
    char *text = test_home_stay("NEXT", psn_no, 1000, 400, 3);
    strcpy(strstr(text, ",\"accumulators\""), "}");
    settle_stay *stay = NULL;
    int32_t verdict;
    assert_int_equal(settle_stay_parse(session, text, strlen(text), &stay), SETTLE_OK);
    settle_status status = settle_stay_preview(session, stay, &verdict, json);
    settle_stay_free(stay);
    free(text);
    settle_session_free(session);
    return status;
}

static void the_last_settlement_counts_towards_the_deductible(void **state) {
    char *json = NULL;
    settle_first(*state, "A1", "999902001");
    assert_int_equal(preview_next(*state, "999902001", &json), SETTLE_OK);
    char *paid = test_home_value(json, "fund_pay_sumamt");
    assert_string_not_equal(paid, "0.00");
    free(paid);
    settle_free(json);
}

static void a_stored_document_that_was_changed_is_not_used(void **state) {
    const test_home *home = *state;
    char path[128], *json = NULL;
    sqlite3 *db;
    settle_first(home, "A2", "999902002");
    snprintf(path, sizeof path, "%s/ledger.db", home->path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE submission SET document=CAST(replace(CAST(document AS "
                                  "TEXT),'氯化钠','氯化钾') AS BLOB) WHERE mdtrt_id='A2'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(preview_next(home, "999902002", &json), SETTLE_E_SIG_DIGEST);
    assert_null(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_settlement_counts_towards_the_deductible),
        cmocka_unit_test(a_stored_document_that_was_changed_is_not_used),
    };
    return cmocka_run_group_tests(tests, test_home_setup, test_home_teardown);
}
