/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

static void self_funded(test_world *w) {
    test_service(w, "F1", "C1", "03");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "80.00", "");
}

static void self_funded_without_a_consent_is_held(void **state) {
    self_funded(*state);
    test_given(*state, STL_R_CONSENT);
    test_findings f = test_judge(*state);
    assert_found(&f, "V13", "1 2", "");
    const stl_finding *found = test_finding(&f, "V13", 0);
    assert_int_equal(found->action, STL_HOLD);
    assert_int_equal(found->vola_amt, test_money("160.00"));
    assert_says(found->evidence, "without a signed consent: 2 lines, 160.00 yuan");
}

static void a_consent_holds_for_its_line(void **state) {
    self_funded(*state);
    test_record(*state, STL_R_CONSENT, "feedetl_sn=2 signed_by=家属 relation=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V13", "1", "");
}

static void a_consent_holds_for_the_hospitals_code(void **state) {
    self_funded(*state);
    test_record(*state, STL_R_CONSENT, "code=F1 signed_by=家属");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V13");
    assert_gap(&f, "V13", -1);
}

static void a_consent_holds_for_the_catalogues_code(void **state) {
    self_funded(*state);
    test_record(*state, STL_R_CONSENT, "code=C1 signed_by=家属");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V13");
}

static void a_consent_that_nobody_signed_is_none(void **state) {
    self_funded(*state);
    test_record(*state, STL_R_CONSENT, "code=F1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V13", "1 2", "");
}

static void an_excluded_item_needs_a_consent(void **state) {
    test_service(*state, "F1", "C1", "01");
    test_row(*state, STL_T_EXCLUSIONS, "med_list_codg=C1 reason=体检");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_given(*state, STL_R_CONSENT);
    test_findings f = test_judge(*state);
    assert_found(&f, "V13", "1", "");
}

static void an_item_outside_the_catalogue_needs_a_consent(void **state) {
    test_map(*state, "medins_list_codg=F1 med_list_codg=C9 chrgitm_lv=03");
    test_map(*state, "medins_list_codg=F2 med_list_codg=C8 chrgitm_lv=02");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_charge(*state, "F2", "2025-03-02T11:00:00", "1", "80.00", "");
    test_given(*state, STL_R_CONSENT);
    test_findings f = test_judge(*state);
    assert_found(&f, "V13", "1", "");
    assert_found(&f, "V1", "2", "");
}

static void a_line_that_the_fund_pays_needs_none(void **state) {
    test_service(*state, "F1", "C1", "02");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_given(*state, STL_R_CONSENT);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V13");
    assert_gap(&f, "V13", -1);
}

static void a_refunded_line_needs_none(void **state) {
    test_service(*state, "F1", "C1", "03");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "80.00", "");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-1", "80.00", "init_feedetl_sn=1");
    test_given(*state, STL_R_CONSENT);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V13");
}

static void without_consents_it_is_not_evaluated(void **state) {
    self_funded(*state);
    test_findings f = test_judge(*state);
    assert_silent(&f, "V13");
    assert_gap(&f, "V13", 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(self_funded_without_a_consent_is_held),
        RULE_TEST(a_consent_holds_for_its_line),
        RULE_TEST(a_consent_holds_for_the_hospitals_code),
        RULE_TEST(a_consent_holds_for_the_catalogues_code),
        RULE_TEST(a_consent_that_nobody_signed_is_none),
        RULE_TEST(an_excluded_item_needs_a_consent),
        RULE_TEST(an_item_outside_the_catalogue_needs_a_consent),
        RULE_TEST(a_line_that_the_fund_pays_needs_none),
        RULE_TEST(a_refunded_line_needs_none),
        RULE_TEST(without_consents_it_is_not_evaluated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
