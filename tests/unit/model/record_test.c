/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

#include <stdio.h>

static const stl_record_type *charges(void) {
    return &STL_RECORD_TYPES[STL_R_CHARGE];
}

static int setup(void **state) {
    *state = stl_stay_new();
    return *state == NULL;
}

static int teardown(void **state) {
    stl_stay_free(*state);
    return 0;
}

static settle_status set(stl_stay *stay, stl_record_kind kind, void *record, const char *name,
                         stl_str text, stl_error *err) {
    int field = stl_record_field(&STL_RECORD_TYPES[kind], stl_str_of(name));
    assert_true(field >= 0);
    return stl_record_set(&STL_RECORD_TYPES[kind], (size_t)field, text, record, stay->arena, err);
}

static void field_is_found_by_its_whole_name(void **state) {
    (void)state;
    assert_int_equal(stl_record_field(charges(), STL_STR("mdtrt_id")), 0);
    assert_true(stl_record_field(charges(), STL_STR("cnt")) > 0);
    assert_int_equal(stl_record_field(charges(), STL_STR("cn")), -1);
    assert_int_equal(stl_record_field(charges(), STL_STR("cnt ")), -1);
    assert_int_equal(stl_record_field(charges(), STL_STR("")), -1);
}

static void every_field_of_every_record_is_written_and_read_back(void **state) {
    stl_stay *stay = *state;
    static const char *const SAMPLES[] = {[STL_F_TEXT] = "1",
                                          [STL_F_MONEY] = "-12.50",
                                          [STL_F_PRICE] = "3.100000",
                                          [STL_F_QTY] = "2.0000",
                                          [STL_F_RATIO] = "0.1000",
                                          [STL_F_INT] = "7",
                                          [STL_F_INSTANT] = "2025-03-03 09:50:02",
                                          [STL_F_DAY] = "2024-02-29"};
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        void *record = stl_stay_add(stay, (stl_record_kind)kind);
        stl_record_init(type, record);
        char scratch[STL_DECIMAL_TEXT_MAX];
        for (size_t f = 0; f < type->n_fields; f++) {
            const char *sample = SAMPLES[type->fields[f].kind];
            assert_str(stl_record_get(type, f, record, scratch), "");
            assert_int_equal(stl_record_set(type, f, stl_str_of(sample), record, stay->arena, NULL),
                             SETTLE_OK);
            assert_str(stl_record_get(type, f, record, scratch), sample);
        }
    }
}

static void fields_of_a_record_do_not_overlap(void **state) {
    (void)state;
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        size_t end = 0;
        for (size_t f = 0; f < type->n_fields; f++) {
            assert_int_equal(type->fields[f].offset, end);
            end += type->fields[f].kind == STL_F_TEXT ? sizeof(stl_str) : sizeof(int64_t);
        }
        assert_int_equal(end + sizeof(int64_t), type->size); /* and `line` behind them */
    }
}

static void empty_cell_gives_none_or_the_empty_text(void **state) {
    stl_charge c = {.cnt = 5, .spec = STL_STR("x")};
    assert_int_equal(set(*state, STL_R_CHARGE, &c, "cnt", STL_STR(""), NULL), SETTLE_OK);
    assert_int_equal(set(*state, STL_R_CHARGE, &c, "spec", STL_STR(""), NULL), SETTLE_OK);
    assert_int_equal(c.cnt, STL_NONE);
    assert_int_equal(c.spec.len, 0);
    assert_string_equal(c.spec.ptr, "");
}

static void text_is_copied_and_terminated(void **state) {
    char source[] = "静脉输液XX";
    stl_charge c = {0};
    assert_int_equal(set(*state, STL_R_CHARGE, &c, "medins_list_name",
                         (stl_str){source, sizeof source - 3}, NULL),
                     SETTLE_OK);
    memset(source, '?', sizeof source);
    assert_string_equal(c.medins_list_name.ptr, "静脉输液");
}

