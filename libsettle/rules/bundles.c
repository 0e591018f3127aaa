/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/bundles.h"

#include "rules/support.h"

#include <stdlib.h>

/* --- arrays that grow ------------------------------------------------------------------------- */

static settle_status room(void **items, size_t *cap, size_t n, size_t size, stl_error *err) {
    if (n <= *cap)
        return SETTLE_OK;
    size_t wanted = n < 2 * *cap ? 2 * *cap : n < 8 ? 8 : n;
    void *wide = realloc(*items, wanted * size);
    TRY_ALLOC(err, wide);
    *items = wide;
    *cap = wanted;
    return SETTLE_OK;
}

static settle_status number_room(uint32_t **numbers, size_t cap, size_t wanted, stl_error *err) {
    void *items = *numbers;
    size_t now = cap;
    TRY(room(&items, &now, wanted, sizeof **numbers, err));
    *numbers = items;
    for (size_t i = cap; i < now; i++)
        (*numbers)[i] = STL_NO_BUNDLE;
    return SETTLE_OK;
}

static settle_status widen(stl_bundles *b, stl_error *err) {
    const stl_case *c = &b->g->c;
    if (c->n_items > b->cap_items) {
        size_t cap = 2 * (size_t)c->n_items;
        TRY(number_room(&b->of_item, b->cap_items, cap, err));
        b->cap_items = cap;
    }
    if (c->n_codes > b->cap_codes) {
        size_t cap = 2 * (size_t)c->n_codes;
        TRY(number_room(&b->of_code, b->cap_codes, cap, err));
        TRY(number_room(&b->pair_of_code, b->cap_codes, cap, err));
        b->cap_codes = cap;
    }
    return SETTLE_OK;
}

/* --- one bundle ------------------------------------------------------------------------------- */

static settle_status new_bundle(stl_bundles *b, stl_scope scope, uint32_t *out, stl_error *err) {
    void *items = b->at;
    TRY(room(&items, &b->cap, b->n + 1, sizeof *b->at, err));
    b->at = items;
    stl_bundle *fresh = calloc(1, sizeof *fresh);
    TRY_ALLOC(err, fresh);
    fresh->scope = scope;
    *out = (uint32_t)b->n;
    b->at[b->n++] = fresh;
    return SETTLE_OK;
}

static settle_status touch(stl_bundles *b, uint32_t which, stl_error *err) {
    stl_bundle *bundle = b->at[which];
    if (bundle->touched)
        return SETTLE_OK;
    void *items = b->touched;
    TRY(room(&items, &b->cap_touched, b->n_touched + 1, sizeof *b->touched, err));
    b->touched = items;
    b->touched[b->n_touched++] = which;
    bundle->touched = true;
    bundle->before = bundle->said;
    bundle->said = (stl_said){0};
    bundle->orders_before = bundle->n_orders;
    return SETTLE_OK;
}

static settle_status push(stl_bundles *b, uint32_t which, uint32_t line, stl_error *err) {
    TRY(touch(b, which, err));
    stl_bundle *bundle = b->at[which];
    void *items = bundle->lines;
    TRY(room(&items, &bundle->cap, bundle->n + 1, sizeof *bundle->lines, err));
    bundle->lines = items;
    bundle->lines[bundle->n++] = line;
    return SETTLE_OK;
}

