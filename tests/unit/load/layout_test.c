/* SPDX-License-Identifier: Apache-2.0 */
#include "load/layout.h"
#include "support/load_support.h"

#include <stdio.h>
#include <stdlib.h>

#define BEGIN                                                                                      \
    "<adapter xmlns=\"urn:libsettle:adapter:1.0\" name=\"t\" title=\"t\" never=\"1900-01-01\">\n"  \
    "<option name=\"date\" default=\"occur\" values=\"occur post\" says=\"s\"/>\n"
#define HEADS                                                                                      \
    "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"mdtrt_id\" column=\"ID\"/>"       \
    "<field name=\"fixmedins_code\" text=\"H1\"/><field name=\"psn_no\" column=\"P\"/>"            \
    "<field name=\"insutype\" text=\"310\"/><field name=\"begntime\" column=\"B\" "                \
    "date=\"civil\"/>"                                                                             \
    "<field name=\"endtime\" column=\"E\" date=\"civil\"/></records>\n"
#define FEES(inside) FEES_OF("", inside)
#define FEES_OF(before, inside)                                                                    \
    "<records kind=\"charges\" from=\"FEE\" key=\"ID\">" before                                    \
    "<field name=\"mdtrt_id\" column=\"V\"/>"                                                      \
    "<field name=\"feedetl_sn\" column=\"ID\"/><field name=\"fee_ocur_time\" column=\"T\" "        \
    "date=\"civil\"/>"                                                                             \
    "<field name=\"medins_list_codg\" column=\"I\"/>" inside "</records>\n"
#define PLAIN                                                                                      \
    "<field name=\"cnt\" column=\"Q\"/><field name=\"pric\" column=\"PR\"/>"                       \
    "<field name=\"det_item_fee_sumamt\" column=\"A\"/>"
#define END "</adapter>\n"
#define VISIT "ID,P,B,E\nA1,P1,2025-03-01,2025-03-09\n"

typedef struct reading {
    stl_test_dir *dir;
    stl_arena *arena;
    stl_source *source;
    stl_error err;
    settle_status status;
} reading;

static void read_tables(reading *r, const char *layout, const char *fee_file, const char *fees) {
    const char *path = r->dir->path;
    stl_layout *made = NULL;
    stl_test_write(r->dir, "V.csv", VISIT);
    stl_test_write(r->dir, fee_file, fees);
    r->err = (stl_error){0};
    r->arena = stl_arena_new();
    r->status = stl_layout_read(stl_str_of(layout), "t.adapter", r->arena, &made, &r->err);
    if (r->status == SETTLE_OK)
        r->status = stl_layout_configure(made, NULL, &r->err);
    if (r->status == SETTLE_OK)
        r->status = stl_layout_open(made, &(stl_adapter_ask){.paths = &path, .n_paths = 1},
                                    &r->source, &r->err);
}

static int begin(void **state) {
    reading *r = calloc(1, sizeof *r);
    assert_non_null(r);
    *state = r;
    return stl_test_dir_setup((void **)&r->dir);
}

static int end(void **state) {
    reading *r = *state;
    stl_source_free(r->source);
    stl_arena_free(r->arena);
    stl_test_dir_teardown((void **)&r->dir);
    free(r);
    return 0;
}

static const stl_charge *charges(const reading *r, size_t expected) {
    if (r->status != SETTLE_OK)
        fail_msg("%s %s:%d %s %s %s", settle_status_name(r->status), r->err.file, (int)r->err.line,
                 r->err.field, r->err.value, r->err.detail);
    const stl_stay *stay = stl_source_stay(r->source, 0);
    assert_int_equal(stl_stay_n_charges(stay), expected);
    return stl_stay_charges(stay);
}

static void refused(const reading *r, settle_status status, const char *file, int64_t line,
                    const char *field) {
    assert_string_equal(settle_status_name(r->status), settle_status_name(status));
    assert_string_equal(r->err.file, file);
    assert_int_equal(r->err.line, line);
    assert_string_equal(r->err.field, field);
    assert_null(r->source);
}

#define GROUPED BEGIN HEADS FEES(PLAIN "<refunds group=\"I PR\"/>") END
#define ROW(id, q, a) id ",A1,2025-03-02 08:00:00,I1," q ",2.50," a "\n"
#define COLUMNS "ID,V,T,I,Q,PR,A\n"

