/* SPDX-License-Identifier: Apache-2.0 */
#include "../../support/wire_support.h"
#include "../../support/wire_values.h"

#include <stdio.h>
#include <time.h>
#include <inttypes.h>

static settle_status read_changed(const stl_buf *doc, const char *old, const char *fresh,
                                  stl_error *err) {
    SCOPED_BUF changed = {0};
    wire_replace(doc, old, fresh, &changed);
    return wire_read((stl_str){changed.ptr, changed.len}, err);
}

static void refused(const stl_buf *doc, const char *old, const char *fresh, settle_status status,
                    int64_t line, const char *field) {
    stl_error err = {0};
    settle_status got = read_changed(doc, old, fresh, &err);
    if (got != status || strcmp(err.field, field) != 0 || err.line != line)
        fail_msg("%s -> %s: %s at %" PRId64 " in %s (%s)", old, fresh, settle_status_name(got),
                 err.line, err.field, err.detail);
    assert_string_equal(err.file, "document.xml");
}

static void document_comes_back_as_it_was_written(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 200);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    stl_error err = {0};
    stl_wire_reader *reader = stl_wire_reader_new("document.xml");
    stl_xml_handler handler = stl_wire_reader_handler(reader);
    assert_int_equal(stl_xml_parse((stl_str){doc.ptr, doc.len}, "document.xml", (stl_xml_limits){0},
                                   &handler, &err),
                     SETTLE_OK);
    const stl_wire_document *d;
    assert_int_equal(stl_wire_reader_finish(reader, &d, &err), SETTLE_OK);
    assert_true(stl_str_eq(d->envelope.msgid, t.e.msgid));
    assert_true(stl_str_eq(d->envelope.opter_name, t.e.opter_name));
    assert_int_equal(d->envelope.inf_time, t.e.inf_time);
    assert_str(d->mdtrt_id, "T1");
    assert_str(d->psn_no, "99990100000000000001");
    assert_str(d->pack_id, "test");
    assert_int_equal(d->mapping_digest.len, 64);
    assert_int_equal(d->n_findings, 2);
    assert_int_equal(d->n_overridden, 1);
    assert_memory_equal(&d->settlement.info, &t.s.info, sizeof t.s.info);
    assert_int_equal(d->settlement.n_lines, 200);
    for (size_t i = 0; i < 200; i++) {
        const stl_line_amounts *got = &d->settlement.lines[i], *put = &t.s.lines[i];
        assert_int_equal(got->cnt, put->cnt);
        assert_int_equal(got->selfpay_prop, put->selfpay_prop);
        assert_int_equal(got->pric_uplmt_amt, put->pric_uplmt_amt);
        assert_int_equal(got->det_item_fee_sumamt, put->det_item_fee_sumamt);
        assert_int_equal(got->preselfpay_amt, put->preselfpay_amt);
        assert_int_equal(got->inscp_scp_amt, put->inscp_scp_amt);
        assert_str(got->chrgitm_lv, "02");
        assert_true(stl_str_eq(d->feedetl_sn[i], stl_case_charge(t.c, i)->feedetl_sn));
        assert_int_equal(d->refund_of[i], i == 2 ? 1 : -1);
    }
    assert_int_equal(d->settlement.n_details, 2);
    assert_true(stl_str_eq(d->settlement.details[0].setl_proc_info, t.s.details[0].setl_proc_info));
    assert_int_equal(d->settlement.n_accs, 1);
    assert_int_equal(d->settlement.accs[0].value, t.s.accs[0].value);
    stl_wire_reader_free(reader);
    wire_stay_free(&t);
}

