/* SPDX-License-Identifier: Apache-2.0 */
#include "support/ledger_support.h"

static stl_ledger_override override_of(const char *stay, const char *finding, int64_t fen) {
    return (stl_ledger_override){.mdtrt_id = stl_str_of(stay),
                                 .finding_id = stl_str_of(finding),
                                 .rule_id = STL_STR("V3"),
                                 .vola_amt_fen = fen,
                                 .approval = STL_STR("A-1"),
                                 .by = STL_STR("OP9901"),
                                 .role = STL_STR("医保办主任"),
                                 .second = STL_STR(""),
                                 .reason = STL_STR("急诊"),
                                 .at = 1741165200};
}

/* Records: 1 import A1, 2 and 3 overrides of A1, 4 override of B1. */
static void make(const stl_test_dir *dir) {
    static const char *const STAYS[] = {"A1", "A1", "B1"};
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_CREATE);
    assert_int_equal(stl_test_append(l, "A1", "{1}", NULL), SETTLE_OK);
    for (int i = 0; i < 3; i++) {
        stl_ledger_override o = override_of(STAYS[i], "0123456789abcdef", 100 + i);
        assert_int_equal(stl_ledger_override_add(l, &o, STL_TEST_ACTOR, NULL), SETTLE_OK);
    }
    stl_ledger_close(l);
}

typedef struct seen {
    int count;
    int64_t fen[4];
} seen;

static settle_status see(void *user, const stl_ledger_override *o, stl_error *err) {
    seen *s = user;
    (void)err;
    assert_true(stl_str_is(o->finding_id, "0123456789abcdef"));
    assert_true(stl_str_is(o->approval, "A-1"));
    assert_true(stl_str_is(o->by, "OP9901"));
    assert_true(stl_str_is(o->role, "医保办主任"));
    assert_true(stl_str_is(o->second, ""));
    assert_true(stl_str_is(o->reason, "急诊"));
    assert_int_equal(o->at, 1741165200);
    s->fen[s->count++] = o->vola_amt_fen;
    return SETTLE_OK;
}

static void those_of_a_stay_come_in_the_order_they_were_made(void **state) {
    make(*state);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
    seen a = {0}, b = {0}, none = {0};
    assert_int_equal(stl_ledger_overrides(l, STL_STR("A1"), see, &a, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_overrides(l, STL_STR("B1"), see, &b, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_overrides(l, STL_STR("C1"), see, &none, NULL), SETTLE_OK);
    assert_int_equal(a.count, 2);
    assert_int_equal(a.fen[0], 100);
    assert_int_equal(a.fen[1], 101);
    assert_int_equal(b.count, 1);
    assert_int_equal(none.count, 0);
    assert_int_equal(stl_test_sound(l), 4);
    stl_ledger_close(l);
}

static void an_abandoned_one_leaves_neither_row_nor_record(void **state) {
    make(*state);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_WRITE);
    stl_ledger_override o = override_of("C1", "0123456789abcdef", 1);
    seen none = {0};
    assert_int_equal(stl_ledger_begin(l, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_override_add(l, &o, STL_TEST_ACTOR, NULL), SETTLE_OK);
    stl_ledger_rollback(l);
    assert_int_equal(stl_ledger_overrides(l, STL_STR("C1"), see, &none, NULL), SETTLE_OK);
    assert_int_equal(none.count, 0);
    assert_int_equal(stl_test_sound(l), 4);
    stl_ledger_close(l);
}

static void a_reader_adds_none(void **state) {
    make(*state);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
    stl_ledger_override o = override_of("C1", "0123456789abcdef", 1);
    assert_int_not_equal(stl_ledger_override_add(l, &o, STL_TEST_ACTOR, NULL), SETTLE_OK);
    assert_int_equal(stl_test_sound(l), 4);
    stl_ledger_close(l);
}

static void tampering_is_found_at_its_record(void **state) {
    static const struct {
        const char *sql;
        int64_t record;
    } TAMPERINGS[] = {
        {"UPDATE override SET approval='A-2' WHERE no=2", 3},
        {"UPDATE override SET by='OP9903' WHERE no=2", 3},
        {"UPDATE override SET role='x' WHERE no=2", 3},
        {"UPDATE override SET second='OP9902' WHERE no=2", 3},
        {"UPDATE override SET reason='x' WHERE no=2", 3},
        {"UPDATE override SET role='医保办主任急', reason='诊' WHERE no=2", 3},
        {"UPDATE override SET at=at+1 WHERE no=2", 3},
        {"UPDATE override SET vola_amt=100 WHERE no=2", 3},
        {"UPDATE override SET finding_id='0123456789abcdee' WHERE no=2", 3},
        {"UPDATE override SET rule_id='V4' WHERE no=2", 3},
        {"UPDATE override SET mdtrt_id='B1' WHERE no=2", 3},
        {"DELETE FROM override WHERE no=1", 2},
        {"UPDATE override SET no=9 WHERE no=3", 4},
        {"INSERT INTO override SELECT "
         "4,mdtrt_id,finding_id,rule_id,vola_amt,approval,by,role,second,"
         "reason,at FROM override WHERE no=1",
         5},
        {"UPDATE audit SET detail=replace(detail,'=2 ','=1 ') WHERE no=3", 3},
    };
    for (size_t i = 0; i < sizeof TAMPERINGS / sizeof *TAMPERINGS; i++) {
        stl_audit_report report;
        stl_error err = {0};
        make(*state);
        stl_test_sql(*state, TAMPERINGS[i].sql);
        stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
        settle_status status = stl_ledger_audit_verify(l, &report, &err);
        if (status != SETTLE_E_STORE_AUDIT || err.line != TAMPERINGS[i].record)
            fail_msg("%s: %s at %d", TAMPERINGS[i].sql, settle_status_name(status), (int)err.line);
        stl_ledger_close(l);
        stl_test_dir_empty(*state);
    }
}

#define IN_DIR(test)                                                                               \
    cmocka_unit_test_setup_teardown(test, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIR(those_of_a_stay_come_in_the_order_they_were_made),
        IN_DIR(an_abandoned_one_leaves_neither_row_nor_record),
        IN_DIR(a_reader_adds_none),
        IN_DIR(tampering_is_found_at_its_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
