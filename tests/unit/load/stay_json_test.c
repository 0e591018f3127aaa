/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON form of a stay, and several parts of one stay. */
#include "support/load_support.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAD(end)                                                                                  \
    "{\"stay\":{\"mdtrt_id\":\"A1\",\"fixmedins_code\":\"H1\",\"psn_no\":\"P1\",\"insutype\":"     \
    "\"310\",\"begntime\":\"2025-03-03 00:00:00\",\"endtime\":\"" end "\",\"note\":\"n\"}"
#define CHARGE(sn, pric)                                                                           \
    "{\"mdtrt_id\":\"A1\",\"feedetl_sn\":\"" sn "\",\"fee_ocur_time\":\"2025-03-04 08:00:00\","    \
    "\"medins_list_codg\":\"F1\",\"cnt\":\"1.0000\",\"pric\":\"" pric                              \
    "\",\"det_item_fee_sumamt\":\"12.00\""
#define CANONICAL                                                                                  \
    HEAD("2025-03-12 00:00:00")                                                                    \
    ",\"charges\":[" CHARGE("1", "12.000000") "}," CHARGE(                                         \
        "2", "12.000000") ",\"remark\":\"a \\\"b\\\" 夜\"}],\"identities\":[],\"orders\":[]}"

static settle_status add(stl_source_builder *builder, const char *json, int64_t part,
                         stl_error *err) {
    return stl_source_builder_add_json(builder, stl_str_of(json), "ledger", part, err);
}

static void assert_json(const stl_stay *stay, const char *expected) {
    SCOPED_BUF out = {0};
    stl_stay_to_json(stay, &out);
    stl_buf_bytes(&out, "", 1);
    assert_true(stl_buf_ok(&out));
    assert_string_equal(out.ptr, expected);
}

static void canonical_text_round_trips_exactly(void **state) {
    (void)state;
    stl_source *source = NULL;
    assert_int_equal(stl_stay_from_json(stl_str_of(CANONICAL), "x", 1, &source, NULL), SETTLE_OK);
    assert_json(stl_source_stay(source, 0), CANONICAL);
    stl_stay *stay, *again;
    stl_error err = {0};
    assert_int_equal(stl_source_take(source, 0, &stay, &err), SETTLE_OK);
    assert_int_equal(stl_source_take(source, 0, &again, &err), SETTLE_E_ARG_STATE);
    assert_string_equal(err.detail, "the stay was taken");
    assert_null(stl_source_stay(source, 0));
    stl_source_free(source);
    assert_json(stay, CANONICAL);
    stl_stay_free(stay);
}

#define ACCUMULATOR(year)                                                                          \
    HEAD("2025-03-12 00:00:00")                                                                    \
    ",\"accumulators\":[{\"psn_no\":\"P1\",\"insutype\":\"310\",\"year\":\"" year                  \
    "\",\"kind\":\"outpatient_pay\",\"value\":\"1.00\"}]}"

static void an_accumulator_of_a_day_is_named_after_the_day(void **state) {
    (void)state;
    stl_source *source = NULL;
    assert_int_equal(
        stl_stay_from_json(stl_str_of(ACCUMULATOR("2025-03-04")), "x", 1, &source, NULL),
        SETTLE_OK);
    stl_source_free(source);
    stl_error err = {0};
    assert_int_equal(
        stl_stay_from_json(stl_str_of(ACCUMULATOR("2025-03-041")), "x", 1, &source, &err),
        SETTLE_E_INPUT_TOO_LONG);
    assert_string_equal(err.field, "year");
}

static void parts_merge_like_files(void **state) {
    (void)state;
    SCOPED_BUILDER *builder = stl_source_builder_new();
    assert_int_equal(
        add(builder, HEAD("2025-03-12 00:00:00") ",\"charges\":[" CHARGE("1", "12") "}]}", 1, NULL),
        SETTLE_OK);
    assert_int_equal(add(builder, CANONICAL, 2, NULL), SETTLE_OK);
    stl_source *source = NULL;
    assert_int_equal(stl_source_builder_finish(builder, &source, NULL), SETTLE_OK);
    assert_json(stl_source_stay(source, 0), CANONICAL);
    assert_int_equal(stl_source_report_of(source)->repeated[STL_R_CHARGE], 1);
    assert_int_equal(stl_source_report_of(source)->repeated[STL_R_STAY], 1);
    stl_source_free(source);
}