static void bundle_free(stl_bundle *bundle) {
    stl_said_free(&bundle->said);
    stl_said_free(&bundle->before);
    free(bundle->lines);
    free(bundle->orders);
    free(bundle);
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* --- items and codes -------------------------------------------------------------------------- */

static settle_status add_orders(stl_bundles *b, uint32_t which, stl_str item, stl_error *err) {
    const stl_stay *stay = b->g->stay;
    const stl_order *orders = STL_ROWS_OF(stay, STL_R_ORDER, stl_order);
    stl_bundle *bundle = b->at[which];
    for (size_t i = 0; i < stay->rows[STL_R_ORDER].count; i++) {
        if (!stl_str_eq(orders[i].medins_list_codg, item))
            continue;
        void *items = bundle->orders;
        TRY(room(&items, &bundle->cap_orders, bundle->n_orders + 1, sizeof *bundle->orders, err));
        bundle->orders = items;
        bundle->orders[bundle->n_orders++] = orders[i];
    }
    return SETTLE_OK;
}

static void rename(uint32_t *numbers, size_t n, uint32_t from, uint32_t to) {
    for (size_t i = 0; i < n; i++)
        if (numbers[i] == from)
            numbers[i] = to;
}

/* All of `from` goes to `to`; an empty bundle is left. */
static settle_status merge(stl_bundles *b, uint32_t from, uint32_t to, stl_error *err) {
    stl_bundle *source = b->at[from], *target = b->at[to];
    for (size_t i = 0; i < source->n; i++)
        TRY(push(b, to, source->lines[i], err));
    qsort(target->lines, target->n, sizeof *target->lines, by_number);
    for (size_t i = 0; i < source->n_orders; i++) {
        void *items = target->orders;
        TRY(room(&items, &target->cap_orders, target->n_orders + 1, sizeof *target->orders, err));
        target->orders = items;
        target->orders[target->n_orders++] = source->orders[i];
    }
    source->n = source->n_orders = 0;
    rename(b->of_item, b->cap_items, from, to);
    rename(b->of_code, b->cap_codes, from, to);
    rename(b->pair_of_code, b->cap_codes, from, to);
    return SETTLE_OK;
}

static settle_status add_to_item(stl_bundles *b, uint32_t line, bool may_merge, bool *fits,
                                 stl_error *err) {
    const stl_line *l = &b->g->c.lines[line];
    bool coded = l->code_no != STL_NO_KEY;
    uint32_t of_item = b->of_item[l->item_no], of_code = coded ? b->of_code[l->code_no] : of_item;
    uint32_t which = of_item != STL_NO_BUNDLE ? of_item : of_code;
    if (of_code != STL_NO_BUNDLE && of_code != which) {
        *fits = may_merge;
        if (!may_merge)
            return SETTLE_OK;
        TRY(merge(b, of_code, which, err));
    }
    if (which == STL_NO_BUNDLE)
        TRY(new_bundle(b, STL_SCOPE_ITEM, &which, err));
    TRY(push(b, which, line, err));
    if (of_item == STL_NO_BUNDLE)
        TRY(add_orders(b, which, l->item_key, err));
    b->of_item[l->item_no] = which;
    if (coded)
        b->of_code[l->code_no] = which;
    return SETTLE_OK;
}

/* --- pairs of codes --------------------------------------------------------------------------- */

typedef struct partners { /* of a code that is new to the case */
    stl_bundles *b;
    uint32_t code, bundle; /* the one bundle that any of them is in */
    uint32_t *lone;        /* in none yet */
    size_t n_lone, cap_lone;
    bool may_merge;
    bool several; /* bundles that may not be merged */
} partners;

static void partners_free(partners *p) {
    free(p->lone);
}

static settle_status note_bundle(partners *p, uint32_t bundle, stl_error *err) {
    if (p->bundle != STL_NO_BUNDLE && p->bundle != bundle) {
        p->several = !p->may_merge;
        return p->several ? SETTLE_OK : merge(p->b, bundle, p->bundle, err);
    }
    p->bundle = bundle;
    return SETTLE_OK;
}

static settle_status note_partner(partners *p, uint32_t code, stl_error *err) {
    if (code == STL_NO_KEY || code == p->code)
        return SETTLE_OK;
    if (p->b->pair_of_code[code] != STL_NO_BUNDLE)
        return note_bundle(p, p->b->pair_of_code[code], err);
    for (size_t i = 0; i < p->n_lone; i++)
        if (p->lone[i] == code)
            return SETTLE_OK;
    void *items = p->lone;
    TRY(room(&items, &p->cap_lone, p->n_lone + 1, sizeof *p->lone, err));
    p->lone = items;
    p->lone[p->n_lone++] = code;
    return SETTLE_OK;
}

static stl_str code_text(const stl_bundles *b, uint32_t code) {
    return stl_rules_code(&b->g->c, code);
}

static stl_str component_of(const stl_bundles *b, stl_index_rows rows, size_t i) {
    return stl_rules_cell(stl_rules_table(&b->g->c, STL_T_PAIRS), rows.rows + i * STL_PAIR_COLS,
                          STL_PAIR_COMPONENT);
}

static settle_status find_partners(partners *p, stl_error *err) {
    stl_bundles *b = p->b;
    const stl_index_table *table = stl_rules_table(&b->g->c, STL_T_PAIRS);
    stl_str text = code_text(b, p->code);
    stl_index_rows rows = stl_index_get(table, text);
    for (size_t i = 0; i < rows.count; i++)
        TRY(note_partner(p, stl_growing_code(b->g, component_of(b, rows, i)), err));
    for (size_t m = 0; m < b->n_mains; m++) {
        stl_index_rows of_main = stl_index_get(table, code_text(b, b->mains[m]));
        for (size_t i = 0; i < of_main.count; i++)
            if (stl_str_eq(component_of(b, of_main, i), text))
                TRY(note_partner(p, b->mains[m], err));
    }
    if (rows.count == 0)
        return SETTLE_OK;
    void *items = b->mains;
    TRY(room(&items, &b->cap_mains, b->n_mains + 1, sizeof *b->mains, err));
    b->mains = items;
    b->mains[b->n_mains++] = p->code;
    return SETTLE_OK;
}

/* Lines of the code that were there before `line`. */
static settle_status take_code(stl_bundles *b, uint32_t which, uint32_t code, uint32_t line,
                               stl_error *err) {
    const stl_case *c = &b->g->c;
    b->pair_of_code[code] = which;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++)
        if (c->by_code[i] < line)
            TRY(push(b, which, c->by_code[i], err));
    return SETTLE_OK;
}