static void lists_hold_what_they_declare(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    static const char *const CHANGES[][3] = {
        {"<charges count=\"5\"", "<charges count=\"6\"", "charges"},
        {"<charges count=\"5\"", "<charges count=\"4\"", "charges"},
        {"<charges count=\"5\"", "<charges count=\"999999999\"", "charges"},
        {"<diagnoses count=\"1\"", "<diagnoses count=\"0\"", "diagnoses"},
        {"<operations count=\"1\"", "<operations count=\"2\"", "operations"},
        {"<identities count=\"1\"", "<identities count=\"2\"", "identities"},
        {"<layers count=\"2\"", "<layers count=\"1\"", "layers"},
        {"<accumulators count=\"1\"", "<accumulators count=\"0\"", "accumulators"},
        {"<findings count=\"2\"", "<findings count=\"3\"", "findings"},
        {"<gaps count=\"1\"", "<gaps count=\"0\"", "gaps"},
        {"n_lines=\"1\"", "n_lines=\"0\"", "finding"},
        {"n_involved=\"2\"", "n_involved=\"1\"", "finding"},
        {"<involved feedetl_sn=\"901000002\"></involved>", "", "finding"},
    };
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++)
        refused(&doc, CHANGES[i][0], CHANGES[i][1], SETTLE_E_INPUT_COUNT, 0, CHANGES[i][2]);
    assert_int_equal(read_changed(&doc, "<charges count=\"5\"", "<charges count=\" 5 \"", NULL),
                     SETTLE_OK);
    wire_stay_free(&t);
}

static void serials_are_unique_and_lead_somewhere(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    refused(&doc, " feedetl_sn=\"901000004\"", " feedetl_sn=\"901000003\"", SETTLE_E_INPUT_COUNT, 0,
            "feedetl_sn");
    refused(&doc, "init_feedetl_sn=\"901000001\"", "init_feedetl_sn=\"901000009\"",
            SETTLE_E_INPUT_COUNT, 0, "init_feedetl_sn");
    refused(&doc, "init_feedetl_sn=\"901000001\"", "init_feedetl_sn=\"901000002\"",
            SETTLE_E_INPUT_COUNT, 0, "init_feedetl_sn");
    refused(&doc, "<line feedetl_sn=\"901000000\"", "<line feedetl_sn=\"x\"", SETTLE_E_INPUT_COUNT,
            0, "feedetl_sn");
    refused(&doc, "<involved feedetl_sn=\"901000001\"", "<involved feedetl_sn=\"90100000\"",
            SETTLE_E_INPUT_COUNT, 0, "feedetl_sn");
    /* the serials need not ascend */
    assert_int_equal(read_changed(&doc, " feedetl_sn=\"901000004\"", " feedetl_sn=\"1\"", NULL),
                     SETTLE_OK);
    wire_stay_free(&t);
}

/* What an interim settlement settled before lies in its document. */
static void after_interim_settlements_lines_may_lie_elsewhere(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    SCOPED_BUF doc = {0};
    SCOPED_BUF later = {0};
    SCOPED_BUF apart = {0};
    wire_document(&t, &doc);
    wire_replace(&doc, " served=\"true\"", " served=\"true\" settled_before=\"M1 M2\"", &later);
    assert_int_equal(read_changed(&later, "init_feedetl_sn=\"901000001\"",
                                  "init_feedetl_sn=\"800000001\"", NULL),
                     SETTLE_OK);
    assert_int_equal(read_changed(&later, "<line feedetl_sn=\"901000000\"",
                                  "<line feedetl_sn=\"800000000\"", NULL),
                     SETTLE_OK);
    refused(&later, " feedetl_sn=\"901000004\"", " feedetl_sn=\"901000003\"", SETTLE_E_INPUT_COUNT,
            0, "feedetl_sn");
    /* such a refund still adds up to the sums */
    wire_replace(&later, "init_feedetl_sn=\"901000001\"", "init_feedetl_sn=\"800000001\"", &apart);
    refused(&apart, "medfee_sumamt=\"", "medfee_sumamt=\"1", SETTLE_E_INPUT_SUMS, 0,
            "medfee_sumamt");
    wire_stay_free(&t);
}

/* Only after interim settlements is there nothing left to charge. */
static void a_document_without_charges_is_refused(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    SCOPED_BUF doc = {0};
    SCOPED_BUF empty = {0};
    wire_document(&t, &doc);
    const char *from = strstr(doc.ptr, "<charges count=\"5\">"), *to = strstr(from, "</charges>");
    stl_buf_bytes(&empty, doc.ptr, (size_t)(from - doc.ptr));
    stl_buf_text(&empty, "<charges count=\"0\">");
    stl_buf_bytes(&empty, to, doc.len - (size_t)(to - doc.ptr));
    stl_error err = {0};
    assert_int_equal(wire_read((stl_str){empty.ptr, empty.len}, &err), SETTLE_E_INPUT_SCHEMA);
    assert_string_equal(err.field, "feedetail");
    wire_stay_free(&t);
}