static void a_refund_without_link_finds_the_charge_it_equals(void **state) {
    read_tables(*state, GROUPED, "FEE.csv",
                COLUMNS ROW("1", "2", "5.00") ROW("2", "3", "7.50") ROW("3", "-2", "-5.00"));
    const stl_charge *c = charges(*state, 3);
    assert_string_equal(c[2].init_feedetl_sn.ptr, "1");
    assert_string_equal(c[2].feedetl_sn.ptr, "3");
}

static void a_refund_of_several_charges_becomes_several(void **state) {
    read_tables(*state, GROUPED, "FEE.csv",
                COLUMNS ROW("1", "2", "5.00") ROW("2", "2", "5.00") ROW("3", "-3", "-7.51"));
    const stl_charge *c = charges(*state, 4);
    assert_string_equal(c[2].feedetl_sn.ptr, "3.1");
    assert_string_equal(c[2].init_feedetl_sn.ptr, "2");
    assert_int_equal(c[2].cnt, -2 * STL_QTY_ONE);
    assert_int_equal(c[2].det_item_fee_sumamt, -501);
    assert_string_equal(c[3].feedetl_sn.ptr, "3.2");
    assert_string_equal(c[3].init_feedetl_sn.ptr, "1");
    assert_int_equal(c[3].cnt, -1 * STL_QTY_ONE);
    assert_int_equal(c[3].det_item_fee_sumamt, -250);
}

static void what_is_taken_back_beyond_the_charges_stays_without_origin(void **state) {
    read_tables(*state, GROUPED, "FEE.csv", COLUMNS ROW("1", "2", "5.00") ROW("2", "-5", "-12.50"));
    const stl_charge *c = charges(*state, 3);
    assert_string_equal(c[1].init_feedetl_sn.ptr, "1");
    assert_int_equal(c[2].cnt, -3 * STL_QTY_ONE);
    assert_int_equal(c[2].det_item_fee_sumamt, -750);
    assert_int_equal(c[2].init_feedetl_sn.len, 0);
}

static void a_refund_may_stand_before_its_charge(void **state) {
    read_tables(*state, GROUPED, "FEE.csv",
                COLUMNS ROW("1", "-2", "-5.00") ROW("2", "2", "5.00") ROW("3", "-2", "-5.00")
                    ROW("4", "2", "5.00"));
    const stl_charge *c = charges(*state, 4);
    assert_string_equal(c[0].init_feedetl_sn.ptr, "4");
    assert_string_equal(c[2].init_feedetl_sn.ptr, "2"); /* what stands before it first */
}

static void a_charge_is_taken_back_by_one_refund_only(void **state) {
    read_tables(*state, GROUPED, "FEE.csv",
                COLUMNS ROW("1", "2", "5.00") ROW("2", "-2", "-5.00") ROW("3", "-2", "-5.00"));
    const stl_charge *c = charges(*state, 3);
    assert_string_equal(c[1].init_feedetl_sn.ptr, "1");
    assert_int_equal(c[2].init_feedetl_sn.len, 0);
}

#define PACKED                                                                                     \
    BEGIN HEADS FEES("<field name=\"det_item_fee_sumamt\" column=\"A\"/>"                          \
                     "<unit><field name=\"cnt\" column=\"Q\" per=\"N\"/><field name=\"pric\" "     \
                     "column=\"PR\"/><field name=\"prcunt\" text=\"盒\"/></unit>"                 \
                     "<unit reprice=\"4\"><field name=\"cnt\" column=\"Q\"/><field name=\"pric\" " \
                     "column=\"PR\" per=\"N\"/><field name=\"prcunt\" text=\"片\"/></unit>") END

static void a_quantity_of_whole_packs_is_told_in_packs(void **state) {
    read_tables(*state, PACKED, "FEE.csv",
                "ID,V,T,I,Q,PR,A,N\n1,A1,2025-03-02,I1,24,12.40,37.20,8\n"
                "2,A1,2025-03-02,I1,7,10.00,23.33,3\n");
    const stl_charge *c = charges(*state, 2);
    assert_int_equal(c[0].cnt, 3 * STL_QTY_ONE);
    assert_int_equal(c[0].pric, 12400000);
    assert_string_equal(c[0].prcunt.ptr, "盒");
    assert_int_equal(c[1].cnt, 7 * STL_QTY_ONE);
    assert_string_equal(c[1].prcunt.ptr, "片");
    assert_int_equal(c[1].pric, 3333333); /* 7 x 3.333333 is 23.33: not recomputed */
}

