/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include <stdio.h>

/* An operation of a group, paid at 60 % as a further one; its maximum at level 3. */
static void operation_by(test_world *w, const char *item, const char *group, const char *cap,
                         const char *unit) {
    char row[256];
    snprintf(row, sizeof row, "medins_list_codg=%s pric_list_codg=3%s", item, item);
    test_item(w, row);
    snprintf(row, sizeof row, "medins_list_codg=%s med_list_codg=C%s prcunt=%s med_list_unit=%s",
             item, item, unit, unit);
    test_map(w, row);
    snprintf(row, sizeof row, "med_list_codg=C%s chrgitm_lv=01", item);
    test_row(w, STL_T_CATALOGUE, row);
    snprintf(row, sizeof row,
             "pric_list_codg=3%s medins_lv=3 pric_uplmt_amt=%s unit=%s begndate=2021-01-01", item,
             cap, unit);
    test_row(w, STL_T_CAPS, row);
    snprintf(row, sizeof row,
             "med_list_codg=C%s group=%s pay_prop=0.6 gz_code=GZ10000102002000 kp_id=KP%s", item,
             group, item);
    test_row(w, STL_T_DISCOUNT, row);
}

static void operation(test_world *w, const char *item, const char *cap) {
    operation_by(w, item, "G1", cap, "次");
}

/* A of at most 1000, B of at most 500, both of one group. */
static void two(test_world *w) {
    operation(w, "A", "1000");
    operation(w, "B", "500");
}

static void two_on_a_day(test_world *w, const char *a, const char *b) {
    two(w);
    test_charge(w, "A", "2025-03-02T10:00:00", "1", a, "");
    test_charge(w, "B", "2025-03-02T10:30:00", "1", b, "");
}

static void the_second_operation_at_its_share_is_right(void **state) {
    two_on_a_day(*state, "1000.00", "300.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", -1);
}

