/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int setup(void **state) {
    *state = test_world_new();
    return 0;
}

static int teardown(void **state) {
    test_world_free(*state);
    return 0;
}

static const stl_line *only_line(test_world *w, const char *item, const char *at) {
    uint32_t line = test_charge(w, item, at, "1", "10.00", "");
    return &test_case(w)->lines[line];
}

static void mapped_line_has_its_rows(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "001101", "02");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=25");
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    const stl_case *c = test_case(w);
    assert_int_equal(line->map_state, STL_MAPPED);
    assert_str(line->med_list_codg, "001101");
    assert_str(line->item_key, "F1");
    assert_int_equal(line->cap[STL_CAP_PRICE], test_price("25"));
    assert_int_equal(line->cat[STL_CAT_SELFPAY], 1000);
    assert_str(stl_index_text(&c->mapping->items, line->item[STL_ITEM_CODE]), "F1");
    assert_true(line->cap_listed && line->cat_known && !line->excluded);
    assert_int_equal(line->day, test_day("2025-03-02"));
    assert_int_equal(line->national_cnt, test_qty("1"));
    assert_int_equal(line->refund_of, -1);
    assert_int_equal(line->net_cnt, test_qty("1"));
    assert_int_equal(line->net_amt, test_money("10.00"));
}

static void unknown_item_is_missing_everywhere(void **state) {
    const stl_line *line = only_line(*state, "F9", "2025-03-02T10:00:00");
    assert_int_equal(line->map_state, STL_MAP_MISSING);
    assert_null(line->item);
    assert_null(line->map);
    assert_null(line->cat);
    assert_null(line->cap);
    assert_false(line->cap_listed || line->cat_known || line->excluded);
    assert_str(line->med_list_codg, "");
    assert_int_equal(line->code_no, UINT32_MAX);
    assert_int_equal(line->factor_num, 1);
    assert_int_equal(line->factor_den, 1);
    assert_int_equal(line->national_cnt, STL_NONE);
}

static stl_map_state state_at(test_world *w, const char *at) {
    return only_line(w, "F1", at)->map_state;
}

static void mapping_begins_with_its_first_second(void **state) {
    test_map(*state, "medins_list_codg=F1 med_list_codg=1 begndate=2025-03-02");
    assert_int_equal(state_at(*state, "2025-03-01T23:59:59"), STL_MAP_EXPIRED);
    assert_int_equal(state_at(*state, "2025-03-02T00:00:00"), STL_MAPPED);
}

static void mapping_ends_after_its_last_second(void **state) {
    test_map(*state, "medins_list_codg=F1 med_list_codg=1 enddate=2025-03-02");
    assert_int_equal(state_at(*state, "2025-03-02T23:59:59"), STL_MAPPED);
    assert_int_equal(state_at(*state, "2025-03-03T00:00:00"), STL_MAP_EXPIRED);
}

static void versions_of_a_mapping_change_at_midnight(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1 enddate=2025-03-01 factor_num=2");
    test_map(w, "medins_list_codg=F1 med_list_codg=1 begndate=2025-03-02 enddate=2025-03-02 "
                "factor_num=240");
    test_map(w, "medins_list_codg=F1 med_list_codg=1 begndate=2025-03-03 factor_num=3");
    test_charge(w, "F1", "2025-03-03T00:00:00", "1", "1", "");
    test_charge(w, "F1", "2025-03-02T23:59:59", "1", "1", "");
    test_charge(w, "F1", "2025-03-02T00:00:00", "1", "1", "");
    test_charge(w, "F1", "2025-03-01T23:59:59", "1", "1", "");
    test_charge(w, "F1", "2025-03-04T12:00:00", "1", "1", "");
    const stl_case *c = test_case(w);
    static const char *const EXPECTED[] = {"3", "240", "240", "2", "3"};
    for (size_t i = 0; i < c->n_lines; i++)
        assert_int_equal(c->lines[i].national_cnt, test_qty(EXPECTED[i]));
}

