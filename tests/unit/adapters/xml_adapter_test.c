/* SPDX-License-Identifier: Apache-2.0 */
#include "support/load_support.h"

#include "xml/reader.h"
#include "xml/schemas.h"

#include <stdio.h>
#include <stdlib.h>

#define STAY                                                                                       \
    "<stay mdtrt_id=\"A1\" fixmedins_code=\"H1\" psn_no=\"P1\" psn_name=\"测试甲\" "            \
    "insutype=\"310\" begntime=\"2025-03-03 09:42:00\" endtime=\"2025-03-12\"/>\n"
#define CHARGE(sn)                                                                                 \
    "<charge mdtrt_id=\"A1\" feedetl_sn=\"" sn "\" fee_ocur_time=\"2025-03-04 08:00:00\" "         \
    "medins_list_codg=\"F1\" cnt=\"1\" pric=\"12.00\" det_item_fee_sumamt=\"12.00\"/>\n"
#define INPUT(counts, body)                                                                        \
    "<input xmlns=\"urn:libsettle:stay:1.0\" " counts ">\n" body "</input>\n"

static void write_checked(const stl_test_dir *dir, const char *text) {
    stl_error err = {0};
    stl_test_write(dir, "stays.xml", text);
    settle_status status =
        stl_xml_validate(stl_str_of(text), "stays.xml", STL_SCHEMA_STAY_1_0, &err);
    if (status != SETTLE_OK)
        print_error("%s\n", err.detail);
    assert_int_equal(status, SETTLE_OK);
}

static void attributes_and_elements_are_the_same_fields(void **state) {
    write_checked(*state, INPUT("stays=\"1\" charges=\"2\"",
                                "<stays>" STAY "</stays><charges>\n" CHARGE(
                                    "1") "<charge mdtrt_id=\"A1\" feedetl_sn=\"2\">"
                                         "<fee_ocur_time>2025-03-04 08:00:00</fee_ocur_time>"
                                         "<medins_list_codg>F&amp;1</medins_list_codg>"
                                         "<cnt>2.5</cnt><pric>12.00</pric>"
                                         "<det_item_fee_sumamt>30.00</det_item_fee_sumamt>"
                                         "<medins_list_name><![CDATA[静脉输液]]></medins_list_name>"
                                         "</charge></charges>"));
    stl_source *source = stl_test_open("xml", *state, NULL);
    const stl_stay *stay = stl_source_stay(source, 0);
    assert_string_equal(stay->head.psn_name.ptr, "测试甲");
    assert_int_equal(stl_stay_n_charges(stay), 2);
    const stl_charge *c = &stl_stay_charges(stay)[1];
    assert_string_equal(c->medins_list_codg.ptr, "F&1");
    assert_string_equal(c->medins_list_name.ptr, "静脉输液");
    assert_int_equal(c->cnt, 25000);
    assert_int_equal(stl_source_report_of(source)->declared, 3);
    stl_source_free(source);
}

static void fewer_records_than_declared_are_refused(void **state) {
    write_checked(*state, INPUT("stays=\"1\" charges=\"2\"",
                                "<stays>" STAY "</stays><charges>" CHARGE("1") "</charges>"));
    stl_error err;
    stl_test_refused("xml", *state, SETTLE_E_INPUT_COUNT, "stays.xml", 0, "charges", &err);
    assert_string_equal(err.detail, "declared 2, read 1");
}

static void records_that_are_not_declared_are_refused(void **state) {
    write_checked(
        *state, INPUT("stays=\"1\"", "<stays>" STAY "</stays><charges>" CHARGE("1") "</charges>"));
    stl_error err;
    stl_test_refused("xml", *state, SETTLE_E_INPUT_COUNT, "stays.xml", 0, "charges", &err);
    assert_string_equal(err.detail, "declared 0, read 1");
}

static void a_group_without_records_is_given(void **state) {
    write_checked(*state, INPUT("stays=\"1\" orders=\"0\"", "<stays>" STAY "</stays><orders/>"));
    stl_source *source = stl_test_open("xml", *state, NULL);
    assert_true(stl_source_stay(source, 0)->given[STL_R_ORDER]);
    assert_false(stl_source_stay(source, 0)->given[STL_R_CHARGE]);
    stl_source_free(source);
}