static void sums_are_made_up_again(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    static const struct {
        const char *old, *fresh;
        int64_t line;
        const char *field;
    } CHANGES[] = {
        {"det_item_fee_sumamt=\"-4.01\"", "det_item_fee_sumamt=\"-4.00\"", 3,
         "det_item_fee_sumamt"},
        {"preselfpay_amt=\"-0.40\"", "preselfpay_amt=\"-0.41\"", 3, "det_item_fee_sumamt"},
        {"hosp_part_amt=\"0.00\"", "hosp_part_amt=\"0.01\"", 0, "medfee_sumamt"},
        {"balc=\"123.45\"", "balc=\"123.46\"", -1, ""},
        {"oth_pay=\"0.00\"", "oth_pay=\"0.01\"", 0, "fund_pay_sumamt"},
        {"setl_field=\"hifmi_pay\"", "setl_field=\"hifp_pay\"", 0, "hifp_pay"},
        {"setl_field=\"hifmi_pay\"", "setl_field=\"maf_pay\"", 0, "maf_pay"},
    };
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++)
        if (CHANGES[i].line >= 0)
            refused(&doc, CHANGES[i].old, CHANGES[i].fresh, SETTLE_E_INPUT_SUMS, CHANGES[i].line,
                    CHANGES[i].field);
        else
            assert_int_equal(read_changed(&doc, CHANGES[i].old, CHANGES[i].fresh, NULL), SETTLE_OK);
    wire_stay_free(&t);
}

static void values_are_shown_but_not_those_of_the_person(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 5);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    stl_error err = {0};
    assert_int_equal(read_changed(&doc, "cnt=\"-1.0000\"", "cnt=\"-1.00\"", &err),
                     SETTLE_E_INPUT_SCHEMA);
    assert_string_equal(err.field, "cnt");
    assert_string_equal(err.value, "-1.00");
    assert_string_equal(err.detail, "in feedetail 3: a number of type quantity");
    assert_int_equal(err.line, 1);
    assert_int_equal(read_changed(&doc, "brdy=\"1967-05-14\"", "brdy=\"1967-02-29\"", &err),
                     SETTLE_E_INPUT_SCHEMA);
    assert_string_equal(err.field, "brdy");
    assert_string_equal(err.value, "");
    wire_stay_free(&t);
}

static void signature_may_follow_as_the_last_child_only(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
#define SIGNATURE                                                                                  \
    "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X a=\"1\">t<settlement "    \
    "xmlns=\"urn:x\"/></ds:X></ds:Signature>"
    assert_int_equal(read_changed(&doc, "</settlement>", SIGNATURE "</settlement>", NULL),
                     SETTLE_OK);
    refused(&doc, "</settlement>", SIGNATURE SIGNATURE "</settlement>", SETTLE_E_INPUT_SCHEMA, 1,
            "Signature");
    refused(&doc, "<pack ", SIGNATURE "<pack ", SETTLE_E_INPUT_SCHEMA, 1, "Signature");
    refused(&doc, "</charges>", SIGNATURE "</charges>", SETTLE_E_INPUT_SCHEMA, 1, "Signature");
    refused(&doc, "</settlement>", "<Signature/></settlement>", SETTLE_E_INPUT_SCHEMA, 1,
            "Signature");
    wire_stay_free(&t);
}

static void other_namespaces_are_refused(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    refused(&doc, "urn:libsettle:settlement:1.0", "urn:libsettle:settlement:1.1",
            SETTLE_E_INPUT_SCHEMA, 1, "settlement");
    refused(&doc, "<mapping ", "<mapping xmlns=\"urn:x\" ", SETTLE_E_INPUT_SCHEMA, 1, "mapping");
    refused(&doc, "<mapping digest", "<mapping xmlns:x=\"urn:x\" x:digest", SETTLE_E_INPUT_SCHEMA,
            1, "digest");
    refused(&doc, "<settlement ",
            "<settlement xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
            "xsi:schemaLocation=\"a b\" ",
            SETTLE_E_INPUT_SCHEMA, 1, "schemaLocation");
    wire_stay_free(&t);
}