static void refused_mapping_keeps_its_row_but_no_code(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1 status=refused");
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    assert_int_equal(line->map_state, STL_MAP_REFUSED);
    assert_non_null(line->map);
    assert_str(line->med_list_codg, "");
    assert_int_equal(line->national_cnt, STL_NONE);
}

static void active_row_prevails_over_a_refused_one(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=2 status=refused");
    test_map(w, "medins_list_codg=F1 med_list_codg=1");
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    assert_int_equal(line->map_state, STL_MAPPED);
    assert_str(line->med_list_codg, "1");
}

static void equal_rows_in_force_are_one(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 map_id=A med_list_codg=1 begndate=2025-01-01");
    test_map(w, "medins_list_codg=F1 map_id=B med_list_codg=1 remark=again");
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    assert_int_equal(line->map_state, STL_MAPPED);
    assert_int_equal(line->map[STL_MAP_BEGIN], test_day("2025-01-01"));
}

static void ambiguous_for(test_world *w, const char *second) {
    test_map(w, "medins_list_codg=F1 med_list_codg=1");
    test_map(w, second);
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    assert_int_equal(line->map_state, STL_MAP_AMBIGUOUS);
    assert_null(line->map);
    assert_int_equal(line->code_no, UINT32_MAX);
}

static void two_codes_in_force_are_ambiguous(void **state) {
    ambiguous_for(*state, "medins_list_codg=F1 med_list_codg=2");
}

static void two_factors_in_force_are_ambiguous(void **state) {
    ambiguous_for(*state, "medins_list_codg=F1 med_list_codg=1 factor_den=2");
}

static void two_classes_in_force_are_ambiguous(void **state) {
    ambiguous_for(*state, "medins_list_codg=F1 med_list_codg=1 chrgitm_lv=02");
}

static void different_rows_on_different_days_are_not_ambiguous(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1 enddate=2025-03-02");
    test_map(w, "medins_list_codg=F1 med_list_codg=2 begndate=2025-03-03");
    assert_str(only_line(w, "F1", "2025-03-02T10:00:00")->med_list_codg, "1");
    assert_str(only_line(w, "F1", "2025-03-03T10:00:00")->med_list_codg, "2");
}

static void factor_that_is_not_positive_gives_no_quantity(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1 factor_num=0");
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    assert_int_equal(line->map_state, STL_MAPPED);
    assert_int_equal(line->national_cnt, STL_NONE);
    assert_int_equal(line->factor_num, 1);
    assert_int_equal(line->map[STL_MAP_NUM], 0);
}

static void quantity_is_converted_half_up_to_four_decimals(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1 factor_num=1 factor_den=3");
    uint32_t third = test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1", "");
    uint32_t two_thirds = test_charge(w, "F1", "2025-03-02T10:00:00", "2", "1", "");
    const stl_case *c = test_case(w);
    assert_int_equal(c->lines[third].national_cnt, test_qty("0.3333"));
    assert_int_equal(c->lines[two_thirds].national_cnt, test_qty("0.6667"));
}

static void quantity_past_sixteen_digits_is_none(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1 factor_num=10");
    uint32_t most = test_charge(w, "F1", "2025-03-02T10:00:00", "99999999999.9999", "0", "");
    uint32_t more = test_charge(w, "F1", "2025-03-02T10:00:00", "100000000000", "0", "");
    const stl_case *c = test_case(w);
    assert_int_equal(c->lines[most].national_cnt, test_qty("999999999999.9990"));
    assert_int_equal(c->lines[more].national_cnt, STL_NONE);
}

static int64_t cap_at(test_world *w, const char *at) {
    const stl_line *line = only_line(w, "F1", at);
    return line->cap == NULL ? STL_NONE : line->cap[STL_CAP_PRICE];
}

