/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

#include "match/match.h"
#include <stdio.h>

typedef struct asked {
    test_world *w;
    stl_match at[STL_MATCH_MOST];
    size_t n;
    const stl_index_table *catalogue;
} asked;

static void drug(test_world *w, const char *code, const char *name) {
    char fields[256];
    snprintf(fields, sizeof fields,
             "med_list_codg=%s med_list_name=%s list_type=101 med_list_unit=片", code, name);
    test_row(w, STL_T_CATALOGUE, fields);
}

static void words(test_world *w) {
    test_row(w, STL_T_LISTS, "list=map.form item=片 value=片");
    test_row(w, STL_T_LISTS, "list=map.form item=胶囊 value=胶囊");
    test_row(w, STL_T_LISTS, "list=map.measure item=mg value=1000_g");
    test_row(w, STL_T_LISTS, "list=map.measure item=g value=1000000_g");
    test_row(w, STL_T_LISTS, "list=map.word item=心得安 value=普萘洛尔");
    test_row(w, STL_T_LISTS, "list=map.kind item=101 value=drug");
    test_row(w, STL_T_LISTS, "list=map.kind item=201 value=service");
    test_row(w, STL_T_PARAMETERS, "rule_id=map name=price-code-prefix value=00");
}

static asked ask(test_world *w, stl_match_item item) {
    asked a = {.w = w};
    stl_matcher *matcher = NULL;
    stl_error err = {0};
    const stl_region *region = test_region(w);
    a.catalogue = &region->tables[STL_T_CATALOGUE];
    assert_int_equal(stl_matcher_new(region, 20000, &matcher, &err), SETTLE_OK);
    a.n = stl_matcher_find(matcher, &item, a.at);
    stl_matcher_free(matcher);
    return a;
}

static void assert_first(const asked *a, const char *code, bool sure) {
    assert_true(a->n > 0);
    stl_str first = stl_index_text(a->catalogue, a->at[0].row[STL_CAT_CODE]);
    assert_int_equal(first.len, strlen(code));
    assert_memory_equal(first.ptr, code, first.len);
    assert_int_equal(a->at[0].sure, sure);
}

static int setup(void **state) {
    test_world *w = test_world_new();
    words(w);
    drug(w, "XA1", "盐酸普萘洛尔片");
    drug(w, "XA2", "阿莫西林胶囊(0.25g)");
    drug(w, "XA3", "阿莫西林胶囊(0.5g)");
    drug(w, "XA4", "维生素Ⅰ片");
    drug(w, "XA5", "维生素Ⅱ片");
    test_row(w, STL_T_CATALOGUE,
             "med_list_codg=001204000020000 med_list_name=静脉注射 list_type=201 med_list_unit=次");
    *state = w;
    return 0;
}

static int teardown(void **state) {
    test_world_free(*state);
    return 0;
}

static void an_equal_name_is_sure(void **state) {
    asked a =
        ask(*state, (stl_match_item){.name = STL_STR("盐酸普萘洛尔片"), .kind = STL_STR("drug")});
    assert_first(&a, "XA1", true);
}

static void full_width_and_the_packs_words_are_equal(void **state) {
    asked a =
        ask(*state, (stl_match_item){.name = STL_STR("盐酸心得安片"), .kind = STL_STR("drug")});
    assert_first(&a, "XA1", true);
}

static void another_dosage_form_is_never_sure(void **state) {
    asked a = ask(*state, (stl_match_item){.name = STL_STR("盐酸普萘洛尔片胶囊")});
    assert_first(&a, "XA1", false);
    assert_int_equal(a.at[0].said[STL_MATCH_FORM], STL_MATCH_DIFFERS);
}

static void another_kind_is_never_sure(void **state) {
    asked a = ask(*state,
                  (stl_match_item){.name = STL_STR("盐酸普萘洛尔片"), .kind = STL_STR("service")});
    assert_first(&a, "XA1", false);
}

static void the_strength_tells_twins_apart_in_any_unit(void **state) {
    stl_match_item item = {.name = STL_STR("阿莫西林胶囊"), .spec = STL_STR("500mg*24粒/盒")};
    asked a = ask(*state, item);
    assert_first(&a, "XA3", a.at[0].sure);
    assert_int_equal(a.at[0].said[STL_MATCH_MEASURE], STL_MATCH_AGREES);
    assert_int_equal(a.at[1].said[STL_MATCH_MEASURE], STL_MATCH_DIFFERS);
}

static void twins_that_nothing_tells_apart_are_not_sure(void **state) {
    asked a = ask(*state, (stl_match_item){.name = STL_STR("维生素片")});
    assert_true(a.n >= 2);
    assert_int_equal(a.at[0].score, a.at[1].score);
    assert_false(a.at[0].sure);
}

static void the_price_list_code_finds_another_name(void **state) {
    stl_match_item item = {.name = STL_STR("采血"), .price_code = STL_STR("120400002a")};
    asked a = ask(*state, item);
    assert_first(&a, "001204000020000", false);
    assert_int_equal(a.at[0].said[STL_MATCH_PRICE_CODE], STL_MATCH_AGREES);
}

static void a_name_of_nothing_known_finds_nothing(void **state) {
    asked a = ask(*state, (stl_match_item){.name = STL_STR("〇〇〇")});
    assert_int_equal(a.n, 0);
}

/* --- codes cut short ---------------------------------------------------------------------------
 */

static size_t cut(test_world *w, const char *code) {
    SCOPED_ARENA *arena = stl_arena_new();
    stl_codes codes;
    stl_error err = {0};
    const int64_t *rows[2];
    assert_int_equal(stl_codes_of(test_region(w), 20000, arena, &codes, &err), SETTLE_OK);
    return stl_codes_cut(&codes, stl_str_of(code), rows, 2);
}

static void a_code_of_twenty_that_begins_others_is_suspect(void **state) {
    drug(*state, "XA11CCA351E002010101121", "甲片");
    drug(*state, "XA11CCA351E002010101503", "乙片");
    assert_int_equal(cut(*state, "XA11CCA351E002010101"), 2);
}

static void a_code_of_twenty_that_the_catalogue_has_is_not(void **state) {
    drug(*state, "XA11CCA351E002010101121", "甲片");
    drug(*state, "XA11CCA351E002010101", "丙片");
    assert_int_equal(cut(*state, "XA11CCA351E002010101"), 0);
}

static void other_lengths_and_beginnings_of_nothing_are_not(void **state) {
    drug(*state, "XA11CCA351E002010101121", "甲片");
    assert_int_equal(cut(*state, "XA11CCA351E00201010"), 0);
    assert_int_equal(cut(*state, "XA11CCA351E0020101011"), 0);
    assert_int_equal(cut(*state, "XB11CCA351E002010101"), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(an_equal_name_is_sure),
        T(full_width_and_the_packs_words_are_equal),
        T(another_dosage_form_is_never_sure),
        T(another_kind_is_never_sure),
        T(the_strength_tells_twins_apart_in_any_unit),
        T(twins_that_nothing_tells_apart_are_not_sure),
        T(the_price_list_code_finds_another_name),
        T(a_name_of_nothing_known_finds_nothing),
        T(a_code_of_twenty_that_begins_others_is_suspect),
        T(a_code_of_twenty_that_the_catalogue_has_is_not),
        T(other_lengths_and_beginnings_of_nothing_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
