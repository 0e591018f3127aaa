/* SPDX-License-Identifier: Apache-2.0 */
/* V3: notes of the price list that lower a maximum (surcharges.csv): `pay-at` a share of it beside
 * another item, of the same civil day ("with:3308*") or second ("at-once:310602006*"). That both
 * belong together only a person knows. */
#include "rules/checks.h"
#include "rules/facts.h"
#include "rules/priced.h"
#include "rules/surcharge.h"

enum { PERCENT_ONE = 100 };

typedef struct note {
    const int64_t *row;
    stl_str patterns; /* of the items beside; "": only a person knows the condition */
    bool at_once;
    int64_t when; /* day or second for which `beside` was looked for */
    const uint32_t *beside;
} note;

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    note *notes; /* that lower a maximum */
    size_t n_notes, cap_notes;
    uint8_t *items; /* by item_no: 0 not asked yet, 1 none of the notes concerns it, 2 one may */
    size_t unknown; /* lines dearer than a share whose condition only a person knows */
} check;

static stl_str cell(const stl_case *c, const int64_t *row, size_t col) {
    return stl_index_text(stl_rules_table(c, STL_T_SURCHARGES), row[col]);
}

static stl_str price_code(const stl_case *c, uint32_t line) {
    return stl_rules_cell(&c->mapping->items, c->lines[line].item, STL_ITEM_PRICE_CODE);
}

static note note_of(const stl_case *c, const int64_t *row) {
    stl_str with = STL_STR("with:"), once = STL_STR("at-once:");
    stl_str condition = cell(c, row, STL_SUR_WHEN);
    note n = {.row = row, .patterns = STL_STR(""), .when = STL_NONE};
    n.at_once = stl_str_starts(condition, once);
    size_t skip = n.at_once ? once.len : stl_str_starts(condition, with) ? with.len : condition.len;
    n.patterns = (stl_str){condition.ptr + skip, condition.len - skip};
    return n;
}

static settle_status collect(check *k) {
    const stl_index_table *table = stl_rules_table(k->c, STL_T_SURCHARGES);
    for (size_t i = 0; i < table->n_rows; i++) {
        const int64_t *row = table->rows + i * STL_SUR_COLS;
        if (!stl_str_is(cell(k->c, row, STL_SUR_KIND), "pay-at"))
            continue;
        void *at = k->notes;
        note *place = stl_arena_push(k->c->arena, &at, &k->n_notes, &k->cap_notes, sizeof *place);
        TRY_ALLOC(k->err, place);
        k->notes = at;
        *place = note_of(k->c, row);
    }
    return SETTLE_OK;
}

static bool may_concern(check *k, uint32_t line) {
    uint8_t *answer = &k->items[k->c->lines[line].item_no];
    for (size_t i = 0; *answer == 0 && i < k->n_notes; i++)
        if (stl_str_starts(price_code(k->c, line), cell(k->c, k->notes[i].row, STL_SUR_CODE)))
            *answer = 2;
    *answer = *answer == 0 ? 1 : *answer;
    return *answer == 2;
}

static int64_t when_of(const check *k, const note *n, size_t place) {
    uint32_t line = k->c->by_time[place];
    return n->at_once ? stl_case_charge(k->c, line)->fee_ocur_time : k->c->lines[line].day;
}

/* Lines are asked for in the order of time: one answer for a day or second. */
static const uint32_t *beside(check *k, note *n, size_t place) {
    const stl_case *c = k->c;
    int64_t when = when_of(k, n, place);
    if (n->when == when)
        return n->beside;
    n->when = when;
    n->beside = NULL;
    stl_str own = cell(c, n->row, STL_SUR_CODE);
    while (place > 0 && when_of(k, n, place - 1) == when)
        place--;
    for (; n->beside == NULL && place < c->n_lines && when_of(k, n, place) == when; place++) {
        uint32_t other = c->by_time[place];
        if (stl_line_live(&c->lines[other]) && !stl_str_starts(price_code(c, other), own) &&
            stl_words_fit(n->patterns, price_code(c, other)))
            n->beside = &c->by_time[place];
    }
    return n->beside;
}

