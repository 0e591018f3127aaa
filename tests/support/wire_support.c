/* SPDX-License-Identifier: Apache-2.0 */
#include "wire_support.h"

#include "xml/schemas.h"

#include <stdio.h>

enum { ITEMS = 40 };

static const char *const ITEM_NAMES[] = {"静脉输液", "氯化钠注射液<0.9%>&\"袋\"", "血细胞分析",
                                         "C反应蛋白'测定'", "床位费(三人间)"};

static void add_items(test_world *w) {
    char fields[256];
    for (int i = 0; i < ITEMS; i++) {
        snprintf(fields, sizeof fields, "medins_list_codg=F%04d medins_list_name=%s", i,
                 ITEM_NAMES[i % 5]);
        test_item(w, fields);
        snprintf(fields, sizeof fields,
                 "medins_list_codg=F%04d map_id=M%d med_list_codg=00110%010d med_list_name=国家_%s",
                 i, i, i, ITEM_NAMES[i % 5]);
        test_map(w, fields);
        snprintf(fields, sizeof fields, "med_list_codg=00110%010d med_list_name=N chrgitm_lv=02",
                 i);
        test_row(w, STL_T_CATALOGUE, fields);
    }
}

static void add_charges(test_world *w, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char item[16], at[32], more[128], price[16];
        snprintf(item, sizeof item, "F%04zu", i == 2 ? 1 : i % ITEMS);
        snprintf(at, sizeof at, "2025-03-%02zuT%02zu:%02zu:%02zu", 1 + i % 4, 8 + i / 4 % 15,
                 i / 60 % 60, i % 60);
        snprintf(price, sizeof price, "%zu.%02zu", 3 + (i == 2 ? 1 : i) % 90,
                 (i == 2 ? 1 : i) % 100);
        snprintf(more, sizeof more, "feedetl_sn=9010%05zu medins_list_name=%s spec=100ml:0.9g/袋%s",
                 i, ITEM_NAMES[i % ITEMS % 5], i == 2 ? " init_feedetl_sn=901000001" : "");
        test_charge(w, item, at, i == 2 ? "-1" : i == 1 ? "2" : "1", price, more);
    }
}

static void settle_line(stl_line_amounts *a, const stl_charge *charge) {
    *a = (stl_line_amounts){.pric_uplmt_amt = STL_NONE,
                            .cnt = charge->cnt,
                            .selfpay_prop = 1000,
                            .det_item_fee_sumamt = charge->det_item_fee_sumamt,
                            .chrgitm_lv = STL_STR("02")};
    assert_int_equal(
        stl_money_part(a->det_item_fee_sumamt, 1000, STL_ROUND_HALF_UP, &a->preselfpay_amt),
        SETTLE_OK);
    a->inscp_scp_amt = a->det_item_fee_sumamt - a->preselfpay_amt;
}

static void settle_layers(wire_stay *t) {
    stl_settlement *s = &t->s;
    stl_setlinfo *info = &s->info;
    info->hifp_pay = info->inscp_scp_amt / 2;
    info->hifmi_pay = info->inscp_scp_amt / 4;
    info->fund_pay_sumamt = info->hifp_pay + info->hifmi_pay;
    info->psn_part_amt = info->medfee_sumamt - info->fund_pay_sumamt;
    info->acct_pay = info->psn_part_amt / 3;
    info->psn_cash_pay = info->psn_part_amt - info->acct_pay;
    info->balc = 12345;
    t->layers[0] = (stl_layer){.id = STL_STR("basic"), .setl_field = STL_STR("hifp_pay")};
    t->layers[1] = (stl_layer){.id = STL_STR("critical"), .setl_field = STL_STR("hifmi_pay")};
    test_policy(t->w)->layers = t->layers;
    test_policy(t->w)->n_layers = 2;
    s->details = stl_arena_alloc(test_arena(t->w), 2 * sizeof *s->details);
    s->n_details = 2;
    s->details[0] = (stl_setldetail){STL_STR("basic"),
                                     STL_STR("310100"),
                                     info->inscp_scp_amt,
                                     info->hifp_pay,
                                     STL_STR("起付线 0\n段 1 \"50%\"\t<合计>"),
                                     STL_STR("")};
    s->details[1] =
        (stl_setldetail){STL_STR("critical"), STL_STR("390400"), info->inscp_scp_amt / 2,
                         info->hifmi_pay,     STL_STR(""),       STL_STR("")};
    s->accs = stl_arena_alloc(test_arena(t->w), sizeof *s->accs);
    s->n_accs = 1;
    s->accs[0] =
        (stl_acc_change){STL_STR("2025"), STL_STR("inscp_scp_amt"), 0, info->inscp_scp_amt};
}

static void settle(wire_stay *t) {
    size_t n = t->c->n_lines;
    stl_settlement *s = &t->s;
    *s = (stl_settlement){.evaluated = true, .served = true, .n_lines = n};
    s->lines = stl_arena_alloc(test_arena(t->w), n * sizeof *s->lines);
    for (size_t i = 0; i < n; i++) {
        settle_line(&s->lines[i], stl_case_charge(t->c, i));
        s->info.medfee_sumamt += s->lines[i].det_item_fee_sumamt;
        s->info.preselfpay_amt += s->lines[i].preselfpay_amt;
        s->info.inscp_scp_amt += s->lines[i].inscp_scp_amt;
    }
    settle_layers(t);
}