static void an_override_is_whole_or_not_there(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 3);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    static const char *const GONE[][2] = {{" approval=\"A-1\"", "approval"},
                                          {" by=\"OP9901\"", "by"},
                                          {" role=\"医保办主任\"", "role"},
                                          {" time=\"2025-03-05 09:00:00\"", "time"}};
    for (size_t i = 0; i < sizeof GONE / sizeof *GONE; i++)
        refused(&doc, GONE[i][0], "", SETTLE_E_INPUT_COUNT, 0, GONE[i][1]);
    refused(&doc, "overridden=\"true\"", "overridden=\"false\"", SETTLE_E_INPUT_COUNT, 0,
            "approval");
    refused(&doc, "overridden=\"false\"", "overridden=\"false\" second=\"OP9902\"",
            SETTLE_E_INPUT_COUNT, 0, "second");
    stl_error err = {0};
    assert_int_equal(read_changed(&doc, " second=\"OP9902\"", "", &err), SETTLE_OK);
    wire_stay_free(&t);
}

static void end_without_events_is_refused(void **state) {
    (void)state;
    stl_wire_reader *reader = stl_wire_reader_new("document.xml");
    const stl_wire_document *d;
    stl_error err = {0};
    assert_int_equal(stl_wire_reader_finish(reader, &d, &err), SETTLE_E_INPUT_SCHEMA);
    assert_string_equal(err.field, "settlement");
    stl_wire_reader_free(reader);
}

/* Any bytes: an answer, and never a sum that does not hold. */
static void changed_bytes_are_answered(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 4);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    wire_random r = {11};
    size_t read = 0;
    for (int i = 0; i < 20000; i++) {
        uint32_t at = wire_random_below(&r, (uint32_t)doc.len);
        char own = doc.ptr[at];
        doc.ptr[at] =
            (char)(wire_random_below(&r, 2) ? wire_random_below(&r, 256)
                                            : (uint32_t)own ^ 1u << wire_random_below(&r, 8));
        size_t len = wire_random_below(&r, 20) == 0 ? at : doc.len;
        settle_status status = wire_read((stl_str){doc.ptr, len}, NULL);
        read += status == SETTLE_OK;
        assert_true(status == SETTLE_OK || status == SETTLE_E_INPUT_XML ||
                    status == SETTLE_E_INPUT_ENCODING || status == SETTLE_E_INPUT_SCHEMA ||
                    status == SETTLE_E_INPUT_COUNT || status == SETTLE_E_INPUT_SUMS);
        doc.ptr[at] = own;
    }
    assert_true(read > 0);
    assert_int_equal(wire_read((stl_str){doc.ptr, doc.len}, NULL), SETTLE_OK);
    wire_stay_free(&t);
}

static int64_t cost(size_t n) {
    wire_stay t;
    wire_stay_make(&t, n);
    SCOPED_BUF doc = {0};
    wire_document(&t, &doc);
    int64_t best = INT64_MAX;
    for (int i = 0; i < 10; i++) {
        struct timespec a, b;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        assert_int_equal(wire_read((stl_str){doc.ptr, doc.len}, NULL), SETTLE_OK);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        int64_t ns = (b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec - a.tv_nsec;
        best = ns < best ? ns : best;
    }
    wire_stay_free(&t);
    return best / (int64_t)n;
}

static void cost_of_a_line_does_not_grow(void **state) {
    (void)state;
    int64_t few = cost(1000), many = cost(20000);
    print_message("parse and read: %" PRId64 " ns a line of 1,000, %" PRId64 " of 20,000\n", few,
                  many);
    assert_true(many < 3 * few + 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_comes_back_as_it_was_written),
        cmocka_unit_test(lists_hold_what_they_declare),
        cmocka_unit_test(serials_are_unique_and_lead_somewhere),
        cmocka_unit_test(after_interim_settlements_lines_may_lie_elsewhere),
        cmocka_unit_test(a_document_without_charges_is_refused),
        cmocka_unit_test(sums_are_made_up_again),
        cmocka_unit_test(values_are_shown_but_not_those_of_the_person),
        cmocka_unit_test(signature_may_follow_as_the_last_child_only),
        cmocka_unit_test(other_namespaces_are_refused),
        cmocka_unit_test(an_override_is_whole_or_not_there),
        cmocka_unit_test(end_without_events_is_refused),
        cmocka_unit_test(changed_bytes_are_answered),
        cmocka_unit_test(cost_of_a_line_does_not_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
