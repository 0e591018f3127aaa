/* SPDX-License-Identifier: Apache-2.0 */
#include "support/load_support.h"

#include <stdlib.h>

#define HEAD(id, psn)                                                                              \
    "{\"mdtrt_id\":\"" id "\",\"fixmedins_code\":\"H1\",\"psn_no\":\"" psn                         \
    "\",\"insutype\":\"310\",\"begntime\":\"2025-03-03\",\"endtime\":\"2025-03-12\"}"
#define CHARGE(sn, cnt)                                                                            \
    "{\"feedetl_sn\":\"" sn "\",\"fee_ocur_time\":\"2025-03-04 08:00:00\",\"medins_list_codg\":"   \
    "\"F1\",\"cnt\":" cnt ",\"pric\":\"12.00\",\"det_item_fee_sumamt\":\"12.00\"}"
#define STAY(id, psn, charges) "{\"stay\":" HEAD(id, psn) ",\"charges\":[" charges "]}"

static void one_object_a_line_is_one_stay_each(void **state) {
    stl_test_write(*state, "a.ndjson",
                   STAY("A1", "P1", CHARGE("1", "1")) "\n" STAY("B1", "P2", "") "\n");
    stl_source *source = stl_test_open("json", *state, NULL);
    assert_int_equal(stl_source_count(source), 2);
    const stl_stay *a = stl_source_stay(source, 0);
    assert_string_equal(stl_stay_charges(a)[0].mdtrt_id.ptr, "A1");
    assert_int_equal(stl_stay_charges(a)[0].cnt, 10000);
    assert_true(stl_source_stay(source, 1)->given[STL_R_CHARGE]);
    stl_source_free(source);
}

static void an_array_and_a_spread_out_object_read_the_same(void **state) {
    stl_test_write(
        *state, "a.json",
        "[\n {\n  \"charges\": [\n   " CHARGE("1", "1") ",\n   " CHARGE(
            "2", "2") "\n  ],\n"
                      "  \"stay\": " HEAD("A1", "P1") "\n }\n,\n" STAY("B1", "P2", "") "\n]\n");
    stl_source *source = stl_test_open("json", *state, NULL);
    assert_int_equal(stl_source_count(source), 2);
    assert_int_equal(stl_stay_n_charges(stl_source_stay(source, 0)), 2);
    assert_int_equal(stl_stay_charges(stl_source_stay(source, 0))[1].line, 5);
    stl_source_free(source);
}

static void two_stays_of_a_person_keep_their_own_accumulators(void **state) {
#define ACC(value)                                                                                 \
    "\"accumulators\":[{\"year\":\"2025\",\"kind\":\"ipt_cnt\",\"value\":\"" value "\"}]}"
    stl_test_write(*state, "a.ndjson",
                   "{\"stay\":" HEAD("A1", "P1") "," ACC(
                       "1.00") "\n"
                               "{\"stay\":" HEAD("A2", "P1") "," ACC("2.00") "\n");
    stl_source *source = stl_test_open("json", *state, NULL);
    for (size_t i = 0; i < 2; i++) {
        const stl_stay *stay = stl_source_stay(source, i);
        assert_int_equal(stay->rows[STL_R_ACCUMULATOR].count, 1);
        const stl_accumulator *acc = STL_ROWS_OF(stay, STL_R_ACCUMULATOR, stl_accumulator);
        assert_int_equal(acc->value, (int64_t)(i + 1) * 100);
        assert_string_equal(acc->psn_no.ptr, "P1");
        assert_string_equal(acc->insutype.ptr, "310");
    }
    stl_source_free(source);
}

typedef struct bad_text {
    const char *text, *field;
    int64_t line;
    settle_status status;
} bad_text;