static void a_price_that_does_not_give_the_amount_is_recomputed(void **state) {
    read_tables(*state, PACKED, "FEE.csv",
                "ID,V,T,I,Q,PR,A,N\n1,A1,2025-03-02,I1,7,10.00,21.00,3\n");
    const stl_charge *c = charges(*state, 1);
    assert_int_equal(c[0].pric, 3000000);
    assert_int_equal(c[0].det_item_fee_sumamt, 2100);
}

static void a_quantity_of_too_many_decimals_is_refused(void **state) {
    read_tables(*state, BEGIN HEADS FEES(PLAIN) END, "FEE.csv",
                COLUMNS ROW("1", "0.00001", "0.00"));
    refused(*state, SETTLE_E_INPUT_RANGE, "FEE.csv ID=1", 2, "Q");
}

static void rows_stand_in_json_and_xml_too(void **state) {
    read_tables(
        *state, BEGIN HEADS FEES(PLAIN) END, "fee.json",
        "[{\"id\":1,\"V\":\"A1\",\"T\":\"20250302\",\"I\":\"I1\",\"Q\":2.50,\"PR\":2,\"A\":5},\n"
        "{\"A\":1e0,\"id\":2,\"V\":\"A1\",\"T\":null,\"I\":\"I1\",\"Q\":1,\"PR\":1}]");
    refused(*state, SETTLE_E_INPUT_NUMBER, "fee.json ID=2", 2, "A");
    reading *r = *state;
    stl_arena_free(r->arena);
    assert_int_equal(remove(stl_test_path(r->dir, "fee.json")), 0);
    read_tables(r, BEGIN HEADS FEES(PLAIN) END, "FEE.xml",
                "<rows><row><ID>1</ID><V>A1</V><T>2025030208:00:00</T><I>I&amp;1</I><Q>2.5</Q>"
                "<PR>2</PR><A>5</A></row></rows>");
    const stl_charge *c = charges(r, 1);
    assert_string_equal(c[0].medins_list_codg.ptr, "I&1");
    assert_int_equal(c[0].cnt, 25000);
}

static void a_row_of_json_is_flat(void **state) {
    read_tables(*state, BEGIN HEADS FEES(PLAIN) END, "FEE.json", "[{\"ID\":1,\n\"Q\":{\"v\":1}}]");
    refused(*state, SETTLE_E_INPUT_JSON, "FEE.json", 2, "");
}

static void a_layout_is_checked(void **state) {
    static const struct {
        const char *layout;
        int line;
        const char *field;
    } BAD[] = {
        {BEGIN HEADS "<records kind=\"charges\" from=\"FEE\" key=\"ID\"><field name=\"prize\" "
                     "column=\"Q\"/></records>" END,
         4, "field"},
        {BEGIN "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"mdtrt_id\" "
               "column=\"x.ID\"/></records>" END,
         3, "field"},
        {BEGIN "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"mdtrt_id\" "
               "column=\"@no\"/></records>" END,
         3, "field"},
        {BEGIN
         "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"mdtrt_id\"/></records>" END,
         3, "field"},
        {BEGIN "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"gend\" column=\"S\" "
               "codes=\"sex\"/></records>" END,
         3, "field"},
        {BEGIN "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"gend\" text=\"1\" "
               "when=\"S\"/></records>" END,
         3, "field"},
        {BEGIN "<records kind=\"stays\" from=\"V\" key=\"ID\"><join as=\"p\" table=\"P\" key=\"A "
               "B\" on=\"A\"/><field name=\"gend\" text=\"1\"/></records>" END,
         3, "join"},
        {BEGIN "<records kind=\"stays\" from=\"V\" key=\"ID\"><field name=\"gend\" "
               "text=\"1\"/><refunds/></records>" END,
         3, "refunds"},
        {BEGIN "<records kind=\"bills\" from=\"V\" key=\"ID\"><field name=\"gend\" "
               "text=\"1\"/></records>" END,
         3, "records"},
        {BEGIN HEADS "<total from=\"V\" key=\"ID\" tolerance=\"0.5\"><field name=\"mdtrt_id\" "
                     "column=\"ID\"/><field name=\"balc\" column=\"S\"/></total>" END,
         4, "total"},
        {BEGIN "<records kind=\"charges\" from=\"FEE\" key=\"ID\"><let name=\"n\" "
               "column=\"Q\"/><merge by=\"ID\" sum=\"n\"/><field name=\"cnt\" "
               "column=\"Q\"/></records>" END,
         3, "merge"},
        {BEGIN, 3, ""},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        reading r = *(reading *)*state;
        read_tables(&r, BAD[i].layout, "FEE.csv", COLUMNS);
        if (r.status != SETTLE_E_ADAPTER_LAYOUT || r.err.line != BAD[i].line ||
            strcmp(r.err.field, BAD[i].field) != 0)
            fail_msg("%zu: %s %d %s %s", i, settle_status_name(r.status), (int)r.err.line,
                     r.err.field, r.err.detail);
        assert_string_equal(r.err.file, "t.adapter");
        stl_arena_free(r.arena);
    }
}