static void a_fen_above_the_share_is_found(void **state) {
    two_on_a_day(*state, "1000.00", "300.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
    const stl_finding *found = test_finding(&f, "V3", 0);
    assert_int_equal(found->action, STL_WARN);
    assert_int_equal(found->vola_amt, test_money("0.01"));
    assert_str(found->gz_code, "GZ10000102002000");
    assert_says(found->evidence, "at 60 % of at most 500.00 yuan: 300.01 > 300.00");
    assert_says(found->basis, "rules/surgery-discount.csv CB G1 KPB");
}

static void the_dearest_is_the_first(void **state) {
    two_on_a_day(*state, "1000.00", "500.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("200.00"));
}

static void either_may_be_the_one_that_was_reduced(void **state) {
    two_on_a_day(*state, "600.00", "500.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void where_neither_was_reduced_the_least_is_too_much(void **state) {
    two_on_a_day(*state, "700.00", "500.00");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "2");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("100.00"));
}

static void a_share_of_the_quantity_is_a_share_of_the_price(void **state) {
    two(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "0.6", "500.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void more_than_the_share_of_the_quantity_is_found(void **state) {
    two(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "0.61", "500.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("5.00"));
}

static void a_third_operation_is_reduced_as_well(void **state) {
    two_on_a_day(*state, "1000.00", "300.00");
    operation(*state, "C", "200");
    test_charge(*state, "C", "2025-03-02T11:00:00", "1", "200.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "3", "1");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("80.00"));
}

static void midnight_parts_two_operations(void **state) {
    two(*state);
    test_charge(*state, "A", "2025-03-02T23:59:59", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-03T00:00:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void the_last_second_of_the_day_belongs_to_it(void **state) {
    two(*state);
    test_charge(*state, "A", "2025-03-02T00:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T23:59:59", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
}

static void operations_of_two_groups_are_apart(void **state) {
    operation_by(*state, "A", "G1", "1000", "次");
    operation_by(*state, "B", "G2", "500", "次");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void a_code_of_two_groups_is_found_once(void **state) {
    two_on_a_day(*state, "1000.00", "500.00");
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CA group=G2 pay_prop=0.6 kp_id=KPA2");
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CB group=G2 pay_prop=0.6 kp_id=KPB2");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
    assert_says(test_finding(&f, "V3", 0)->basis, "CB G1 KPB");
    assert_says(test_finding(&f, "V3", 0)->basis, "CB G2 KPB2");
}

static void the_same_operation_twice_is_no_second_one(void **state) {
    operation(*state, "A", "1000");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "A", "2025-03-02T11:00:00", "1", "1000.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void each_day_is_judged_for_itself(void **state) {
    two(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "A", "2025-03-03T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-03T10:30:00", "1", "500.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "400.00", "");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V3"), 2);
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("200.00"));
    assert_int_equal(test_finding(&f, "V3", 0)->involved[0], 1);
    assert_int_equal(test_finding(&f, "V3", 1)->vola_amt, test_money("100.00"));
    assert_int_equal(test_finding(&f, "V3", 1)->involved[0], 0);
}

static void each_group_is_judged_for_itself(void **state) {
    operation_by(*state, "A", "G1", "1000", "次");
    operation_by(*state, "X", "G2", "100", "次");
    operation_by(*state, "B", "G1", "500", "次");
    operation_by(*state, "Y", "G2", "50", "次");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "X", "2025-03-02T10:10:00", "1", "100.00", "");
    test_charge(*state, "B", "2025-03-02T10:20:00", "1", "500.00", "");
    test_charge(*state, "Y", "2025-03-02T10:30:00", "1", "50.00", "");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V3"), 2);
    assert_int_equal(test_finding(&f, "V3", 0)->lines[0], 2);
    assert_int_equal(test_finding(&f, "V3", 1)->lines[0], 3);
}

/* Both lines of A are the first operation, whatever comes between them. */
static void the_lines_of_one_operation_are_one(void **state) {
    operation(*state, "A", "1000");
    operation(*state, "B", "1500");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T11:00:00", "1", "1500.00", "");
    test_charge(*state, "A", "2025-03-02T12:00:00", "1", "1000.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("600.00"));
}

static void of_two_as_dear_the_earlier_is_the_first(void **state) {
    operation(*state, "B", "500");
    operation(*state, "A", "500");
    test_charge(*state, "B", "2025-03-02T11:00:00", "1", "500.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "2");
}

static void of_two_as_dear_the_later_is_found(void **state) {
    operation(*state, "B", "500");
    operation(*state, "A", "500");
    test_charge(*state, "B", "2025-03-02T10:00:00", "1", "500.00", "");
    test_charge(*state, "A", "2025-03-02T11:00:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
}

static void operations_without_a_time_are_of_no_day(void **state) {
    two(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "fee_ocur_time=");
    test_charge(*state, "B", "2025-03-02T10:00:00", "1", "500.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void a_refunded_operation_was_not_made(void **state) {
    two_on_a_day(*state, "1000.00", "500.00");
    test_charge(*state, "A", "2025-03-02T12:00:00", "-1", "1000.00", "init_feedetl_sn=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void rows_out_of_force_make_no_group(void **state) {
    operation(*state, "A", "1000");
    test_item(*state, "medins_list_codg=B pric_list_codg=3A");
    test_map(*state, "medins_list_codg=B med_list_codg=CB prcunt=次 med_list_unit=次");
    test_row(*state, STL_T_CATALOGUE, "med_list_codg=CB chrgitm_lv=01");
    test_row(*state, STL_T_DISCOUNT,
             "med_list_codg=CB group=G1 pay_prop=0.6 enddate=2025-03-01 gz_code=G kp_id=K");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "1000.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void the_row_says_the_share(void **state) {
    operation(*state, "A", "1000");
    operation(*state, "B", "500");
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CA group=G2 pay_prop=0.5");
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CB group=G2 pay_prop=0.5");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "300.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("50.00"));
}

/* --- sides --------------------------------------------------------------------------------------
 */

static void by_the_side(test_world *w) {
    operation_by(w, "A", "G1", "1000", "单侧");
    test_row(w, STL_T_LISTS, "list=V3.sides item=单侧");
}

static void both_sides_cost_one_and_a_share(void **state) {
    by_the_side(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "2", "800.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void both_sides_in_full_are_found(void **state) {
    by_the_side(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "2", "800.01", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "1", "");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("0.02"));
}

static void the_other_side_on_a_line_of_its_own_is_found(void **state) {
    by_the_side(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:01", "1", "600.01", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
    assert_int_equal(test_finding(&f, "V3", 0)->vola_amt, test_money("0.01"));
}

/* Only one side of A can be the first; B saves more than that. */
static void one_side_alone_is_the_first(void **state) {
    by_the_side(*state);
    operation(*state, "B", "1250");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:01", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:00:02", "1", "1250.00", "");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V3"), 2);
    assert_int_equal(test_finding(&f, "V3", 0)->lines[0], 0);
    assert_int_equal(test_finding(&f, "V3", 0)->involved[0], 2);
    assert_int_equal(test_finding(&f, "V3", 1)->lines[0], 1);
}

/* One side above its maximum, as V3 says besides; two sides in full. */
static void the_line_that_saves_most_is_the_first_side(void **state) {
    by_the_side(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "2", "1000.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:01", "1", "1100.00", "");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V3"), 2);
    const stl_finding *both = test_finding(&f, "V3", 0), *one = test_finding(&f, "V3", 1);
    assert_int_equal(both->vola_amt, test_money("800.00"));
    assert_int_equal(both->involved[0], 1);
    assert_int_equal(one->vola_amt, test_money("100.00"));
    assert_int_equal(one->n_involved, 0);
    assert_null(memmem(one->evidence.ptr, one->evidence.len, "one group", 9));
}

/* They save 300, 400, 500, 400 and 450 when they are the first. */
static void of_many_sides_the_one_that_saves_most_is_the_first(void **state) {
    by_the_side(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "900.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:01", "2", "1000.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:02", "1", "1100.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:03", "2", "1000.00", "");
    test_charge(*state, "A", "2025-03-02T10:00:04", "1", "1050.00", "");
    test_findings f = test_judge(*state);
    assert_int_equal(test_count(&f, "V3"), 5);
    for (size_t i = 0; i < 5; i++)
        if (i != 2)
            assert_int_equal(test_finding(&f, "V3", i)->involved[0], 2);
}

static void two_of_what_is_no_side_are_none(void **state) {
    operation_by(*state, "A", "G1", "1000", "单侧");
    test_charge(*state, "A", "2025-03-02T10:00:00", "2", "1000.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

/* --- what only a person knows, and what is missing ----------------------------------------------
 */

static void an_incision_of_its_own_on_file_is_right(void **state) {
    two_on_a_day(*state, "1000.00", "500.00");
    test_row(*state, STL_T_LISTS, "list=V3.separate item=separate");
    test_record(*state, STL_R_APPROVAL, "feedetl_sn=2 kind=separate appr_no=1");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void a_filing_of_another_kind_or_line_does_not_part_them(void **state) {
    two_on_a_day(*state, "1000.00", "500.00");
    test_row(*state, STL_T_LISTS, "list=V3.separate item=separate");
    test_record(*state, STL_R_APPROVAL, "feedetl_sn=2 kind=other appr_no=1");
    test_record(*state, STL_R_APPROVAL, "feedetl_sn=3 kind=separate appr_no=1");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
}

/* The maximum of the second operation is 600 for a child of six. */
static void of_a_child(test_world *w, const char *second) {
    two_on_a_day(w, "1000.00", second);
    test_row(w, STL_T_SURCHARGES,
             "pric_list_codg=3B kind=add value=20 unit=percent condition=age<=6");
    test_stay(w, "brdy=2018-03-03");
}

static void a_child_of_six_has_the_share_of_the_raised_maximum(void **state) {
    of_a_child(*state, "360.00");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void a_child_of_six_has_no_more_than_that_share(void **state) {
    of_a_child(*state, "360.01");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
}

static void an_operation_without_a_maximum_is_not_evaluated(void **state) {
    operation(*state, "A", "1000");
    test_item(*state, "medins_list_codg=B pric_list_codg=3B");
    test_map(*state, "medins_list_codg=B med_list_codg=CB");
    test_row(*state, STL_T_CATALOGUE, "med_list_codg=CB chrgitm_lv=01");
    test_row(*state, STL_T_CAPS, "pric_list_codg=3B"); /* market price */
    for (int group = 1; group < 3; group++) {
        test_row(*state, STL_T_DISCOUNT,
                 group == 1 ? "med_list_codg=CB group=G1 pay_prop=0.6"
                            : "med_list_codg=CB group=G2 pay_prop=0.6");
    }
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CA group=G2 pay_prop=0.6");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_gap(&f, "V3", 1);
    assert_missing(&f, "V3", "the maximum of each operation of a group");
}

static void what_is_missing_is_told_in_chinese(void **state) {
    operation(*state, "A", "1000");
    test_service(*state, "B", "CB", "01");
    test_row(*state, STL_T_CAPS, "pric_list_codg=B"); /* market price */
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CB group=G1 pay_prop=0.6");
    test_lang(*state, SETTLE_LANG_ZH);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_missing(&f, "V3", "同组手术的价表上限");
}

static void a_refunded_operation_needs_no_maximum(void **state) {
    operation(*state, "A", "1000");
    test_service(*state, "B", "CB", "01");
    test_row(*state, STL_T_CAPS, "pric_list_codg=B");
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CB group=G1 pay_prop=0.6");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "500.00", "");
    test_charge(*state, "B", "2025-03-02T10:40:00", "-1", "500.00", "init_feedetl_sn=2");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V3", -1);
}

static void alone_it_needs_no_maximum(void **state) {
    test_service(*state, "B", "CB", "01");
    test_row(*state, STL_T_CAPS, "pric_list_codg=B"); /* market price */
    test_row(*state, STL_T_DISCOUNT, "med_list_codg=CB group=G1 pay_prop=0.6");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_gap(&f, "V3", -1);
}

static void another_unit_than_the_list_is_not_evaluated(void **state) {
    operation(*state, "A", "1000");
    operation_by(*state, "B", "G1", "500", "次");
    test_item(*state, "medins_list_codg=B2 pric_list_codg=3B");
    test_map(*state, "medins_list_codg=B2 med_list_codg=CB prcunt=台 med_list_unit=台");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "");
    test_charge(*state, "B2", "2025-03-02T10:30:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
    assert_missing(&f, "V3", "the same unit in price list and mapping, for operations of a group");
}

static void an_undated_operation_is_of_no_day(void **state) {
    two(*state);
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "1000.00", "fee_ocur_time=");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "500.00", "fee_ocur_time=");
    test_findings f = test_judge(*state);
    assert_silent(&f, "V3");
}

static void of_two_as_dear_the_first_is_the_first(void **state) {
    operation(*state, "A", "500");
    operation(*state, "B", "500");
    test_charge(*state, "A", "2025-03-02T10:00:00", "1", "500.00", "");
    test_charge(*state, "B", "2025-03-02T10:30:00", "1", "500.00", "");
    test_findings f = test_judge(*state);
    assert_found(&f, "V3", "2", "1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(the_second_operation_at_its_share_is_right),
        RULE_TEST(a_fen_above_the_share_is_found),
        RULE_TEST(the_dearest_is_the_first),
        RULE_TEST(either_may_be_the_one_that_was_reduced),
        RULE_TEST(where_neither_was_reduced_the_least_is_too_much),
        RULE_TEST(a_share_of_the_quantity_is_a_share_of_the_price),
        RULE_TEST(more_than_the_share_of_the_quantity_is_found),
        RULE_TEST(a_third_operation_is_reduced_as_well),
        RULE_TEST(midnight_parts_two_operations),
        RULE_TEST(the_last_second_of_the_day_belongs_to_it),
        RULE_TEST(operations_of_two_groups_are_apart),
        RULE_TEST(a_code_of_two_groups_is_found_once),
        RULE_TEST(the_same_operation_twice_is_no_second_one),
        RULE_TEST(each_day_is_judged_for_itself),
        RULE_TEST(each_group_is_judged_for_itself),
        RULE_TEST(the_lines_of_one_operation_are_one),
        RULE_TEST(of_two_as_dear_the_earlier_is_the_first),
        RULE_TEST(of_two_as_dear_the_later_is_found),
        RULE_TEST(operations_without_a_time_are_of_no_day),
        RULE_TEST(one_side_alone_is_the_first),
        RULE_TEST(the_line_that_saves_most_is_the_first_side),
        RULE_TEST(of_many_sides_the_one_that_saves_most_is_the_first),
        RULE_TEST(what_is_missing_is_told_in_chinese),
        RULE_TEST(a_refunded_operation_needs_no_maximum),
        RULE_TEST(a_refunded_operation_was_not_made),
        RULE_TEST(rows_out_of_force_make_no_group),
        RULE_TEST(the_row_says_the_share),
        RULE_TEST(both_sides_cost_one_and_a_share),
        RULE_TEST(both_sides_in_full_are_found),
        RULE_TEST(the_other_side_on_a_line_of_its_own_is_found),
        RULE_TEST(two_of_what_is_no_side_are_none),
        RULE_TEST(an_incision_of_its_own_on_file_is_right),
        RULE_TEST(a_filing_of_another_kind_or_line_does_not_part_them),
        RULE_TEST(a_child_of_six_has_the_share_of_the_raised_maximum),
        RULE_TEST(a_child_of_six_has_no_more_than_that_share),
        RULE_TEST(an_operation_without_a_maximum_is_not_evaluated),
        RULE_TEST(alone_it_needs_no_maximum),
        RULE_TEST(another_unit_than_the_list_is_not_evaluated),
        RULE_TEST(an_undated_operation_is_of_no_day),
        RULE_TEST(of_two_as_dear_the_first_is_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
