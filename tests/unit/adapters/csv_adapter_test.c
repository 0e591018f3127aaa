/* SPDX-License-Identifier: Apache-2.0 */
#include "support/load_support.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROW(id, sn) id "," sn ",2025-03-04 08:00:00,F100231,静脉输液,1,12.00,12.00\n"

static void stays_come_in_the_order_of_stays_csv_with_their_charges(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_B STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv",
                   STL_TEST_CHARGES_HEAD ROW("A1", "1") ROW("B1", "2") ROW("A1", "3"));
    stl_source *source = stl_test_open("csv", *state, NULL);
    assert_int_equal(stl_source_count(source), 2);
    const stl_stay *b = stl_source_stay(source, 0), *a = stl_source_stay(source, 1);
    assert_string_equal(b->head.mdtrt_id.ptr, "B1");
    assert_int_equal(stl_stay_n_charges(b), 1);
    assert_int_equal(stl_stay_n_charges(a), 2);
    assert_string_equal(stl_stay_charges(a)[1].feedetl_sn.ptr, "3");
    assert_int_equal(stl_stay_charges(a)[1].line, 4);
    assert_int_equal(stl_stay_charges(a)[1].det_item_fee_sumamt, 1200);
    assert_true(a->given[STL_R_CHARGE]);
    assert_false(a->given[STL_R_ORDER]);
    const stl_source_report *report = stl_source_report_of(source);
    assert_int_equal(report->read[STL_R_CHARGE], 3);
    assert_int_equal(report->kept[STL_R_CHARGE], 3);
    stl_source_free(source);
}

static void equal_repetition_is_skipped_and_counted(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv", STL_TEST_CHARGES_HEAD ROW("A1", "1") ROW("A1", "1"));
    stl_source *source = stl_test_open("csv", *state, NULL);
    assert_int_equal(stl_source_report_of(source)->repeated[STL_R_CHARGE], 1);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_CHARGE], 1);
    stl_source_free(source);
}

static void two_contents_under_one_serial_name_both_places(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv",
                   STL_TEST_CHARGES_HEAD ROW("A1", "1")
                       ROW("A1", "2") "A1,1,2025-03-04 08:00:00,F100231,静脉输液,2,12.00,24.00\n");
    stl_error err;
    stl_test_refused("csv", *state, SETTLE_E_INPUT_DUPLICATE, "charges.csv", 4, "feedetl_sn", &err);
    assert_string_equal(err.value, "1");
    assert_string_equal(err.detail, "first at charges.csv:2");
}

static void a_serial_may_recur_in_another_stay(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A STL_TEST_STAY_B);
    stl_test_write(*state, "charges.csv", STL_TEST_CHARGES_HEAD ROW("A1", "1") ROW("B1", "1"));
    stl_source *source = stl_test_open("csv", *state, NULL);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_CHARGE], 2);
    stl_source_free(source);
}

static void a_stay_that_comes_twice_with_other_content_is_refused(void **state) {
    stl_test_write(*state, "stays.csv",
                   STL_TEST_STAYS_HEAD STL_TEST_STAY_A
                   "A1,H99990100001,P1,测试甲,390,2025-03-03 09:42:00,2025-03-12 10:20:00\n");
    stl_error err;
    stl_test_refused("csv", *state, SETTLE_E_INPUT_DUPLICATE, "stays.csv", 3, "mdtrt_id", &err);
    assert_string_equal(err.value, "A1");
    assert_string_equal(err.detail, "first at stays.csv:2");
}

static void a_charge_of_an_unknown_stay_is_an_orphan(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv", STL_TEST_CHARGES_HEAD ROW("A1", "1") ROW("X9", "2"));
    stl_error err;
    stl_test_refused("csv", *state, SETTLE_E_INPUT_ORPHAN, "charges.csv", 3, "mdtrt_id", &err);
    assert_string_equal(err.value, "X9");
}

