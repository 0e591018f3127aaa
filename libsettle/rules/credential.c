/* SPDX-License-Identifier: Apache-2.0 */
/* V10: the number of an identity card (18 characters, GB 11643) holds birth date, sex and a check
 * digit; the credential shown at the desk, where it is such a card, bears the number registered. No
 * value of the person stands in the evidence. */
#include "rules/checks.h"
#include "rules/facts.h"

#include <stdio.h>

#define CERTIFICATE "GB 11643; rules/lists.csv V10.certificate"
#define CREDENTIAL "rules/lists.csv V10.credential"

enum { LENGTH = 18, BIRTH_AT = 6, SEX_AT = 16 };

static bool is_digit(char c) {
    return '0' <= c && c <= '9';
}

static char upper(char c) {
    return c == 'x' ? 'X' : c;
}

static bool well_formed(stl_str no) {
    static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (no.len != LENGTH)
        return false;
    int sum = 0;
    for (size_t i = 0; i < LENGTH - 1; i++) {
        if (!is_digit(no.ptr[i]))
            return false;
        sum += (no.ptr[i] - '0') * WEIGHTS[i];
    }
    return upper(no.ptr[LENGTH - 1]) == "10X98765432"[sum % 11];
}

static bool born_on(stl_str no, stl_day brdy) {
    char text[11];
    snprintf(text, sizeof text, "%.4s-%.2s-%.2s", no.ptr + BIRTH_AT, no.ptr + BIRTH_AT + 4,
             no.ptr + BIRTH_AT + 6);
    stl_day day;
    return stl_day_parse(stl_str_of(text), &day) == SETTLE_OK && day == brdy;
}

static bool of_sex(stl_str no, stl_str gend) {
    return stl_str_is(gend, (no.ptr[SEX_AT] - '0') % 2 == 1 ? "1" : "2");
}

static settle_status find(const stl_case *c, const char *basis, stl_verdict *out, stl_error *err,
                          const char *zh, const char *en) {
    stl_found found = {.vola_amt = stl_rules_stay_worth(c), .basis = basis};
    return stl_rule_find(&STL_RULE_CREDENTIAL, c, out, found, err, "%s", "%s",
                         stl_rules_pick(c, zh, en));
}

static settle_status lacks(const stl_case *c, stl_verdict *out, const char *zh, const char *en) {
    return stl_verdict_gap(out, STL_RULE_CREDENTIAL.id, stl_rules_pick(c, zh, en), 0);
}

static settle_status compare(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (!well_formed(head->certno))
        return find(c, CERTIFICATE, out, err, "证件号码（certno）的位数或校验码不符",
                    "the certificate number (certno) has another length or check digit");
    if (head->brdy == STL_NONE)
        TRY(lacks(c, out, "患者出生日期", "date of birth of the patient"));
    else if (!born_on(head->certno, head->brdy))
        TRY(find(c, CERTIFICATE, out, err, "出生日期（brdy）与证件号码（certno）不一致",
                 "the date of birth (brdy) disagrees with the certificate number (certno)"));
    if (!stl_str_is(head->gend, "1") && !stl_str_is(head->gend, "2"))
        return lacks(c, out, "患者性别", "sex of the patient");
    return of_sex(head->certno, head->gend)
               ? SETTLE_OK
               : find(c, CERTIFICATE, out, err, "性别（gend）与证件号码（certno）不一致",
                      "the sex (gend) disagrees with the certificate number (certno)");
}

static bool same_number(stl_str a, stl_str b) { /* the last may be x or X */
    return stl_str_eq(a, b) ||
           (a.len == LENGTH && b.len == LENGTH && memcmp(a.ptr, b.ptr, LENGTH - 1) == 0 &&
            upper(a.ptr[LENGTH - 1]) == upper(b.ptr[LENGTH - 1]));
}

/* The credential (mdtrt_cert_type of list "V10.credential") against the certificate. */
static settle_status compare_credential(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (stl_rules_listed(c, "V10.credential", head->mdtrt_cert_type, stl_rules_stay_day(c)) == NULL)
        return SETTLE_OK;
    if (stl_str_empty(head->mdtrt_cert_no))
        return lacks(c, out, "就诊凭证号码", "number of the credential");
    return same_number(head->mdtrt_cert_no, head->certno)
               ? SETTLE_OK
               : find(c, CREDENTIAL, out, err,
                      "就诊凭证号码（mdtrt_cert_no）与登记的证件号码（certno）不一致",
                      "the number of the credential (mdtrt_cert_no) is not that of the certificate "
                      "registered "
                      "(certno)");
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (!stl_rules_has_list(c, "V10.certificate"))
        return lacks(c, out, "含出生日期的证件类型名单（V10.certificate）",
                     "the list of certificates that hold a birth date (V10.certificate)");
    if (stl_str_empty(head->psn_cert_type))
        return lacks(c, out, "人员证件类型", "kind of the certificate");
    if (stl_rules_listed(c, "V10.certificate", head->psn_cert_type, stl_rules_stay_day(c)) == NULL)
        return SETTLE_OK;
    if (stl_str_empty(head->certno))
        return lacks(c, out, "证件号码", "number of the certificate");
    TRY(compare(c, out, err));
    return compare_credential(c, out, err);
}

const stl_rule STL_RULE_CREDENTIAL = {
    .id = "V10",
    .name = {"项目或证件与患者不符", "item or certificate of another person"},
    .fix = {"人证核对：核对证件、病历与患者本人，更正登记信息；冒名的不得结算",
            "compare certificate, record and person; correct the registration, and settle nothing "
            "for an impostor"},
    .basis = "V10 (001:55, 002:465)",
    .reads = "rules/lists.csv V10.certificate, rules/lists.csv V10.credential?",
    .action = STL_BLOCK,
    .scope = STL_SCOPE_WORTH,
    .run = run,
};
