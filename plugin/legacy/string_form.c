/* SPDX-License-Identifier: Apache-2.0 */
#include "string_form.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADMISSION                                                                                  \
    "mdtrt_id insutype psn_no psn_type psn_cert_type certno mdtrt_cert_type psn_name gend brdy "   \
    "med_type begntime adm_dept_codg adm_dept_name atddr_no chfpdr_name medrcdno adm_bed "         \
    "insuplc_admdvs? diag_code? diag_name?"
#define CHARGE                                                                                     \
    "mdtrt_id list_type - drord_no fee_ocur_time medins_list_codg med_list_codg medins_list_name " \
    "pric cnt det_item_fee_sumamt - spec prcunt bilg_dr_codg bilg_dr_name bilg_dept_codg "         \
    "bilg_dept_name - psn_no? init_feedetl_sn?"
#define PAID                                                                                       \
    "det_item_fee_sumamt fulamt_ownpay_amt preselfpay_amt overlmt_amt - chrgitm_lv =ownpay "       \
    "selfpay_prop pric_uplmt_amt feedetl_sn"
/* "a+b": two amounts as one; "a+": an amount, 0.00 where none is told. */
#define SETTLED                                                                                    \
    "medfee_sumamt+ hifp_pay+ hifes_pay+hifmi_pay maf_pay+ cvlserv_pay+ =rest "                    \
    "acct_pay+acct_mulaid_pay psn_cash_pay+ setl_id"
#define SETTLING                                                                                   \
    "mdtrt_id endtime? dscg_way? acct_used_flag? dscg_maindiag_code? dscg_maindiag_name?"
#define MAPPING                                                                                    \
    "fixmedins_hilist_id fixmedins_hilist_name list_type med_list_codg prcunt? begndate? "         \
    "enddate? "                                                                                    \
    "memo? med_list_unit? factor_num? factor_den?"
#define PERSON                                                                                     \
    "baseinfo.psn_no baseinfo.certno baseinfo.psn_name baseinfo.gend baseinfo.brdy "               \
    "insuinfo.insutype insuinfo.psn_type insuinfo.insuplc_admdvs insuinfo.balc"

#define ORIGINAL "onumber"

static const string_form FORMS[] = {
    {"9100", "9001", "signIn", "opter_no?", false, "signinoutb", "sign_no sign_time"},
    {"9110", "9002", "signOut", "sign_no?", false, "", ""},
    {"2100", "1101", "data", "mdtrt_id", false, "", PERSON},
    {"1400", "1101", "data", "mdtrt_id", false, "", PERSON},
    {"2210", "2401", "mdtrtinfo", ADMISSION, false, "result", "mdtrt_id"},
    {"2220", "2220", "data", "mdtrt_id insutype year kind value", true, "", ""},
    {"2240", "2404", "data", "mdtrt_id", false, "", ""},
    {"2310", "2301", "feedetail", CHARGE, true, "result", PAID},
    {"2320", "2302", "data", "mdtrt_id feedetl_sn", true, "", ""},
    {"2410", "2303", "data", SETTLING, false, "setlinfo", SETTLED},
    {"2420", "2304", "data", SETTLING, false, "setlinfo", SETTLED},
    {"2430", "2305", "data", "mdtrt_id second? reason?", false, "setlinfo", SETTLED},
    {"2421", "2601", "data", ORIGINAL " omsgid second? reason?", false, "", ""},
    {"1100", "3201", "data", "stmt_begndate? stmt_enddate? insutype?", false, "stmtinfo",
     "medfee_sumamt fund_pay_sumamt acct_pay psn_cash_pay fixmedins_setl_cnt"},
    {"1200", "1200", "data", "mdtrt_id", false, "stay",
     "mdtrt_id state msgid made_at medfee_sumamt fund_pay_sumamt psn_part_amt charges"},
    {"1300", "1300", "data", "-?", false, "rows",
     "medins_list_codg medins_list_name list_type med_list_codg med_list_name chrgitm_lv begndate "
     "enddate status"},
    {"1600", "1600", "data", "mdtrt_id medins_list_codg kind appr_no by begndate? enddate? reason?",
     true, "", ""},
    {"3110", "3301", "data", MAPPING, true, "result", "batch rows proposed known unmapped"},
    {"3120", "3120", "data", "fixmedins_hilist_id", false, "data",
     "fixmedins_hilist_id med_list_codg proposal state lacks suggested_by suggested_at decided_by "
     "decided_at decided_reason begndate enddate"},
    {"1999", "1999", "data", "confirm?", false, "trades", "key infno at opter"},
};