static void rows_of_a_person_reach_each_stay_of_the_scheme(void **state) {
    stl_test_write(*state, "stays.csv",
                   STL_TEST_STAYS_HEAD STL_TEST_STAY_A STL_TEST_STAY_B
                   "A2,H99990100001,P1,测试甲,310,2025-06-03 09:42:00,2025-06-12 10:20:00\n");
    stl_test_write(*state, "accumulators.csv",
                   "psn_no,insutype,year,kind,value\nP1,310,2025,inscp_scp_amt,1.50\n");
    stl_test_write(*state, "history.csv", "psn_no,mdtrt_id,begntime\nP1,OLD,2025-01-01\n");
    stl_test_write(
        *state, "history-items.csv",
        "mdtrt_id,med_list_codg,fee_ocur_time,note\nOLD,C1,2025-01-02 08:00:00,remark\n");
    stl_source *source = stl_test_open("csv", *state, NULL);
    for (size_t i = 0; i < 3; i++) {
        const stl_stay *stay = stl_source_stay(source, i);
        size_t n = i == 1 ? 0 : 1;
        assert_int_equal(stay->rows[STL_R_ACCUMULATOR].count, n);
        assert_int_equal(stay->rows[STL_R_HISTORY].count, n);
        assert_int_equal(stay->rows[STL_R_HISTORY_ITEM].count, n);
        assert_int_equal(stay->n_extras, n);
        assert_true(stay->given[STL_R_ACCUMULATOR]);
    }
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_ACCUMULATOR], 1);
    stl_stay *taken;
    assert_int_equal(stl_source_take(source, 2, &taken, NULL), SETTLE_OK);
    stl_source_free(source);
    const stl_accumulator *acc = STL_ROWS_OF(taken, STL_R_ACCUMULATOR, stl_accumulator);
    assert_string_equal(acc->kind.ptr, "inscp_scp_amt");
    assert_string_equal(taken->extras[0].name.ptr, "note");
    assert_string_equal(taken->extras[0].value.ptr, "remark");
    stl_stay_free(taken);
}

static void a_row_of_an_unknown_person_is_an_orphan_without_the_number(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "accumulators.csv",
                   "psn_no,insutype,year,kind,value\nP7,310,2025,inscp_scp_amt,1.50\n");
    stl_error err;
    stl_test_refused("csv", *state, SETTLE_E_INPUT_ORPHAN, "accumulators.csv", 2, "psn_no", &err);
    assert_string_equal(err.value, "");
}

static void an_accumulator_of_another_scheme_is_an_orphan(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "accumulators.csv",
                   "psn_no,insutype,year,kind,value\nP1,390,2025,inscp_scp_amt,1.50\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_ORPHAN, "accumulators.csv", 2, "insutype", NULL);
}

static void entitlements_reach_each_stay_of_the_person_whatever_their_scheme(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A STL_TEST_STAY_B);
    stl_test_write(*state, "entitlements.csv",
                   "psn_no,insutype,psn_insu_stas,begndate,enddate,reason\n"
                   "P1,310,1,2020-01-01,,\nP1,390,4,,2019-12-31,转入职工医保\n");
    stl_source *source = stl_test_open("csv", *state, NULL);
    for (size_t i = 0; i < 2; i++) {
        const stl_stay *stay = stl_source_stay(source, i);
        assert_true(stay->given[STL_R_ENTITLEMENT]);
        assert_int_equal(stay->rows[STL_R_ENTITLEMENT].count, i == 0 ? 2 : 0);
    }
    stl_source_free(source);
}

static void an_entitlement_of_an_unknown_person_is_an_orphan(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "entitlements.csv",
                   "psn_no,insutype,psn_insu_stas,begndate,enddate\nP9,310,1,,\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_ORPHAN, "entitlements.csv", 2, "psn_no", NULL);
}

static void an_item_of_an_unknown_earlier_stay_is_an_orphan(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "history-items.csv",
                   "mdtrt_id,med_list_codg,fee_ocur_time\nOLD,C1,2025-01-02 08:00:00\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_ORPHAN, "history-items.csv", 2, "mdtrt_id",
                     NULL);
}

static void unknown_columns_are_kept_and_reported(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv",
                   "remark,mdtrt_id,feedetl_sn,fee_ocur_time,medins_list_codg,cnt,pric,"
                   "det_item_fee_sumamt\n"
                   ",A1,1,2025-03-04 08:00:00,F1,1,12.00,12.00\n"
                   "夜间,A1,2,2025-03-04 08:00:00,F1,1,12.00,12.00\n");
    stl_source *source = stl_test_open("csv", *state, NULL);
    const stl_stay *stay = stl_source_stay(source, 0);
    assert_int_equal(stay->n_extras, 1);
    assert_int_equal(stay->extras[0].index, 1);
    assert_string_equal(stay->extras[0].value.ptr, "夜间");
    assert_int_equal(stl_source_report_of(source)->n_unknown, 1);
    assert_string_equal(stl_source_report_of(source)->unknown_columns[0], "charges.csv:remark");
    stl_source_free(source);
}