static void unknown_fields_are_kept_and_reported(void **state) {
    write_checked(*state, INPUT("stays=\"1\"",
                                "<stays><stay mdtrt_id=\"A1\" fixmedins_code=\"H1\" psn_no=\"P1\" "
                                "insutype=\"310\" begntime=\"2025-03-03\" endtime=\"2025-03-12\" "
                                "ward_note=\"x\"/></stays>"));
    stl_source *source = stl_test_open("xml", *state, NULL);
    assert_int_equal(stl_source_stay(source, 0)->n_extras, 1);
    assert_string_equal(stl_source_report_of(source)->unknown_columns[0], "stays.xml:ward_note");
    stl_source_free(source);
}

typedef struct bad_document {
    const char *text, *field;
    int64_t line;
    settle_status status;
} bad_document;

static void bad_documents_name_line_and_field(void **state) {
    static const bad_document BAD[] = {
        {"<input xmlns=\"urn:other\"/>", "input", 1, SETTLE_E_INPUT_SCHEMA},
        {INPUT("stayz=\"1\"", ""), "stayz", 1, SETTLE_E_INPUT_SCHEMA},
        {INPUT("stays=\"-1\"", ""), "stays", 1, SETTLE_E_INPUT_SCHEMA},
        {INPUT("stays=\"1\"", "<stay/>"), "stay", 2, SETTLE_E_INPUT_SCHEMA},
        {INPUT("stays=\"1\"", "<stays><charge/></stays>"), "charge", 2, SETTLE_E_INPUT_SCHEMA},
        {INPUT("stays=\"1\"", "<stays>text</stays>"), "", 2, SETTLE_E_INPUT_SCHEMA},
        {INPUT("stays=\"1\"", "<stays><stay><mdtrt_id><b/></mdtrt_id></stay></stays>"), "b", 2,
         SETTLE_E_INPUT_SCHEMA},
        {INPUT("stays=\"1\"",
               "<stays>\n<stay mdtrt_id=\"A1\"><mdtrt_id>A1</mdtrt_id></stay></stays>"),
         "mdtrt_id", 3, SETTLE_E_INPUT_COLUMN_TWICE},
        {INPUT("stays=\"1\"", "<stays>\n<stay fixmedins_code=\"A1\"/></stays>"), "mdtrt_id", 3,
         SETTLE_E_INPUT_MISSING},
        {INPUT("stays=\"1\" charges=\"1\"",
               "<stays>" STAY "</stays><charges>\n<charge mdtrt_id=\"A1\" feedetl_sn=\"1\" "
               "fee_ocur_time=\"2025-13-04\"/></charges>"),
         "fee_ocur_time", 4, SETTLE_E_INPUT_DATE},
        {"<!DOCTYPE input [<!ENTITY a \"b\">]><input xmlns=\"urn:libsettle:stay:1.0\"/>", NULL, 1,
         SETTLE_E_INPUT_XML},
        {"<input xmlns=\"urn:libsettle:stay:1.0\">\n<stays>\n", NULL, 3, SETTLE_E_INPUT_XML},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        stl_test_write(*state, "stays.xml", BAD[i].text);
        stl_test_refused("xml", *state, BAD[i].status, "stays.xml", BAD[i].line, BAD[i].field,
                         NULL);
    }
}

/* Every field of every record, as attribute, must be known to the schema and read back. */
static void the_schema_knows_every_field(void **state) {
    SCOPED_BUF text = {0};
    stl_buf_text(&text, "<input xmlns=\"urn:libsettle:stay:1.0\"");
    for (int k = 0; k < STL_R_KINDS; k++)
        stl_buf_printf(&text, " %s=\"1\"", STL_RECORD_TYPES[k].stem);
    stl_buf_text(&text, ">");
    for (int k = 0; k < STL_R_KINDS; k++) {
        const stl_record_type *type = &STL_RECORD_TYPES[k];
        stl_buf_printf(&text, "<%s><%s", type->stem, type->item);
        for (size_t i = 0; i < type->n_fields; i++) {
            const char *name = type->fields[i].name;
            bool old = k == STL_R_HISTORY || k == STL_R_HISTORY_ITEM;
            const char *value = strcmp(name, "mdtrt_id") == 0 ? (old ? "OLD" : "A1") : "310";
            if (type->fields[i].kind == STL_F_DAY || type->fields[i].kind == STL_F_INSTANT)
                value = "2025-03-04";
            if (type->fields[i].max_len > 0 && type->fields[i].max_len < 4)
                value = "1";
            stl_buf_printf(&text, " %s=\"%s\"", name, value);
        }
        stl_buf_printf(&text, "/></%s>", type->stem);
    }
    stl_buf_text(&text, "</input>");
    stl_buf_bytes(&text, "", 1);
    write_checked(*state, text.ptr);
    stl_source *source = stl_test_open("xml", *state, NULL);
    const stl_stay *stay = stl_source_stay(source, 0);
    assert_int_equal(stay->n_extras, 0);
    for (int k = STL_R_STAY + 1; k < STL_R_KINDS; k++)
        assert_int_equal(stay->rows[k].count, 1);
    for (int k = 0; k < STL_R_KINDS; k++)
        for (size_t i = 0; i < STL_RECORD_TYPES[k].n_fields; i++) {
            char attribute[64];
            snprintf(attribute, sizeof attribute, "<xs:attribute name=\"%s\"",
                     STL_RECORD_TYPES[k].fields[i].name);
            assert_non_null(strstr(STL_SCHEMA_STAY_1_0.ptr, attribute));
        }
    stl_source_free(source);
}

