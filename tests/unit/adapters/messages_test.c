/* SPDX-License-Identifier: Apache-2.0 */
/* Messages as tables: which rows there are, and of whom. */
#include "base/mem.h"
#include "load/messages.h"
#include "support/load_support.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { FILES = 4, COLUMNS = 6 };

typedef struct reading {
    stl_arena *arena;
    stl_buf text;
    stl_error err;
    settle_status status;
} reading;

static settle_status on_row(void *user, const settle_text *texts, uint32_t n, const char *file,
                            int64_t line) {
    stl_buf *out = user;
    (void)file;
    (void)line;
    for (uint32_t i = 0; i < n; i++) {
        stl_buf_text(out, i > 0 ? "|" : "");
        stl_buf_str(out, (stl_str){texts[i].ptr == NULL ? "" : texts[i].ptr, texts[i].len_bytes});
    }
    stl_buf_text(out, ";");
    return SETTLE_OK;
}

/* Files a, b, ... of the texts; the rows of a table as "x|y;". */
static const char *read(reading *r, const char *format, const char *const *texts, const char *table,
                        const char *const *columns) {
    stl_message_file files[FILES];
    void *messages = NULL;
    static const char *const NAMES[FILES] = {"a", "b", "c", "d"};
    size_t n = 0;
    uint32_t n_columns = 0;
    for (; n < FILES && texts[n] != NULL; n++)
        files[n] = (stl_message_file){NAMES[n], stl_str_of(texts[n])};
    while (columns[n_columns] != NULL)
        n_columns++;
    stl_arena_free(r->arena);
    stl_buf_free(&r->text);
    *r = (reading){.arena = stl_arena_new()};
    const stl_message_format *f = stl_message_format_named(stl_str_of(format));
    r->status = f->open(files, n, r->arena, &messages, &r->err);
    if (r->status != SETTLE_OK)
        return "";
    const settle_table_query query = {
        .struct_size = sizeof query, .n_columns = n_columns, .table = table, .columns = columns};
    stl_buf_text(&r->text, f->has(messages, stl_str_of(table)) ? "" : "none;");
    r->status = f->rows(messages, &query, on_row, &r->text, &r->err);
    stl_buf_bytes(&r->text, "", 1);
    assert_true(stl_buf_ok(&r->text));
    return r->text.ptr;
}

static void free_reading(reading *r) {
    stl_arena_free(r->arena);
    stl_buf_free(&r->text);
}

static void refused(const reading *r, settle_status status, const char *file, int64_t line,
                    const char *field) {
    assert_string_equal(settle_status_name(r->status), settle_status_name(status));
    assert_string_equal(r->err.file, file);
    assert_int_equal(r->err.line, line);
    assert_string_equal(r->err.field, field);
}

#define TEXTS(...)                                                                                 \
    (const char *const[]) {                                                                        \
        __VA_ARGS__, NULL                                                                          \
    }

/* --- nhsa ------------------------------------------------------------------------------------- */

#define SENT(rows) "{\"infno\":\"2301\",\"input\":{\"feedetail\":[" rows "]}}\n"
#define BACK(rows) "{\"infno\":\"2302\",\"input\":{\"data\":[" rows "]}}\n"
#define FEE(stay, sn) "{\"mdtrt_id\":\"" stay "\",\"feedetl_sn\":\"" sn "\"}"
static const char *const FEES[] = {"mdtrt_id", "feedetl_sn", NULL};

