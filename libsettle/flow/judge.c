/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/judge.h"

#include "benefit/benefit.h"
#include "flow/accumulators.h"
#include "flow/overrides.h"
#include "flow/settled.h"
#include "rules/rules.h"
#include "rules/support.h"

#include <unistd.h>

static const stl_rule RULE_ACC = {
    .id = STL_FLOW_RULE_ACC,
    .name = {"基金支付未能计算", "payment not computed"},
    .fix =
        {"请补齐或更正所缺内容（年度累计可向医保查询）后重试",
         "supply or mend what is missing (accumulators: ask the insurance body), then try again"},
    .basis = "B4 B6 D1",
    .reads = "policy.xml, accumulators.csv",
    .action = STL_HOLD,
};

static const stl_rule RULE_UNSERVED = {
    .id = "S3",
    .name = {"本政策包不支付该险种", "the pack does not pay this scheme"},
    .fix = {"由个人全额支付，事后向参保地经办机构报销",
            "the patient pays all and claims from the insuring body later"},
    .basis = "S3 W8",
    .reads = "policy.xml, stays.csv",
    .action = STL_HINT,
};

const stl_rule *const STL_FLOW_RULES[] = {&RULE_ACC, &RULE_UNSERVED, NULL};

/* No serial: a stay that is registered anew gives its charges new ones. */
static uint64_t key_of(const stl_charge *charge) {
    uint64_t mixed = stl_str_hash(charge->medins_list_codg);
    mixed = mixed * 0x9E3779B97F4A7C15u + (uint64_t)charge->fee_ocur_time;
    mixed = mixed * 0x9E3779B97F4A7C15u + (uint64_t)charge->det_item_fee_sumamt;
    return mixed | 1;
}

settle_status stl_flow_line_keys(const stl_case *c, uint64_t **out, stl_error *err) {
    uint64_t *keys = stl_arena_alloc(c->arena, c->n_lines * sizeof *keys);
    TRY_ALLOC(err, keys);
    for (size_t i = 0; i < c->n_lines; i++)
        keys[i] = c->lines[i].net_amt == 0 ? 0 : key_of(stl_case_charge(c, i));
    *out = keys;
    return SETTLE_OK;
}

typedef struct settlements {
    const stl_case *c;
    stl_str *text; /* "MSGID (TIME), ..." */
} settlements;

static settle_status note_settlement(void *user, stl_str msgid, stl_instant made_at,
                                     stl_error *err) {
    const settlements *s = user;
    char at[STL_DATE_TEXT_MAX];
    stl_instant_format(made_at, at);
    const char *text = stl_rules_text(s->c, "%.*s%s%.*s (%s)", STL_ARG(*s->text),
                                      stl_str_empty(*s->text) ? "" : ", ", STL_ARG(msgid), at);
    TRY_ALLOC(err, text);
    *s->text = stl_str_of(text);
    return SETTLE_OK;
}

settle_status stl_flow_ask_ledger(stl_session *session, stl_case *c, stl_error *err) {
    const stl_admission *head = &c->stay->head;
    bool fresh = access(session->site->config.ledger.ptr, F_OK) != 0;
    c->settled_known = true;
    if (fresh) /* nothing was ever settled here, and a preview leaves no trace */
        return SETTLE_OK;
    TRY(stl_session_ledger(session, STL_LEDGER_READ, err));
    stl_stay_state settled;
    TRY(stl_ledger_settled(session->ledger, head->mdtrt_id, &settled, note_settlement,
                           &(settlements){c, &c->settled_as}, err));
    c->settled_before = settled == STL_STAY_SETTLED;
    c->settled_in_part = settled == STL_STAY_INTERIM;
    uint64_t *keys;
    TRY(stl_flow_line_keys(c, &keys, err));
    bool *flags = stl_arena_alloc(c->arena, c->n_lines * sizeof *flags);
    uint32_t *lines = stl_arena_alloc(c->arena, c->n_lines * sizeof *lines);
    TRY_ALLOC(err, flags);
    TRY_ALLOC(err, lines);
    TRY(stl_ledger_keys_settled(session->ledger, head->psn_no, head->mdtrt_id, keys, c->n_lines,
                                flags, &c->settled_elsewhere, note_settlement,
                                &(settlements){c, &c->settled_with}, err));
    for (size_t i = 0; i < c->n_lines; i++)
        if (flags[i])
            lines[c->n_settled_lines++] = (uint32_t)i;
    c->settled_lines = lines;
    return SETTLE_OK;
}

const char *stl_flow_rule_name(const char *rule_id, int32_t lang) {
    if (strcmp(rule_id, RULE_ACC.id) == 0)
        return RULE_ACC.name[lang == SETTLE_LANG_EN];
    const char *name = stl_rules_name(rule_id, lang);
    return name == NULL ? "" : name;
}