static void a_missing_column_is_named(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv",
                   "mdtrt_id,feedetl_sn,fee_ocur_time,medins_list_codg,cnt,det_item_fee_sumamt\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_COLUMN_MISSING, "charges.csv", 1, "pric", NULL);
}

static void other_separators_and_workbooks_are_told_as_the_cause(void **state) {
    static const char *const FILES[][2] = {
        {"mdtrt_id;feedetl_sn;pric\n", "the cells are not separated by commas"},
        {"mdtrt_id\tfeedetl_sn\tpric\n", "the cells are not separated by commas"},
        {"PK\003\004xx\n", "an Excel workbook, not a CSV"},
    };
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        stl_test_write(*state, "charges.csv", FILES[i][0]);
        stl_error err;
        stl_test_refused("csv", *state, SETTLE_E_INPUT_COLUMN_MISSING, "charges.csv", 1, "mdtrt_id",
                         &err);
        assert_string_equal(err.detail, FILES[i][1]);
    }
}

static void a_column_that_stands_twice_is_refused(void **state) {
    stl_test_write(*state, "stays.csv", "mdtrt_id,mdtrt_id,psn_no\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_COLUMN_TWICE, "stays.csv", 1, "mdtrt_id", NULL);
}

static void an_empty_file_is_no_csv(void **state) {
    stl_test_write(*state, "stays.csv", "");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_CSV, "stays.csv", 1, NULL, NULL);
}

static void no_stays_at_all_are_refused(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD);
    stl_test_refused("csv", *state, SETTLE_E_INPUT_STAY_UNKNOWN, "stays", 0, "mdtrt_id", NULL);
}

static void charges_without_any_stays_file_are_orphans(void **state) {
    stl_test_write(*state, "charges.csv", STL_TEST_CHARGES_HEAD ROW("A1", "1"));
    stl_test_refused("csv", *state, SETTLE_E_INPUT_ORPHAN, "charges.csv", 2, "mdtrt_id", NULL);
}

typedef struct bad_cell {
    const char *row, *field, *value;
    settle_status status;
} bad_cell;

static void bad_cells_name_line_field_and_value(void **state) {
    static const bad_cell BAD[] = {
        {"A1,2,2025-02-30 08:00:00,F1,n,1,12.00,12.00\n", "fee_ocur_time", "2025-02-30 08:00:00",
         SETTLE_E_INPUT_DATE},
        {"A1,2,2025-03-04 08:00:00,F1,n,eins,12.00,12.00\n", "cnt", "eins", SETTLE_E_INPUT_NUMBER},
        {"A1,2,2025-03-04 08:00:00,F1,n,1,12.0000001,12.00\n", "pric", "12.0000001",
         SETTLE_E_INPUT_RANGE},
        {"A1,2,2025-03-04 08:00:00,F1,n,1,12.00,999999999999999999.00\n", "det_item_fee_sumamt",
         "999999999999999999.00", SETTLE_E_INPUT_RANGE},
        {"A1,,2025-03-04 08:00:00,F1,n,1,12.00,12.00\n", "feedetl_sn", "", SETTLE_E_INPUT_MISSING},
        {",2,2025-03-04 08:00:00,F1,n,1,12.00,12.00\n", "mdtrt_id", "", SETTLE_E_INPUT_MISSING},
    };
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        char text[1024];
        stl_error err;
        snprintf(text, sizeof text, "%s%s%s", STL_TEST_CHARGES_HEAD, ROW("A1", "1"), BAD[i].row);
        stl_test_write(*state, "charges.csv", text);
        stl_test_refused("csv", *state, BAD[i].status, "charges.csv", 3, BAD[i].field, &err);
        assert_string_equal(err.value, BAD[i].value);
    }
}

static void a_personal_value_is_never_shown(void **state) {
    stl_test_write(*state, "stays.csv",
                   "mdtrt_id,fixmedins_code,psn_no,insutype,begntime,endtime,brdy\n"
                   "A1,H1,P1,310,2025-03-03,2025-03-12,1967-13-14\n");
    stl_error err;
    stl_test_refused("csv", *state, SETTLE_E_INPUT_DATE, "stays.csv", 2, "brdy", &err);
    assert_string_equal(err.value, "");
}

