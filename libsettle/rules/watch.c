/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/watch.h"

#include "model/case_part.h"
#include "rules/bundles.h"
#include "rules/watch_parts.h"

#include <stdlib.h>

/* They do not change while the stay is watched. */
static settle_status index_orders(stl_watch *w, stl_error *err) {
    const stl_order *orders = STL_ROWS_OF(w->g->stay, STL_R_ORDER, stl_order);
    size_t n = w->g->stay->rows[STL_R_ORDER].count;
    stl_orders_by_number *by = &w->orders;
    by->numbers = (stl_keys){.arena = w->g->arena};
    by->first = stl_arena_alloc(w->g->arena, (n + 1) * sizeof *by->first);
    by->next = stl_arena_alloc(w->g->arena, (n + 1) * sizeof *by->next);
    TRY_ALLOC(err, by->first);
    TRY_ALLOC(err, by->next);
    for (size_t i = n; i-- > 0;) {
        uint32_t number = stl_keys_number(&by->numbers, orders[i].drord_no);
        if (number == STL_NO_KEY)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        by->next[i] = by->first[number];
        by->first[number] = (uint32_t)i + 1;
    }
    return SETTLE_OK;
}

static settle_status sort_rules(stl_watch *w, stl_error *err) {
    for (stl_scope scope = STL_SCOPE_STAY; scope <= STL_SCOPE_RECORDS; scope++) {
        size_t *at = stl_arena_alloc(w->g->arena, w->n_rules * sizeof *at), n = 0;
        TRY_ALLOC(err, at);
        for (size_t i = 0; i < w->n_rules; i++)
            if (STL_RULES[i]->scope == scope)
                at[n++] = i;
        w->of_scope[scope] = (stl_rule_set){at, n};
    }
    return SETTLE_OK;
}

settle_status stl_watch_new(stl_stay *stay, const stl_region *region, const stl_mapping *mapping,
                            stl_case_site site, int32_t lang, stl_watch **out, stl_error *err) {
    stl_watch *w = calloc(1, sizeof *w);
    TRY_ALLOC(err, w);
    while (STL_RULES[w->n_rules] != NULL)
        w->n_rules++;
    w->whole = calloc(w->n_rules, sizeof *w->whole);
    settle_status status = w->whole == NULL
                               ? FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL)
                               : stl_growing_new(stay, region, mapping, site, lang, &w->g, err);
    if (status == SETTLE_OK)
        status = index_orders(w, err);
    if (status == SETTLE_OK)
        status = sort_rules(w, err);
    if (status != SETTLE_OK) {
        stl_watch_free(w);
        return status;
    }
    w->bundles.g = w->g;
    *out = w;
    return SETTLE_OK;
}

void stl_watch_free(stl_watch *w) {
    if (w == NULL)
        return;
    for (size_t i = 0; w->whole != NULL && i < w->n_rules; i++) {
        stl_said_free(&w->whole[i].said);
        stl_said_free(&w->whole[i].before);
    }
    free(w->whole);
    free(w->saved);
    stl_bundles_free(&w->bundles);
    stl_growing_free(w->g);
    free(w);
}

stl_growing *stl_watch_growing(const stl_watch *w) {
    return w->g;
}

/* --- parts ------------------------------------------------------------------------------------ */

static bool has_refunds(const stl_case *c) {
    for (size_t i = 0; i < c->n_lines; i++)
        if (!stl_str_empty(stl_case_charge(c, i)->init_feedetl_sn))
            return true;
    return false;
}

static settle_status save(stl_watch *w, uint32_t line, stl_error *err) {
    if (w->n_saved == w->cap_saved) {
        size_t cap = w->cap_saved == 0 ? 16 : 2 * w->cap_saved;
        stl_saved_line *wide = realloc(w->saved, cap * sizeof *wide);
        TRY_ALLOC(err, wide);
        w->saved = wide;
        w->cap_saved = cap;
    }
    w->saved[w->n_saved++] = (stl_saved_line){line, w->g->c.lines[line]};
    return SETTLE_OK;
}

/* What refunds leave goes from the part into the whole. */
static settle_status take_net(stl_watch *w, const stl_case_part *part, stl_error *err) {
    for (size_t i = 0; i < part->c.n_lines; i++) {
        const stl_line *net = &part->c.lines[i];
        stl_line *line = &w->g->c.lines[part->lines[i]];
        int32_t refund_of = net->refund_of < 0 ? -1 : (int32_t)part->lines[net->refund_of];
        if (line->refund_of == refund_of && line->net_cnt == net->net_cnt &&
            line->net_amt == net->net_amt)
            continue;
        TRY(save(w, part->lines[i], err));
        line->refund_of = refund_of;
        line->net_cnt = net->net_cnt;
        line->net_amt = net->net_amt;
    }
    return SETTLE_OK;
}

