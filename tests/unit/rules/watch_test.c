/* SPDX-License-Identifier: Apache-2.0 */
/* What a watch judges again, and when it asks for a new one. (That it says what a run of all rules
 * says, every test of a rule shows: tests/support/watch_support.c.) */
#include "support/rules_support.h"

#include "rules/watch_parts.h"

typedef struct watched {
    stl_stay stay;
    stl_arena *arena;
    const stl_case *whole;
    stl_watch *w;
} watched;

/* Watches the stay of the world but for its last charges. */
static watched begin(test_world *world, size_t last) {
    const stl_case *c = test_case(world);
    size_t n = c->n_lines - last;
    watched x = {.stay = *c->stay, .arena = stl_arena_new(), .whole = c};
    x.stay.arena = x.arena;
    x.stay.rows[STL_R_CHARGE].count = x.stay.rows[STL_R_CHARGE].cap = n;
    return x;
}

static void start(watched *x) {
    const stl_case *c = x->whole;
    stl_case_site site = {c->medins_lv, c->hosp_lv, c->mdtrtarea_admvs};
    assert_int_equal(
        stl_watch_new(&x->stay, c->region, c->mapping, site, SETTLE_LANG_EN, &x->w, NULL),
        SETTLE_OK);
    assert_int_equal(stl_watch_begin(x->w, NULL), SETTLE_OK);
}

static void end(watched *x) {
    stl_watch_free(x->w);
    stl_arena_free(x->arena);
}

static bool add_next(watched *x) {
    bool fits;
    const stl_charge *next = stl_case_charge(x->whole, x->w->g->c.n_lines);
    assert_int_equal(stl_watch_add(x->w, next, 1, &fits, NULL), SETTLE_OK);
    return fits;
}

static void judge(watched *x) {
    assert_int_equal(stl_watch_judge_parts(x->w, NULL), SETTLE_OK);
    assert_int_equal(stl_watch_judge_whole(x->w, NULL), SETTLE_OK);
}

static size_t lines_touched(const watched *x, stl_scope scope) {
    size_t n = 0;
    const stl_bundles *b = &x->w->bundles;
    for (size_t i = 0; i < b->n_touched; i++)
        if (b->at[b->touched[i]]->scope == scope)
            n += b->at[b->touched[i]]->n;
    return n;
}

static void charge(test_world *w, const char *item, const char *at) {
    test_charge(w, item, at, "1", "5.00", "");
}

static void services(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C2", "01");
    test_service(w, "F3", "C3", "01");
    test_service(w, "F4", "C4", "01");
    test_row(w, STL_T_PAIRS, "main_code=C1 component_code=C2 frequency=visit");
    test_row(w, STL_T_PAIRS, "main_code=C3 component_code=C4 frequency=visit");
    test_row(w, STL_T_PAIRS, "main_code=C4 component_code=C1 frequency=visit");
}

static void a_charge_touches_its_item_its_day_and_its_pairs(void **state) {
    services(*state);
    charge(*state, "F1", "2025-03-02T10:00:00");
    charge(*state, "F2", "2025-03-02T11:00:00");
    charge(*state, "F3", "2025-03-03T11:00:00");
    charge(*state, "F1", "2025-03-03T12:00:00");
    watched x = begin(*state, 1);
    start(&x);
    assert_true(add_next(&x));
    judge(&x);
    assert_int_equal(lines_touched(&x, STL_SCOPE_ITEM), 2);
    assert_int_equal(lines_touched(&x, STL_SCOPE_PAIR), 3);
    assert_int_equal(lines_touched(&x, STL_SCOPE_DAY), 2);
    assert_true(stl_watch_differs(x.w)); /* another line of F1 beside F2 */
    end(&x);
}