static void the_schema_refuses_what_the_adapter_refuses(void **state) {
    (void)state;
    static const char *const BAD[] = {
        INPUT("stays=\"x\"", ""),
        INPUT("stays=\"1\"", "<stays><stay begntime=\"2025-13-01\"/></stays>"),
        INPUT("charges=\"1\"", "<charges><charge cnt=\"1.23456\"/></charges>"),
        INPUT("charges=\"1\"", "<charges><charge><pric>eins</pric></charge></charges>"),
        INPUT("", "<stay/>"),
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(
            stl_xml_validate(stl_str_of(BAD[i]), "stays.xml", STL_SCHEMA_STAY_1_0, NULL),
            SETTLE_E_INPUT_SCHEMA);
}

static void a_directory_without_xml_is_refused(void **state) {
    stl_test_write(*state, "stays.csv", "mdtrt_id\n");
    stl_test_refused("xml", *state, SETTLE_E_INPUT_FILE_UNKNOWN, "", 0, NULL, NULL);
}

static void gb18030_is_declared_by_the_document(void **state) {
    static const char TEXT[] = "<?xml version=\"1.0\" encoding=\"GB18030\"?>\n" INPUT(
        "stays=\"1\"", "<stays><stay mdtrt_id=\"A1\" fixmedins_code=\"H1\" psn_no=\"P1\" "
                       "psn_name=\"\xb2\xe2\xca\xd4\xbc\xd7\" insutype=\"310\" "
                       "begntime=\"2025-03-03\" endtime=\"2025-03-12\"/></stays>");
    stl_test_write(*state, "stays.xml", TEXT);
    stl_source *source = stl_test_open("xml", *state, NULL);
    assert_string_equal(stl_source_stay(source, 0)->head.psn_name.ptr, "测试甲");
    stl_source_free(source);
}

static void a_field_of_ten_megabytes_is_refused_at_its_line(void **state) {
    enum { LONG = 10 * 1024 * 1024 };
    SCOPED_BUF text = {0};
    stl_buf_text(&text, "<input xmlns=\"urn:libsettle:stay:1.0\" stays=\"1\">\n<stays>\n"
                        "<stay mdtrt_id=\"A1\"><fixmedins_name>");
    stl_buf_reserve(&text, LONG);
    memset(text.ptr + text.len, 'x', LONG);
    text.len += LONG;
    stl_buf_text(&text, "</fixmedins_name></stay></stays></input>");
    stl_test_write_bytes(*state, "stays.xml", text.ptr, text.len);
    stl_test_refused("xml", *state, SETTLE_E_INPUT_TOO_LONG, "stays.xml", 3, "fixmedins_name",
                     NULL);
}

#define IN_DIR(test)                                                                               \
    cmocka_unit_test_setup_teardown(test, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIR(attributes_and_elements_are_the_same_fields),
        IN_DIR(fewer_records_than_declared_are_refused),
        IN_DIR(records_that_are_not_declared_are_refused),
        IN_DIR(a_group_without_records_is_given),
        IN_DIR(unknown_fields_are_kept_and_reported),
        IN_DIR(bad_documents_name_line_and_field),
        IN_DIR(the_schema_knows_every_field),
        cmocka_unit_test(the_schema_refuses_what_the_adapter_refuses),
        IN_DIR(a_directory_without_xml_is_refused),
        IN_DIR(a_field_of_ten_megabytes_is_refused_at_its_line),
        IN_DIR(gb18030_is_declared_by_the_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