static settle_status judge_bundle(stl_watch *w, stl_bundle *bundle, stl_arena *arena,
                                  stl_error *err) {
    stl_rows orders = {bundle->orders, bundle->n_orders, bundle->n_orders};
    bool of_item = bundle->scope == STL_SCOPE_ITEM;
    stl_case_part part;
    if (bundle->n == 0)
        return SETTLE_OK;
    TRY(stl_case_part_of(&w->g->c, bundle->lines, bundle->n, of_item ? &orders : NULL, arena, &part,
                         err));
    if (of_item && has_refunds(&part.c)) {
        TRY(stl_case_part_net(&part, err));
        TRY(take_net(w, &part, err));
    }
    return stl_said_of(&part.c, w->of_scope[bundle->scope], bundle->lines, &bundle->said, err);
}

/* Items first: what they leave of refunded lines the others read. */
static settle_status judge_bundles(stl_watch *w, stl_arena *arena, stl_error *err) {
    stl_bundles *b = &w->bundles;
    for (size_t i = 0; i < b->n_touched; i++)
        if (b->at[b->touched[i]]->scope == STL_SCOPE_ITEM)
            TRY(judge_bundle(w, b->at[b->touched[i]], arena, err));
    for (size_t i = 0; i < w->n_saved; i++)
        TRY(stl_bundles_touch(b, w->saved[i].line, err));
    for (size_t i = 0; i < b->n_touched; i++)
        if (b->at[b->touched[i]]->scope != STL_SCOPE_ITEM)
            TRY(judge_bundle(w, b->at[b->touched[i]], arena, err));
    return SETTLE_OK;
}

/* --- the whole -------------------------------------------------------------------------------- */

static bool is_of_bundles(const stl_rule *rule) {
    return rule->scope == STL_SCOPE_ITEM || rule->scope == STL_SCOPE_PAIR ||
           rule->scope == STL_SCOPE_DAY;
}

/* Those under which the lines are charged. */
static settle_status orders_of(const stl_watch *w, const uint32_t *lines, size_t n,
                               stl_arena *arena, stl_rows *out, stl_error *err) {
    const stl_order *orders = STL_ROWS_OF(w->g->stay, STL_R_ORDER, stl_order);
    stl_keys seen = {.arena = arena};
    void *items = NULL;
    for (size_t i = 0; i < n; i++) {
        stl_str text = stl_case_charge(&w->g->c, lines[i])->drord_no;
        uint32_t number = stl_keys_find(&w->orders.numbers, text);
        if (number == STL_NO_KEY || stl_keys_find(&seen, text) != STL_NO_KEY)
            continue;
        if (n > 1 && stl_keys_number(&seen, text) == STL_NO_KEY)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        for (uint32_t at = w->orders.first[number]; at != 0; at = w->orders.next[at - 1]) {
            stl_order *place = stl_arena_push(arena, &items, &out->count, &out->cap, sizeof *place);
            TRY_ALLOC(err, place);
            *place = orders[at - 1];
        }
    }
    out->items = items;
    return SETTLE_OK;
}

