/* SPDX-License-Identifier: Apache-2.0 */
#include "support/watch_support.h"

#include "support/base_support.h"

#include "rules/watch.h"

enum { LONGEST = 60 }; /* stays judged line by line */

typedef struct watched {
    const stl_case *c; /* the whole */
    stl_rows charges;
    stl_stay stay; /* its beginning, which grows */
    stl_watch *w;
} watched;

static stl_case_site site_of(const stl_case *c) {
    return (stl_case_site){c->medins_lv, c->hosp_lv, c->mdtrtarea_admvs};
}

/* What the ledger said of the whole, for a case of its first lines. */
static void tell_settled(const watched *x, stl_case *c) {
    c->settled_known = x->c->settled_known;
    c->settled_before = x->c->settled_before;
    c->settled_lines = x->c->settled_lines;
    c->n_settled_lines = 0;
    while (c->n_settled_lines < x->c->n_settled_lines &&
           c->settled_lines[c->n_settled_lines] < stl_stay_n_charges(&x->stay))
        c->n_settled_lines++;
}

static void begin(watched *x, size_t n) {
    const stl_case *c = x->c;
    stl_watch_free(x->w);
    x->stay.rows[STL_R_CHARGE] = (stl_rows){x->charges.items, n, n};
    assert_int_equal(
        stl_watch_new(&x->stay, c->region, c->mapping, site_of(c), c->lang, &x->w, NULL),
        SETTLE_OK);
    tell_settled(x, &stl_watch_growing(x->w)->c);
    if (n > 0)
        assert_int_equal(stl_watch_begin(x->w, NULL), SETTLE_OK);
}

/* Taken back once before it stands. */
static void grow(watched *x) {
    size_t n = stl_stay_n_charges(&x->stay);
    const stl_charge *charge = (const stl_charge *)x->charges.items + n;
    for (int kept = 0; kept < 2; kept++) {
        bool fits;
        assert_int_equal(stl_watch_add(x->w, charge, 1, &fits, NULL), SETTLE_OK);
        if (!fits) {
            stl_watch_undo(x->w);
            begin(x, n + 1);
            return;
        }
        tell_settled(x, &stl_watch_growing(x->w)->c);
        assert_int_equal(stl_watch_judge_parts(x->w, NULL), SETTLE_OK);
        assert_int_equal(stl_watch_judge_whole(x->w, NULL), SETTLE_OK);
        if (kept == 0)
            stl_watch_undo(x->w);
    }
    assert_int_equal(stl_watch_adopt(x->w, NULL), SETTLE_OK);
    stl_watch_keep(x->w, stl_watch_differs(x->w));
}

static void assert_same_lines(const uint32_t *a, size_t n, const uint32_t *b, size_t m) {
    assert_int_equal(n, m);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(a[i], b[i]);
}

static void assert_same_finding(const stl_finding *a, const stl_finding *b) {
    assert_string_equal(a->finding_id, b->finding_id);
    assert_int_equal(a->action, b->action);
    assert_int_equal(a->vola_amt, b->vola_amt);
    assert_same_lines(a->lines, a->n_lines, b->lines, b->n_lines);
    assert_same_lines(a->involved, a->n_involved, b->involved, b->n_involved);
    assert_string_equal(a->evidence.ptr, b->evidence.ptr);
    assert_string_equal(a->basis.ptr, b->basis.ptr);
    assert_true(stl_str_eq(a->gz_code, b->gz_code) && stl_str_eq(a->fix, b->fix));
}

static void assert_same_verdict(const stl_verdict *a, const stl_verdict *b) {
    for (size_t i = 0; i < a->n_findings && i < b->n_findings; i++)
        assert_same_finding(&a->findings[i], &b->findings[i]);
    assert_int_equal(a->n_findings, b->n_findings);
    for (size_t i = 0; i < a->n_gaps && i < b->n_gaps; i++) {
        assert_string_equal(a->gaps[i].rule_id, b->gaps[i].rule_id);
        assert_string_equal(a->gaps[i].missing.ptr, b->gaps[i].missing.ptr);
        assert_int_equal(a->gaps[i].lines, b->gaps[i].lines);
    }
    assert_int_equal(a->n_gaps, b->n_gaps);
}

static void assert_says_the_same(watched *x) {
    SCOPED_ARENA *arena = stl_arena_new();
    stl_verdict fresh = {.arena = arena}, parts = {.arena = arena};
    stl_case c, whole = stl_watch_growing(x->w)->c;
    whole.arena = arena;
    assert_int_equal(stl_case_build(&x->stay, x->c->region, x->c->mapping, site_of(x->c),
                                    x->c->lang, arena, &c, NULL),
                     SETTLE_OK);
    tell_settled(x, &c);
    assert_int_equal(stl_rules_run(&c, &fresh, NULL), SETTLE_OK);
    assert_int_equal(stl_watch_gather(x->w, &whole, true, &parts, NULL), SETTLE_OK);
    assert_same_verdict(&fresh, &parts);
}

static void watch(const stl_case *c, stl_rows charges) {
    SCOPED_ARENA *arena = stl_arena_new();
    watched x = {.c = c, .charges = charges, .stay = *c->stay};
    x.stay.arena = arena;
    begin(&x, 1);
    assert_says_the_same(&x);
    while (stl_stay_n_charges(&x.stay) < charges.count) {
        grow(&x);
        assert_says_the_same(&x);
    }
    begin(&x, charges.count);
    assert_says_the_same(&x);
    stl_watch_free(x.w);
}

/* Behind each charge the same of an item that nobody knows: the others have nothing to do with it
 * unless their rules look at the whole stay, or at the day. */
static stl_rows with_strangers(const stl_stay *stay, stl_arena *arena) {
    size_t n = stl_stay_n_charges(stay);
    stl_charge *both = stl_arena_alloc(arena, 2 * n * sizeof *both);
    for (size_t i = 0; i < n; i++) {
        stl_charge *stranger = &both[2 * i + 1];
        both[2 * i] = *stranger = stl_stay_charges(stay)[i];
        char *serial = stl_arena_alloc(arena, stranger->feedetl_sn.len + 2);
        memcpy(serial, stranger->feedetl_sn.ptr, stranger->feedetl_sn.len);
        serial[stranger->feedetl_sn.len] = 's';
        stranger->feedetl_sn = stl_str_of(serial);
        stranger->init_feedetl_sn = STL_STR("");
        stranger->medins_list_codg = STL_STR("stranger");
    }
    return (stl_rows){both, 2 * n, 2 * n};
}

void assert_watched(const stl_case *c) {
    if (c->n_lines == 0 || c->n_lines > LONGEST)
        return;
    watch(c, c->stay->rows[STL_R_CHARGE]);
    if (c->n_settled_lines > 0)
        return;
    SCOPED_ARENA *arena = stl_arena_new();
    watch(c, with_strangers(c->stay, arena));
}
