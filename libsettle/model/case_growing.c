/* SPDX-License-Identifier: Apache-2.0 */
#include "model/case_growing.h"

/* --- room ------------------------------------------------------------------------------------- */

/* The array with room for `cap` elements of which `count` are kept; NULL: out of memory. */
static void *widened(stl_arena *arena, const void *items, size_t count, size_t cap, size_t size) {
    void *wide = stl_arena_alloc(arena, cap * size);
    if (wide != NULL && count > 0)
        memcpy(wide, items, count * size);
    return wide;
}

static bool widen_lines(stl_growing *g, size_t n) {
    if (n <= g->cap_lines)
        return true;
    size_t cap = n < 2 * g->cap_lines ? 2 * g->cap_lines : n;
    stl_case *c = &g->c;
    stl_line *lines = widened(g->arena, c->lines, c->n_lines, cap, sizeof *lines);
    uint32_t *by_time = widened(g->arena, c->by_time, c->n_lines, cap, sizeof *by_time);
    uint32_t *by_code = widened(g->arena, c->by_code, c->n_by_code, cap, sizeof *by_code);
    if (lines == NULL || by_time == NULL || by_code == NULL)
        return false;
    c->lines = lines;
    c->by_time = g->by_time = by_time;
    c->by_code = g->by_code = by_code;
    g->cap_lines = cap;
    return true;
}

static bool widen_first(stl_growing *g, size_t n) {
    if (n <= g->cap_first)
        return true;
    size_t cap = n < 2 * g->cap_first ? 2 * g->cap_first : n;
    uint32_t *first =
        widened(g->arena, g->c.code_first, g->c.n_codes + (size_t)1, cap, sizeof *first);
    if (first == NULL)
        return false;
    g->c.code_first = g->code_first = first;
    g->cap_first = cap;
    return true;
}

static bool widen_numbers(stl_growing *g, uint32_t **numbers, size_t *cap, size_t n) {
    if (n <= *cap)
        return true;
    size_t wanted = n < 2 * *cap ? 2 * *cap : n;
    uint32_t *wide = widened(g->arena, *numbers, *cap, wanted, sizeof *wide);
    if (wide == NULL)
        return false;
    for (size_t i = *cap; i < wanted; i++)
        wide[i] = STL_NO_KEY;
    *numbers = wide;
    *cap = wanted;
    return true;
}

static bool reserve(stl_growing *g, size_t more) {
    return stl_stay_reserve(g->stay, STL_R_CHARGE, more) && widen_lines(g, g->c.n_lines + more) &&
           widen_first(g, g->c.n_codes + more + 1) &&
           widen_numbers(g, &g->item_no, &g->cap_items, g->resolver.items.count + more) &&
           widen_numbers(g, &g->code_no, &g->cap_codes, g->resolver.codes.count + more);
}

/* --- beginning -------------------------------------------------------------------------------- */

static settle_status fill(stl_growing *g, stl_error *err) {
    stl_case *c = &g->c;
    g->resolver = stl_case_resolver(c);
    g->serials = (stl_keys){.arena = g->arena};
    TRY(stl_case_fill(c, &g->resolver, err));
    bool room = reserve(g, 1);
    for (size_t i = 0; i < c->n_lines && room; i++)
        room = stl_keys_number(&g->serials, stl_case_charge(c, i)->feedetl_sn) != STL_NO_KEY;
    if (!room)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    for (uint32_t i = 0; i < c->n_items; i++)
        g->item_no[i] = i;
    for (uint32_t i = 0; i < c->n_codes; i++)
        g->code_no[i] = i;
    return SETTLE_OK;
}

settle_status stl_growing_new(stl_stay *stay, const stl_region *region, const stl_mapping *mapping,
                              stl_case_site site, int32_t lang, stl_growing **out, stl_error *err) {
    stl_arena *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_growing *g = stl_arena_alloc(arena, sizeof *g);
    settle_status status = SETTLE_E_NO_MEMORY;
    if (g != NULL) {
        g->arena = arena;
        g->stay = stay;
        g->c = stl_case_begin(stay, region, mapping, site, lang, arena);
        status = fill(g, err);
    }
    if (status != SETTLE_OK) {
        stl_arena_free(arena);
        return g == NULL ? FAIL(err, status, .field = NULL) : status;
    }
    *out = g;
    return SETTLE_OK;
}

void stl_growing_free(stl_growing *g) {
    if (g != NULL)
        stl_arena_free(g->arena);
}

/* --- adding ----------------------------------------------------------------------------------- */

/* The resolver keeps the key, whatever becomes of the charge. */
static settle_status know_item(stl_growing *g, const stl_charge *charge, stl_error *err) {
    if (stl_keys_find(&g->resolver.items, charge->medins_list_codg) != STL_NO_KEY)
        return SETTLE_OK;
    stl_str key = stl_arena_str(g->arena, charge->medins_list_codg);
    TRY_ALLOC(err, key.ptr);
    stl_day day =
        charge->fee_ocur_time == STL_NONE ? STL_NONE : stl_instant_day(charge->fee_ocur_time);
    TRY_ALLOC(err, stl_case_meaning(&g->resolver, key, day));
    return SETTLE_OK;
}

static uint32_t number_of(uint32_t *numbers, uint32_t known_as, uint32_t *count) {
    if (numbers[known_as] == STL_NO_KEY)
        numbers[known_as] = (*count)++;
    return numbers[known_as];
}