const string_form *string_form_of(const settle_context *context, const char *number) {
    const char *wanted = number;
    bool swapped = strcmp(settle_context_option(context, "legacy", "swap_2410_2420"), "1") == 0;
    if (swapped && strcmp(number, "2410") == 0)
        wanted = "2420";
    else if (swapped && strcmp(number, "2420") == 0)
        wanted = "2410";
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (strcmp(FORMS[i].number, wanted) == 0)
            return &FORMS[i];
    return NULL;
}

/* --- in --------------------------------------------------------------------------------------- */

/* The next name of a list; its length, 0 at the end. */
static size_t next_name(const char **rest, const char **name) {
    *rest += strspn(*rest, " ");
    *name = *rest;
    size_t len = strcspn(*rest, " ");
    *rest += len;
    return len;
}

static void put_named(yajl_gen gen, const char *name, size_t len, const char *text) {
    yajl_gen_string(gen, (const unsigned char *)name, len);
    put_text(gen, text);
}

static bool ends(const char *name, size_t len, const char *end) {
    size_t n = strlen(end);
    return len >= n && memcmp(name + len - n, end, n) == 0;
}

/* Instants and days, by the names of their fields, as the national form has them: of
 * yyyyMMddHHmmss and yyyyMMdd. Digits of other fields are no date. */