#define TOLD(sum)                                                                                  \
    BEGIN HEADS FEES(PLAIN) "<total from=\"V\" key=\"ID\" tolerance=\"0.50\">" sum                 \
                            "<field name=\"mdtrt_id\" column=\"ID\"/></total>" END

static void a_total_is_told_by_its_column_wherever_it_stands(void **state) {
    read_tables(*state, TOLD("<field name=\"medfee_sumamt\" column=\"P\"/>"), "FEE.csv",
                COLUMNS ROW("1", "2", "5.00"));
    refused(*state, SETTLE_E_INPUT_NUMBER, "V.csv ID=A1", 2, "P");
}

static void a_total_may_be_a_constant(void **state) {
    read_tables(*state, TOLD("<field name=\"medfee_sumamt\" text=\"5.51\"/>"), "FEE.csv",
                COLUMNS ROW("1", "2", "5.00"));
    refused(*state, SETTLE_E_INPUT_SUMS, "V.csv ID=A1", 2, "medfee_sumamt");
}

static void charges_above_the_total_are_refused(void **state) {
    read_tables(*state, TOLD("<field name=\"medfee_sumamt\" text=\"4.49\"/>"), "FEE.csv",
                COLUMNS ROW("1", "2", "5.00"));
    refused(*state, SETTLE_E_INPUT_SUMS, "V.csv ID=A1", 2, "medfee_sumamt");
    assert_string_equal(((reading *)*state)->err.detail, "charges come to 5.00");
}

static void a_total_within_its_tolerance_is_none(void **state) {
    read_tables(*state, TOLD("<field name=\"medfee_sumamt\" text=\"5.50\"/>"), "FEE.csv",
                COLUMNS ROW("1", "2", "5.00"));
    (void)charges(*state, 1);
}

static void merged_rows_of_padded_columns_are_the_same(void **state) {
    read_tables(*state,
                BEGIN HEADS FEES_OF("<merge by=\"ID\" sum=\"A PR\" same=\"Q\"/>", PLAIN) END,
                "FEE.csv", COLUMNS ROW("1", "2 ", "3.00") ROW("1", "2", "2.00"));
    const stl_charge *c = charges(*state, 1);
    assert_int_equal(c[0].det_item_fee_sumamt, 500);
    assert_int_equal(c[0].pric, 5000000);
}

/* Parts of one record have keys of their own; a key again is the row again. */
static void a_row_that_is_repeated_is_no_part(void **state) {
    static const char *const PARTS_OF_ONE =
        BEGIN HEADS FEES_OF("<merge by=\"V I\" sum=\"A PR\"/>", PLAIN) END;
    reading r = *(reading *)*state;
    read_tables(&r, PARTS_OF_ONE, "FEE.csv",
                COLUMNS ROW("1", "2", "3.00") ROW("2", "2", "2.00") ROW("1", "2", "3.00"));
    assert_int_equal(charges(&r, 1)[0].det_item_fee_sumamt, 500);
    assert_int_equal(stl_source_report_of(r.source)->repeated[STL_R_CHARGE], 1);
    stl_source_free(r.source);
    r.source = NULL;
    stl_arena_free(r.arena);
    read_tables(&r, PARTS_OF_ONE, "FEE.csv",
                COLUMNS ROW("1", "2", "3.00") ROW("2", "2", "2.00") ROW("1", "2", "3.01"));
    refused(&r, SETTLE_E_INPUT_DUPLICATE, "FEE.csv ID=1", 4, "A");
    stl_arena_free(r.arena);
    read_tables(&r, PARTS_OF_ONE, "FEE.csv", COLUMNS ROW("1", "2", "3x") ROW("2", "2", "2.00"));
    refused(&r, SETTLE_E_INPUT_NUMBER, "FEE.csv ID=1", 2, "A");
    stl_arena_free(r.arena);
    read_tables(*state, PARTS_OF_ONE, "FEE.csv", COLUMNS ROW("1", "2", "3.00") ROW("2", "2", "2x"));
    refused(*state, SETTLE_E_INPUT_NUMBER, "FEE.csv ID=2", 3, "A");
}