static void exact_level_precedes_every_level(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 admdvs=999901 pric_uplmt_amt=1");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=2 pric_uplmt_amt=2");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=3");
    assert_int_equal(cap_at(w, "2025-03-02T10:00:00"), test_price("3"));
    test_stay(w, "medins_lv=1");
    assert_int_equal(cap_at(w, "2025-03-02T10:00:00"), test_price("1"));
}

static void longest_area_precedes_shorter_and_none(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=1");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 admdvs=9999 pric_uplmt_amt=4");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 admdvs=99 pric_uplmt_amt=2");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 admdvs=999902 pric_uplmt_amt=6");
    assert_int_equal(cap_at(w, "2025-03-02T10:00:00"), test_price("4"));
    test_stay(w, "mdtrtarea_admvs=999801");
    assert_int_equal(cap_at(w, "2025-03-02T10:00:00"), test_price("2"));
    test_stay(w, "mdtrtarea_admvs=110000");
    assert_int_equal(cap_at(w, "2025-03-02T10:00:00"), test_price("1"));
}

static void cap_changes_with_its_interval(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_row(w, STL_T_CAPS,
             "pric_list_codg=F1 medins_lv=3 begndate=2025-03-02 enddate=2025-03-02 "
             "pric_uplmt_amt=5");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 pric_uplmt_amt=9");
    assert_int_equal(cap_at(w, "2025-03-01T23:59:59"), test_price("9"));
    assert_int_equal(cap_at(w, "2025-03-02T00:00:00"), test_price("5"));
    assert_int_equal(cap_at(w, "2025-03-02T23:59:59"), test_price("5"));
    assert_int_equal(cap_at(w, "2025-03-03T00:00:00"), test_price("9"));
}

static void listed_item_may_have_no_cap_for_the_level(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=1 pric_uplmt_amt=5");
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    assert_null(line->cap);
    assert_true(line->cap_listed);
}

static void national_code_never_selects_a_cap(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "001", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=001 medins_lv=3 pric_uplmt_amt=5");
    const stl_line *line = only_line(w, "F1", "2025-03-02T10:00:00");
    assert_null(line->cap);
    assert_false(line->cap_listed);
}

static void unmapped_item_has_its_cap(void **state) {
    test_world *w = *state;
    test_item(w, "medins_list_codg=F1 pric_list_codg=110");
    test_row(w, STL_T_CAPS, "pric_list_codg=110 pric_uplmt_amt=5");
    assert_int_equal(cap_at(w, "2025-03-02T10:00:00"), test_price("5"));
}

static void level_and_area_of_the_site_serve_a_silent_stay(void **state) {
    test_world *w = *state;
    test_site(w, (stl_case_site){STL_STR("2"), STL_STR("05"), STL_STR("999801")});
    const stl_case *c = test_case(w);
    assert_str(c->medins_lv, "3");
    assert_str(c->hosp_lv, "02");
    assert_str(c->mdtrtarea_admvs, "999901");
    test_stay(w, "medins_lv= hosp_lv= mdtrtarea_admvs=");
    c = test_case(w);
    assert_str(c->medins_lv, "2");
    assert_str(c->hosp_lv, "05");
    assert_str(c->mdtrtarea_admvs, "999801");
}

static void catalogue_out_of_force_is_known_but_absent(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1");
    test_row(w, STL_T_CATALOGUE, "med_list_codg=1 enddate=2025-03-01");
    const stl_line *after = only_line(w, "F1", "2025-03-02T00:00:00");
    assert_null(after->cat);
    assert_true(after->cat_known);
    assert_non_null(only_line(w, "F1", "2025-03-01T23:59:59")->cat);
}

