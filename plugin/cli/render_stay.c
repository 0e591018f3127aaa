/* SPDX-License-Identifier: Apache-2.0 */
#include "render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_COLUMNS = 38 };

static const char *action_text(const char *action) {
    static const char *const TEXTS[][2] = {{"hint", N_("hint")},
                                           {"warn", N_("warning")},
                                           {"hold", N_("held")},
                                           {"block", N_("blocked")}};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        if (strcmp(TEXTS[i][0], action) == 0)
            return _(TEXTS[i][1]);
    return action;
}

static void put_serials(const char *label, yajl_val finding, const char *key) {
    size_t n;
    yajl_val lines = tree_array(finding, key, &n);
    if (n == 0)
        return;
    printf("      %s", label);
    for (size_t i = 0; i < n && i < 12; i++)
        printf(" %s", YAJL_GET_STRING(YAJL_GET_ARRAY(lines)->values[i]));
    if (n > 12)
        printf(_(" and %zu more"), n - 12);
    putchar('\n');
}

static void put_override(yajl_val f) {
    const char *path[] = {"override", NULL};
    yajl_val o = yajl_tree_get(f, path, yajl_t_object);
    if (o == NULL)
        return;
    printf(_("      Overridden: approval %s, %s (%s), %s: %s\n"), tree_text(o, "approval"),
           tree_text(o, "by"), tree_text(o, "role"), tree_text(o, "time"), tree_text(o, "reason"));
    if (tree_text(o, "second")[0] != '\0')
        printf(_("      Second person: %s\n"), tree_text(o, "second"));
}

static void put_finding(yajl_val f) {
    printf("  [%s] %s %s", action_text(tree_text(f, "action")), tree_text(f, "rule_id"),
           tree_text(f, "rule_name"));
    if (strcmp(tree_text(f, "vola_amt"), "0.00") != 0)
        printf(_("  (%s yuan)"), tree_text(f, "vola_amt"));
    putchar('\n');
    if (strcmp(tree_text(f, "group"), tree_text(f, "finding_id")) != 0)
        printf(_("      Same cause as finding %s\n"), tree_text(f, "group"));
    printf("      %s\n", tree_text(f, "evidence"));
    printf(_("      To do: %s\n"), tree_text(f, "fix"));
    put_serials(_("Lines to correct:"), f, "lines");
    put_serials(_("Concerned too:"), f, "involved");
    put_override(f);
    printf(_("      Basis: %s   finding %s\n"), tree_text(f, "basis"), tree_text(f, "finding_id"));
}

/* What the payment lacks stands in its finding already. */
static void put_gap(yajl_val gap) {
    if (strcmp(tree_text(gap, "rule_id"), "ACC") == 0)
        return;
    long long lines = tree_number(gap, "lines");
    printf(_("  [not evaluated] %s %s: missing %s"), tree_text(gap, "rule_id"),
           tree_text(gap, "rule_name"), tree_text(gap, "missing"));
    if (lines > 0)
        printf(ngettext(" (%lld line)", " (%lld lines)", (unsigned long)lines), lines);
    putchar('\n');
}

static void put_shadow(yajl_val shadow) {
    long long n = tree_number(shadow, "count");
    printf(ngettext("  [on trial] %s %s: %lld finding, %s yuan, counted only\n",
                    "  [on trial] %s %s: %lld findings, %s yuan, counted only\n", (unsigned long)n),
           tree_text(shadow, "rule_id"), tree_text(shadow, "rule_name"), n,
           tree_text(shadow, "vola_amt"));
}

static void put_findings(yajl_val result) {
    size_t n, gaps, n_shadow;
    yajl_val *findings = ranked_findings(result, &n);
    yajl_val missing = tree_array(result, "not_evaluated", &gaps);
    if (n == 0)
        puts(_("No rule is broken."));
    else
        printf(ngettext("%zu finding:\n", "%zu findings:\n", n), n);
    for (size_t i = 0; i < n; i++)
        put_finding(findings[i]);
    free(findings);
    for (size_t i = 0; i < gaps; i++)
        put_gap(YAJL_GET_ARRAY(missing)->values[i]);
    yajl_val shadow = tree_array(result, "shadow", &n_shadow);
    for (size_t i = 0; i < n_shadow; i++)
        put_shadow(YAJL_GET_ARRAY(shadow)->values[i]);
}