static void parts_with_two_contents_of_a_charge_are_refused(void **state) {
    (void)state;
    stl_error err = {0};
    SCOPED_BUILDER *builder = stl_source_builder_new();
    assert_int_equal(add(builder, CANONICAL, 1, NULL), SETTLE_OK);
    assert_int_equal(
        add(builder, HEAD("2025-03-12 00:00:00") ",\"charges\":[" CHARGE("2", "13") "}]}", 2, &err),
        SETTLE_E_INPUT_DUPLICATE);
    assert_string_equal(err.file, "ledger");
    assert_int_equal(err.line, 2);
    assert_string_equal(err.detail, "first at ledger:1");
}

static void a_head_is_replaced_only_where_that_is_asked_for(void **state) {
    (void)state;
    stl_error err = {0};
    SCOPED_BUILDER *strict = stl_source_builder_new();
    assert_int_equal(add(strict, HEAD("") "}", 1, NULL), SETTLE_OK);
    assert_int_equal(add(strict, CANONICAL, 2, &err), SETTLE_E_INPUT_DUPLICATE);
    assert_string_equal(err.field, "mdtrt_id");
    SCOPED_BUILDER *lenient = stl_source_builder_new();
    stl_source_builder_update(lenient);
    assert_int_equal(add(lenient, HEAD("") "}", 1, NULL), SETTLE_OK);
    assert_int_equal(add(lenient, CANONICAL, 2, NULL), SETTLE_OK);
    stl_source *source = NULL;
    assert_int_equal(stl_source_builder_finish(lenient, &source, NULL), SETTLE_OK);
    assert_json(stl_source_stay(source, 0), CANONICAL);
    stl_source_free(source);
}

#define DIAGNOSIS(code)                                                                            \
    HEAD("")                                                                                       \
    ",\"diagnoses\":[{\"mdtrt_id\":\"A1\",\"diag_srt_no\":\"1\",\"inout_diag_type\":\"2\",\"diag_" \
    "type\":\"1\",\"diag_code\":\"" code "\"}]}"

static void a_diagnosis_is_replaced_by_its_number_only_where_that_is_asked_for(void **state) {
    (void)state;
    SCOPED_BUILDER *strict = stl_source_builder_new();
    assert_int_equal(add(strict, DIAGNOSIS("J15.902"), 1, NULL), SETTLE_OK);
    assert_int_equal(add(strict, DIAGNOSIS("J15.900"), 2, NULL), SETTLE_E_INPUT_DUPLICATE);
    SCOPED_BUILDER *lenient = stl_source_builder_new();
    stl_source_builder_update(lenient);
    assert_int_equal(add(lenient, DIAGNOSIS("J15.902"), 1, NULL), SETTLE_OK);
    assert_int_equal(add(lenient, DIAGNOSIS("J15.900"), 2, NULL), SETTLE_OK);
    stl_source *source = NULL;
    assert_int_equal(stl_source_builder_finish(lenient, &source, NULL), SETTLE_OK);
    assert_json(stl_source_stay(source, 0), DIAGNOSIS("J15.900"));
    stl_source_free(source);
}

static void a_charge_is_never_replaced(void **state) {
    (void)state;
    stl_error err = {0};
    SCOPED_BUILDER *lenient = stl_source_builder_new();
    stl_source_builder_update(lenient);
    assert_int_equal(add(lenient, HEAD("") ",\"charges\":[" CHARGE("1", "12") "}]}", 1, NULL),
                     SETTLE_OK);
    assert_int_equal(add(lenient, HEAD("") ",\"charges\":[" CHARGE("1", "13") "}]}", 2, &err),
                     SETTLE_E_INPUT_DUPLICATE);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.detail, "first at ledger:1");
}

static void records_may_come_before_their_stay(void **state) {
    (void)state;
    SCOPED_BUILDER *builder = stl_source_builder_new();
    stl_cell charge[] = {{STL_STR("mdtrt_id"), STL_STR("A1")},
                         {STL_STR("feedetl_sn"), STL_STR("1")},
                         {STL_STR("fee_ocur_time"), STL_STR("2025-03-04")},
                         {STL_STR("medins_list_codg"), STL_STR("F1")},
                         {STL_STR("cnt"), STL_STR("1")},
                         {STL_STR("pric"), STL_STR("1")},
                         {STL_STR("det_item_fee_sumamt"), STL_STR("1")}};
    assert_int_equal(stl_source_builder_add(builder, STL_R_CHARGE, charge, 7, "c", 9, NULL),
                     SETTLE_OK);
    assert_int_equal(add(builder, HEAD("") "}", 1, NULL), SETTLE_OK);
    stl_source *source = NULL;
    assert_int_equal(stl_source_builder_finish(builder, &source, NULL), SETTLE_OK);
    assert_int_equal(stl_stay_n_charges(stl_source_stay(source, 0)), 1);
    stl_source_free(source);
}