/* Makes all of them one bundle. */
static settle_status join(partners *p, uint32_t line, uint32_t *out, stl_error *err) {
    stl_bundles *b = p->b;
    uint32_t which = p->bundle;
    if (which == STL_NO_BUNDLE)
        TRY(new_bundle(b, STL_SCOPE_PAIR, &which, err));
    for (size_t i = 0; i < p->n_lone; i++)
        TRY(take_code(b, which, p->lone[i], line, err));
    if (b->at[which]->n > 1)
        qsort(b->at[which]->lines, b->at[which]->n, sizeof(uint32_t), by_number);
    *out = which;
    return SETTLE_OK;
}

static settle_status place_new_code(stl_bundles *b, uint32_t code, uint32_t line, bool may_merge,
                                    bool *fits, stl_error *err) {
    __attribute__((cleanup(partners_free)))
    partners p = {.b = b, .code = code, .bundle = STL_NO_BUNDLE, .may_merge = may_merge};
    TRY(find_partners(&p, err));
    if (p.several || (p.bundle != STL_NO_BUNDLE && p.n_lone > 0 && !may_merge)) {
        *fits = false;
        return SETTLE_OK;
    }
    if (p.bundle != STL_NO_BUNDLE || p.n_lone > 0)
        TRY(join(&p, line, &b->pair_of_code[code], err));
    return SETTLE_OK;
}

static settle_status add_to_pair(stl_bundles *b, uint32_t line, bool may_merge, bool *fits,
                                 stl_error *err) {
    const stl_case *c = &b->g->c;
    uint32_t code = c->lines[line].code_no;
    if (code == STL_NO_KEY)
        return SETTLE_OK;
    bool fresh = true;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1] && fresh; i++)
        fresh = c->by_code[i] >= line;
    if (fresh)
        TRY(place_new_code(b, code, line, may_merge, fits, err));
    return !*fits || b->pair_of_code[code] == STL_NO_BUNDLE
               ? SETTLE_OK
               : push(b, b->pair_of_code[code], line, err);
}