static void refused_value(stl_stay *stay, const char *field, const char *text,
                          settle_status status) {
    stl_charge c = {.cnt = 1, .pric = 1, .fee_ocur_time = 1, .days_supply = 1};
    stl_error err = {0};
    assert_int_equal(set(stay, STL_R_CHARGE, &c, field, stl_str_of(text), &err), status);
    test_error_is(&err, status, 0, field);
    assert_string_equal(err.value, text);
    assert_int_equal(c.cnt + c.pric + c.fee_ocur_time + c.days_supply, 4);
}

static void numbers_that_are_none_are_refused_with_field_and_value(void **state) {
    refused_value(*state, "cnt", "one", SETTLE_E_INPUT_NUMBER);
    refused_value(*state, "cnt", "1.00001", SETTLE_E_INPUT_RANGE);
    refused_value(*state, "pric", "12345678901.000000", SETTLE_E_INPUT_RANGE);
    refused_value(*state, "pric", " 1", SETTLE_E_INPUT_NUMBER);
    refused_value(*state, "days_supply", "1.5", SETTLE_E_INPUT_RANGE);
    refused_value(*state, "det_item_fee_sumamt", "1e3", SETTLE_E_INPUT_NUMBER);
}

static void dates_that_do_not_exist_are_refused(void **state) {
    refused_value(*state, "fee_ocur_time", "2025-02-29 10:00:00", SETTLE_E_INPUT_DATE);
    refused_value(*state, "fee_ocur_time", "2025-03-01 24:00:00", SETTLE_E_INPUT_DATE);
    refused_value(*state, "fee_ocur_time", "20250301", SETTLE_E_INPUT_DATE);
}

static void length_counts_characters_and_is_inclusive(void **state) {
    char text[51 * 3 + 1] = "";
    for (int i = 0; i < 51; i++)
        memcpy(text + i * 3, "测", 4);
    stl_charge c = {0};
    assert_int_equal(set(*state, STL_R_CHARGE, &c, "bilg_dr_name", (stl_str){text, 150}, NULL),
                     SETTLE_OK);
    stl_error err = {0};
    assert_int_equal(set(*state, STL_R_CHARGE, &c, "bilg_dr_name", (stl_str){text, 153}, &err),
                     SETTLE_E_INPUT_TOO_LONG);
    test_error_is(&err, SETTLE_E_INPUT_TOO_LONG, 0, "bilg_dr_name");
}

static void personal_values_never_stand_in_an_error(void **state) {
    static const char *const PERSONAL[] = {"psn_no",        "psn_name", "certno", "brdy",
                                           "mdtrt_cert_no", "medrcdno", "adm_bed"};
    char text[400];
    memset(text, '7', sizeof text);
    for (size_t i = 0; i < sizeof PERSONAL / sizeof *PERSONAL; i++) {
        stl_admission head = {0};
        stl_error err = {0};
        assert_int_not_equal(
            set(*state, STL_R_STAY, &head, PERSONAL[i], (stl_str){text, sizeof text}, &err),
            SETTLE_OK);
        assert_string_equal(err.field, PERSONAL[i]);
        assert_string_equal(err.value, "");
        assert_null(strstr(err.detail, "777"));
    }
    stl_admission head = {0};
    stl_error err = {0};
    assert_int_equal(set(*state, STL_R_STAY, &head, "mdtrt_id", (stl_str){text, sizeof text}, &err),
                     SETTLE_E_INPUT_TOO_LONG);
    assert_non_null(strstr(err.value, "777"));
}

static void personal_fields_are_marked_in_every_record(void **state) {
    (void)state;
    static const char *const PERSONAL[] = {"psn_no",        "psn_name", "certno",  "brdy", "tel",
                                           "mdtrt_cert_no", "medrcdno", "adm_bed", "addr"};
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        for (size_t i = 0; i < sizeof PERSONAL / sizeof *PERSONAL; i++) {
            int field = stl_record_field(type, stl_str_of(PERSONAL[i]));
            assert_true(field < 0 || (type->fields[field].flags & STL_FIELD_PERSONAL) != 0);
        }
        for (size_t f = 0; f < type->n_fields; f++)
            if (strcmp(type->fields[f].name, "mdtrt_id") == 0 ||
                strcmp(type->fields[f].name, "feedetl_sn") == 0)
                assert_int_equal(type->fields[f].flags & STL_FIELD_PERSONAL, 0);
    }
}