static void a_quoted_line_break_counts_as_a_physical_line(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv",
                   STL_TEST_CHARGES_HEAD
                   "A1,1,2025-03-04 08:00:00,F1,\"two\nlines\",1,12.00,12.00\n"
                   "A1,2,2025-03-04 08:00:00,F1,n,x,12.00,12.00\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_NUMBER, "charges.csv", 4, "cnt", NULL);
}

static void write_gb18030(const stl_test_dir *dir, const char *name, const char *text) {
    char out[4096], *to = out, *from = (char *)text;
    size_t left = strlen(text), room = sizeof out;
    iconv_t cd = iconv_open("GB18030", "UTF-8");
    assert_int_equal(iconv(cd, &from, &left, &to, &room), 0);
    iconv_close(cd);
    stl_test_write_bytes(dir, name, out, sizeof out - room);
}

static void gb18030_reads_as_the_same_text(void **state) {
    write_gb18030(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    write_gb18030(*state, "charges.csv", STL_TEST_CHARGES_HEAD ROW("A1", "1"));
    stl_source *source = stl_test_open("csv", *state, NULL);
    const stl_stay *stay = stl_source_stay(source, 0);
    assert_string_equal(stay->head.psn_name.ptr, "测试甲");
    assert_string_equal(stl_stay_charges(stay)[0].medins_list_name.ptr, "静脉输液");
    stl_source_free(source);
}

static void bytes_of_neither_encoding_are_refused_at_their_line(void **state) {
    stl_test_write(*state, "stays.csv",
                   STL_TEST_STAYS_HEAD "A1,H1,P1,\xff\xff,310,2025-03-03,2025-03-12\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_ENCODING, "stays.csv", 2, NULL, NULL);
}

static void unknown_files_of_a_directory_are_reported(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "planted.csv", "a,b\n");
    stl_source *source = stl_test_open("csv", *state, NULL);
    assert_int_equal(stl_source_report_of(source)->n_unknown, 0);
    assert_int_equal(stl_source_report_of(source)->n_passed_over, 1);
    assert_string_equal(stl_source_report_of(source)->passed_over[0], "planted.csv");
    stl_source_free(source);
}

static void nothing_known_in_a_directory_is_refused(void **state) {
    stl_test_write(*state, "notes.csv", "a,b\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_FILE_UNKNOWN, "notes.csv", 0, NULL, NULL);
}

static settle_status open_named(const stl_test_dir *dir, const char *first, const char *second,
                                stl_error *err) {
    char a[128], b[128];
    const char *paths[] = {a, b};
    stl_source *source = NULL;
    snprintf(a, sizeof a, "%s/%s", dir->path, first);
    snprintf(b, sizeof b, "%s/%s", dir->path, second);
    settle_status status =
        stl_adapter_open("csv", &(stl_adapter_ask){.paths = paths, .n_paths = 2}, &source, err);
    stl_source_free(source);
    return status;
}

static void a_named_file_is_read_or_refused_but_never_passed_over(void **state) {
    stl_error err = {0};
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charge.csv", STL_TEST_CHARGES_HEAD);
    stl_test_write(*state, "mapping.csv", "map_id\n");
    assert_int_equal(open_named(*state, "stays.csv", "mapping.csv", &err), SETTLE_OK);
    assert_int_equal(open_named(*state, "stays.csv", "charge.csv", &err),
                     SETTLE_E_INPUT_FILE_UNKNOWN);
    assert_string_equal(err.file, "charge.csv");
    assert_int_equal(open_named(*state, "stays.csv", "absent.csv", &err), SETTLE_E_INPUT_OPEN);
}

static void a_link_that_leads_nowhere_is_refused_by_its_name(void **state) {
    const stl_test_dir *dir = *state;
    char link[128];
    stl_test_write(dir, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    snprintf(link, sizeof link, "%s/charges.csv", dir->path);
    assert_int_equal(symlink("/nonexistent/charges.csv", link), 0);
    stl_test_refused("csv", dir, SETTLE_E_INPUT_OPEN, "charges.csv", 0, NULL, NULL);
}

static void a_directory_with_the_name_of_a_file_is_refused(void **state) {
    const stl_test_dir *dir = *state;
    char path[128];
    stl_test_write(dir, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    snprintf(path, sizeof path, "%s/charges.csv", dir->path);
    assert_int_equal(mkdir(path, 0700), 0);
    stl_test_refused("csv", dir, SETTLE_E_INPUT_OPEN, "charges.csv", 0, NULL, NULL);
    assert_int_equal(rmdir(path), 0);
}

static void two_stray_quotes_may_not_swallow_a_charge(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv",
                   STL_TEST_CHARGES_HEAD ROW(
                       "A1", "1") "A1,2,2025-03-04 08:00:00,F100231,\"静脉输液,1,12.00,12.00\n"
                                  "A1,3,2025-03-04 08:00:00,F100231,静脉输液\",1,12.00,12.00\n");
    stl_test_refused("csv", *state, SETTLE_E_INPUT_CSV, "charges.csv", 3, "medins_list_name", NULL);
}

static void a_line_break_in_a_name_is_none_of_that(void **state) {
    stl_test_write(*state, "stays.csv", STL_TEST_STAYS_HEAD STL_TEST_STAY_A);
    stl_test_write(*state, "charges.csv",
                   STL_TEST_CHARGES_HEAD
                   "A1,2,2025-03-04 08:00:00,F100231,\"静脉输液,\n每日\",1,12.00,12.00\n");
    stl_source *source = stl_test_open("csv", *state, NULL);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_CHARGE], 1);
    stl_source_free(source);
}

static void the_eight_discharges_are_read_whole(void **state) {
    (void)state;
    const char *path = "../shared/data/discharges";
    stl_error err = {0};
    stl_source *source = NULL;
    settle_status status =
        stl_adapter_open("csv", &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, &err);
    if (status == SETTLE_E_INPUT_OPEN) {
        print_message("skipped: no data set at %s\n", path);
        skip();
    }
    assert_int_equal(status, SETTLE_OK);
    assert_int_equal(stl_source_count(source), 8);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_CHARGE], 2496);
    assert_int_equal(stl_source_report_of(source)->kept[STL_R_ACCUMULATOR], 56);
    stl_source_free(source);
}