static void find(wire_stay *t) {
    static const uint32_t FIRST[] = {0}, OTHERS[] = {1, 2};
    static stl_not_evaluated gap = {"V8", STL_STR("previous stays"), 0};
    t->v = (stl_verdict){.n_findings = 2, .gaps = &gap, .n_gaps = 1};
    t->v.findings = stl_arena_alloc(test_arena(t->w), 2 * sizeof *t->v.findings);
    t->v.findings[0] = (stl_finding){.finding_id = "0123456789abcdef",
                                     .rule_id = "V3",
                                     .gz_code = STL_STR("GZ10000102001000"),
                                     .rule_name = STL_STR("超限价收费"),
                                     .action = STL_WARN,
                                     .vola_amt = 150,
                                     .lines = FIRST,
                                     .n_lines = 1,
                                     .involved = OTHERS,
                                     .n_involved = 2,
                                     .evidence = STL_STR("单价 12.00 > 10.50"),
                                     .basis = STL_STR("V3; sample-999901"),
                                     .fix = STL_STR("更正单价")};
    t->v.findings[1] = (stl_finding){.finding_id = "fedcba9876543210",
                                     .rule_id = "V26",
                                     .rule_name = STL_STR("必填项"),
                                     .action = STL_HINT,
                                     .evidence = STL_STR("adm_bed"),
                                     .overridden = true,
                                     .override = {.approval = STL_STR("A-1"),
                                                  .by = STL_STR("OP9901"),
                                                  .role = STL_STR("医保办主任"),
                                                  .second = STL_STR("OP9902"),
                                                  .reason = STL_STR("床号 \"临\" 补录"),
                                                  .at = 1741165200}}; /* 2025-03-05 09:00:00 */
}

void wire_stay_make(wire_stay *t, size_t n) {
    *t = (wire_stay){.w = test_world_new(), .digest = stl_digest_new(STL_SHA256)};
    assert_non_null(t->digest);
    add_items(t->w);
    test_record(t->w, STL_R_DIAGNOSIS,
                "diag_srt_no=1 inout_diag_type=2 diag_type=1 maindiag_flag=1 "
                "diag_code=J15.902 diag_name=社区获得性肺炎 adm_cond_type=1");
    test_record(t->w, STL_R_OPERATION,
                "oprn_srt_no=1 main_oprn_flag=1 oprn_oprt_code=13.4100x001 "
                "oprn_oprt_name=超声乳化 oprn_oprt_date=2025-03-02");
    test_record(t->w, STL_R_IDENTITY, "psn_idet_type=2303 begntime=2025-01-01 endtime=2025-12-31");
    add_charges(t->w, n);
    t->c = test_case(t->w);
    settle(t);
    find(t);
    t->e = (stl_envelope){.msgid = STL_STR("H99990100001202503051000000001"),
                          .infver = STL_STR("1.0"),
                          .fixmedins_code = STL_STR("H99990100001"),
                          .fixmedins_name = STL_STR("测试市第一医院"),
                          .opter = STL_STR("op1"),
                          .opter_name = STL_STR("测试操作员"),
                          .opter_type = STL_STR("1"),
                          .inf_time = test_number(STL_F_INSTANT, "2025-03-05 10:00:00"),
                          .software = STL_STR("libsettle 0.1.0")};
}

void wire_stay_free(wire_stay *t) {
    stl_digest_free(t->digest);
    test_world_free(t->w);
}

settle_status wire_write(wire_stay *t, stl_buf *out, stl_error *err) {
    stl_submission submission = {&t->e, t->c, &t->s, &t->v};
    return stl_wire_write(&submission, t->digest, out, t->content_digest, err);
}

static void fail_error(const char *what, const stl_error *err) {
    char text[1024];
    stl_error_render(err, SETTLE_LANG_EN, text, sizeof text);
    fail_msg("%s: %s", what, text);
}

void wire_document(wire_stay *t, stl_buf *out) {
    stl_error err = {0};
    out->len = 0;
    if (wire_write(t, out, &err) != SETTLE_OK)
        fail_error("write", &err);
    stl_wire_close(out);
    assert_true(stl_buf_ok(out));
}

bool wire_libxml2_accepts(stl_str document) {
    settle_status status = stl_xml_validate(document, "document", STL_SCHEMA_SETTLEMENT_1_0, NULL);
    assert_true(status == SETTLE_OK || status == SETTLE_E_INPUT_SCHEMA ||
                status == SETTLE_E_INPUT_XML);
    return status == SETTLE_OK;
}

settle_status wire_read(stl_str document, stl_error *err) {
    stl_wire_reader *reader = stl_wire_reader_new("document.xml");
    assert_non_null(reader);
    stl_xml_handler handler = stl_wire_reader_handler(reader);
    const stl_wire_document *read;
    settle_status status =
        stl_xml_parse(document, "document.xml", (stl_xml_limits){0}, &handler, err);
    if (status == SETTLE_OK)
        status = stl_wire_reader_finish(reader, &read, err);
    stl_wire_reader_free(reader);
    return status;
}

void wire_replace(const stl_buf *document, const char *old, const char *fresh, stl_buf *out) {
    const char *at = memmem(document->ptr, document->len, old, strlen(old));
    if (at == NULL)
        fail_msg("no %s in the document", old);
    size_t before = (size_t)(at - document->ptr);
    out->len = 0;
    stl_buf_bytes(out, document->ptr, before);
    stl_buf_text(out, fresh);
    stl_buf_bytes(out, at + strlen(old), document->len - before - strlen(old));
    assert_true(stl_buf_ok(out));
}