static void exclusion_holds_on_its_days_only(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_row(w, STL_T_EXCLUSIONS, "med_list_codg=1 begndate=2025-03-02 enddate=2025-03-03");
    assert_false(only_line(w, "F1", "2025-03-01T23:59:59")->excluded);
    assert_true(only_line(w, "F1", "2025-03-02T00:00:00")->excluded);
    assert_true(only_line(w, "F1", "2025-03-03T23:59:59")->excluded);
    assert_false(only_line(w, "F1", "2025-03-04T00:00:00")->excluded);
}

static void refund_is_netted_with_its_original(void **state) {
    test_world *w = *state;
    uint32_t a = test_charge(w, "F1", "2025-03-02T10:00:00", "3", "2.00", "");
    uint32_t r = test_charge(w, "F1", "2025-03-03T10:00:00", "-1", "2.00", "init_feedetl_sn=1");
    const stl_case *c = test_case(w);
    assert_int_equal(c->lines[r].refund_of, a);
    assert_int_equal(c->lines[r].net_cnt, 0);
    assert_int_equal(c->lines[r].net_amt, 0);
    assert_int_equal(c->lines[a].refund_of, -1);
    assert_int_equal(c->lines[a].net_cnt, test_qty("2"));
    assert_int_equal(c->lines[a].net_amt, test_money("4.00"));
}

static void refund_may_stand_before_its_original(void **state) {
    test_world *w = *state;
    uint32_t r = test_charge(w, "F1", "2025-03-03T10:00:00", "-1", "2.00", "init_feedetl_sn=2");
    uint32_t a = test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    const stl_case *c = test_case(w);
    assert_int_equal(c->lines[r].refund_of, a);
    assert_int_equal(c->lines[a].net_cnt, 0);
}

static void refund_of_a_refund_leads_to_the_first_charge(void **state) {
    test_world *w = *state;
    uint32_t a = test_charge(w, "F1", "2025-03-02T10:00:00", "2", "2.00", "");
    test_charge(w, "F1", "2025-03-02T11:00:00", "-2", "2.00", "init_feedetl_sn=1");
    uint32_t back = test_charge(w, "F1", "2025-03-02T12:00:00", "1", "2.00", "init_feedetl_sn=2");
    const stl_case *c = test_case(w);
    assert_int_equal(c->lines[back].refund_of, a);
    assert_int_equal(c->lines[back].net_cnt, 0);
    assert_int_equal(c->lines[a].net_cnt, test_qty("1"));
    assert_int_equal(c->lines[a].net_amt, test_money("2.00"));
}

static void not_linked(test_world *w, uint32_t line, const char *net_cnt) {
    const stl_case *c = test_case(w);
    assert_int_equal(c->lines[line].refund_of, -1);
    assert_int_equal(c->lines[line].net_cnt, test_qty(net_cnt));
}

static void refund_to_an_unknown_serial_keeps_its_quantity(void **state) {
    test_world *w = *state;
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    not_linked(w, test_charge(w, "F1", "2025-03-02T10:00:00", "-1", "2.00", "init_feedetl_sn=77"),
               "-1");
}

static void charge_does_not_refund_itself(void **state) {
    not_linked(*state,
               test_charge(*state, "F1", "2025-03-02T10:00:00", "-1", "2.00", "init_feedetl_sn=1"),
               "-1");
}

static void charge_of_the_same_sign_is_no_refund(void **state) {
    test_world *w = *state;
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    not_linked(w, test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "init_feedetl_sn=1"),
               "1");
}

static void refund_of_another_item_is_not_netted(void **state) {
    test_world *w = *state;
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "");
    not_linked(w, test_charge(w, "F2", "2025-03-02T10:00:00", "-1", "2.00", "init_feedetl_sn=1"),
               "-1");
}

static void circle_of_refunds_leads_nowhere(void **state) {
    test_world *w = *state;
    uint32_t a = test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "init_feedetl_sn=2");
    uint32_t b = test_charge(w, "F1", "2025-03-02T10:00:00", "-1", "2.00", "init_feedetl_sn=1");
    uint32_t c = test_charge(w, "F1", "2025-03-02T10:00:00", "1", "2.00", "init_feedetl_sn=2");
    not_linked(w, a, "1");
    not_linked(w, b, "-1");
    not_linked(w, c, "1");
}

