/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "rules/checks.h"

#include <stdio.h>

static void pieces(test_world *w) {
    test_service(w, "A", "T1", "01");
    test_service(w, "B", "T2", "01");
    test_service(w, "C", "T3", "01");
    test_service(w, "N", "T9", "01");
    test_row(w, STL_T_TCM,
             "med_list_codg=T1 use=single text=单独使用不予支付 gz_code=GZ4 kp_id=KP1");
    test_row(w, STL_T_TCM,
             "med_list_codg=T2 use=single text=单独使用不予支付 gz_code=GZ4 kp_id=KP2");
    test_row(w, STL_T_TCM, "med_list_codg=T9 use=any text=不予支付 gz_code=GZ4 kp_id=KP9");
}

static void list(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V12.piece item=T*");
}

static void use(test_world *w, const char *item, const char *order) {
    char text[64];
    snprintf(text, sizeof text, "drord_no=%s", order);
    test_charge(w, item, "2025-03-02T10:00:00", "1", "10.00", text);
}

static void a_prescription_of_such_pieces_only_is_found(void **state) {
    pieces(*state);
    list(*state);
    use(*state, "A", "P1");
    use(*state, "B", "P1");
    use(*state, "C", "P2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1 2", "");
    const stl_finding *found = test_finding(&f, "V12", 0);
    assert_int_equal(found->vola_amt, test_money("20.00"));
    assert_str(found->gz_code, "GZ4");
    assert_says(found->evidence, "prescription P1 has only pieces that are not paid for alone");
}

static void a_prescription_with_another_piece_is_paid(void **state) {
    pieces(*state);
    list(*state);
    use(*state, "A", "P1");
    use(*state, "C", "P1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void a_refunded_piece_does_not_make_a_compound(void **state) {
    pieces(*state);
    list(*state);
    use(*state, "A", "P1");
    use(*state, "C", "P1");
    test_charge(*state, "C", "2025-03-02T11:00:00", "-1", "10.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1", "");
}

static void a_piece_that_is_never_paid_is_found_in_any_prescription(void **state) {
    pieces(*state);
    list(*state);
    use(*state, "N", "P1");
    use(*state, "C", "P1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1", "");
    assert_says(test_finding(&f, "V12", 0)->evidence, "N (T9) is never paid for");
}

static void without_a_prescription_number_it_is_not_evaluated(void **state) {
    pieces(*state);
    list(*state);
    use(*state, "A", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 1);
}

static void without_the_codes_of_pieces_it_is_not_evaluated(void **state) {
    pieces(*state);
    use(*state, "A", "P1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", 1);
}

static void a_piece_outside_its_days_or_refunded_is_paid(void **state) {
    pieces(*state);
    list(*state);
    test_service(*state, "D", "T4", "01");
    test_row(*state, STL_T_TCM, "med_list_codg=T4 use=any text=x begndate=2025-03-03");
    use(*state, "D", "P1");
    use(*state, "N", "P2");
    test_charge(*state, "N", "2025-03-02T11:00:00", "-1", "10.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
    assert_gap(&f, "V12", -1);
}

static void a_charge_that_is_no_piece_makes_no_compound(void **state) {
    pieces(*state);
    list(*state);
    test_service(*state, "X", "X1", "01");
    use(*state, "X", "P1");
    use(*state, "A", "P1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2", "");
}

static void the_piece_charged_first_makes_a_compound(void **state) {
    pieces(*state);
    list(*state);
    use(*state, "C", "P1");
    use(*state, "A", "P1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V12");
}

static void a_table_of_one_row_is_a_table(void **state) {
    test_service(*state, "N", "T9", "01");
    test_row(*state, STL_T_TCM, "med_list_codg=T9 use=any text=不予支付");
    use(*state, "N", "P1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "1", "");
    assert_gap(&f, "V12", -1);
}

static void the_first_piece_gives_the_row_and_an_unlisted_charge_is_none(void **state) {
    pieces(*state);
    list(*state);
    test_service(*state, "X", "X1", "01");
    use(*state, "C", "P2");
    use(*state, "A", "P1");
    use(*state, "B", "P1");
    use(*state, "X", "P1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V12", "2 3", "");
    assert_says(test_finding(&f, "V12", 0)->basis, "tcm-pieces.csv T1 KP1");
}

static void it_concerns_pieces_of_the_table_and_of_the_list(void **state) {
    pieces(*state);
    test_row(*state, STL_T_LISTS, "list=V12.piece item=T3");
    test_service(*state, "X", "X1", "01");
    use(*state, "A", "P1");
    use(*state, "C", "P1");
    use(*state, "X", "P1");
    const stl_case *c = test_case(*state);
    assert_true(STL_RULE_TCM_PIECES.concerns(c, 0));
    assert_true(STL_RULE_TCM_PIECES.concerns(c, 1));
    assert_false(STL_RULE_TCM_PIECES.concerns(c, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_prescription_of_such_pieces_only_is_found),
        RULE_TEST(a_prescription_with_another_piece_is_paid),
        RULE_TEST(a_refunded_piece_does_not_make_a_compound),
        RULE_TEST(a_piece_that_is_never_paid_is_found_in_any_prescription),
        RULE_TEST(without_a_prescription_number_it_is_not_evaluated),
        RULE_TEST(without_the_codes_of_pieces_it_is_not_evaluated),
        RULE_TEST(a_piece_outside_its_days_or_refunded_is_paid),
        RULE_TEST(a_charge_that_is_no_piece_makes_no_compound),
        RULE_TEST(the_piece_charged_first_makes_a_compound),
        RULE_TEST(a_table_of_one_row_is_a_table),
        RULE_TEST(the_first_piece_gives_the_row_and_an_unlisted_charge_is_none),
        RULE_TEST(it_concerns_pieces_of_the_table_and_of_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