#define BACK                                                                                       \
    BEGIN HEADS FEES(PLAIN "<field name=\"drord_no\" column=\"O\"/>"                               \
                           "<field name=\"nwb_flag\" column=\"B\"/>"                               \
                           "<refunds pair=\"L\" group=\"I\"/>") END
#define BACK_COLUMNS "ID,V,T,I,Q,PR,A,O,B,L\n"
#define BACK_ROW(id, q, pr, a, rest) id ",A1,2025-03-02,I1," q "," pr "," a "," rest "\n"

static void a_refund_takes_back_what_is_most_like_it(void **state) {
    static const struct {
        const char *row, *of;
    } CASES[] = {
        {BACK_ROW("9", "-1", "3", "-3.00", "o1,1,"), "2"}, /* the child's, not the latest */
        {BACK_ROW("9", "-1", "3", "-3.00", "o3,,"), "3"},  /* the order before the quantity */
        {BACK_ROW("9", "-1", "2", "-2.00", "o3,,"), "1"},  /* the price before the order */
        {BACK_ROW("9", "-1", "3", "-3.00", ",,"), "4"},    /* the quantity, then the latest */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        reading r = *(reading *)*state;
        char fees[1024];
        snprintf(fees, sizeof fees, "%s%s%s%s%s%s", BACK_COLUMNS,
                 BACK_ROW("1", "5", "2", "10.00", "o1,,"), BACK_ROW("2", "1", "3", "3.00", "o1,1,"),
                 BACK_ROW("3", "5", "3", "15.00", "o3,,"), BACK_ROW("4", "1", "3", "3.00", "o2,,"),
                 CASES[i].row);
        read_tables(&r, BACK, "FEE.csv", fees);
        assert_string_equal(charges(&r, 5)[4].init_feedetl_sn.ptr, CASES[i].of);
        stl_source_free(r.source);
        stl_arena_free(r.arena);
    }
}

static void a_pair_leads_before_the_group_and_an_empty_one_not_at_all(void **state) {
    read_tables(
        *state, BACK, "FEE.csv",
        BACK_COLUMNS BACK_ROW("1", "5", "3", "15.00", ",,x") BACK_ROW("2", "5", "3", "15.00", ",,")
            BACK_ROW("3", "5", "3", "15.00", ",,") BACK_ROW("4", "-1", "3", "-3.00", ",,x")
                BACK_ROW("5", "-1", "3", "-3.00", ",,") BACK_ROW("6", "-1", "3", "-3.00", ",,y"));
    const stl_charge *c = charges(*state, 6);
    assert_string_equal(c[3].init_feedetl_sn.ptr, "1");
    assert_string_equal(c[4].init_feedetl_sn.ptr, "3");
    assert_string_equal(c[5].init_feedetl_sn.ptr, "3");
}

/* A refund that names its charge, and one that names none: the second does not take back the same.
 */