static const char *date_of(const char *name, size_t len, const char *text, char out[static 24]) {
    size_t digits = strspn(text, "0123456789");
    bool instant = ends(name, len, "time"),
         day = ends(name, len, "date") || ends(name, len, "brdy");
    if ((!instant && !day) || text[digits] != '\0' || (digits != 8 && digits != 14))
        return text;
    int n = snprintf(out, 24, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    if (instant && digits == 14)
        snprintf(out + n, 24 - (size_t)n, " %.2s:%.2s:%.2s", text + 8, text + 10, text + 12);
    return out;
}

/* The number of a trade within a serial, no other trade's: instant and number of one that is
 * written yyyyMMddHHmmss-institution-4 digits, else K and the whole of a short one, or H and the
 * first hex digits of its SHA-256. */
static bool trade_of(const legacy_call *call, char out[static 32]) {
    enum { INSTANT = 14, NUMBER = 4, MOST = 27 };
    const char *key = call->key,
               *code = settle_context_option(call->context, "institution", "fixmedins_code");
    size_t len = strlen(key), code_len = strlen(code);
    unsigned char hash[EVP_MAX_MD_SIZE];
    if (len == INSTANT + 1 + code_len + 1 + NUMBER && strspn(key, "0123456789") == INSTANT &&
        key[INSTANT] == '-' && memcmp(key + INSTANT + 1, code, code_len) == 0 &&
        key[len - NUMBER - 1] == '-' && strspn(key + len - NUMBER, "0123456789") == NUMBER) {
        snprintf(out, 32, "%.14s%s", key, key + len - NUMBER);
        return true;
    }
    if (len < MOST) {
        snprintf(out, 32, "K%s", key);
        return true;
    }
    if (EVP_Q_digest(NULL, "SHA256", NULL, key, len, hash, NULL) != 1)
        return false;
    out[0] = 'H';
    for (size_t i = 0; i < (MOST - 1) / 2; i++)
        snprintf(out + 1 + 2 * i, 3, "%02x", hash[i]);
    return true;
}

/* A charge without a serial of its own: its trade and its row. */
static bool put_serial(legacy_call *call, yajl_gen gen, size_t row) {
    char trade[32], serial[64];
    if (row > 999)
        return legacy_fail(call, SETTLE_E_INPUT_TOO_LONG, "一次最多上传 999 条费用");
    if (!trade_of(call, trade))
        return legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
    snprintf(serial, sizeof serial, "%s%03zu", trade, row);
    put(gen, "feedetl_sn", serial);
    return true;
}

/* The business number of an original is the national one there. */
static bool put_original(legacy_call *call, yajl_gen gen, const char *number) {
    const string_form *form = string_form_of(call->context, number);
    if (form == NULL)
        return legacy_fail(call, SETTLE_E_ARG_VALUE, "不提供业务编号 %.10s", number);
    put(gen, "oinfno", form->infno);
    return true;
}

static bool put_row(legacy_call *call, const string_form *form, yajl_gen gen, char *row,
                    size_t number) {
    const char *names = form->fields, *name;
    char *rest = row, date[24];
    size_t len, column = 0;
    yajl_gen_map_open(gen);
    while ((len = next_name(&names, &name)) > 0) {
        bool optional = name[len - 1] == '?';
        char *text = frame_next(&rest, '|');
        column++;
        if (text == NULL && !optional)
            return legacy_fail(call, SETTLE_E_INPUT_MISSING, "入参第 %zu 行缺少第 %zu 项 %.*s",
                               number, column, (int)(len - optional), name);
        if (text == NULL || name[0] == '-' || text[0] == '\0')
            continue;
        len -= optional;
        if (len == strlen(ORIGINAL) && memcmp(name, ORIGINAL, len) == 0) {
            if (!put_original(call, gen, text))
                return false;
        } else {
            put_named(gen, name, len, date_of(name, len, text, date));
        }
    }
    if (strcmp(form->infno, "2301") == 0 && !put_serial(call, gen, number))
        return false;
    yajl_gen_map_close(gen);
    return rest[0] == '\0' ||
           legacy_fail(call, SETTLE_E_INPUT_CSV, "入参第 %zu 行多于 %zu 项", number, column);
}

/* The admission's diagnosis stands in a node of its own. False: memory failed; an admission without
 * it would be another. */
static bool put_diagnosis(yajl_gen gen, const char *mdtrtinfo) {
    yajl_val head = mdtrtinfo == NULL ? NULL : yajl_tree_parse(mdtrtinfo, NULL, 0);
    yajl_val node = json_member(head, "mdtrtinfo");
    if (head == NULL)
        return false;
    if (json_at(node, "diag_code")[0] != '\0') {
        put_key(gen, "diseinfo");
        yajl_gen_map_open(gen);
        put(gen, "diag_type", "1");
        put(gen, "maindiag_flag", "1");
        put(gen, "diag_srt_no", "1");
        put(gen, "diag_code", json_at(node, "diag_code"));
        put(gen, "diag_name", json_at(node, "diag_name"));
        yajl_gen_map_close(gen);
    }
    yajl_tree_free(head);
    return true;
}

static bool put_rows(legacy_call *call, const string_form *form, yajl_gen gen, char *payload) {
    size_t number = 0;
    if (!form->rows)
        return put_row(call, form, gen, payload, 1);
    yajl_gen_array_open(gen);
    for (char *row; (row = frame_next(&payload, '$')) != NULL;)
        if (row[0] != '\0' && !put_row(call, form, gen, row, ++number))
            return false;
    yajl_gen_array_close(gen);
    return true;
}

/* The whole of a generator that is still open, closed for the while. */
static char *so_far(yajl_gen gen) {
    const unsigned char *text;
    size_t len;
    char *copy;
    if (yajl_gen_get_buf(gen, &text, &len) != yajl_gen_status_ok ||
        (copy = malloc(len + 2)) == NULL)
        return NULL;
    memcpy(copy, text, len);
    memcpy(copy + len, "}", 2);
    return copy;
}

char *string_input(legacy_call *call, const string_form *form, const frame_request *request) {
    yajl_gen gen = put_begin();
    if (gen == NULL) {
        legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
        return NULL;
    }
    yajl_gen_map_open(gen);
    put_key(gen, form->node);
    if (!put_rows(call, form, gen, request->payload)) {
        yajl_gen_free(gen);
        return NULL;
    }
    bool admission = strcmp(form->infno, "2401") == 0;
    char *node = admission ? so_far(gen) : NULL;
    bool whole = !admission || put_diagnosis(gen, node);
    free(node);
    if (!whole) {
        yajl_gen_free(gen);
        legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
        return NULL;
    }
    yajl_gen_map_close(gen);
    return put_end(gen);
}

/* --- out -------------------------------------------------------------------------------------- */

typedef struct text {
    char *bytes;
    size_t len, cap;
    bool failed;
} text;

static void add(text *t, const char *bytes, size_t len) {
    if (t->cap - t->len <= len) {
        size_t cap = (t->cap + len + 64) * 2;
        char *grown = t->failed ? NULL : realloc(t->bytes, cap);
        t->failed = grown == NULL;
        if (t->failed)
            return;
        t->bytes = grown;
        t->cap = cap;
    }
    memcpy(t->bytes + t->len, bytes, len);
    t->len += len;
    t->bytes[t->len] = '\0';
}

/* With what divides written full width. */
static void add_value(text *t, const char *value) {
    size_t len = frame_value(value, NULL);
    char *wide = malloc(len + 1);
    t->failed |= wide == NULL;
    if (wide == NULL)
        return;
    frame_value(value, wide);
    add(t, wide, len);
    free(wide);
}

static void add_fen(text *t, long long value) {
    char shown[LEGACY_YUAN];
    legacy_yuan(value, shown);
    add(t, shown, strlen(shown));
}

/* What the bill comes to less what the other items of the payload say: they add up to it. */
static void add_rest(text *t, yajl_val row) {
    static const char *const OTHERS[] = {"hifp_pay",        "hifes_pay",   "hifmi_pay",
                                         "maf_pay",         "cvlserv_pay", "acct_pay",
                                         "acct_mulaid_pay", "psn_cash_pay"};
    long long rest = legacy_fen(json_at(row, "medfee_sumamt"));
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        rest -= legacy_fen(json_at(row, OTHERS[i]));
    add_fen(t, rest);
}

static void add_field(text *t, yajl_val row, const char *name, size_t len) {
    char key[64];
    snprintf(key, sizeof key, "%.*s", (int)len, name);
    char *mark = strpbrk(key, ".+");
    if (strcmp(key, "-") == 0)
        return;
    if (strcmp(key, "=rest") == 0) {
        add_rest(t, row);
    } else if (strcmp(key, "=ownpay") == 0) {
        add(t, strcmp(json_at(row, "chrgitm_lv"), "03") == 0 ? "1" : "0", 1);
    } else if (mark != NULL && *mark == '.') {
        *mark = '\0';
        add_value(t, json_at(json_member(row, key), mark + 1));
    } else if (mark != NULL) {
        *mark = '\0';
        add_fen(t, legacy_fen(json_at(row, key)) + legacy_fen(json_at(row, mark + 1)));
    } else {
        add_value(t, json_at(row, key));
    }
}

static void add_row(text *t, const string_form *form, yajl_val row) {
    const char *names = form->answer, *name;
    for (size_t len; (len = next_name(&names, &name)) > 0;) {
        add_field(t, row, name, len);
        add(t, "|", 1);
    }
}

char *string_answer(const string_form *form, const char *output) {
    text t = {0};
    yajl_val whole = yajl_tree_parse(output, NULL, 0);
    yajl_val node = form->answer_node[0] == '\0' ? whole : json_member(whole, form->answer_node);
    add(&t, "", 0);
    if (whole == NULL)
        t.failed = true;
    for (size_t i = 0; form->answer[0] != '\0' && i < json_count(node); i++) {
        if (i > 0)
            add(&t, "$", 1);
        add_row(&t, form, json_row(node, i));
    }
    yajl_tree_free(whole);
    if (t.failed) {
        free(t.bytes);
        return NULL;
    }
    return t.bytes;
}