/* --- days ------------------------------------------------------------------------------------- */

static uint32_t of_day(const stl_bundles *b, stl_day day) {
    for (size_t i = b->n; i-- > 0;)
        if (b->at[i]->scope == STL_SCOPE_DAY && b->at[i]->day == day)
            return (uint32_t)i;
    return STL_NO_BUNDLE;
}

static settle_status add_to_day(stl_bundles *b, uint32_t line, stl_error *err) {
    stl_day day = b->g->c.lines[line].day;
    uint32_t which = of_day(b, day);
    if (which == STL_NO_BUNDLE) {
        TRY(new_bundle(b, STL_SCOPE_DAY, &which, err));
        b->at[which]->day = day;
    }
    return push(b, which, line, err);
}

/* --- all -------------------------------------------------------------------------------------- */

settle_status stl_bundles_add(stl_bundles *b, size_t first, bool may_merge, bool *fits,
                              stl_error *err) {
    *fits = true;
    TRY(widen(b, err));
    for (size_t line = first; line < b->g->c.n_lines && *fits; line++) {
        TRY(add_to_item(b, (uint32_t)line, may_merge, fits, err));
        if (*fits)
            TRY(add_to_pair(b, (uint32_t)line, may_merge, fits, err));
        if (*fits)
            TRY(add_to_day(b, (uint32_t)line, err));
    }
    return SETTLE_OK;
}

settle_status stl_bundles_touch(stl_bundles *b, uint32_t line, stl_error *err) {
    const stl_line *l = &b->g->c.lines[line];
    if (l->code_no != STL_NO_KEY && b->pair_of_code[l->code_no] != STL_NO_BUNDLE)
        TRY(touch(b, b->pair_of_code[l->code_no], err));
    return touch(b, of_day(b, l->day), err);
}

stl_bundles_mark stl_bundles_marked(const stl_bundles *b) {
    return (stl_bundles_mark){b->n, b->n_mains};
}

static void forget(uint32_t *numbers, size_t n, size_t count, size_t bundles) {
    for (size_t i = 0; i < n; i++)
        if (i >= count || (numbers[i] != STL_NO_BUNDLE && numbers[i] >= bundles))
            numbers[i] = STL_NO_BUNDLE;
}

static void restore(stl_bundles *b, stl_bundle *bundle) {
    while (bundle->n > 0 && bundle->lines[bundle->n - 1] >= b->g->c.n_lines)
        bundle->n--;
    stl_said_free(&bundle->said);
    bundle->said = bundle->before;
    bundle->before = (stl_said){0};
    bundle->n_orders = bundle->orders_before;
    bundle->touched = false;
}

void stl_bundles_cut(stl_bundles *b, stl_bundles_mark mark) {
    for (size_t i = 0; i < b->n_touched; i++)
        restore(b, b->at[b->touched[i]]);
    b->n_touched = 0;
    for (size_t i = mark.n; i < b->n; i++)
        bundle_free(b->at[i]);
    b->n = mark.n;
    b->n_mains = mark.n_mains;
    forget(b->of_item, b->cap_items, b->g->c.n_items, mark.n);
    forget(b->of_code, b->cap_codes, b->g->c.n_codes, mark.n);
    forget(b->pair_of_code, b->cap_codes, b->g->c.n_codes, mark.n);
}

void stl_bundles_keep(stl_bundles *b, bool renewed) {
    for (size_t i = 0; i < b->n_touched; i++) {
        stl_bundle *bundle = b->at[b->touched[i]];
        stl_said_keep(&bundle->said, &bundle->before, renewed);
        bundle->touched = false;
    }
    b->n_touched = 0;
}

void stl_bundles_free(stl_bundles *b) {
    for (size_t i = 0; i < b->n; i++)
        bundle_free(b->at[i]);
    free(b->at);
    free(b->of_item);
    free(b->of_code);
    free(b->pair_of_code);
    free(b->mains);
    free(b->touched);
    *b = (stl_bundles){.g = b->g};
}
