/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

/* Two bed-days at a price; the standard is 40 yuan. */
static void charged(test_world *w, const char *pric) {
    test_row(w, STL_T_BEDS, "med_list_codg=BED");
    test_row(w, STL_T_UNITS, "unit=日 minutes=1440");
    test_row(w, STL_T_LISTS, "list=V4.standard item=3/BED/1* value=40.00 source=Q5");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=BED chrgitm_lv=01 lmt_used_flag=0");
    test_item(w, "medins_list_codg=B");
    test_map(w, "medins_list_codg=B med_list_codg=BED prcunt=日 med_list_unit=日");
    test_charge(w, "B", "2025-03-02T10:00:00", "2", pric, "");
}

static void price_at_the_standard_is_right(void **state) {
    charged(*state, "40.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_gap(&f, "V4", -1);
}

static void price_above_the_standard_blocks_with_the_excess(void **state) {
    charged(*state, "40.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V4", "1", "");
    const stl_finding *found = test_finding(&f, "V4", 0);
    assert_int_equal(found->action, STL_BLOCK);
    assert_int_equal(found->vola_amt, test_money("0.02"));
    assert_says(found->evidence, "B: 40.01 yuan a bed-day > standard 40.00 yuan, 0.02 yuan too");
    assert_says(found->basis, "rules/lists.csv V4.standard 3/BED/1* Q5");
}

static void standard_of_another_level_or_person_says_nothing(void **state) {
    charged(*state, "90.00");
    test_stay(*state, "psn_type=21");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    test_stay(*state, "psn_type=11 medins_lv=2");
    f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void bed_that_the_patient_bears_is_right(void **state) {
    charged(*state, "90.00");
    test_row(*state, STL_T_CATALOGUE, "med_list_codg=BED chrgitm_lv=03 begndate=2025-01-01");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void refunded_bed_is_right(void **state) {
    charged(*state, "90.00");
    test_charge(*state, "B", "2025-03-02T11:00:00", "-2", "90.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
}

static void without_the_list_beds_are_not_evaluated(void **state) {
    test_row(*state, STL_T_BEDS, "med_list_codg=BED");
    test_service(*state, "B", "BED", "01");
    test_charge(*state, "B", "2025-03-02T10:00:00", "1", "90.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_missing(&f, "V4", "standards of beds (V4.standard)");
}

static void bed_in_a_unit_that_is_no_time_is_not_evaluated(void **state) {
    test_row(*state, STL_T_BEDS, "med_list_codg=BED");
    test_row(*state, STL_T_LISTS, "list=V4.standard item=3/BED/1* value=40.00");
    test_service(*state, "B", "BED", "01");
    test_charge(*state, "B", "2025-03-02T10:00:00", "1", "90.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_missing(&f, "V4", "unit of time, price or standard of the bed");
}

static void one_patient_borne_bed_needs_no_standard(void **state) {
    charged(*state, "90.00");
    test_stay(*state, "psn_type=21");
    test_row(*state, STL_T_BEDS, "med_list_codg=OTHER");
    test_service(*state, "F1", "C1", "01");
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "900.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_gap(&f, "V4", -1);
}

static void standard_that_is_no_number_is_not_evaluated(void **state) {
    charged(*state, "90.00");
    test_row(*state, STL_T_LISTS, "list=V4.standard item=3/BED/11 value=forty");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V4");
    assert_missing(&f, "V4", "unit of time, price or standard of the bed");
    assert_gap(&f, "V4", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(price_at_the_standard_is_right),
        RULE_TEST(price_above_the_standard_blocks_with_the_excess),
        RULE_TEST(standard_of_another_level_or_person_says_nothing),
        RULE_TEST(bed_that_the_patient_bears_is_right),
        RULE_TEST(refunded_bed_is_right),
        RULE_TEST(without_the_list_beds_are_not_evaluated),
        RULE_TEST(bed_in_a_unit_that_is_no_time_is_not_evaluated),
        RULE_TEST(standard_that_is_no_number_is_not_evaluated),
        RULE_TEST(one_patient_borne_bed_needs_no_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