static void a_charge_that_breaks_nothing_makes_no_difference(void **state) {
    services(*state);
    test_given(*state, STL_R_CONSENT);
    charge(*state, "F1", "2025-03-02T10:00:00");
    charge(*state, "F1", "2025-03-03T12:00:00");
    watched x = begin(*state, 1);
    start(&x);
    assert_true(add_next(&x));
    judge(&x);
    assert_false(stl_watch_differs(x.w));
    end(&x);
}

static void what_makes_two_bundles_one_asks_for_a_new_watch(void **state) {
    services(*state);
    charge(*state, "F1", "2025-03-02T10:00:00");
    charge(*state, "F2", "2025-03-02T11:00:00"); /* C1 with C2 */
    charge(*state, "F3", "2025-03-03T11:00:00"); /* alone as yet */
    charge(*state, "F4", "2025-03-03T12:00:00"); /* with C3 and with C1 */
    watched x = begin(*state, 1);
    start(&x);
    assert_false(add_next(&x));
    stl_watch_undo(x.w);
    assert_int_equal(x.w->g->c.n_lines, 3);
    assert_int_equal(x.w->bundles.n_touched, 0);
    end(&x);
}

static void an_item_mapped_to_the_code_of_another_asks_for_a_new_watch(void **state) {
    services(*state);
    test_item(*state, "medins_list_codg=F9");
    test_map(*state, "medins_list_codg=F9 med_list_codg=C3 enddate=2025-03-02");
    test_map(*state, "medins_list_codg=F9 med_list_codg=C1 begndate=2025-03-03");
    charge(*state, "F1", "2025-03-02T10:00:00");
    charge(*state, "F9", "2025-03-02T10:00:00");
    charge(*state, "F9", "2025-03-03T10:00:00");
    watched x = begin(*state, 1);
    start(&x);
    assert_false(add_next(&x));
    end(&x);
}

static void a_refund_touches_the_day_of_its_original(void **state) {
    services(*state);
    charge(*state, "F1", "2025-03-02T10:00:00");
    charge(*state, "F3", "2025-03-02T10:00:00");
    charge(*state, "F3", "2025-03-04T10:00:00");
    test_charge(*state, "F1", "2025-03-03T10:00:00", "-1", "5.00", "init_feedetl_sn=1");
    watched x = begin(*state, 1);
    start(&x);
    assert_true(add_next(&x));
    judge(&x);
    assert_int_equal(lines_touched(&x, STL_SCOPE_DAY), 3);
    assert_int_equal(x.w->g->c.lines[0].net_cnt, 0);
    stl_watch_undo(x.w);
    assert_int_equal(x.w->g->c.lines[0].net_cnt, 10000);
    end(&x);
}

static void try_next(watched *x) {
    assert_true(add_next(x));
    judge(x);
    stl_watch_undo(x->w);
}

static void orders_tried_without_end_take_no_memory(void **state) {
    services(*state);
    charge(*state, "F1", "2025-03-02T10:00:00");
    charge(*state, "F2", "2025-03-03T10:00:00"); /* an item and a pair that are new each time */
    watched x = begin(*state, 1);
    start(&x);
    for (int i = 0; i < 4; i++)
        try_next(&x);
    size_t size = stl_arena_size(x.w->g->arena) + stl_arena_size(x.arena);
    size_t bundles = x.w->bundles.n;
    for (int i = 0; i < 1000; i++)
        try_next(&x);
    assert_int_equal(stl_arena_size(x.w->g->arena) + stl_arena_size(x.arena), size);
    assert_int_equal(x.w->bundles.n, bundles);
    end(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(a_charge_touches_its_item_its_day_and_its_pairs),
        RULE_TEST(a_charge_that_breaks_nothing_makes_no_difference),
        RULE_TEST(what_makes_two_bundles_one_asks_for_a_new_watch),
        RULE_TEST(an_item_mapped_to_the_code_of_another_asks_for_a_new_watch),
        RULE_TEST(orders_tried_without_end_take_no_memory),
        RULE_TEST(a_refund_touches_the_day_of_its_original),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
