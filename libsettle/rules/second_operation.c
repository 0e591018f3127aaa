/* SPDX-License-Identifier: Apache-2.0 */
/* V3: several operations of one group (rules/surgery-discount.csv) on one civil day: by one
 * incision the further ones, and the other side of a pair, are paid at the row's share of their
 * maximum. That it was one incision only a person knows: a filing of a kind on the list V3.separate
 * says it was not. */
#include "rules/checks.h"
#include "rules/filings.h"
#include "rules/priced.h"

#include <stdlib.h>

enum { GAPS = STL_PRICED_NO_UNIT + 1 };

static const char *const GAP_TEXTS[GAPS][2] = {
    [STL_PRICED_NO_CAP] = {"同组手术的价表上限", "the maximum of each operation of a group"},
    [STL_PRICED_NO_UNIT] = {"同组手术与价表一致的对照单位",
                            "the same unit in price list and mapping, for operations of a group"},
};

typedef struct operation {
    const int64_t *row; /* of the group */
    uint32_t code, line;
    stl_day day;
    bool side; /* charged by the side: two of them are one more */
    stl_priced price;
    stl_money further; /* charged beyond what it is when it is not the first */
    stl_money first;   /* and when it is */
} operation;

typedef struct check {
    const stl_case *c;
    stl_verdict *out;
    stl_error *err;
    operation *at;
    size_t count, cap;
    size_t gaps[GAPS];
    bool *told; /* lines counted as gaps: a code may be of several groups */
} check;

static stl_money excess(stl_money amount, stl_money allowed) {
    return amount > allowed ? amount - allowed : 0;
}

static stl_money share_of(const operation *o, stl_qty count) {
    return stl_rules_share(count, o->price.full, o->row[STL_DISC_PROP], STL_QTY_ONE);
}

static settle_status weigh(const stl_case *c, operation *o, stl_error *err) {
    stl_money amount = c->lines[o->line].net_amt;
    TRY(stl_rules_priced(c, o->line, &o->price, err));
    if (o->price.gap != STL_PRICED)
        return SETTLE_OK;
    stl_qty count = o->price.count;
    o->side = stl_rules_listed(c, "V3.sides", o->price.unit, o->day) != NULL;
    o->further = excess(amount, share_of(o, count));
    if (o->side && count > STL_QTY_ONE)
        o->first = excess(amount, stl_rules_sum(stl_rules_share(STL_QTY_ONE, o->price.full, 1, 1),
                                                share_of(o, count - STL_QTY_ONE)));
    return SETTLE_OK;
}

static settle_status collect_line(check *k, const int64_t *row, uint32_t code, uint32_t line) {
    const stl_case *c = k->c;
    const stl_line *l = &c->lines[line];
    if (!stl_line_live(l) || l->day == STL_NONE ||
        !stl_row_in_force(row, STL_DISC_BEGIN, STL_DISC_END, l->day) ||
        stl_rules_filing(c, "V3.separate", l->day, stl_filing_of_line, &line) != NULL)
        return SETTLE_OK;
    operation one = {.row = row, .code = code, .line = line, .day = l->day};
    TRY(weigh(c, &one, k->err));
    void *at = k->at;
    operation *place = stl_arena_push(c->arena, &at, &k->count, &k->cap, sizeof *place);
    TRY_ALLOC(k->err, place);
    k->at = at;
    *place = one;
    return SETTLE_OK;
}

static settle_status collect(check *k) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_DISCOUNT);
    for (uint32_t code = 0; code < c->n_codes; code++) {
        stl_index_rows rows = stl_index_get(table, stl_rules_code(c, code));
        for (size_t r = 0; r < rows.count; r++)
            for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
                TRY(collect_line(k, rows.rows + r * STL_DISC_COLS, code, c->by_code[i]));
    }
    return SETTLE_OK;
}

static int by_group(const void *a, const void *b, void *the_case) {
    const operation *x = a, *y = b;
    return stl_compare(x->row[STL_DISC_GROUP], y->row[STL_DISC_GROUP])
               ?: stl_compare(x->day, y->day)
               ?: stl_compare(x->code, y->code)
               ?: stl_case_earlier(the_case, x->line, y->line);
}

static size_t same_code(const operation *at, size_t count) {
    size_t n = 1;
    while (n < count && at[n].code == at[0].code)
        n++;
    return n;
}

/* What a code saves when it is the first; *out_first is the line that is. The same operation again
 * is none of several different ones, but for the other side. */
static stl_money saved_by(const operation *at, size_t n, size_t *out_first) {
    stl_money all = 0, most = at->further - at->first;
    *out_first = 0;
    for (size_t i = 0; i < n; i++) {
        all = stl_rules_sum(all, at[i].further);
        if (at[i].further - at[i].first > most) {
            most = at[i].further - at[i].first;
            *out_first = i;
        }
    }
    return at->side ? most : all;
}