static void a_charge_that_is_named_is_used_up(void **state) {
    static const char *const LINKED = BEGIN HEADS FEES(
        PLAIN "<field name=\"init_feedetl_sn\" column=\"L\"/><refunds group=\"I\"/>") END;
    reading r = *(reading *)*state;
    read_tables(&r, BACK, "FEE.csv",
                BACK_COLUMNS BACK_ROW("1", "1", "3", "3.00", ",,")
                    BACK_ROW("2", "1", "3", "3.00", ",,x") BACK_ROW("3", "-1", "3", "-3.00", ",,")
                        BACK_ROW("4", "-1", "3", "-3.00", ",,x"));
    assert_string_equal(charges(&r, 4)[2].init_feedetl_sn.ptr, "1");
    assert_string_equal(charges(&r, 4)[3].init_feedetl_sn.ptr, "2");
    stl_source_free(r.source);
    stl_arena_free(r.arena);
    read_tables(*state, LINKED, "FEE.csv",
                BACK_COLUMNS BACK_ROW("1", "1", "3", "3.00", ",,")
                    BACK_ROW("2", "1", "3", "3.00", ",,") BACK_ROW("3", "-1", "3", "-3.00", ",,")
                        BACK_ROW("4", "-1", "3", "-3.00", ",,2"));
    assert_string_equal(charges(*state, 4)[2].init_feedetl_sn.ptr, "1");
    assert_string_equal(charges(*state, 4)[3].init_feedetl_sn.ptr, "2");
}

