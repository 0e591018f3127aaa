/* SPDX-License-Identifier: Apache-2.0 */
/* P5: nights of a stay against the standard stay of its pathway, inclusive. */
#include "rules/checks.h"
#include "rules/pathway.h"

/* The discharge criteria as the end of a sentence. NULL: no memory. */
static const char *criteria(const stl_case *c, const stl_pathway *p) {
    const stl_index_table *table = stl_rules_table(c, STL_T_PATHWAY_NOTE);
    stl_index_rows rows = stl_index_get(table, p->id);
    const char *text = "";
    for (size_t i = 0; i < rows.count && text != NULL; i++) {
        const int64_t *row = rows.rows + i * STL_PWN_COLS;
        if (stl_str_is(stl_index_text(table, row[STL_PWN_PART]), "discharge"))
            text = stl_rules_text(c, "%s%s%.*s", text,
                                  text[0] == '\0'
                                      ? stl_rules_pick(c, "；出院标准：", "; discharge criteria: ")
                                      : stl_rules_pick(c, "、", ", "),
                                  STL_ARG(stl_index_text(table, row[STL_PWN_TEXT])));
    }
    return text;
}

static settle_status report(const stl_case *c, const stl_pathway *p, int64_t nights,
                            stl_verdict *out, stl_error *err) {
    long long least = p->row[STL_PW_STAY_MIN], most = p->row[STL_PW_STAY_MAX];
    stl_found found = {.basis = stl_pathway_basis(c, p)};
    const char *tail = stl_pathway_tail(c, p);
    const char *well = nights < least ? criteria(c, p) : "";
    TRY_ALLOC(err, found.basis);
    TRY_ALLOC(err, tail);
    TRY_ALLOC(err, well);
    TRY(stl_rule_find(&STL_RULE_PATHWAY_STAY, c, out, found, err,
                      "住院 %lld 天，路径 %.*s（%.*s）标准住院日为 %lld-%lld 天%s%s",
                      "%lld days in hospital, the standard stay of pathway %.*s (%.*s) is %lld to "
                      "%lld days%s%s",
                      (long long)nights, STL_ARG(p->id),
                      STL_ARG(stl_pathway_cell(c, p, STL_PW_NAME)), least, most, well, tail));
    stl_pathway_soften(p, stl_str_is(stl_pathway_cell(c, p, STL_PW_STAY_READ), "part"), out);
    return SETTLE_OK;
}

static settle_status judge(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                           stl_error *err) {
    const stl_admission *head = &c->stay->head;
    if (p->row[STL_PW_STAY_MAX] == STL_NONE)
        return SETTLE_OK;
    if (head->begntime == STL_NONE || head->endtime == STL_NONE)
        return stl_verdict_gap(
            out, STL_RULE_PATHWAY_STAY.id,
            stl_rules_pick(c, "入院或出院时间", "time of admission or discharge"), 0);
    int64_t nights = stl_instant_day(head->endtime) - stl_instant_day(head->begntime);
    if (nights < 1)
        nights = 1;
    if (p->row[STL_PW_STAY_MIN] <= nights && nights <= p->row[STL_PW_STAY_MAX])
        return SETTLE_OK;
    return report(c, p, nights, out, err);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    return stl_pathways_each(c, judge, out, err);
}

const stl_rule STL_RULE_PATHWAY_STAY = {
    .id = "P5",
    .name = {"住院天数与临床路径不符", "length of stay against the pathway"},
    .fix = {"核对入出院时间；确有原因的请登记变异及原因",
            "check the times of admission and discharge; record the variation with its reason"},
    .basis = "S10 (003:401)",
    .reads = "pathways/*.xml?",
    .action = STL_WARN,
    .scope = STL_SCOPE_RECORDS,
    .run = run,
};