static void a_diagnosis_without_a_number_is_told_apart_by_its_content(void **state) {
    (void)state;
    stl_source *source = NULL;
    const char *text = HEAD("") ",\"diagnoses\":[{\"diag_code\":\"A\"},{\"diag_code\":\"B\"},"
                                "{\"diag_code\":\"A\"}]}";
    assert_int_equal(stl_stay_from_json(stl_str_of(text), "x", 1, &source, NULL), SETTLE_OK);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_DIAGNOSIS], 2);
    assert_int_equal(stl_source_report_of(source)->repeated[STL_R_DIAGNOSIS], 1);
    stl_source_free(source);
}

static void every_truncation_and_flipped_byte_is_answered(void **state) {
    (void)state;
    char text[] = CANONICAL;
    for (size_t i = 0; i < sizeof text - 1; i++) {
        stl_source *source = NULL;
        assert_int_not_equal(stl_stay_from_json((stl_str){text, i}, "x", 1, &source, NULL),
                             SETTLE_OK);
        char kept = text[i];
        for (int bit = 0; bit < 8; bit++) {
            text[i] = (char)(kept ^ (1 << bit));
            if (stl_stay_from_json(stl_str_of(text), "x", 1, &source, NULL) == SETTLE_OK)
                stl_source_free(source);
        }
        text[i] = kept;
    }
}

#define ENTITLED                                                                                   \
    HEAD("2025-03-12 00:00:00")                                                                    \
    ",\"entitlements\":[{\"psn_no\":\"P1\",\"insutype\":\"310\",\"psn_insu_stas\":\"1\","          \
    "\"begndate\":\"2020-01-01\",\"enddate\":\"\"},{\"psn_no\":\"P1\",\"insutype\":\"390\","       \
    "\"psn_insu_stas\":\"2\",\"begndate\":\"2015-01-01\",\"enddate\":\"2019-12-31\","              \
    "\"reason\":\"欠费\"}]}"

static void entitlements_of_every_scheme_round_trip(void **state) {
    (void)state;
    stl_source *source = NULL;
    assert_int_equal(stl_stay_from_json(stl_str_of(ENTITLED), "x", 1, &source, NULL), SETTLE_OK);
    const stl_stay *stay = stl_source_stay(source, 0);
    const stl_entitlement *rows = STL_ROWS_OF(stay, STL_R_ENTITLEMENT, stl_entitlement);
    assert_int_equal(stay->rows[STL_R_ENTITLEMENT].count, 2);
    assert_int_equal(rows[0].enddate, STL_NONE);
    assert_string_equal(rows[1].reason.ptr, "欠费");
    assert_json(stay, ENTITLED);
    stl_source_free(source);
}

static void an_entitlement_of_another_person_is_refused(void **state) {
    (void)state;
    stl_error err = {0};
    stl_source *source = NULL;
    const char *text = HEAD("") ",\"entitlements\":[{\"psn_no\":\"P2\",\"insutype\":\"310\","
                                "\"psn_insu_stas\":\"1\",\"begndate\":\"\",\"enddate\":\"\"}]}";
    assert_int_equal(stl_stay_from_json(stl_str_of(text), "x", 1, &source, &err),
                     SETTLE_E_INPUT_ORPHAN);
    assert_string_equal(err.field, "psn_no");
    assert_int_equal(err.line, 1);
}

static void adapters_are_known_by_name(void **state) {
    (void)state;
    assert_string_equal(stl_adapter_find("csv")->name, "csv");
    assert_string_equal(stl_adapter_find("xml")->name, "xml");
    assert_string_equal(stl_adapter_find("json")->name, "json");
    assert_null(stl_adapter_find("hl7"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_text_round_trips_exactly),
        cmocka_unit_test(an_accumulator_of_a_day_is_named_after_the_day),
        cmocka_unit_test(parts_merge_like_files),
        cmocka_unit_test(parts_with_two_contents_of_a_charge_are_refused),
        cmocka_unit_test(a_head_is_replaced_only_where_that_is_asked_for),
        cmocka_unit_test(a_diagnosis_is_replaced_by_its_number_only_where_that_is_asked_for),
        cmocka_unit_test(a_charge_is_never_replaced),
        cmocka_unit_test(records_may_come_before_their_stay),
        cmocka_unit_test(a_diagnosis_without_a_number_is_told_apart_by_its_content),
        cmocka_unit_test(every_truncation_and_flipped_byte_is_answered),
        cmocka_unit_test(entitlements_of_every_scheme_round_trip),
        cmocka_unit_test(an_entitlement_of_another_person_is_refused),
        cmocka_unit_test(adapters_are_known_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