static void insert_by_time(stl_growing *g, uint32_t line) {
    size_t place = g->c.n_lines;
    for (; place > 0 && stl_case_earlier(&g->c, line, g->by_time[place - 1]) < 0; place--)
        g->by_time[place] = g->by_time[place - 1];
    g->by_time[place] = line;
}

static void insert_by_code(stl_growing *g, uint32_t line, uint32_t code) {
    stl_case *c = &g->c;
    size_t place = g->code_first[code + 1];
    while (place > g->code_first[code] && stl_case_earlier(c, line, g->by_code[place - 1]) < 0)
        place--;
    memmove(g->by_code + place + 1, g->by_code + place,
            (c->n_by_code - place) * sizeof *g->by_code);
    g->by_code[place] = line;
    c->n_by_code++;
    for (uint32_t i = code + 1; i <= c->n_codes; i++)
        g->code_first[i]++;
}

static void place(stl_growing *g, const stl_charge *charge, stl_line line) {
    stl_case *c = &g->c;
    uint32_t at = (uint32_t)c->n_lines;
    uint32_t n_codes = c->n_codes;
    line.item_no = number_of(g->item_no, line.item_no, &c->n_items);
    if (line.code_no != STL_NO_KEY)
        line.code_no = number_of(g->code_no, line.code_no, &c->n_codes);
    if (c->n_codes > n_codes)
        g->code_first[c->n_codes] = (uint32_t)c->n_by_code;
    *(stl_charge *)stl_stay_add(g->stay, STL_R_CHARGE) = *charge;
    c->lines[at] = line;
    insert_by_time(g, at);
    if (line.code_no != STL_NO_KEY)
        insert_by_code(g, at, line.code_no);
    c->n_lines++;
}

settle_status stl_growing_add(stl_growing *g, const stl_charge *charges, size_t n, stl_error *err) {
    if (g->c.n_lines + n > INT32_MAX)
        return FAIL(err, SETTLE_E_OVERFLOW, .detail = "more than 2147483647 charges");
    if (!reserve(g, n))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    stl_growing_mark mark = stl_growing_marked(g);
    for (size_t i = 0; i < n; i++) {
        stl_line line;
        settle_status status = know_item(g, &charges[i], err);
        if (status == SETTLE_OK)
            status = stl_case_resolve(&g->resolver, &charges[i], &line, err);
        if (status != SETTLE_OK) {
            stl_growing_cut(g, mark);
            return status;
        }
        place(g, &charges[i], line);
    }
    return SETTLE_OK;
}

/* --- taking back ------------------------------------------------------------------------------ */

stl_growing_mark stl_growing_marked(const stl_growing *g) {
    return (stl_growing_mark){g->c.n_lines, g->c.n_items, g->c.n_codes};
}

static size_t without(uint32_t *lines, size_t from, size_t to, size_t kept, size_t n_lines) {
    for (size_t i = from; i < to; i++)
        if (lines[i] < n_lines)
            lines[kept++] = lines[i];
    return kept;
}

static void forget(uint32_t *numbers, size_t n, uint32_t count) {
    for (size_t i = 0; i < n; i++)
        if (numbers[i] != STL_NO_KEY && numbers[i] >= count)
            numbers[i] = STL_NO_KEY;
}

void stl_growing_cut(stl_growing *g, stl_growing_mark mark) {
    stl_case *c = &g->c;
    without(g->by_time, 0, c->n_lines, 0, mark.n_lines);
    size_t kept = 0;
    for (uint32_t code = 0; code < mark.n_codes; code++) {
        size_t from = g->code_first[code], to = g->code_first[code + 1];
        g->code_first[code] = (uint32_t)kept;
        kept = without(g->by_code, from, to, kept, mark.n_lines);
    }
    g->code_first[mark.n_codes] = (uint32_t)kept;
    c->n_by_code = kept;
    c->n_lines = mark.n_lines;
    c->n_items = mark.n_items;
    c->n_codes = mark.n_codes;
    forget(g->item_no, g->cap_items, mark.n_items);
    forget(g->code_no, g->cap_codes, mark.n_codes);
    g->stay->rows[STL_R_CHARGE].count = mark.n_lines;
    stl_keys_cut(&g->serials, mark.n_lines);
}

/* --- keeping ---------------------------------------------------------------------------------- */

static bool own_texts(stl_growing *g, stl_charge *charge) {
    const stl_record_type *type = &STL_RECORD_TYPES[STL_R_CHARGE];
    for (size_t i = 0; i < type->n_fields; i++) {
        stl_str *text = (stl_str *)(void *)((char *)charge + type->fields[i].offset);
        if (type->fields[i].kind != STL_F_TEXT || stl_str_empty(*text))
            continue;
        *text = stl_arena_str(g->stay->arena, *text);
        if (text->ptr == NULL)
            return false;
    }
    return true;
}

settle_status stl_growing_adopt(stl_growing *g, size_t first, stl_error *err) {
    stl_charge *charges = g->stay->rows[STL_R_CHARGE].items;
    for (size_t i = first; i < g->c.n_lines; i++) {
        if (!own_texts(g, &charges[i]) ||
            stl_keys_number(&g->serials, charges[i].feedetl_sn) == STL_NO_KEY)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        g->c.lines[i].item_key = charges[i].medins_list_codg;
    }
    return SETTLE_OK;
}

uint32_t stl_growing_code(const stl_growing *g, stl_str med_list_codg) {
    uint32_t known_as = stl_keys_find(&g->resolver.codes, med_list_codg);
    return known_as == STL_NO_KEY ? STL_NO_KEY : g->code_no[known_as];
}