static void netting_past_sixteen_digits_is_none(void **state) {
    test_world *w = *state;
    const char *most = "-999999999999.9999";
    test_charge(w, "F1", "2025-03-02T10:00:00", most, "0", "");
    for (int i = 0; i < 3; i++)
        test_charge(w, "F1", "2025-03-02T10:00:00", most + 1, "0", "init_feedetl_sn=1");
    assert_int_equal(test_case(w)->lines[0].net_cnt, STL_NONE);
}

static void long_chain_of_refunds_is_followed_once(void **state) {
    test_world *w = *state;
    enum { LINKS = 2000 };
    for (int i = 0; i <= LINKS; i++) {
        char more[64] = "";
        if (i < LINKS)
            snprintf(more, sizeof more, "init_feedetl_sn=%d", i + 2);
        test_charge(w, "F1", "2025-03-02T10:00:00", i % 2 == LINKS % 2 ? "1" : "-1", "1", more);
    }
    const stl_case *c = test_case(w);
    for (int i = 0; i < LINKS; i++)
        assert_int_equal(c->lines[i].refund_of, LINKS);
    assert_int_equal(c->lines[LINKS].net_cnt, test_qty("1"));
}

static void items_and_codes_are_numbered_densely(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_map(w, "medins_list_codg=F2 med_list_codg=1");
    test_service(w, "F3", "3", "01");
    static const char *const ITEMS[] = {"F1", "F2", "F9", "F3", "F1"};
    for (size_t i = 0; i < 5; i++)
        test_charge(w, ITEMS[i], "2025-03-02T10:00:00", "1", "1", "");
    const stl_case *c = test_case(w);
    assert_int_equal(c->n_items, 4);
    assert_int_equal(c->n_codes, 2);
    assert_int_equal(c->lines[0].item_no, c->lines[4].item_no);
    assert_int_not_equal(c->lines[0].item_no, c->lines[1].item_no);
    assert_int_equal(c->lines[0].code_no, c->lines[1].code_no);
    assert_int_equal(c->lines[2].code_no, UINT32_MAX);
    assert_int_equal(c->n_by_code, 4);
}

static void orders_are_by_time_then_serial(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_service(w, "F2", "2", "01");
    test_charge(w, "F2", "2025-03-04T10:00:00", "1", "1", "");
    test_charge(w, "F1", "2025-03-02T10:00:01", "1", "1", "");
    test_charge(w, "F9", "2025-03-02T10:00:00", "1", "1", "");
    test_charge(w, "F2", "2025-03-02T10:00:00", "1", "1", "");
    test_charge(w, "F1", "1900-01-01", "1", "1", "");
    test_charge(w, "F2", "2025-03-02T10:00:00", "1", "1", "");
    const stl_case *c = test_case(w);
    static const uint32_t BY_TIME[] = {4, 2, 3, 5, 1, 0};
    static const uint32_t BY_CODE[] = {3, 5, 0, 4, 1};
    assert_memory_equal(c->by_time, BY_TIME, sizeof BY_TIME);
    assert_int_equal(c->n_by_code, 5);
    assert_memory_equal(c->by_code, BY_CODE, sizeof BY_CODE);
    assert_int_equal(c->code_first[0], 0);
    assert_int_equal(c->code_first[1], 3);
    assert_int_equal(c->code_first[2], 5);
}

static void lines_of_one_second_are_by_serial_wherever_they_stand(void **state) {
    test_world *w = *state;
    test_service(w, "F1", "1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:01", "1", "1", "feedetl_sn=1");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1", "feedetl_sn=100");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1", "feedetl_sn=10");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1", "feedetl_sn=9");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1", "feedetl_sn=11");
    const stl_case *c = test_case(w);
    static const uint32_t ORDER[] = {3, 2, 4, 1, 0};
    assert_memory_equal(c->by_time, ORDER, sizeof ORDER);
    assert_memory_equal(c->by_code, ORDER, sizeof ORDER);
}