/* What is new, judged as if there were nothing else. */
static settle_status judge_alone(stl_watch *w, stl_arena *arena, stl_said *out, stl_error *err) {
    size_t n = w->g->c.n_lines - w->mark.n_lines;
    uint32_t *lines = stl_arena_alloc(arena, n * sizeof *lines);
    stl_case_part part;
    TRY_ALLOC(err, lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = (uint32_t)(w->mark.n_lines + i);
    stl_rows orders = {0};
    TRY(orders_of(w, lines, n, arena, &orders, err));
    TRY(stl_case_part_of(&w->g->c, lines, n, &orders, arena, &part, err));
    return stl_said_of(&part.c, w->of_scope[STL_SCOPE_ALONE], lines, out, err);
}

static bool speaks_of_lines(const stl_said *alone, size_t rule) {
    for (size_t i = 0; alone->findings != NULL && i < alone->findings->n; i++)
        if (alone->findings->rules[i] == rule && alone->findings->at[i].n_lines > 0)
            return true;
    for (size_t i = 0; alone->gaps != NULL && i < alone->gaps->n; i++)
        if (alone->gaps->rules[i] == stl_said_first(rule) && alone->gaps->at[i].lines > 0)
            return true;
    return false;
}

static bool any_concerns(const stl_watch *w, const stl_rule *rule) {
    for (size_t line = w->mark.n_lines; line < w->g->c.n_lines; line++)
        if (rule->concerns(&w->g->c, (uint32_t)line))
            return true;
    return false;
}

/* The rule may say something else now. */
static bool is_due(const stl_watch *w, size_t i, const stl_said *alone) {
    const stl_rule *rule = STL_RULES[i];
    bool finds = w->whole[i].said.findings != NULL;
    if (w->all)
        return true;
    switch (rule->scope) {
    case STL_SCOPE_RECORDS:
        return false;
    case STL_SCOPE_WORTH:
        return finds;
    case STL_SCOPE_ALONE:
        return w->n_saved > 0 || speaks_of_lines(alone, i);
    default:
        return w->n_saved > 0 || rule->concerns == NULL || (finds && rule->recounts) ||
               any_concerns(w, rule);
    }
}

static settle_status judge_rule(stl_watch *w, size_t rule, stl_arena *arena, stl_error *err) {
    stl_whole_rule *whole = &w->whole[rule];
    stl_case c = w->g->c;
    c.arena = arena;
    whole->judged = true;
    whole->before = whole->said;
    whole->said = (stl_said){0};
    return stl_said_of(&c, (stl_rule_set){&rule, 1}, NULL, &whole->said, err);
}

static settle_status judge_whole(stl_watch *w, stl_arena *arena, const stl_said *alone,
                                 stl_error *err) {
    for (size_t i = 0; i < w->n_rules; i++)
        if (!is_of_bundles(STL_RULES[i]) && is_due(w, i, alone))
            TRY(judge_rule(w, i, arena, err));
    return SETTLE_OK;
}

settle_status stl_watch_judge_parts(stl_watch *w, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    return judge_bundles(w, arena, err);
}

settle_status stl_watch_judge_whole(stl_watch *w, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    __attribute__((cleanup(stl_said_free))) stl_said alone = {0};
    TRY_ALLOC(err, arena);
    if (!w->all)
        TRY(judge_alone(w, arena, &alone, err));
    return judge_whole(w, arena, &alone, err);
}

settle_status stl_watch_begin(stl_watch *w, stl_error *err) {
    bool fits;
    w->all = true;
    TRY(stl_bundles_add(&w->bundles, 0, true, &fits, err));
    TRY(stl_watch_judge_parts(w, err));
    TRY(stl_watch_judge_whole(w, err));
    w->all = false;
    stl_watch_keep(w, true);
    return SETTLE_OK;
}

/* --- a change --------------------------------------------------------------------------------- */

settle_status stl_watch_add(stl_watch *w, const stl_charge *charges, size_t n, bool *fits,
                            stl_error *err) {
    w->mark = stl_growing_marked(w->g);
    w->bundles_mark = stl_bundles_marked(&w->bundles);
    TRY(stl_growing_add(w->g, charges, n, err));
    return stl_bundles_add(&w->bundles, w->mark.n_lines, false, fits, err);
}

static size_t place_of(const stl_rule *rule) {
    size_t i = 0;
    while (STL_RULES[i] != rule)
        i++;
    return i;
}

settle_status stl_watch_again(stl_watch *w, const stl_rule *rule, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    w->mark = stl_growing_marked(w->g);
    w->bundles_mark = stl_bundles_marked(&w->bundles);
    return judge_rule(w, place_of(rule), arena, err);
}

bool stl_watch_differs(const stl_watch *w) {
    for (size_t i = 0; i < w->bundles.n_touched; i++) {
        const stl_bundle *b = w->bundles.at[w->bundles.touched[i]];
        if (!stl_said_same_findings(&b->said, &b->before))
            return true;
    }
    for (size_t i = 0; i < w->n_rules; i++)
        if (w->whole[i].judged && !stl_said_same_findings(&w->whole[i].said, &w->whole[i].before))
            return true;
    return false;
}

settle_status stl_watch_adopt(stl_watch *w, stl_error *err) {
    return stl_growing_adopt(w->g, w->mark.n_lines, err);
}

void stl_watch_keep(stl_watch *w, bool renewed) {
    stl_bundles_keep(&w->bundles, renewed);
    for (size_t i = 0; i < w->n_rules; i++) {
        if (!w->whole[i].judged)
            continue;
        stl_said_keep(&w->whole[i].said, &w->whole[i].before, renewed);
        w->whole[i].judged = false;
    }
    w->n_saved = 0;
}

void stl_watch_undo(stl_watch *w) {
    for (size_t i = w->n_saved; i-- > 0;)
        w->g->c.lines[w->saved[i].line] = w->saved[i].was;
    w->n_saved = 0;
    stl_growing_cut(w->g, w->mark);
    stl_bundles_cut(&w->bundles, w->bundles_mark);
    for (size_t i = 0; i < w->n_rules; i++) {
        if (!w->whole[i].judged)
            continue;
        stl_said_free(&w->whole[i].said);
        w->whole[i].said = w->whole[i].before;
        w->whole[i].before = (stl_said){0};
        w->whole[i].judged = false;
    }
}