static void put_amount(const char *label, yajl_val info, const char *key) {
    fputs("  ", stdout);
    put_padded(label, LABEL_COLUMNS);
    printf("%14s\n", tree_text(info, key));
}

static void put_settled(yajl_val result) {
    const char *path[] = {"settled_before", NULL};
    yajl_val before = yajl_tree_get(result, path, yajl_t_object);
    long long n = tree_number(before, "settlements");
    if (strcmp(tree_text(result, "mid_setl_flag"), "1") == 0)
        puts(_("Interim settlement: the stay goes on."));
    if (before != NULL)
        printf(ngettext("Settled before by %lld interim settlement: %s yuan, %s of it by funds; "
                        "what follows is the rest.\n",
                        "Settled before by %lld interim settlements: %s yuan, %s of it by funds; "
                        "what follows is the rest.\n",
                        (unsigned long)n),
               n, tree_text(before, "medfee_sumamt"), tree_text(before, "fund_pay_sumamt"));
}

static void put_amounts(yajl_val result) {
    const char *path[] = {"setlinfo", NULL};
    yajl_val info = yajl_tree_get(result, path, yajl_t_object);
    if (info == NULL) {
        puts(_("Payment: not computed, see above"));
        return;
    }
    puts(_("Amounts (yuan):"));
    put_amount(_("Total"), info, "medfee_sumamt");
    put_amount(_("  fully self-paid"), info, "fulamt_ownpay_amt");
    put_amount(_("  above price limits"), info, "overlmt_selfpay");
    put_amount(_("  pre-payment"), info, "preselfpay_amt");
    put_amount(_("  in scope"), info, "inscp_scp_amt");
    put_amount(_("Deductible"), info, "act_pay_dedc");
    put_amount(_("Paid by funds"), info, "fund_pay_sumamt");
    put_amount(_("Borne by the patient"), info, "psn_part_amt");
    put_amount(_("  from the personal account"), info, "acct_pay");
    if (strcmp(tree_text(info, "acct_mulaid_pay"), "0.00") != 0)
        put_amount(_("    of it from accounts of the family"), info, "acct_mulaid_pay");
    put_amount(_("  in cash"), info, "psn_cash_pay");
    put_amount(_("Borne by the hospital"), info, "hosp_part_amt");
}

static void put_desk(yajl_val result) {
    const char *path[] = {"desk", NULL};
    yajl_val desk = yajl_tree_get(result, path, yajl_t_object);
    if (desk == NULL)
        return;
    bool collects = strcmp(tree_text(desk, "to_collect"), "0.00") != 0;
    put_amount(_("Deposits paid"), desk, "deposits");
    put_amount(collects ? _("To be collected at the desk") : _("To be given back at the desk"),
               desk, collects ? "to_collect" : "to_give_back");
}

static void put_method(yajl_val result) {
    const char *path[] = {"payment_method", NULL};
    yajl_val method = yajl_tree_get(result, path, yajl_t_object);
    const char *later = tree_text(result, "later_reimbursement");
    if (method != NULL)
        printf(_("The hospital is paid: %s %s, standard %s yuan, balance %s\n"),
               tree_text(method, "name"), tree_text(method, "code"), tree_text(method, "standard"),
               tree_text(method, "hospital_balance"));
    if (later[0] != '\0')
        printf(_("Reimbursed later by the insuring place: %s yuan\n"), later);
}