#define IN_DIR(test)                                                                               \
    cmocka_unit_test_setup_teardown(test, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIR(stays_come_in_the_order_of_stays_csv_with_their_charges),
        IN_DIR(equal_repetition_is_skipped_and_counted),
        IN_DIR(two_contents_under_one_serial_name_both_places),
        IN_DIR(a_serial_may_recur_in_another_stay),
        IN_DIR(a_stay_that_comes_twice_with_other_content_is_refused),
        IN_DIR(a_charge_of_an_unknown_stay_is_an_orphan),
        IN_DIR(rows_of_a_person_reach_each_stay_of_the_scheme),
        IN_DIR(a_row_of_an_unknown_person_is_an_orphan_without_the_number),
        IN_DIR(an_accumulator_of_another_scheme_is_an_orphan),
        IN_DIR(entitlements_reach_each_stay_of_the_person_whatever_their_scheme),
        IN_DIR(an_entitlement_of_an_unknown_person_is_an_orphan),
        IN_DIR(an_item_of_an_unknown_earlier_stay_is_an_orphan),
        IN_DIR(unknown_columns_are_kept_and_reported),
        IN_DIR(a_missing_column_is_named),
        IN_DIR(other_separators_and_workbooks_are_told_as_the_cause),
        IN_DIR(a_column_that_stands_twice_is_refused),
        IN_DIR(an_empty_file_is_no_csv),
        IN_DIR(no_stays_at_all_are_refused),
        IN_DIR(charges_without_any_stays_file_are_orphans),
        IN_DIR(bad_cells_name_line_field_and_value),
        IN_DIR(a_personal_value_is_never_shown),
        IN_DIR(a_quoted_line_break_counts_as_a_physical_line),
        IN_DIR(gb18030_reads_as_the_same_text),
        IN_DIR(bytes_of_neither_encoding_are_refused_at_their_line),
        IN_DIR(unknown_files_of_a_directory_are_reported),
        IN_DIR(nothing_known_in_a_directory_is_refused),
        IN_DIR(a_named_file_is_read_or_refused_but_never_passed_over),
        IN_DIR(a_link_that_leads_nowhere_is_refused_by_its_name),
        IN_DIR(a_directory_with_the_name_of_a_file_is_refused),
        IN_DIR(two_stray_quotes_may_not_swallow_a_charge),
        IN_DIR(a_line_break_in_a_name_is_none_of_that),
        cmocka_unit_test(the_eight_discharges_are_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