static void radix_order_equals_a_plain_sort(void **state) {
    test_world *w = *state;
    enum { LINES = 3000 };
    uint32_t seed = 1;
    for (int i = 0; i < LINES; i++) {
        char at[32];
        seed = seed * 1664525u + 1013904223u;
        snprintf(at, sizeof at, "2025-%02u-%02uT%02u:%02u:00", 1 + seed % 12, 1 + seed / 16 % 28,
                 seed / 1024 % 24, seed / 65536 % 60);
        test_charge(w, "F1", at, "1", "1", "");
    }
    const stl_case *c = test_case(w);
    for (size_t i = 1; i < LINES; i++) {
        stl_instant before = stl_case_charge(c, c->by_time[i - 1])->fee_ocur_time;
        stl_instant at = stl_case_charge(c, c->by_time[i])->fee_ocur_time;
        assert_true(before < at || (before == at && c->by_time[i - 1] < c->by_time[i]));
    }
}

static void charge_without_an_instant_is_placed_nowhere(void **state) {
    test_world *w = *state;
    test_map(w, "medins_list_codg=F1 med_list_codg=1 begndate=2025-01-01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1",
                "fee_ocur_time= cnt= det_item_fee_sumamt=");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "1", "");
    const stl_case *c = test_case(w);
    assert_int_equal(c->lines[0].day, STL_NONE);
    assert_int_equal(c->lines[0].map_state, STL_MAP_EXPIRED);
    assert_int_equal(c->lines[1].map_state, STL_MAPPED);
    assert_int_equal(c->by_time[0], 0);
}

static void empty_stay_is_an_empty_case(void **state) {
    const stl_case *c = test_case(*state);
    assert_int_equal(c->n_lines, 0);
    assert_int_equal(c->n_by_code, 0);
    assert_int_equal(c->code_first[0], 0);
}

static settle_status build_anew(void *user, stl_error *err) {
    test_world *w = user;
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_case c;
    return stl_case_build(test_the_stay(w), test_built_region(w), test_built_mapping(w),
                          (stl_case_site){0}, 0, arena, &c, err);
}

static void every_failed_allocation_is_answered(void **state) {
    test_world *w = *state;
    for (int i = 0; i < 600; i++) {
        char item[32], code[32];
        snprintf(item, sizeof item, "F%d", i);
        snprintf(code, sizeof code, "00%d", i);
        test_service(w, item, code, "01");
        test_charge(w, item, i % 2 == 0 ? "2025-03-02T10:00:00" : "2025-03-01T10:00:00", "1", "1",
                    "");
        test_charge(w, item, "2025-03-02T10:00:00", "-1", "1", "init_feedetl_sn=1");
        if (i % 40 != 0)
            continue;
        test_case(w); /* at each size the arena's blocks end at other places */
        assert_true(stl_test_each_alloc(build_anew, w) >= 2);
    }
}

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t cost_of(size_t lines) {
    test_world *w = test_world_new();
    enum { ITEMS = 250, RUNS = 30 };
    char item[32], code[128];
    for (int i = 0; i < ITEMS; i++) {
        snprintf(item, sizeof item, "F1%05d", i);
        snprintf(code, sizeof code, "0011%05d0000", i);
        test_service(w, item, code, i % 2 == 0 ? "01" : "02");
        snprintf(code, sizeof code, "pric_list_codg=%s medins_lv=3 pric_uplmt_amt=9", item);
        test_row(w, STL_T_CAPS, code);
    }
    for (size_t i = 0; i < lines; i++) {
        snprintf(item, sizeof item, "F1%05zu", i * 7919 % ITEMS);
        snprintf(code, sizeof code, "2025-03-%02zuT%02zu:%02zu:00", 1 + i * 31 % 28, i % 24,
                 i % 60);
        test_charge(w, item, code, "1", "1.00", i % 200 == 199 ? "cnt=-1 init_feedetl_sn=5" : "");
    }
    test_case(w);
    int64_t best = INT64_MAX;
    for (int run = 0; run < RUNS; run++) {
        SCOPED_ARENA *arena = stl_arena_new();
        stl_case c;
        int64_t begin = nanoseconds();
        assert_int_equal(stl_case_build(test_the_stay(w), test_built_region(w),
                                        test_built_mapping(w), (stl_case_site){0}, 0, arena, &c,
                                        NULL),
                         SETTLE_OK);
        int64_t taken = nanoseconds() - begin;
        best = taken < best ? taken : best;
        assert_int_equal(c.n_lines, lines);
        assert_int_equal(c.n_items, lines < ITEMS ? lines : ITEMS);
    }
    test_world_free(w);
    return best / (int64_t)lines;
}