static void ratio_has_five_digits(void **state) {
    static const stl_field FIELDS[] = {{"selfpay_prop", STL_F_RATIO, 0, 0, 0}};
    static const stl_record_type TYPE = {"r", "r", FIELDS, 1, sizeof(int64_t)};
    stl_stay *stay = *state;
    int64_t ratio = 0;
    assert_int_equal(stl_record_set(&TYPE, 0, STL_STR("9.9999"), &ratio, stay->arena, NULL),
                     SETTLE_OK);
    assert_int_equal(ratio, 99999);
    assert_int_equal(stl_record_set(&TYPE, 0, STL_STR("10.0000"), &ratio, stay->arena, NULL),
                     SETTLE_E_INPUT_RANGE);
    assert_int_equal(ratio, 99999);
}

static void same_compares_content_not_place(void **state) {
    stl_charge a = {.line = 1}, b = {.line = 2};
    stl_record_init(charges(), &a);
    stl_record_init(charges(), &b);
    assert_int_equal(a.line, 1);
    assert_true(stl_record_same(charges(), &a, &b));
    assert_int_equal(set(*state, STL_R_CHARGE, &a, "spec", STL_STR("10ml"), NULL), SETTLE_OK);
    assert_false(stl_record_same(charges(), &a, &b));
    assert_int_equal(set(*state, STL_R_CHARGE, &b, "spec", STL_STR("10ml"), NULL), SETTLE_OK);
    assert_true(stl_record_same(charges(), &a, &b));
    assert_int_equal(set(*state, STL_R_CHARGE, &b, "purc_pric", STL_STR("0"), NULL), SETTLE_OK);
    assert_false(stl_record_same(charges(), &a, &b));
}

static void record_without_its_identity_is_refused(void **state) {
    static const char *const NEEDED[] = {"mdtrt_id",           "feedetl_sn", "fee_ocur_time",
                                         "medins_list_codg",   "cnt",        "pric",
                                         "det_item_fee_sumamt"};
    static const char *const VALUES[] = {"T1", "1", "2025-03-01 10:00:00", "F1", "1", "2", "2"};
    enum { N = sizeof NEEDED / sizeof *NEEDED };
    for (size_t missing = 0; missing <= N; missing++) {
        stl_charge c = {0};
        stl_record_init(charges(), &c);
        for (size_t i = 0; i < N; i++)
            if (i != missing)
                assert_int_equal(
                    set(*state, STL_R_CHARGE, &c, NEEDED[i], stl_str_of(VALUES[i]), NULL),
                    SETTLE_OK);
        stl_error err = {0};
        settle_status status = stl_record_require(charges(), &c, &err);
        if (missing == N)
            assert_int_equal(status, SETTLE_OK);
        else
            test_error_is(&err, SETTLE_E_INPUT_MISSING, 0, NEEDED[missing]);
    }
}

#define STAY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        STAY(field_is_found_by_its_whole_name),
        STAY(every_field_of_every_record_is_written_and_read_back),
        STAY(fields_of_a_record_do_not_overlap),
        STAY(empty_cell_gives_none_or_the_empty_text),
        STAY(text_is_copied_and_terminated),
        STAY(numbers_that_are_none_are_refused_with_field_and_value),
        STAY(dates_that_do_not_exist_are_refused),
        STAY(length_counts_characters_and_is_inclusive),
        STAY(personal_values_never_stand_in_an_error),
        STAY(personal_fields_are_marked_in_every_record),
        STAY(ratio_has_five_digits),
        STAY(same_compares_content_not_place),
        STAY(record_without_its_identity_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