static void put_layers(yajl_val result) {
    size_t n;
    yajl_val layers = tree_array(result, "setldetail", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val layer = YAJL_GET_ARRAY(layers)->values[i];
        printf(_("  %s (fund %s): %s of %s yuan\n"), layer_text(layer),
               tree_text(layer, "fund_pay_type"), tree_text(layer, "fund_payamt"),
               tree_text(layer, "inscp_scp_amt"));
        printf("      %s\n", tree_text(layer, "setl_proc_info"));
    }
}

static bool stops(yajl_val result) {
    size_t n;
    yajl_val findings = tree_array(result, "findings", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val f = YAJL_GET_ARRAY(findings)->values[i];
        const char *action = tree_text(f, "action"), *path[] = {"override", NULL};
        if (yajl_tree_get(f, path, yajl_t_object) == NULL &&
            (strcmp(action, "block") == 0 || strcmp(action, "hold") == 0))
            return true;
    }
    return false;
}

void render_override(char *json) {
    yajl_val result = tree_parse(json);
    const char *path[] = {"finding", NULL};
    put_finding(yajl_tree_get(result, path, yajl_t_object));
    long long n = tree_number(result, "still_stopping");
    if (n == 0)
        printf(_("Nothing stops the settlement of %s any more.\n"), tree_text(result, "mdtrt_id"));
    else
        printf(ngettext("%lld finding still stops the settlement.\n",
                        "%lld findings still stop the settlement.\n", (unsigned long)n),
               n);
    yajl_tree_free(result);
}

void render_reversal(char *json) {
    yajl_val result = tree_parse(json);
    size_t n;
    const char *path[] = {"setlinfo", NULL};
    yajl_val info = yajl_tree_get(result, path, yajl_t_object);
    yajl_val layers = tree_array(result, "setldetail", &n);
    printf(_("Reversed: settlement %s of stay %s; the stay is open again.\n"),
           tree_text(result, "msgid"), tree_text(result, "mdtrt_id"));
    puts(_("Amounts taken back (yuan):"));
    for (size_t i = 0; i < n; i++) {
        yajl_val layer = YAJL_GET_ARRAY(layers)->values[i];
        printf(_("  %s (fund %s): %s\n"), tree_text(layer, "layer"),
               tree_text(layer, "fund_pay_type"), tree_text(layer, "fund_payamt"));
    }
    put_amount(_("Paid by funds"), info, "fund_pay_sumamt");
    put_amount(_("  from the personal account"), info, "acct_pay");
    put_amount(_("  in cash"), info, "psn_cash_pay");
    put_amount(_("Borne by the hospital"), info, "hosp_part_amt");
    yajl_tree_free(result);
}

void render_stay(char *json, unsigned parts) {
    yajl_val result = tree_parse(json);
    const char *pack_path[] = {"pack", NULL};
    yajl_val pack = yajl_tree_get(result, pack_path, yajl_t_object);
    printf(_("Stay %s, pack %s %s\n"), tree_text(result, "mdtrt_id"), tree_text(pack, "id"),
           tree_text(pack, "version"));
    render_base_data(result);
    put_findings(result);
    if (parts & RENDER_AMOUNTS) {
        put_settled(result);
        put_amounts(result);
        put_desk(result);
        put_method(result);
    }
    if (parts & RENDER_LAYERS)
        put_layers(result);
    if (tree_text(result, "msgid")[0] != '\0')
        printf(_("Settled: message %s, %lld lines, %lld bytes signed and stored; queued, not sent "
                 "yet.\n"),
               tree_text(result, "msgid"), tree_number(result, "document_lines"),
               tree_number(result, "document_bytes"));
    else if (strcmp(tree_text(result, "state"), "stopped") == 0)
        puts(_("Not settled: findings stop it. Nothing was stored."));
    else if (stops(result))
        puts(parts & RENDER_AMOUNTS
                 ? _("Cannot be settled before the blocked and held findings are dealt with; the "
                     "amounts are those of the charges as they stand.")
                 : _("Cannot be settled before the blocked and held findings are dealt with."));
    yajl_tree_free(result);
}
