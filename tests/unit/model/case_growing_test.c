/* SPDX-License-Identifier: Apache-2.0 */
/* A case that grows line by line is the case built at once; what is cut away leaves nothing. */
#include "support/model_support.h"

#include "model/case_growing.h"

typedef struct grown {
    stl_case *whole;
    stl_stay stay; /* the first lines of it */
    stl_arena *arena;
    stl_growing *g;
} grown;

static grown begin(test_world *w, size_t n) {
    grown x = {.whole = test_case(w), .arena = stl_arena_new()};
    x.stay = *x.whole->stay;
    x.stay.arena = x.arena;
    x.stay.rows[STL_R_CHARGE].count = x.stay.rows[STL_R_CHARGE].cap = n;
    return x;
}

static void start(grown *x) {
    assert_int_equal(stl_growing_new(&x->stay, x->whole->region, x->whole->mapping,
                                     (stl_case_site){0}, x->whole->lang, &x->g, NULL),
                     SETTLE_OK);
}

static void end(grown *x) {
    stl_growing_free(x->g);
    stl_arena_free(x->arena);
}

static void add(grown *x, size_t n) {
    const stl_charge *from = stl_case_charge(x->whole, x->g->c.n_lines);
    assert_int_equal(stl_growing_add(x->g, from, n, NULL), SETTLE_OK);
}

static void assert_like(const stl_case *c, const stl_case *other) {
    assert_int_equal(c->n_lines, other->n_lines);
    assert_int_equal(c->n_items, other->n_items);
    assert_int_equal(c->n_codes, other->n_codes);
    assert_int_equal(c->n_by_code, other->n_by_code);
    assert_memory_equal(c->by_time, other->by_time, c->n_lines * sizeof *c->by_time);
    assert_memory_equal(c->by_code, other->by_code, c->n_by_code * sizeof *c->by_code);
    assert_memory_equal(c->code_first, other->code_first,
                        (c->n_codes + (size_t)1) * sizeof *c->code_first);
    for (size_t i = 0; i < c->n_lines; i++) {
        const stl_line *a = &c->lines[i], *b = &other->lines[i];
        assert_true(a->item_no == b->item_no && a->code_no == b->code_no && a->map == b->map &&
                    a->cat == b->cat && a->map_state == b->map_state &&
                    a->national_cnt == b->national_cnt && a->day == b->day);
        assert_true(stl_str_eq(a->item_key, b->item_key));
    }
}

/* Out of order, of two codes, one mapped anew in between, one without a mapping. */
static void world(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C2", "01");
    test_item(w, "medins_list_codg=F3");
    test_map(w, "medins_list_codg=F3 med_list_codg=C1 enddate=2025-03-02");
    test_map(w, "medins_list_codg=F3 med_list_codg=C3 begndate=2025-03-03");
    test_charge(w, "F1", "2025-03-03T10:00:00", "1", "5.00", "");
    test_charge(w, "F2", "2025-03-02T10:00:00", "1", "5.00", "");
    test_charge(w, "F1", "2025-03-01T10:00:00", "2", "5.00", "");
    test_charge(w, "F9", "2025-03-02T10:00:00", "1", "5.00", "feedetl_sn=0");
    test_charge(w, "F3", "2025-03-04T10:00:00", "1", "5.00", "");
    test_charge(w, "F3", "2025-03-02T10:00:00", "1", "5.00", "");
}

static void line_by_line_it_is_the_case_built_at_once(void **state) {
    test_world *w = test_world_new();
    (void)state;
    world(w);
    for (size_t first = 0; first < 6; first++) {
        grown x = begin(w, first);
        start(&x);
        while (x.g->c.n_lines < x.whole->n_lines)
            add(&x, 1);
        assert_like(&x.g->c, x.whole);
        end(&x);
    }
    test_world_free(w);
}

static void several_at_once_are_as_one_by_one(void **state) {
    test_world *w = test_world_new();
    (void)state;
    world(w);
    grown x = begin(w, 1);
    start(&x);
    add(&x, 5);
    assert_like(&x.g->c, x.whole);
    end(&x);
    test_world_free(w);
}

static void what_is_cut_away_leaves_nothing(void **state) {
    test_world *w = test_world_new();
    (void)state;
    world(w);
    grown x = begin(w, 2), fresh = begin(w, 2);
    start(&x);
    start(&fresh);
    for (size_t more = 4; more > 0; more--) {
        stl_growing_mark mark = stl_growing_marked(x.g);
        add(&x, more);
        stl_growing_cut(x.g, mark);
        assert_like(&x.g->c, &fresh.g->c);
    }
    add(&x, 4); /* numbers are given again in the order of appearance */
    assert_like(&x.g->c, x.whole);
    end(&x);
    end(&fresh);
    test_world_free(w);
}

static void serials_and_codes_are_found_once_they_are_the_stays_own(void **state) {
    test_world *w = test_world_new();
    (void)state;
    world(w);
    grown x = begin(w, 2);
    start(&x);
    assert_int_equal(stl_growing_find(x.g, STL_STR("2")), 1);
    assert_int_equal(stl_growing_find(x.g, STL_STR("3")), STL_NO_KEY);
    assert_int_equal(stl_growing_code(x.g, STL_STR("C2")), 1);
    assert_int_equal(stl_growing_code(x.g, STL_STR("C3")), STL_NO_KEY);
    stl_growing_mark mark = stl_growing_marked(x.g);
    add(&x, 3);
    assert_int_equal(stl_growing_code(x.g, STL_STR("C3")), 2);
    assert_int_equal(stl_growing_adopt(x.g, mark.n_lines, NULL), SETTLE_OK);
    assert_int_equal(stl_growing_find(x.g, STL_STR("3")), 2);
    stl_growing_cut(x.g, mark);
    assert_int_equal(stl_growing_find(x.g, STL_STR("3")), STL_NO_KEY);
    assert_int_equal(stl_growing_find(x.g, STL_STR("2")), 1);
    assert_int_equal(stl_growing_code(x.g, STL_STR("C3")), STL_NO_KEY);
    end(&x);
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_by_line_it_is_the_case_built_at_once),
        cmocka_unit_test(several_at_once_are_as_one_by_one),
        cmocka_unit_test(what_is_cut_away_leaves_nothing),
        cmocka_unit_test(serials_and_codes_are_found_once_they_are_the_stays_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
