/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void list(test_world *w) {
    test_row(w, STL_T_LISTS, "list=V10.certificate item=01");
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "26.50", "");
}

static void says_only(const test_findings *f, const char *text) {
    assert_found(f, "V10", "", "");
    const stl_finding *found = test_finding(f, "V10", 0);
    assert_str(found->evidence, text);
    assert_int_equal(found->vola_amt, test_money("26.50"));
    assert_int_equal(found->action, STL_BLOCK);
}

static void number_that_fits_is_silent(void **state) {
    list(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

static void other_birth_date_is_found_without_values(void **state) {
    list(*state);
    test_stay(*state, "brdy=1967-05-15");
    test_findings f = test_judge(*state);
    says_only(&f, "the date of birth (brdy) disagrees with the certificate number (certno)");
}

static void other_sex_is_found(void **state) {
    list(*state);
    test_stay(*state, "gend=2");
    test_findings f = test_judge(*state);
    says_only(&f, "the sex (gend) disagrees with the certificate number (certno)");
}

static void birth_date_and_sex_are_one_finding(void **state) {
    list(*state);
    test_stay(*state, "gend=2 brdy=1967-05-15");
    test_findings f = test_judge(*state);
    says_only(&f, "the date of birth (brdy) disagrees with the certificate number (certno); the "
                  "sex (gend) disagrees with the certificate number (certno)");
}

static void chinese_text_has_no_values(void **state) {
    list(*state);
    test_lang(*state, SETTLE_LANG_ZH);
    test_stay(*state, "brdy=1967-05-15");
    test_findings f = test_judge(*state);
    says_only(&f, "出生日期（brdy）与证件号码（certno）不一致");
}

static void each_wrong_number_is_found(void **state) {
    static const char *const WRONG[] = {"certno=999901196705140038",  "certno=99990119670514003",
                                        "certno=9999011967051400390", "certno=99990119670514003X",
                                        "certno=9999A1196705140039",  "certno=:99901196705140032",
                                        "certno=999/01196705140030"};
    list(*state);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        test_stay(*state, WRONG[i]);
        test_findings f = test_judge(*state);
        says_only(&f, "the certificate number (certno) has another length or check digit");
    }
}

static void check_digit_ten_is_an_x_in_either_case(void **state) {
    list(*state);
    test_stay(*state, "certno=99990119950217008X brdy=1995-02-17 gend=2");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    test_stay(*state, "certno=99990119950217008x");
    f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void other_certificates_are_not_read(void **state) {
    list(*state);
    test_stay(*state, "psn_cert_type=02 certno=12345");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

/* Shown at the desk: 02 is an identity card, 03 another card with a number of its own. */
static void shown(test_world *w, const char *credential) {
    list(w);
    test_row(w, STL_T_LISTS, "list=V10.credential item=02");
    test_stay(w, credential);
}

static void identity_card_of_the_person_registered_is_silent(void **state) {
    shown(*state, "mdtrt_cert_type=02 mdtrt_cert_no=999901196705140039");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

static void identity_card_of_somebody_else_is_found_without_values(void **state) {
    shown(*state, "mdtrt_cert_type=02 mdtrt_cert_no=999901195111020043");
    test_findings f = test_judge(*state);
    says_only(&f, "the number of the credential (mdtrt_cert_no) is not that of the certificate "
                  "registered (certno)");
}

static void check_digit_of_the_card_may_be_small(void **state) {
    shown(*state, "certno=99990119950217008X brdy=1995-02-17 gend=2 mdtrt_cert_type=02 "
                  "mdtrt_cert_no=99990119950217008x");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
}

static void other_credentials_are_not_compared(void **state) {
    shown(*state, "mdtrt_cert_type=03 mdtrt_cert_no=A00000001");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", -1);
}

static void credential_without_a_number_is_not_evaluated(void **state) {
    shown(*state, "mdtrt_cert_type=02 mdtrt_cert_no=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_missing(&f, "V10", "number of the credential");
}

static void what_is_missing_is_not_evaluated(void **state) {
    static const char *const MISSING[] = {"certno=", "psn_cert_type=", "psn_cert_type=01 gend=9",
                                          "gend=1 brdy="};
    list(*state);
    for (size_t i = 0; i < sizeof MISSING / sizeof *MISSING; i++) {
        test_stay(*state, "certno=999901196705140039");
        test_stay(*state, MISSING[i]);
        test_findings f = test_judge(*state);
        assert_silent(&f, "V10");
        assert_gap(&f, "V10", 0);
    }
}

static void without_the_list_nothing_is_evaluated(void **state) {
    test_stay(*state, "brdy=1967-05-15");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V10");
    assert_gap(&f, "V10", 0);
}

static void a_card_that_differs_by_its_check_digit_is_somebody_elses(void **state) {
    shown(*state, "mdtrt_cert_type=02 mdtrt_cert_no=999901196705140038");
    test_findings f = test_judge(*state);
    says_only(&f, "the number of the credential (mdtrt_cert_no) is not that of the certificate "
                  "registered (certno)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(number_that_fits_is_silent),
        RULE_TEST(other_birth_date_is_found_without_values),
        RULE_TEST(other_sex_is_found),
        RULE_TEST(birth_date_and_sex_are_one_finding),
        RULE_TEST(chinese_text_has_no_values),
        RULE_TEST(each_wrong_number_is_found),
        RULE_TEST(check_digit_ten_is_an_x_in_either_case),
        RULE_TEST(other_certificates_are_not_read),
        RULE_TEST(identity_card_of_the_person_registered_is_silent),
        RULE_TEST(identity_card_of_somebody_else_is_found_without_values),
        RULE_TEST(check_digit_of_the_card_may_be_small),
        RULE_TEST(other_credentials_are_not_compared),
        RULE_TEST(credential_without_a_number_is_not_evaluated),
        RULE_TEST(what_is_missing_is_not_evaluated),
        RULE_TEST(without_the_list_nothing_is_evaluated),
        RULE_TEST(a_card_that_differs_by_its_check_digit_is_somebody_elses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