static void charges_are_taken_back_from_their_own_stay(void **state) {
    reading r = {0};
    (void)state;
    static const struct {
        const char *text, *rows;
    } CASES[] = {
        {SENT(FEE("N1", "a1") "," FEE("N1", "a2") "," FEE("N2", "b1"))
             BACK(FEE("N1", "a1") "," FEE("N2", "0000")),
         "N1|a2;"},
        {SENT(FEE("N1", "x") "," FEE("N2", "x")) BACK(FEE("N2", "x")), "N1|x;"},
        {SENT(FEE("N1", "x")) BACK(FEE("N1", "x")) SENT(FEE("N1", "x")), "N1|x;"},
        {SENT(FEE("N1", "x")) SENT(FEE("N1", "x")) BACK(FEE("N1", "x")), ""},
        {SENT(FEE("N1", "x")) BACK(FEE("N1", "y")), "N1|x;"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(read(&r, "nhsa", TEXTS(CASES[i].text), "feedetail", FEES),
                            CASES[i].rows);
    free_reading(&r);
}

static void a_row_without_its_stay_is_of_the_one_that_all_rows_name(void **state) {
    reading r = {0};
    (void)state;
    assert_string_equal(read(&r, "nhsa", TEXTS(SENT(FEE("N1", "a1") ",{\"feedetl_sn\":\"a2\"}")),
                             "feedetail", FEES),
                        "N1|a1;N1|a2;");
    assert_string_equal(read(&r, "nhsa",
                             TEXTS(SENT(FEE("N1", "a1") "," FEE("N2", "b1") ",{\"feedetl_sn\":"
                                                                            "\"b2\"}")),
                             "feedetail", FEES),
                        "N1|a1;N2|b1;|b2;");
    free_reading(&r);
}

#define INSURED(rows)                                                                              \
    "{\"infno\":\"1101\",\"output\":{\"baseinfo\":{\"psn_no\":\"P1\"},\"insuinfo\":[" rows "]}}\n"

static void a_row_without_its_person_is_of_the_one_that_its_message_names(void **state) {
    reading r = {0};
    (void)state;
    static const char *const INSURANCE[] = {"psn_no", "insutype", NULL};
    assert_string_equal(
        read(&r, "nhsa", TEXTS(INSURED("{\"insutype\":\"310\"}")), "1101.insuinfo", INSURANCE),
        "P1|310;");
    assert_string_equal(
        read(&r, "nhsa",
             TEXTS("{\"infno\":\"1101\",\"output\":{\"insuinfo\":[{\"psn_no\":\"P1\"},"
                   "{\"psn_no\":\"P2\"},{\"insutype\":\"310\"}]}}"),
             "1101.insuinfo", INSURANCE),
        "P1|;P2|;|310;");
    free_reading(&r);
}

static void a_name_that_stands_twice_is_refused(void **state) {
    reading r = {0};
    (void)state;
    (void)read(&r, "nhsa", TEXTS(SENT("\n {\"cnt\":1,\"feedetl_sn\":\"a\",\"cnt\":1000}")),
               "feedetail", FEES);
    refused(&r, SETTLE_E_INPUT_COLUMN_TWICE, "a", 2, "cnt");
    assert_string_equal(read(&r, "nhsa", TEXTS(SENT("{\"cnt\":1,\"feedetl_sn\":\"a\"}")),
                             "feedetail", TEXTS("cnt")),
                        "1;");
    free_reading(&r);
}

#define AT(time) "\"inf_time\":\"2025-03-0" time " 10:00:00\","
#define BED(at, bed)                                                                               \
    "{\"infno\":\"2402\"," at "\"input\":{\"dscginfo\":{\"mdtrt_id\":\"N1\",\"dscg_bed\":\"" bed   \
    "\"},\"diseinfo\":[{\"diag_code\":\"" bed "\"}]}}\n"
#define CHARGED(at) "{\"infno\":\"2301\"," at "\"input\":{\"feedetail\":[" FEE("N1", "x") "]}}\n"
#define UNCHARGED(at) "{\"infno\":\"2302\"," at "\"input\":{\"data\":[" FEE("N1", "0000") "]}}\n"

static void the_newest_transaction_is_the_one_sent_last(void **state) {
    reading r = {0};
    (void)state;
    static const char *const BED_NO[] = {"dscg_bed", NULL}, *const DIAGNOSIS[] = {"diag_code",
                                                                                  NULL};
    static const struct {
        const char *texts[3], *table, *const *columns, *rows;
    } CASES[] = {
        {{BED(AT("6"), "NEW"), BED(AT("4"), "OLD"), NULL}, "stay", BED_NO, "NEW;"},
        {{BED(AT("6"), "NEW"), BED(AT("4"), "OLD"), NULL}, "2402.diseinfo", DIAGNOSIS, "NEW;"},
        {{BED(AT("6"), "ONE"), BED(AT("6"), "TWO"), NULL}, "stay", BED_NO, "TWO;"},
        {{BED(AT("6"), "ONE"), BED("", "TWO"), NULL}, "stay", BED_NO, "TWO;"},
        {{BED("", "ONE"), BED(AT("4"), "TWO"), NULL}, "stay", BED_NO, "TWO;"},
        {{BED(AT("6"), "ONE") BED("", "TWO"), BED(AT("4"), "OLD"), NULL}, "stay", BED_NO, "TWO;"},
        {{CHARGED(AT("6")), UNCHARGED(AT("4")), NULL}, "feedetail", FEES, "N1|x;"},
        {{CHARGED(AT("4")), UNCHARGED(AT("6")), NULL}, "feedetail", FEES, ""},
        {{UNCHARGED(AT("6")), CHARGED(AT("4")), NULL}, "feedetail", FEES, ""},
        {{UNCHARGED(""), CHARGED(""), NULL}, "feedetail", FEES, "N1|x;"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(read(&r, "nhsa", CASES[i].texts, CASES[i].table, CASES[i].columns),
                            CASES[i].rows);
    free_reading(&r);
}

static void many_charges_are_taken_back_at_once(void **state) {
    enum { MANY = 20000 };
    SCOPED_BUF text = {0};
    reading r = {0};
    (void)state;
    for (int back = 0; back < 2; back++) {
        stl_buf_printf(&text, "{\"infno\":\"230%d\",\"input\":{\"%s\":[", 1 + back,
                       back ? "data" : "feedetail");
        for (int i = 0; i < MANY; i++)
            stl_buf_printf(&text, "%s{\"mdtrt_id\":\"N1\",\"feedetl_sn\":\"%d\"}", i > 0 ? "," : "",
                           i);
        stl_buf_text(&text, "]}}\n");
    }
    stl_buf_bytes(&text, "", 1);
    clock_t begun = clock();
    assert_string_equal(read(&r, "nhsa", TEXTS(text.ptr), "feedetail", FEES), "");
    assert_true(clock() - begun < 3 * CLOCKS_PER_SEC);
    free_reading(&r);
}

#define DIAGNOSED(infno, stay, code)                                                               \
    "{\"infno\":\"" infno "\",\"input\":{\"setlinfo\":{\"mdtrt_id\":\"" stay                       \
    "\"},\"dscginfo\":{\"mdtrt_id\":\"" stay "\"},\"diseinfo\":[{\"diag_code\":\"" code            \
    "1\"},{\"diag_code\":\"" code "2\"}],\"oprninfo\":[{\"diag_code\":\"" code "3\"}]}}\n"
#define ANSWER(psn, name)                                                                          \
    "{\"infno\":\"1101\",\"output\":{\"baseinfo\":{\"psn_no\":\"" psn "\",\"psn_name\":\"" name    \
    "\"},\"insuinfo\":[{\"psn_name\":\"" name "1\"},{\"psn_name\":\"" name "2\"}]}}\n"

static void a_list_or_answer_that_comes_again_replaces_the_older(void **state) {
    reading r = {0};
    (void)state;
    static const char *const CODE[] = {"mdtrt_id", "diag_code", NULL}, *const NAME[] = {"psn_no",
                                                                                        "psn_name",
                                                                                        NULL};
    static const char LISTS[] =
        DIAGNOSED("2402", "N1", "a") DIAGNOSED("2402", "N2", "b") DIAGNOSED("4101", "N1", "c")
            DIAGNOSED("2402", "N1", "d") DIAGNOSED("2402", "N1", "e") DIAGNOSED("4101", "N1", "f");
    static const char ANSWERS[] = ANSWER("P1", "a") ANSWER("P2", "b") ANSWER("P1", "c")
        ANSWER("P1", "d") "{\"infno\":\"1101\",\"output\":{\"baseinfo\":[{\"psn_no\":\"P3\"},"
                          "{\"psn_no\":\"P3\"},{\"psn_no\":\"P2\",\"psn_name\":\"e\"}]}}\n";
    assert_string_equal(read(&r, "nhsa", TEXTS(LISTS), "2402.diseinfo", CODE),
                        "N2|b1;N2|b2;N1|e1;N1|e2;");
    assert_string_equal(read(&r, "nhsa", TEXTS(LISTS), "4101.diseinfo", CODE), "N1|f1;N1|f2;");
    assert_string_equal(read(&r, "nhsa", TEXTS(LISTS), "4101.oprninfo", CODE), "N1|c3;N1|f3;");
    assert_string_equal(read(&r, "nhsa", TEXTS(ANSWERS), "person", NAME), "P1|d;P3|;P3|;P2|e;");
    assert_string_equal(read(&r, "nhsa", TEXTS(ANSWERS), "1101.insuinfo", NAME), "P1|d1;P1|d2;");
    free_reading(&r);
}

static void many_lists_and_answers_are_replaced_at_once(void **state) {
    enum { MANY = 20000 };
    SCOPED_BUF text = {0};
    reading r = {0};
    (void)state;
    for (int i = 0; i < MANY; i++)
        stl_buf_printf(&text,
                       "{\"infno\":\"2402\",\"input\":{\"dscginfo\":{\"mdtrt_id\":\"N%d\"},"
                       "\"diseinfo\":[{}]}}\n{\"infno\":\"1101\",\"output\":{\"baseinfo\":"
                       "{\"psn_no\":\"P%d\"}}}\n",
                       i, i);
    stl_buf_bytes(&text, "", 1);
    clock_t begun = clock();
    assert_int_equal(strlen(read(&r, "nhsa", TEXTS(text.ptr), "2402.diseinfo", TEXTS("diag_code"))),
                     MANY);
    assert_true(clock() - begun < 3 * CLOCKS_PER_SEC);
    free_reading(&r);
}

/* --- hl7 -------------------------------------------------------------------------------------- */

#define MSH(sender, sent, event, id) "MSH|^~\\&|" sender "|F|X|X|" sent "||" event "|" id "|P|2.5\r"
#define PV1(more) "PV1|1|I|||||||||||||||||V1" more "\r"
#define BAR(sender, sent, id, more) MSH(sender, sent, "BAR^P05", id) PV1("") more
#define DG(code) "DG1|1||" code "\r"

static void a_file_or_batch_that_lacks_its_end_was_cut(void **state) {
    reading r = {0};
    (void)state;
    static const char *const ONE[] = {"visit", NULL};
    static const char HEAD[] = "FHS|^~\\&\rBHS|^~\\&\r" BAR("A", "20250301", "1", "");
    char text[512];
    static const struct {
        const char *end;
        settle_status status;
        int line;
        const char *field;
    } CASES[] = {
        {"BTS|1\rFTS|1\r", SETTLE_OK, 0, ""},
        {"BTS\rFTS\r", SETTLE_OK, 0, ""},
        {"", SETTLE_E_INPUT_MESSAGE, 4, "BTS"},
        {"FTS|1\r", SETTLE_E_INPUT_MESSAGE, 5, "BTS"},
        {"BHS|^~\\&\r", SETTLE_E_INPUT_MESSAGE, 5, "BTS"},
        {"BTS|1\r", SETTLE_E_INPUT_MESSAGE, 5, "FTS"},
        {"BTS|2\rFTS|1\r", SETTLE_E_INPUT_COUNT, 5, "BTS-1"},
        {"BTS|1\rFTS|3\r", SETTLE_E_INPUT_COUNT, 6, "FTS-1"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(text, sizeof text, "%s%s", HEAD, CASES[i].end);
        (void)read(&r, "hl7", TEXTS(text), "visit", ONE);
        if (CASES[i].status == SETTLE_OK)
            assert_int_equal(r.status, SETTLE_OK);
        else
            refused(&r, CASES[i].status, "a", CASES[i].line, CASES[i].field);
    }
    free_reading(&r);
}

static void a_frame_that_lacks_its_end_was_cut(void **state) {
    reading r = {0};
    (void)state;
    static const char *const ONE[] = {"visit", NULL};
#define FRAMED(id) "\x0b" BAR("A", "20250301", id, "")
    assert_string_equal(
        read(&r, "hl7", TEXTS(FRAMED("1") "\x1c\r" FRAMED("2") "\x1c\r"), "visit", ONE), "V1;");
    assert_string_equal(
        read(&r, "hl7",
             TEXTS("\x0b" MSH("A", "20250301", "BAR^P05", "1") "PV1|1|I|||||||||||||||||V1\x1c"),
             "visit", ONE),
        "V1;");
    (void)read(&r, "hl7", TEXTS(FRAMED("1") "\x1c\r" FRAMED("2")), "visit", ONE);
    refused(&r, SETTLE_E_INPUT_MESSAGE, "a", 5, "");
    (void)read(&r, "hl7", TEXTS(FRAMED("1") FRAMED("2") "\x1c\r"), "visit", ONE);
    refused(&r, SETTLE_E_INPUT_MESSAGE, "a", 3, "");
    free_reading(&r);
}

static void a_number_of_a_message_is_of_one_sender(void **state) {
    reading r = {0};
    (void)state;
    (void)read(&r, "hl7", TEXTS(BAR("LAB", "20250301", "1", ""), BAR("RAD", "20250301", "1", "")),
               "visit", TEXTS("visit"));
    refused(&r, SETTLE_E_INPUT_MESSAGE, "b", 1, "MSH-10");
    assert_string_equal(
        read(&r, "hl7", TEXTS(BAR("LAB", "20250301", "1", ""), BAR("LAB", "20250301", "1", "")),
             "visit", TEXTS("visit")),
        "V1;");
    free_reading(&r);
}

static void the_newest_message_is_the_one_sent_last(void **state) {
    reading r = {0};
    (void)state;
    static const char *const CODE[] = {"DG1-3", NULL}, *const NUMBER[] = {"MSH-10", NULL};
    const char *const sent[] = {BAR("A", "20250306", "2", DG("NEW")),
                                BAR("A", "20250304", "1", DG("OLD")), NULL},
                      *const untold[] = {BAR("A", "", "2", DG("ONE")),
                                         BAR("A", "20250304", "1", DG("TWO")), NULL};
    assert_string_equal(read(&r, "hl7", sent, "DG1", CODE), "NEW;");
    assert_string_equal(read(&r, "hl7", sent, "visit", NUMBER), "2;");
    assert_string_equal(read(&r, "hl7", untold, "DG1", CODE), "TWO;");
    assert_string_equal(read(&r, "hl7", untold, "visit", NUMBER), "1;");
    free_reading(&r);
}

static void a_long_list_of_identifiers_is_walked_once(void **state) {
    SCOPED_BUF text = {0};
    reading r = {0};
    (void)state;
    stl_buf_text(&text, MSH("A", "20250301", "BAR^P05", "1") "PID|1||");
    for (int i = 0; i < 100000; i++)
        stl_buf_text(&text, "a^^^^XX~~");
    stl_buf_text(&text, "N7^^^^MR\r" PV1(""));
    stl_buf_bytes(&text, "", 1);
    clock_t begun = clock();
    assert_string_equal(read(&r, "hl7", TEXTS(text.ptr), "visit", TEXTS("PID-3:MR")), "N7;");
    assert_true(clock() - begun < 2 * CLOCKS_PER_SEC);
    free_reading(&r);
}

/* --- fhir ------------------------------------------------------------------------------------- */

#define ITEM(meta, value)                                                                          \
    "{\"resourceType\":\"ChargeItem\",\"id\":\"1\"" meta ",\"v\":\"" value "\"}"
#define BUNDLE(more, url, item)                                                                    \
    "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"" more ",\"entry\":[{\"fullUrl\":\"" url   \
    "\",\"resource\":" item "}]}"
#define VERSION(n) ",\"meta\":{\"versionId\":\"" n "\"}"
#define UPDATED(t) ",\"meta\":{\"lastUpdated\":\"" t "\"}"

static void of_a_resource_the_newest_version_counts(void **state) {
    reading r = {0};
    (void)state;
    static const char *const V[] = {"v", NULL};
    static const struct {
        const char *texts[3], *rows;
    } CASES[] = {
        {{ITEM(VERSION("2"), "12"), ITEM(VERSION("1"), "900"), NULL}, "12;"},
        {{ITEM(VERSION("9"), "12"), ITEM(VERSION("10"), "900"), NULL}, "900;"},
        {{ITEM(UPDATED("2025-03-02T09:00:00+08:00"), "12"),
          ITEM(UPDATED("2025-03-02T00:30:00Z"), "900"), NULL},
         "12;"},
        {{ITEM("", "12"), ITEM("", "12"), NULL}, "12;"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(read(&r, "fhir", CASES[i].texts, "ChargeItem", V), CASES[i].rows);
    (void)read(&r, "fhir", TEXTS(ITEM("", "12"), ITEM("", "900")), "ChargeItem", V);
    refused(&r, SETTLE_E_INPUT_DUPLICATE, "b", 1, "id");
    assert_string_equal(r.err.detail, "first at a:1");
    (void)read(&r, "fhir",
               TEXTS(BUNDLE("", "http://a/ChargeItem/1", ITEM(VERSION("1"), "1")),
                     BUNDLE("", "http://b/ChargeItem/1", ITEM(VERSION("2"), "2"))),
               "ChargeItem", V);
    refused(&r, SETTLE_E_INPUT_DUPLICATE, "b", 1, "id");
    free_reading(&r);
}

#define LINK(relation, url) "{\"relation\":\"" relation "\",\"url\":\"" url "\"}"

static void a_search_is_read_with_all_its_pages(void **state) {
    reading r = {0};
    (void)state;
    static const char *const V[] = {"v", NULL};
    static const char FIRST[] =
        BUNDLE(",\"total\":2,\"link\":[" LINK("self", "p1") "," LINK("next", "p2") "]",
               "http://a/ChargeItem/1", ITEM("", "1"));
    static const char SECOND[] =
        BUNDLE(",\"total\":2,\"link\":[" LINK("self", "p2") "," LINK("previous", "p1") "]",
               "http://a/ChargeItem/1", ITEM("", "1"));
    (void)read(&r, "fhir", TEXTS(FIRST), "ChargeItem", V);
    refused(&r, SETTLE_E_INPUT_COUNT, "a", 1, "Bundle.link");
    (void)read(&r, "fhir", TEXTS(SECOND), "ChargeItem", V);
    refused(&r, SETTLE_E_INPUT_COUNT, "a", 1, "Bundle.link");
    assert_string_equal(read(&r, "fhir", TEXTS(FIRST, SECOND), "ChargeItem", V), "1;");
    (void)read(&r, "fhir", TEXTS(BUNDLE(",\"total\":250", "http://a/ChargeItem/1", ITEM("", "1"))),
               "ChargeItem", V);
    refused(&r, SETTLE_E_INPUT_COUNT, "a", 1, "Bundle.total");
    assert_string_equal(r.err.value, "250");
    assert_string_equal(read(&r, "fhir",
                             TEXTS(BUNDLE(",\"total\":1", "http://a/ChargeItem/1", ITEM("", "1"))),
                             "ChargeItem", V),
                        "1;");
    free_reading(&r);
}

#define PAGE(total, links, id)                                                                     \
    BUNDLE(",\"total\":" total ",\"link\":[" links "]", "http://a/ChargeItem/" id,                 \
           "{\"resourceType\":\"ChargeItem\",\"id\":\"" id "\"}")

static void the_total_of_a_search_is_that_of_all_its_pages(void **state) {
    reading r = {0};
    (void)state;
    static const struct {
        const char *texts[4], *file, *ids;
    } CASES[] = {
        {{PAGE("2", LINK("self", "p1") "," LINK("next", "p2"), "1"),
          PAGE("2", LINK("self", "p2"), "2"), NULL},
         NULL,
         "1;2;"},
        {{PAGE("2", LINK("self", "p2"), "2"),
          PAGE("2", LINK("self", "p1") "," LINK("next", "p2"), "1"), NULL},
         NULL,
         "2;1;"},
        {{PAGE("3", LINK("self", "p1") "," LINK("next", "p2"), "1"),
          PAGE("3", LINK("self", "p2") "," LINK("previous", "p1"), "2"), NULL},
         "a",
         ""},
        {{PAGE("1", LINK("self", "p1") "," LINK("next", "p2"), "1"),
          PAGE("3", LINK("self", "p2"), "2"), NULL},
         "b",
         ""},
        {{PAGE("2", LINK("self", "p1") "," LINK("next", "p2"), "1"),
          PAGE("2", LINK("self", "p2"), "2"), PAGE("2", LINK("self", "p2"), "2"), NULL},
         NULL,
         "1;2;"},
        {{PAGE("3", LINK("self", "p1") "," LINK("next", "p2"), "1"),
          PAGE("3", LINK("self", "p2"), "2"), PAGE("3", LINK("self", "p2"), "2"), NULL},
         "a",
         ""},
        {{PAGE("1", LINK("self", "p1"), "1"), PAGE("2", LINK("self", "q1"), "2"), NULL}, "b", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_string_equal(read(&r, "fhir", CASES[i].texts, "ChargeItem", TEXTS("id")),
                            CASES[i].ids);
        if (CASES[i].file == NULL)
            assert_int_equal(r.status, SETTLE_OK);
        else
            refused(&r, SETTLE_E_INPUT_COUNT, CASES[i].file, 1, "Bundle.total");
    }
    free_reading(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(charges_are_taken_back_from_their_own_stay),
        cmocka_unit_test(a_row_without_its_stay_is_of_the_one_that_all_rows_name),
        cmocka_unit_test(a_row_without_its_person_is_of_the_one_that_its_message_names),
        cmocka_unit_test(a_name_that_stands_twice_is_refused),
        cmocka_unit_test(the_newest_transaction_is_the_one_sent_last),
        cmocka_unit_test(many_charges_are_taken_back_at_once),
        cmocka_unit_test(a_list_or_answer_that_comes_again_replaces_the_older),
        cmocka_unit_test(many_lists_and_answers_are_replaced_at_once),
        cmocka_unit_test(a_file_or_batch_that_lacks_its_end_was_cut),
        cmocka_unit_test(a_frame_that_lacks_its_end_was_cut),
        cmocka_unit_test(a_number_of_a_message_is_of_one_sender),
        cmocka_unit_test(the_newest_message_is_the_one_sent_last),
        cmocka_unit_test(a_long_list_of_identifiers_is_walked_once),
        cmocka_unit_test(of_a_resource_the_newest_version_counts),
        cmocka_unit_test(a_search_is_read_with_all_its_pages),
        cmocka_unit_test(the_total_of_a_search_is_that_of_all_its_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
