/* SPDX-License-Identifier: Apache-2.0 */
/* Each way of tampering with a ledger is found, at its record. */
#include "support/ledger_support.h"

#include <stdlib.h>

/* Records: 1 import A1, 2 import A1, 3 login, 4 submit A1. */
static void make(const stl_test_dir *dir) {
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_CREATE);
    assert_int_equal(stl_test_append(l, "A1", "{1}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "A1", "{2}", NULL), SETTLE_OK);
    assert_int_equal(
        stl_ledger_audit(l, 7, STL_TEST_ACTOR, "export", STL_STR("A1"), STL_STR("why"), NULL),
        SETTLE_OK);
    assert_int_equal(stl_test_submit(l, "A1", "M1", 50000, NULL), SETTLE_OK);
    stl_ledger_close(l);
}

static void an_untouched_ledger_is_sound(void **state) {
    stl_audit_report report;
    make(*state);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
    assert_int_equal(stl_ledger_audit_verify(l, &report, NULL), SETTLE_OK);
    assert_int_equal(report.records, 4);
    assert_int_equal(strlen(report.head), 64);
    stl_ledger_close(l);
}

typedef struct tampering {
    const char *sql;
    int64_t record;
} tampering;

static const tampering TAMPERINGS[] = {
    {"UPDATE audit SET opter='x' WHERE no=3", 3},
    {"UPDATE audit SET role='x' WHERE no=3", 3},
    {"UPDATE audit SET at=at+1 WHERE no=3", 3},
    {"UPDATE audit SET action='exporT' WHERE no=3", 3},
    {"UPDATE audit SET object='A2' WHERE no=3", 3},
    {"UPDATE audit SET detail='whY' WHERE no=3", 3},
    {"UPDATE audit SET object='A1w', detail='hy' WHERE no=3", 3},
    {"UPDATE audit SET hash=zeroblob(32) WHERE no=3", 3},
    {"UPDATE audit SET hash=x'00' WHERE no=3", 3},
    {"DELETE FROM audit WHERE no=2", 2},
    {"DELETE FROM audit WHERE no=4", 4},
    {"DELETE FROM audit", 1},
    {"DELETE FROM audit WHERE no=4; UPDATE audit_head SET records=3", 3},
    {"UPDATE audit_head SET records=5", 5},
    {"UPDATE audit_head SET hash=zeroblob(32)", 4},
    {"DELETE FROM audit_head", 0},
    {"UPDATE stay_part SET json='{7}' WHERE part=2", 2},
    {"UPDATE stay_part SET n_charges=9 WHERE part=1", 1},
    {"UPDATE stay_part SET digest=zeroblob(32) WHERE part=1", 1},
    {"DELETE FROM stay_part WHERE part=1", 1},
    {"UPDATE stay_part SET kind=1", 1},
    {"UPDATE stay_part SET kind=2", 1},
    {"INSERT INTO stay_part VALUES('B1',1,0,0,zeroblob(32),'{}',0)", 5},
    {"UPDATE submission SET document=CAST(replace(document,'a','b') AS BLOB)", 4},
    {"UPDATE submission SET medfee_sumamt=medfee_sumamt+1", 4},
    {"UPDATE submission SET fund_pay_sumamt=0", 4},
    {"UPDATE submission SET psn_part_amt=0", 4},
    {"UPDATE submission SET acct_pay=1", 4},
    {"UPDATE submission SET psn_no='P2'", 4},
    {"UPDATE submission SET insutype='390'", 4},
    {"UPDATE submission SET made_at=0", 4},
    {"UPDATE submission SET msgid='M2'", 4},
    {"UPDATE submission SET pack_id='other'", 4},
    {"UPDATE submission SET pack_version='2'", 4},
    {"UPDATE submission SET pack_digest='00'", 4},
    {"UPDATE submission SET content_digest=zeroblob(32)", 4},
    {"UPDATE submission SET content_digest=x'00'", 4},
    {"UPDATE submission SET line_keys=zeroblob(24)", 4},
    {"UPDATE submission SET mdtrt_id='A9'", 4},
    {"DELETE FROM submission", 4},
    {"UPDATE submission SET state='reversed'", 5}, /* no record tells of it */
    {"INSERT INTO reversal VALUES(1,'A1','M1','','A','B','C','D',0)", 5},
    {"UPDATE submission SET part=2", 4},
    {"UPDATE submission SET interim=1", 4},
    {"INSERT INTO submission SELECT "
     "9,'M9','A9',part,interim,psn_no,insutype,state,made_at,medfee_sumamt,"
     "fund_pay_sumamt,psn_part_amt,acct_pay,pack_id,pack_version,pack_digest,content_digest,"
     "line_keys,document FROM submission",
     5},
};

static void tampering_is_found_at_its_record(void **state) {
    for (size_t i = 0; i < sizeof TAMPERINGS / sizeof *TAMPERINGS; i++) {
        stl_audit_report report;
        stl_error err = {0};
        make(*state);
        stl_test_sql(*state, TAMPERINGS[i].sql);
        stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
        settle_status status = stl_ledger_audit_verify(l, &report, &err);
        if (status != SETTLE_E_STORE_AUDIT || err.line != TAMPERINGS[i].record)
            print_error("%s: %s at %d\n", TAMPERINGS[i].sql, settle_status_name(status),
                        (int)err.line);
        assert_int_equal(status, SETTLE_E_STORE_AUDIT);
        assert_int_equal(err.line, TAMPERINGS[i].record);
        stl_ledger_close(l);
        stl_test_dir_empty(*state);
    }
}

static void a_state_of_its_own_time_may_change(void **state) {
    make(*state);
    stl_test_sql(*state, "UPDATE submission SET state='accepted'");
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
    assert_int_equal(stl_test_sound(l), 4);
    stl_ledger_close(l);
}

static void an_empty_chain_is_sound(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    assert_int_equal(stl_test_sound(l), 0);
    stl_ledger_close(l);
}

#define IN_DIR(test)                                                                               \
    cmocka_unit_test_setup_teardown(test, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIR(an_untouched_ledger_is_sound),
        IN_DIR(tampering_is_found_at_its_record),
        IN_DIR(a_state_of_its_own_time_may_change),
        IN_DIR(an_empty_chain_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
