/* SPDX-License-Identifier: Apache-2.0 */
/* The settlement as rows, a row per line, and the signed bytes: one transaction, one commit. As on
 * the library's side the stored bytes are read back and their signature verified before the commit.
 */
#include "bench/conventional/conventional.h"

#include "bench/support.h"

static void text(sqlite3_stmt *stmt, int at, stl_str value) {
    sqlite3_bind_text(stmt, at, value.ptr, (int)value.len, SQLITE_STATIC);
}

static void number(sqlite3_stmt *stmt, int at, int64_t value) {
    if (value == STL_NONE)
        sqlite3_bind_null(stmt, at);
    else
        sqlite3_bind_int64(stmt, at, value);
}

static void store_stay(cv_program *p, const stl_envelope *envelope, const cv_result *r) {
    sqlite3_stmt *stmt = p->insert_stay;
    const stl_admission *head = &r->c.stay->head;
    const stl_setlinfo *info = &r->settlement.info;
    text(stmt, 1, head->mdtrt_id);
    text(stmt, 2, envelope->msgid);
    text(stmt, 3, head->psn_no);
    number(stmt, 4, envelope->inf_time);
    number(stmt, 5, info->medfee_sumamt);
    number(stmt, 6, info->fund_pay_sumamt);
    number(stmt, 7, info->psn_part_amt);
    number(stmt, 8, info->acct_pay);
    bench_sql_done(stmt);
}

static void store_line(cv_program *p, const cv_result *r, size_t i) {
    sqlite3_stmt *stmt = p->insert_line;
    const stl_charge *charge = stl_case_charge(&r->c, i);
    const stl_line_amounts *a = &r->settlement.lines[i];
    text(stmt, 1, r->c.stay->head.mdtrt_id);
    text(stmt, 2, charge->feedetl_sn);
    text(stmt, 3, charge->medins_list_codg);
    text(stmt, 4, r->c.lines[i].med_list_codg);
    number(stmt, 5, charge->fee_ocur_time);
    number(stmt, 6, charge->cnt);
    number(stmt, 7, charge->pric);
    number(stmt, 8, a->det_item_fee_sumamt);
    number(stmt, 9, a->fulamt_ownpay_amt);
    number(stmt, 10, a->overlmt_amt);
    number(stmt, 11, a->preselfpay_amt);
    number(stmt, 12, a->inscp_scp_amt);
    number(stmt, 13, a->selfpay_prop);
    number(stmt, 14, a->pric_uplmt_amt);
    bench_sql_done(stmt);
}

static void check_stored(cv_program *p, const cv_result *r) {
    sqlite3_stmt *stmt = p->read_document;
    text(stmt, 1, r->c.stay->head.mdtrt_id);
    if (sqlite3_step(stmt) != SQLITE_ROW)
        bench_die("the document is not there");
    cv_verify_own(p, sqlite3_column_blob(stmt, 0), sqlite3_column_bytes(stmt, 0));
    sqlite3_reset(stmt);
}

void cv_store(cv_program *p, const stl_envelope *envelope, cv_result *r) {
    bench_sql_done(p->begin);
    store_stay(p, envelope, r);
    for (size_t i = 0; i < r->c.n_lines; i++)
        store_line(p, r, i);
    text(p->insert_document, 1, r->c.stay->head.mdtrt_id);
    sqlite3_bind_blob(p->insert_document, 2, r->bytes, r->len, SQLITE_STATIC);
    bench_sql_done(p->insert_document);
    check_stored(p, r);
    bench_sql_done(p->commit);
}