static void bad_texts_name_the_line(void **state) {
    static const bad_text BAD[] = {
        {STAY("A1", "P1", CHARGE("1", "1")) "\n{\"stay\":", NULL, 2, SETTLE_E_INPUT_JSON},
        {STAY("A1", "P1", CHARGE("1", "1")) "\nx", NULL, 2, SETTLE_E_INPUT_JSON},
        {"[" STAY("A1", "P1", "") "\n" STAY("B1", "P1", "") "]", NULL, 2, SETTLE_E_INPUT_JSON},
        {"[" STAY("A1", "P1", "") ",\n]", NULL, 2, SETTLE_E_INPUT_JSON},
        {"[" STAY("A1", "P1", "") "\n", NULL, 2, SETTLE_E_INPUT_JSON},
        {"{\"stay\":" HEAD("A1", "P1") ",\n\"charge\":[]}", "charge", 2, SETTLE_E_INPUT_JSON},
        {"{\"stay\":[]}", NULL, 1, SETTLE_E_INPUT_JSON},
        {"{\"stay\":" HEAD("A1", "P1") ",\n\"charges\":{}}", NULL, 2, SETTLE_E_INPUT_JSON},
        {"{\"stay\":{\"mdtrt_id\":\"A1\",\n\"balc\":[]}}", "balc", 2, SETTLE_E_INPUT_JSON},
        {"{\"charges\":[]}", "stay", 1, SETTLE_E_INPUT_MISSING},
        {"\n\n" STAY("A1", "P1", CHARGE("1", "1e2")), "cnt", 3, SETTLE_E_INPUT_NUMBER},
        {STAY("A1", "P1", CHARGE("1", "1") ",\n" CHARGE("1", "2")), "feedetl_sn", 2,
         SETTLE_E_INPUT_DUPLICATE},
        {"{\"stay\":" HEAD("A1",
                           "P1") ",\n\"charges\":[{\"mdtrt_id\":\"X\",\"feedetl_sn\":\"1\"}]}",
         "mdtrt_id", 2, SETTLE_E_INPUT_ORPHAN},
        {"{\"stay\":" HEAD("A1", "P1") ",\n\"identities\":[{\"psn_no\":\"P2\",\"psn_idet_type\":"
                                       "\"2303\",\"begntime\":\"2025-01-01\",\"endtime\":\"\"}]}",
         "psn_no", 2, SETTLE_E_INPUT_ORPHAN},
        {"{\"stay\":" HEAD("A1",
                           "P1") ",\n\"history-items\":[{\"mdtrt_id\":\"OLD\",\"med_list_codg\":"
                                 "\"C\",\"fee_ocur_time\":\"2025-01-01\"}]}",
         "mdtrt_id", 2, SETTLE_E_INPUT_ORPHAN},
        {"", "mdtrt_id", 0, SETTLE_E_INPUT_STAY_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        stl_test_write(*state, "a.json", BAD[i].text);
        stl_test_refused("json", *state, BAD[i].status, BAD[i].line == 0 ? "stays" : "a.json",
                         BAD[i].line, BAD[i].field, NULL);
    }
}

static void a_record_on_a_long_line_is_told_by_its_number(void **state) {
    stl_error err;
    stl_test_write(*state, "a.json", STAY("A1", "P1", CHARGE("1", "1") "," CHARGE("2", "\"x\"")));
    stl_test_refused("json", *state, SETTLE_E_INPUT_NUMBER, "a.json", 1, "cnt", &err);
    assert_string_equal(err.detail, "charges, record 2");
}

static void an_object_longer_than_a_block_is_read(void **state) {
    SCOPED_BUF text = {0};
    stl_buf_text(&text, "{\"stay\":" HEAD("A1", "P1") ",\"charges\":[\n");
    for (int i = 0; i < 20000; i++)
        stl_buf_printf(
            &text,
            "%s{\"feedetl_sn\":\"%d\",\"fee_ocur_time\":\"2025-03-04\",\"medins_list_codg\":"
            "\"F1\",\"cnt\":1,\"pric\":\"12\",\"det_item_fee_sumamt\":\"12\"}\n",
            i == 0 ? "" : ",", i);
    stl_buf_text(&text, "]}");
    stl_test_write_bytes(*state, "a.json", text.ptr, text.len);
    stl_source *source = stl_test_open("json", *state, NULL);
    const stl_stay *stay = stl_source_stay(source, 0);
    assert_int_equal(stl_stay_n_charges(stay), 20000);
    assert_int_equal(stl_stay_charges(stay)[19999].line, 20001);
    stl_source_free(source);
}

static void a_field_of_ten_megabytes_is_too_long(void **state) {
    enum { LONG = 10 * 1024 * 1024 };
    SCOPED_BUF text = {0};
    stl_buf_text(&text, "\n{\"stay\":{\"mdtrt_id\":\"A1\",\"fixmedins_name\":\"");
    stl_buf_reserve(&text, LONG);
    memset(text.ptr + text.len, 'x', LONG);
    text.len += LONG;
    stl_buf_text(&text, "\"}}");
    stl_test_write_bytes(*state, "a.json", text.ptr, text.len);
    stl_error err;
    stl_test_refused("json", *state, SETTLE_E_INPUT_TOO_LONG, "a.json", 2, "fixmedins_name", &err);
    assert_true(strlen(err.value) < sizeof err.value);
}

#define IN_DIR(test)                                                                               \
    cmocka_unit_test_setup_teardown(test, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIR(one_object_a_line_is_one_stay_each),
        IN_DIR(an_array_and_a_spread_out_object_read_the_same),
        IN_DIR(two_stays_of_a_person_keep_their_own_accumulators),
        IN_DIR(bad_texts_name_the_line),
        IN_DIR(a_field_of_ten_megabytes_is_too_long),
        IN_DIR(a_record_on_a_long_line_is_told_by_its_number),
        IN_DIR(an_object_longer_than_a_block_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