static void a_table_in_two_files_is_refused(void **state) {
    reading *r = *state;
    char first[96];
    stl_test_write(r->dir, "fee.CSV.json", "[]");
    stl_test_write(r->dir, "Fee.json", "[]");
    read_tables(r, BEGIN HEADS FEES(PLAIN) END, "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
    assert_int_equal(r->status, SETTLE_E_INPUT_TABLE_TWICE);
    assert_string_equal(r->err.field, "FEE");
    assert_string_equal(strrchr(r->err.file, '/'), "/Fee.json");
    snprintf(first, sizeof first, "first at %s", stl_test_path(r->dir, "FEE.csv"));
    assert_string_equal(r->err.detail, first);
}

static void a_file_of_no_table_is_told_or_when_it_is_named_refused(void **state) {
    reading *r = *state;
    stl_test_write(r->dir, "OTHER.csv", "A\n1\n");
    read_tables(r, BEGIN HEADS FEES(PLAIN) END, "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
    (void)charges(r, 1);
    assert_int_equal(stl_source_report_of(r->source)->n_passed_over, 1);
    assert_string_equal(stl_source_report_of(r->source)->passed_over[0], "OTHER.csv");
    char named[3][96];
    static const char *const NAMES[] = {"V.csv", "FEE.csv", "OTHER.csv"};
    const char *paths[3];
    for (size_t i = 0; i < 3; i++) {
        snprintf(named[i], sizeof named[i], "%s", stl_test_path(r->dir, NAMES[i]));
        paths[i] = named[i];
    }
    stl_layout *layout = NULL;
    stl_source *source = NULL;
    assert_int_equal(stl_layout_read(stl_str_of(BEGIN HEADS FEES(PLAIN) END), "t.adapter", r->arena,
                                     &layout, NULL),
                     SETTLE_OK);
    assert_int_equal(stl_layout_configure(layout, NULL, NULL), SETTLE_OK);
    assert_int_equal(
        stl_layout_open(layout, &(stl_adapter_ask){.paths = paths, .n_paths = 3}, &source, &r->err),
        SETTLE_E_INPUT_FILE_UNKNOWN);
    assert_string_equal(r->err.file, "OTHER.csv");
    paths[2] = stl_test_path(r->dir, "items.csv");
    stl_test_write(r->dir, "items.csv", "A\n1\n");
    assert_int_equal(
        stl_layout_open(layout, &(stl_adapter_ask){.paths = paths, .n_paths = 3}, &source, &r->err),
        SETTLE_OK);
    assert_string_equal(stl_source_report_of(source)->passed_over[0], "items.csv");
    stl_source_free(source);
}

/* A "never" is a day, whatever time of day it bears. */
static void a_day_that_never_comes_has_any_time(void **state) {
    read_tables(*state,
                BEGIN HEADS FEES_OF("<state column=\"S\" keep=\"never\" drop=\"date\"/>", PLAIN)
                    END,
                "FEE.csv",
                "ID,V,T,I,Q,PR,A,S\n1,A1,2025-03-02,I1,1,1,1.00,1900-01-01 23:59:59\n"
                "2,A1,2025-03-02,I1,1,1,1.00,1900-01-02\n3,A1,2025-03-02,I1,1,1,1.00,\n");
    const stl_charge *c = charges(*state, 2);
    assert_string_equal(c[0].feedetl_sn.ptr, "1");
    assert_string_equal(c[1].feedetl_sn.ptr, "3");
}

#define PARTS(more)                                                                                \
    BEGIN HEADS FEES(                                                                              \
        PLAIN                                                                                      \
        "<refunds group=\"I PR\"/>") "<total from=\"T\" key=\"NO\" tolerance=\"0.00\">" more       \
                                     "<field name=\"mdtrt_id\" column=\"V\"/>"                     \
                                     "<field name=\"medfee_sumamt\" column=\"S\"/></total>" END
#define MERGED "<merge by=\"V\" sum=\"S\"/>"

static void a_refund_of_several_charges_counts_once_in_the_total(void **state) {
    stl_test_write(((reading *)*state)->dir, "T.csv", "NO,V,S\n1,A1,2.50\n");
    read_tables(*state, PARTS(MERGED), "FEE.csv",
                COLUMNS ROW("1", "2", "5.00") ROW("2", "2", "5.00") ROW("3", "-3", "-7.50"));
    (void)charges(*state, 4);
}

static void a_stay_settled_in_parts_comes_to_all_of_them(void **state) {
    stl_test_write(((reading *)*state)->dir, "T.csv", "NO,V,S\n1,A1,2.00\n2,A1,3.00\n3,A7,9.00\n");
    read_tables(*state, PARTS(MERGED), "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
    (void)charges(*state, 1);
}

static void parts_that_come_to_another_sum_are_refused(void **state) {
    stl_test_write(((reading *)*state)->dir, "T.csv", "NO,V,S\n1,A1,2.00\n2,A1,3.01\n");
    read_tables(*state, PARTS(MERGED), "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
    refused(*state, SETTLE_E_INPUT_SUMS, "T.csv NO=1", 2, "S");
}

static void a_total_of_a_stay_without_charges_is_refused(void **state) {
    stl_test_write(((reading *)*state)->dir, "T.csv", "NO,V,S\n1,A1,2.00\n");
    read_tables(*state, PARTS(""), "FEE.csv", COLUMNS);
    refused(*state, SETTLE_E_INPUT_SUMS, "T.csv NO=1", 2, "S");
}

#define ITEM(inside)                                                                               \
    BEGIN HEADS FEES_OF("<join as=\"i\" table=\"M\" key=\"C\" on=\"I\">" inside "</join>",         \
                        PLAIN "<field name=\"spec\" column=\"i.N\"/>") END
#define VALID_FIRST "<prefer column=\"Z\" order=\"1 0\"/>"

static void of_several_joined_rows_the_preferred_counts(void **state) {
    static const struct {
        const char *master, *spec;
    } CASES[] = {{"C,N,Z\nI1,old,0\nI1,older,0\nI1,new,1\n", "new"},
                 {"C,N,Z\nI1,new,1\nI1,old,0\n", "new"},
                 {"C,N,Z\nI1,old,0\nI2,a,1\nI2,b,1\n", "old"}}; /* of I2 nothing is asked */
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        reading r = *(reading *)*state;
        stl_test_write(r.dir, "M.csv", CASES[i].master);
        read_tables(&r, ITEM(VALID_FIRST), "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
        assert_string_equal(charges(&r, 1)[0].spec.ptr, CASES[i].spec);
        stl_source_free(r.source);
        stl_arena_free(r.arena);
    }
}

static void joined_rows_that_are_as_good_are_refused(void **state) {
    static const struct {
        const char *layout, *master;
        settle_status status;
        int line;
        const char *field;
    } CASES[] = {{ITEM(VALID_FIRST), "C,N,Z\nI1,a,1\nI1,b,1\n", SETTLE_E_INPUT_DUPLICATE, 3, "C"},
                 {ITEM(""), "C,N,Z\nI1,a,0\nI1,b,1\n", SETTLE_E_INPUT_DUPLICATE, 3, "C"},
                 {ITEM(VALID_FIRST), "C,N,Z\nI1,a,1\nI1,b,2\n", SETTLE_E_INPUT_CODE, 3, "Z"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        reading r = *(reading *)*state;
        stl_test_write(r.dir, "M.csv", CASES[i].master);
        read_tables(&r, CASES[i].layout, "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
        refused(&r, CASES[i].status, "M.csv C=I1", CASES[i].line, CASES[i].field);
        stl_arena_free(r.arena);
    }
}

#define JOINED_PERSON                                                                              \
    BEGIN                                                                                          \
    "<records kind=\"stays\" from=\"V\" key=\"ID\"><join as=\"p\" table=\"M\" key=\"C\" "          \
    "on=\"P\">"                                                                                    \
    "<state column=\"S\" keep=\"1\"/></join><field name=\"mdtrt_id\" column=\"ID\"/>"              \
    "<field name=\"fixmedins_code\" text=\"H1\"/><field name=\"psn_no\" column=\"P\"/>"            \
    "<field name=\"insutype\" text=\"310\"/><field name=\"begntime\" column=\"B\" "                \
    "date=\"civil\"/><field name=\"endtime\" column=\"E\" date=\"civil\"/></records>\n" FEES(      \
        PLAIN) END

static void the_number_of_a_person_stays_out_of_messages(void **state) {
    static const struct {
        const char *master, *file;
        settle_status status;
        int line;
        const char *field, *value;
    } CASES[] = {{"C,S\nP1,7\n", "M.csv", SETTLE_E_INPUT_CODE, 2, "S", "7"},
                 {"C,S\nP1,1\nP1,1\n", "M.csv", SETTLE_E_INPUT_DUPLICATE, 3, "C", ""},
                 {"C,S\nP2,1\n", "V.csv ID=A1", SETTLE_E_INPUT_ORPHAN, 2, "P", ""}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        reading r = *(reading *)*state;
        stl_test_write(r.dir, "M.csv", CASES[i].master);
        read_tables(&r, JOINED_PERSON, "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
        refused(&r, CASES[i].status, CASES[i].file, CASES[i].line, CASES[i].field);
        assert_string_equal(r.err.value, CASES[i].value);
        stl_arena_free(r.arena);
    }
    reading r = *(reading *)*state;
    stl_test_write(r.dir, "M.csv", "C,S\nP1,1\n");
    read_tables(&r, JOINED_PERSON, "FEE.csv", COLUMNS ROW("1", "2", "5.00"));
    (void)charges(&r, 1);
    stl_source_free(r.source);
    stl_arena_free(r.arena);
}

static void a_record_that_is_refused_is_told_with_the_key_of_its_row(void **state) {
    read_tables(*state, BEGIN HEADS FEES(PLAIN) END, "FEE.csv",
                COLUMNS "7,A1,2025-03-02,,1,2.50,2.50\n");
    refused(*state, SETTLE_E_INPUT_MISSING, "FEE.csv ID=7", 2, "medins_list_codg");
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void) {
    const struct CMUnitTest tests[] = {
        T(a_refund_without_link_finds_the_charge_it_equals),
        T(a_refund_of_several_charges_becomes_several),
        T(what_is_taken_back_beyond_the_charges_stays_without_origin),
        T(a_refund_may_stand_before_its_charge),
        T(a_charge_is_taken_back_by_one_refund_only),
        T(a_quantity_of_whole_packs_is_told_in_packs),
        T(a_price_that_does_not_give_the_amount_is_recomputed),
        T(a_quantity_of_too_many_decimals_is_refused),
        T(rows_stand_in_json_and_xml_too),
        T(a_row_of_json_is_flat),
        T(a_total_is_told_by_its_column_wherever_it_stands),
        T(a_total_may_be_a_constant),
        T(charges_above_the_total_are_refused),
        T(a_charge_that_is_named_is_used_up),
        T(a_table_in_two_files_is_refused),
        T(a_file_of_no_table_is_told_or_when_it_is_named_refused),
        T(a_day_that_never_comes_has_any_time),
        T(a_total_within_its_tolerance_is_none),
        T(merged_rows_of_padded_columns_are_the_same),
        T(a_row_that_is_repeated_is_no_part),
        T(a_refund_takes_back_what_is_most_like_it),
        T(a_pair_leads_before_the_group_and_an_empty_one_not_at_all),
        T(a_refund_of_several_charges_counts_once_in_the_total),
        T(a_stay_settled_in_parts_comes_to_all_of_them),
        T(parts_that_come_to_another_sum_are_refused),
        T(a_total_of_a_stay_without_charges_is_refused),
        T(of_several_joined_rows_the_preferred_counts),
        T(joined_rows_that_are_as_good_are_refused),
        T(the_number_of_a_person_stays_out_of_messages),
        T(a_record_that_is_refused_is_told_with_the_key_of_its_row),
        T(a_layout_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
