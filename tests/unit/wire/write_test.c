/* SPDX-License-Identifier: Apache-2.0 */
#include "../../support/wire_support.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static void contains(const stl_buf *doc, const char *text) {
    if (memmem(doc->ptr, doc->len, text, strlen(text)) == NULL)
        fail_msg("not in the document: %s", text);
}

static void document_is_valid_and_its_own_canonical_form(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 50);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    assert_true(wire_libxml2_accepts((stl_str){doc.ptr, doc.len}));
    xmlDoc *parsed = xmlReadMemory(doc.ptr, (int)doc.len, NULL, NULL, XML_PARSE_NONET);
    xmlChar *canonical = NULL;
    int len = xmlC14NDocDumpMemory(parsed, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &canonical);
    assert_int_equal(len, doc.len);
    assert_memory_equal(canonical, doc.ptr, doc.len);
    unsigned char digest[STL_DIGEST_LEN];
    assert_int_equal(stl_digest_of(STL_SHA256, doc.ptr, doc.len, digest, NULL), SETTLE_OK);
    assert_memory_equal(digest, t.content_digest, STL_DIGEST_LEN);
    xmlFree(canonical);
    xmlFreeDoc(parsed);
    wire_stay_free(&t);
}

static void line_has_hospital_and_catalogue_side_and_amounts(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    contains(&doc, "<charges count=\"3\">");
    contains(
        &doc,
        "<feedetail bilg_dept_codg=\"A03.01\" bilg_dept_name=\"呼吸内科\" bilg_dr_codg=\"D990102\" "
        "bilg_dr_name=\"测试医师0102\" chrgitm_lv=\"02\" cnt=\"-1.0000\" "
        "det_item_fee_sumamt=\"-4.01\" drord_no=\"O3\" dscg_tkdrug_flag=\"0\" "
        "entry_time=\"2025-03-03 08:00:02\" fee_ocur_time=\"2025-03-03 08:00:02\" "
        "feedetl_sn=\"901000002\" init_feedetl_sn=\"901000001\" "
        "inscp_scp_amt=\"-3.61\" map_id=\"M1\" med_list_codg=\"001100000000001\" "
        "med_list_name=\"国家 氯化钠注射液&lt;0.9%>&amp;&quot;袋&quot;\" "
        "medins_list_codg=\"F0001\" medins_list_name=\"血细胞分析\" "
        "prcunt=\"次\" preselfpay_amt=\"-0.40\" pric=\"4.010000\" selfpay_prop=\"0.1000\" "
        "spec=\"100ml:0.9g/袋\"></feedetail>");
    contains(&doc, "setl_field=\"hifmi_pay\"");
    contains(&doc, "setl_proc_info=\"起付线 0&#xA;段 1 &quot;50%&quot;&#x9;&lt;合计>\"");
    contains(&doc, "<not_evaluated lines=\"0\" missing=\"previous stays\" rule_id=\"V8\">");
    contains(&doc, "<line feedetl_sn=\"901000000\"></line><involved feedetl_sn=\"901000001\">");
    wire_stay_free(&t);
}

static void unmapped_line_has_no_catalogue_side(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    t.c->lines[0].med_list_codg = (stl_str){NULL, 0};
    t.c->lines[0].map = t.c->lines[0].cat = NULL;
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    contains(&doc, "inscp_scp_amt=\"2.70\" medins_list_codg=\"F0000\"");
    assert_true(wire_libxml2_accepts((stl_str){doc.ptr, doc.len}));
    wire_stay_free(&t);
}

static void name_missing_at_the_charge_comes_from_the_item_master(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    ((stl_charge *)test_the_stay(t.w)->rows[STL_R_CHARGE].items)[0].medins_list_name.len = 0;
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    contains(&doc, "medins_list_codg=\"F0000\" medins_list_name=\"静脉输液\"");
    wire_stay_free(&t);
}

/* --- what is refused -------------------------------------------------------------------------- */

static void refused(wire_stay *t, int64_t line, const char *field, const char *value) {
    stl_error err = {0};
    SCOPED_BUF doc = {0};
    assert_int_equal(wire_write(t, &doc, &err), SETTLE_E_INPUT_SCHEMA);
    assert_int_equal(err.line, line);
    assert_string_equal(err.field, field);
    assert_string_equal(err.value, value);
}

static stl_charge *charge(wire_stay *t, size_t i) {
    return &((stl_charge *)test_the_stay(t->w)->rows[STL_R_CHARGE].items)[i];
}

static void overlong_text_is_refused_at_its_line(void **state) {
    (void)state;
    static char longer[102];
    memset(longer, 'x', 101);
    wire_stay t;
    wire_stay_make(&t, 5);
    charge(&t, 3)->bilg_dept_name = (stl_str){longer, 100};
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    charge(&t, 3)->bilg_dept_name = (stl_str){longer, 101};
    char shown[91] = "";
    memset(shown, 'x', 90);
    refused(&t, 5, "bilg_dept_name", shown);
    wire_stay_free(&t);
}