/* What the payment lacks, as the gaps of ACC name it. */
static settle_status report_unpaid(stl_judgement *j, stl_error *err) {
    SCOPED_BUF missing = {0};
    for (size_t i = 0; i < j->verdict.n_gaps; i++) {
        const stl_not_evaluated *gap = &j->verdict.gaps[i];
        if (strcmp(gap->rule_id, RULE_ACC.id) != 0)
            continue;
        stl_buf_text(&missing, missing.len == 0 ? "" : stl_rules_pick(&j->c, "、", ", "));
        stl_buf_str(&missing, gap->missing);
    }
    stl_buf_bytes(&missing, "", 1);
    if (!stl_buf_ok(&missing))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY(stl_rule_find(&RULE_ACC, &j->c, &j->verdict,
                      (stl_found){.vola_amt = j->settlement.info.medfee_sumamt}, err,
                      "支付所需的内容不全，未计算基金支付：%s",
                      "fund payments are not computed, the payment lacks: %s", missing.ptr));
    stl_finding *f = &j->verdict.findings[j->verdict.n_findings - 1];
    if (f->action < RULE_ACC.action) /* no pack settles without a payment */
        f->action = RULE_ACC.action;
    return SETTLE_OK;
}

static settle_status report_state(stl_judgement *j, stl_error *err) {
    if (!j->settlement.evaluated)
        return report_unpaid(j, err);
    if (!j->settlement.served && j->settlement.later != STL_NONE)
        return stl_rule_find(
            &RULE_UNSERVED, &j->c, &j->verdict, (stl_found){.vola_amt = 0}, err,
            "本次 %s 元由个人全额支付，事后由参保地报销 %s 元",
            "the patient pays all %s yuan now; the insuring place pays %s yuan later",
            stl_figure_money(j->settlement.info.medfee_sumamt).text,
            stl_figure_money(j->settlement.later).text);
    if (!j->settlement.served)
        return stl_rule_find(
            &RULE_UNSERVED, &j->c, &j->verdict, (stl_found){.vola_amt = 0}, err,
            "险种 %.*s 不在本政策包支付范围，本次 %s 元由个人全额支付",
            "scheme %.*s is not paid by this pack; the patient pays all %s yuan now",
            (int)j->c.stay->head.insutype.len, j->c.stay->head.insutype.ptr,
            stl_figure_money(j->settlement.info.medfee_sumamt).text);
    return SETTLE_OK;
}

settle_status stl_flow_report_payment(stl_judgement *j, stl_error *err) {
    TRY(report_state(j, err));
    return stl_rules_run_paid(&j->c, &j->settlement, &j->verdict, err);
}

/* What is born deep in a calculation may have no record yet. */
static settle_status recorded(settle_status status, stl_error *err) {
    return status == SETTLE_OK || err == NULL || err->status == status
               ? status
               : FAIL(err, status, .field = NULL);
}

settle_status stl_flow_prepare(stl_session *session, const stl_stay *stay, stl_arena *arena,
                               stl_judgement *out, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    const stl_site *site = session->site;
    *out = (stl_judgement){.verdict = {.arena = arena}};
    TRY(stl_site_pack(site, &stay->head, &out->pack, err));
    return stl_case_build(stay, stl_pack_region(out->pack), stl_mapping_of(site->mapping),
                          stl_site_defaults(site), session->lang, arena, &out->c, err);
}

settle_status stl_flow_not_empty(const stl_stay *stay, stl_error *err) {
    if (stl_stay_n_charges(stay) == 0)
        return FAIL(err, SETTLE_E_INPUT_EMPTY_STAY, .field = "mdtrt_id",
                    .value = stay->head.mdtrt_id.ptr);
    return SETTLE_OK;
}

settle_status stl_flow_rules(stl_judgement *j, stl_error *err) {
    return recorded(stl_rules_run(&j->c, &j->verdict, err), err);
}

settle_status stl_flow_pay(stl_session *session, bool explain, stl_judgement *j, stl_error *err) {
    TRY(recorded(stl_benefit_settle(&j->c, explain, &j->settlement, &j->verdict, err), err));
    TRY(stl_flow_less_settled(session, explain, j, err));
    TRY(stl_flow_report_payment(j, err));
    return stl_flow_conclude(session, j, err);
}

settle_status stl_flow_conclude(stl_session *session, stl_judgement *j, stl_error *err) {
    const stl_config *config = &session->site->config;
    TRY(stl_rules_conclude(&j->c, config->switches, config->n_switches, &j->verdict, err));
    return session->ledger == NULL ? SETTLE_OK : stl_flow_overrides_apply(session, j, err);
}

settle_status stl_flow_judge(stl_session *session, const stl_stay *stay, bool explain,
                             stl_arena *arena, stl_judgement *out, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    TRY(stl_flow_not_empty(stay, err));
    TRY(stl_flow_prepare(session, stay, arena, out, err));
    TRY(stl_flow_ask_ledger(session, &out->c, err));
    TRY(stl_flow_accumulators(session, &out->c, err));
    TRY(stl_flow_rules(out, err));
    return stl_flow_pay(session, explain, out, err);
}