static void cost_a_line_is_printed(void **state) {
    (void)state;
    static const size_t LINES[] = {100, 1000, 5000, 20000};
    for (size_t i = 0; i < 4; i++)
        print_message("case of %zu lines: %lld ns a line\n", LINES[i],
                      (long long)cost_of(LINES[i]));
}

#define WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD(mapped_line_has_its_rows),
        WORLD(unknown_item_is_missing_everywhere),
        WORLD(mapping_begins_with_its_first_second),
        WORLD(mapping_ends_after_its_last_second),
        WORLD(versions_of_a_mapping_change_at_midnight),
        WORLD(refused_mapping_keeps_its_row_but_no_code),
        WORLD(active_row_prevails_over_a_refused_one),
        WORLD(equal_rows_in_force_are_one),
        WORLD(two_codes_in_force_are_ambiguous),
        WORLD(two_factors_in_force_are_ambiguous),
        WORLD(two_classes_in_force_are_ambiguous),
        WORLD(different_rows_on_different_days_are_not_ambiguous),
        WORLD(factor_that_is_not_positive_gives_no_quantity),
        WORLD(quantity_is_converted_half_up_to_four_decimals),
        WORLD(quantity_past_sixteen_digits_is_none),
        WORLD(exact_level_precedes_every_level),
        WORLD(longest_area_precedes_shorter_and_none),
        WORLD(cap_changes_with_its_interval),
        WORLD(listed_item_may_have_no_cap_for_the_level),
        WORLD(national_code_never_selects_a_cap),
        WORLD(unmapped_item_has_its_cap),
        WORLD(level_and_area_of_the_site_serve_a_silent_stay),
        WORLD(catalogue_out_of_force_is_known_but_absent),
        WORLD(exclusion_holds_on_its_days_only),
        WORLD(refund_is_netted_with_its_original),
        WORLD(refund_may_stand_before_its_original),
        WORLD(refund_of_a_refund_leads_to_the_first_charge),
        WORLD(refund_to_an_unknown_serial_keeps_its_quantity),
        WORLD(charge_does_not_refund_itself),
        WORLD(charge_of_the_same_sign_is_no_refund),
        WORLD(refund_of_another_item_is_not_netted),
        WORLD(circle_of_refunds_leads_nowhere),
        WORLD(netting_past_sixteen_digits_is_none),
        WORLD(long_chain_of_refunds_is_followed_once),
        WORLD(items_and_codes_are_numbered_densely),
        WORLD(orders_are_by_time_then_serial),
        WORLD(lines_of_one_second_are_by_serial_wherever_they_stand),
        WORLD(radix_order_equals_a_plain_sort),
        WORLD(charge_without_an_instant_is_placed_nowhere),
        WORLD(empty_stay_is_an_empty_case),
        WORLD(every_failed_allocation_is_answered),
        cmocka_unit_test(cost_a_line_is_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