static void codes_with_blanks_or_other_scripts_are_refused(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    charge(&t, 1)->drord_no = STL_STR("O 1");
    refused(&t, 3, "drord_no", "O 1");
    charge(&t, 1)->drord_no = STL_STR("医嘱");
    refused(&t, 3, "drord_no", "医嘱");
    charge(&t, 1)->drord_no = STL_STR("O-1");
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    wire_stay_free(&t);
}

static void control_characters_and_broken_utf8_are_refused(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    charge(&t, 2)->spec = STL_STR("a\x01");
    refused(&t, 4, "spec", "a ");
    charge(&t, 2)->spec = STL_STR("\xE4\xB8");
    stl_error err = {0};
    SCOPED_BUF doc = {0};
    assert_int_equal(wire_write(&t, &doc, &err), SETTLE_E_INPUT_SCHEMA);
    assert_string_equal(err.field, "spec");
    wire_stay_free(&t);
}

static void values_of_the_person_are_not_shown(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    stl_admission *head = &test_the_stay(t.w)->head;
    head->line = 7;
    stl_str good = head->psn_no;
    head->psn_no = STL_STR("9999 01");
    refused(&t, 7, "psn_no", "");
    head->psn_no = STL_STR("");
    refused(&t, 7, "psn_no", "");
    head->psn_no = good;
    head->brdy = STL_DAY_FOREVER + 400;
    refused(&t, 7, "brdy", "");
    wire_stay_free(&t);
}

static void missing_and_impossible_numbers_are_refused(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 4);
    charge(&t, 0)->pric = STL_NONE;
    refused(&t, 2, "pric", "");
    charge(&t, 0)->pric = -1;
    refused(&t, 2, "pric", "-0.000001");
    charge(&t, 0)->pric = STL_DECIMAL_MAX + 1;
    refused(&t, 2, "pric", "10000000000.000000");
    charge(&t, 0)->pric = STL_DECIMAL_MAX;
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    t.s.info.hosp_part_amt = -1;
    refused(&t, 0, "hosp_part_amt", "-0.01");
    wire_stay_free(&t);
}

static void instants_outside_the_calendar_are_refused(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 4);
    stl_instant first = test_number(STL_F_INSTANT, "1900-01-01 00:00:00");
    charge(&t, 1)->entry_time = first;
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    charge(&t, 1)->entry_time = first - 1;
    refused(&t, 3, "entry_time", "1899-12-31 23:59:59");
    charge(&t, 1)->entry_time = ((stl_instant)STL_DAY_FOREVER + 1) * STL_DAY_SECONDS - 1;
    wire_document(&t, &doc);
    charge(&t, 1)->entry_time++;
    stl_error err = {0};
    doc.len = 0;
    assert_int_equal(wire_write(&t, &doc, &err), SETTLE_E_INPUT_SCHEMA);
    assert_string_equal(err.field, "entry_time");
    wire_stay_free(&t);
}

static void a_settlement_without_payment_is_not_written(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    t.s.evaluated = false;
    refused(&t, 0, "setlinfo", "");
    wire_stay_free(&t);
}

static void envelope_is_checked(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    t.e.msgid = STL_STR("H99990100001-20250305100000000");
    refused(&t, 0, "msgid", "H99990100001-20250305100000000");
    wire_stay_free(&t);
}

/* --- cost ------------------------------------------------------------------------------------- */

static int64_t best_of(wire_stay *t, stl_buf *doc) {
    int64_t best = INT64_MAX;
    for (int i = 0; i < 20; i++) {
        struct timespec a, b;
        doc->len = 0;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        assert_int_equal(wire_write(t, doc, NULL), SETTLE_OK);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        int64_t ns = (b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec - a.tv_nsec;
        best = ns < best ? ns : best;
    }
    return best;
}

static void cost_of_a_line_does_not_grow(void **state) {
    (void)state;
    static const size_t SIZES[] = {1000, 20000};
    int64_t ns_a_line[2];
    for (int i = 0; i < 2; i++) {
        wire_stay t;
        SCOPED_BUF doc = {0};
        wire_stay_make(&t, SIZES[i]);
        ns_a_line[i] = best_of(&t, &doc) / (int64_t)SIZES[i];
        print_message("%zu lines: %" PRId64 " ns and %zu bytes a line\n", SIZES[i], ns_a_line[i],
                      doc.len / SIZES[i]);
        wire_stay_free(&t);
    }
    assert_true(ns_a_line[1] < 3 * ns_a_line[0] + 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_is_valid_and_its_own_canonical_form),
        cmocka_unit_test(line_has_hospital_and_catalogue_side_and_amounts),
        cmocka_unit_test(unmapped_line_has_no_catalogue_side),
        cmocka_unit_test(name_missing_at_the_charge_comes_from_the_item_master),
        cmocka_unit_test(overlong_text_is_refused_at_its_line),
        cmocka_unit_test(codes_with_blanks_or_other_scripts_are_refused),
        cmocka_unit_test(control_characters_and_broken_utf8_are_refused),
        cmocka_unit_test(values_of_the_person_are_not_shown),
        cmocka_unit_test(missing_and_impossible_numbers_are_refused),
        cmocka_unit_test(instants_outside_the_calendar_are_refused),
        cmocka_unit_test(a_settlement_without_payment_is_not_written),
        cmocka_unit_test(envelope_is_checked),
        cmocka_unit_test(cost_of_a_line_does_not_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