static settle_status report(check *k, const note *n, uint32_t line, const stl_priced *price,
                            stl_money allowed) {
    const stl_case *c = k->c;
    const stl_charge *charge = stl_case_charge(c, line), *other = stl_case_charge(c, *n->beside);
    stl_money amount = c->lines[line].net_amt;
    stl_str text = cell(c, n->row, STL_SUR_TEXT);
    stl_found found = {.lines = &line,
                       .n_lines = 1,
                       .involved = n->beside,
                       .n_involved = 1,
                       .vola_amt = amount - allowed,
                       .basis =
                           stl_rules_text(c, "surcharges.csv %.*s %.*s %.*s",
                                          STL_ARG(cell(c, n->row, STL_SUR_CODE)), STL_ARG(text),
                                          STL_ARG(cell(c, n->row, STL_SUR_SOURCE)))};
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(
        &STL_RULE_REDUCED_PRICE, c, k->out, found, k->err,
        "%s %.*s 与 %.*s %s：按 %s%% 计，上限 %s 元，金额 %s > %s 元，超出 %s 元（%.*s）",
        "%s %.*s beside %.*s %s: at %s %% of at most %s yuan: %s > %s, %s yuan too much (%.*s)",
        stl_figure_day(c->lines[line].day).text, STL_ARG(charge->medins_list_name),
        STL_ARG(other->medins_list_name),
        n->at_once ? stl_rules_pick(c, "同时", "at the same time")
                   : stl_rules_pick(c, "同日", "on the day"),
        stl_figure_qty(n->row[STL_SUR_VALUE]).text, stl_figure_price(price->full).text,
        stl_figure_money(amount).text, stl_figure_money(allowed).text,
        stl_figure_money(found.vola_amt).text, STL_ARG(text));
}

/* One note about the line at `place` of by_time. */
static settle_status judge(check *k, note *n, size_t place) {
    const stl_case *c = k->c;
    uint32_t line = c->by_time[place];
    if (!stl_str_starts(price_code(c, line), cell(c, n->row, STL_SUR_CODE)) ||
        !stl_row_in_force(n->row, STL_SUR_BEGIN, STL_SUR_END, c->lines[line].day))
        return SETTLE_OK;
    stl_priced price;
    TRY(stl_rules_priced(c, line, &price, k->err));
    if (price.gap != STL_PRICED) /* price_cap.c tells what is missing */
        return SETTLE_OK;
    stl_money allowed = stl_rules_share(price.count, price.full, n->row[STL_SUR_VALUE],
                                        (int64_t)PERCENT_ONE * STL_QTY_ONE);
    if (c->lines[line].net_amt <= allowed)
        return SETTLE_OK;
    if (stl_str_empty(n->patterns)) {
        k->unknown++;
        return SETTLE_OK;
    }
    return beside(k, n, place) == NULL ? SETTLE_OK : report(k, n, line, &price, allowed);
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    TRY(collect(&k));
    if (k.n_notes == 0)
        return SETTLE_OK;
    k.items = stl_arena_alloc(c->arena, c->n_items);
    TRY_ALLOC(err, k.items);
    for (size_t i = 0; i < c->n_lines; i++) {
        if (!stl_line_live(&c->lines[c->by_time[i]]) || !may_concern(&k, c->by_time[i]))
            continue;
        for (size_t n = 0; n < k.n_notes; n++)
            TRY(judge(&k, &k.notes[n], i));
    }
    if (k.unknown == 0)
        return SETTLE_OK;
    return stl_verdict_gap(out, STL_RULE_REDUCED_PRICE.id,
                           stl_rules_pick(c, "价表说明中减收条件是否成立",
                                          "whether a note that lowers the price holds"),
                           k.unknown);
}

const stl_rule STL_RULE_REDUCED_PRICE = {
    .id = "V3",
    .name = {"未按价表说明减收", "a lower price of the list's notes not kept"},
    .fix =
        {"同时进行的请按说明减收后退费重收；分别进行的请核对并保留记录",
         "where both were done at the same time, refund it and charge the lower price; else check "
         "the record and keep it"},
    .basis = "V3 (001:59,357, 002:1163, 004:70)",
    .reads = "surcharges.csv, caps.csv, items.csv, mapping.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_DAY,
    .run = run,
};