static settle_status report(check *k, const operation *o, const operation *first, stl_money over) {
    const stl_case *c = k->c;
    const stl_index_table *table = stl_rules_table(c, STL_T_DISCOUNT);
    const stl_charge *charge = stl_case_charge(c, o->line), *main = stl_case_charge(c, first->line);
    stl_str group = stl_index_text(table, o->row[STL_DISC_GROUP]);
    stl_str code = stl_index_text(table, o->row[STL_DISC_CODE]);
    stl_money amount = c->lines[o->line].net_amt;
    stl_found found = {.lines = &o->line,
                       .n_lines = 1,
                       .involved = &first->line,
                       .n_involved = o == first ? 0 : 1,
                       .vola_amt = over,
                       .gz_code = stl_index_text(table, o->row[STL_DISC_GZ]),
                       .basis = stl_rules_text(
                           c, "rules/surgery-discount.csv %.*s %.*s %.*s", STL_ARG(code),
                           STL_ARG(group), STL_ARG(stl_index_text(table, o->row[STL_DISC_KP])))};
    TRY_ALLOC(k->err, found.basis);
    return stl_rule_find(
        &STL_RULE_SECOND_OPERATION, c, k->out, found, k->err,
        "%s %.*s（%.*s）与 %.*s 属同一手术组：经同一切口的第二项手术或另一侧按 %s%% 计，上限 %s "
        "元，金额 %s > %s 元，超出 %s 元",
        "%s %.*s (%.*s) is of one group with %.*s: a further operation or side by one incision is "
        "paid at %s %% of at most %s yuan: %s > %s, %s yuan too much",
        stl_figure_day(o->day).text, STL_ARG(charge->medins_list_name), STL_ARG(code),
        STL_ARG(main->medins_list_name), stl_figure_qty(o->row[STL_DISC_PROP] * 100).text,
        stl_figure_price(o->price.full).text, stl_figure_money(amount).text,
        stl_figure_money(amount - over).text, stl_figure_money(over).text);
}

/* The first operation is the one for which the least remains too much: the dearest one charged in
 * full; of several like that the earliest. */
static const operation *first_of(const stl_case *c, const operation *at, size_t count) {
    const operation *first = NULL;
    stl_money most = 0;
    for (size_t i = 0, n; i < count; i += n) {
        size_t line;
        n = same_code(at + i, count - i);
        stl_money saved = saved_by(at + i, n, &line);
        const operation *one = at + i + line;
        if (first == NULL || saved > most ||
            (saved == most && stl_case_earlier(c, one->line, first->line) < 0)) {
            most = saved;
            first = one;
        }
    }
    return first;
}

static settle_status tell_gap(check *k, const operation *o) {
    if (k->told == NULL)
        k->told = stl_arena_alloc(k->c->arena, k->c->n_lines * sizeof *k->told);
    TRY_ALLOC(k->err, k->told);
    k->gaps[o->price.gap] += !k->told[o->line];
    k->told[o->line] = true;
    return SETTLE_OK;
}

/* The operations of one group and day. */
static settle_status judge(check *k, const operation *at, size_t count) {
    bool alone = same_code(at, count) == count;
    const operation *first = first_of(k->c, at, count);
    for (size_t i = 0; i < count; i++) {
        const operation *o = at + i;
        stl_money over = o == first                               ? o->first
                         : o->code == first->code && !first->side ? 0
                                                                  : o->further;
        if (o->price.gap != STL_PRICED && !alone)
            TRY(tell_gap(k, o));
        else if (over > 0)
            TRY(report(k, o, first, over));
    }
    return SETTLE_OK;
}

static settle_status run(const stl_case *c, stl_verdict *out, stl_error *err) {
    check k = {.c = c, .out = out, .err = err};
    TRY(collect(&k));
    if (k.count > 1)
        qsort_r(k.at, k.count, sizeof *k.at, by_group, (void *)(uintptr_t)c);
    for (size_t i = 0, n; i < k.count; i += n) {
        for (n = 1; i + n < k.count; n++)
            if (k.at[i + n].row[STL_DISC_GROUP] != k.at[i].row[STL_DISC_GROUP] ||
                k.at[i + n].day != k.at[i].day)
                break;
        TRY(judge(&k, k.at + i, n));
    }
    for (int g = STL_PRICED + 1; g < GAPS; g++)
        if (k.gaps[g] > 0)
            TRY(stl_verdict_gap(out, STL_RULE_SECOND_OPERATION.id,
                                stl_rules_pick(c, GAP_TEXTS[g][0], GAP_TEXTS[g][1]), k.gaps[g]));
    return SETTLE_OK;
}

const stl_rule STL_RULE_SECOND_OPERATION = {
    .id = "V3",
    .name = {"手术项目未按规定折价收费", "second operation at the full price"},
    .fix = {"经同一切口的请按折价退费重收；经不同切口或分次手术的请核对手术记录并登记"
            "（approvals，V3.separate）",
            "by one incision: refund it and charge the share; by another incision or at another "
            "time: check the record of the operation and file it (approvals, list V3.separate)"},
    .basis = "V3 (001:59,357, 002:1163, 004:70)",
    .reads = "rules/surgery-discount.csv, caps.csv, surcharges.csv?, rules/lists.csv V3.sides?, "
             "rules/lists.csv V3.separate?, approvals.csv?, mapping.csv",
    .action = STL_WARN,
    .scope = STL_SCOPE_DAY,
    .run = run,
};
