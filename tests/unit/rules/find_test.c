/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "base/digest.h"
#include "rules/find.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static const stl_rule RULE = {
    .id = "T1",
    .name = {"中文名", "English name"},
    .fix = {"中文做法", "English remedy"},
    .basis = "V0",
    .action = STL_HOLD,
};

static const stl_case *three_lines(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "10.00", "feedetl_sn=900");
    test_charge(w, "F1", "2025-03-02T11:00:00", "1", "20.00", "feedetl_sn=1000");
    test_charge(w, "F1", "2025-03-02T12:00:00", "1", "30.00", "feedetl_sn=2");
    return test_case(w);
}

static const stl_finding *find(test_world *w, const stl_case *c, stl_verdict *verdict,
                               stl_found found) {
    stl_error err = {0};
    *verdict = (stl_verdict){.arena = test_arena(w)};
    assert_int_equal(stl_rule_find(&RULE, c, verdict, found, &err, "数 %d", "number %d", 7),
                     SETTLE_OK);
    return &verdict->findings[0];
}

static void id_is_the_hash_of_rule_sorted_serials_and_stay(void **state) {
    const stl_case *c = three_lines(*state);
    stl_verdict v;
    const stl_finding *f =
        find(*state, c, &v, (stl_found){.lines = (uint32_t[]){0, 1}, .n_lines = 2});
    static const char TEXT[] = "T1\n1000\n900\nT1\n"; /* the stay is T1, too */
    unsigned char digest[STL_DIGEST_LEN];
    char hex[17];
    assert_int_equal(stl_digest_of(STL_SHA256, TEXT, sizeof TEXT - 1, digest, NULL), SETTLE_OK);
    stl_hex(digest, 8, hex);
    assert_string_equal(f->finding_id, hex);
}

static void a_rule_of_the_library_as_a_whole_gives_its_code(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=T1 name=gz^code value=GZ1");
    const stl_case *c = three_lines(*state);
    stl_verdict v;
    const stl_finding *f = find(*state, c, &v, (stl_found){.lines = (uint32_t[]){0}, .n_lines = 1});
    assert_str(f->gz_code, "GZ1");
}

static void the_code_of_the_record_goes_before_it(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=T1 name=gz^code value=GZ1");
    const stl_case *c = three_lines(*state);
    stl_verdict v;
    const stl_finding *f =
        find(*state, c, &v,
             (stl_found){.lines = (uint32_t[]){0}, .n_lines = 1, .gz_code = STL_STR("GZ2")});
    assert_str(f->gz_code, "GZ2");
}

static void without_either_there_is_no_code(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=T2 name=gz^code value=GZ1");
    const stl_case *c = three_lines(*state);
    stl_verdict v;
    const stl_finding *f = find(*state, c, &v, (stl_found){.lines = (uint32_t[]){0}, .n_lines = 1});
    assert_str(f->gz_code, "");
}

static void order_and_doubles_of_lines_do_not_matter(void **state) {
    const stl_case *c = three_lines(*state);
    stl_verdict v, u;
    const stl_finding *a =
        find(*state, c, &v, (stl_found){.lines = (uint32_t[]){0, 2}, .n_lines = 2});
    const stl_finding *b =
        find(*state, c, &u, (stl_found){.lines = (uint32_t[]){2, 0, 2}, .n_lines = 3});
    assert_string_equal(a->finding_id, b->finding_id);
    assert_int_equal(b->n_lines, 2);
    assert_int_equal(b->lines[0], 0);
    assert_int_equal(b->lines[1], 2);
}

static void other_lines_or_another_stay_have_another_id(void **state) {
    const stl_case *c = three_lines(*state);
    stl_verdict v, u, t;
    stl_found found = {.lines = (uint32_t[]){0, 2}, .n_lines = 2};
    const stl_finding *a = find(*state, c, &v, found);
    const stl_finding *b = find(*state, c, &u, (stl_found){.lines = found.lines, .n_lines = 1});
    test_stay(*state, "mdtrt_id=T2");
    const stl_finding *d = find(*state, test_case(*state), &t, found);
    assert_string_not_equal(a->finding_id, b->finding_id);
    assert_string_not_equal(a->finding_id, d->finding_id);
}

static void involved_lines_are_sorted_and_not_part_of_the_id(void **state) {
    const stl_case *c = three_lines(*state);
    stl_verdict v, u;
    uint32_t lines[] = {1}, others[] = {2, 0};
    const stl_finding *a = find(*state, c, &v, (stl_found){.lines = lines, .n_lines = 1});
    const stl_finding *b =
        find(*state, c, &u,
             (stl_found){.lines = lines, .n_lines = 1, .involved = others, .n_involved = 2});
    assert_string_equal(a->finding_id, b->finding_id);
    assert_int_equal(b->involved[0], 0);
    assert_int_equal(b->involved[1], 2);
}

static void texts_follow_the_language_of_the_case(void **state) {
    stl_case c = *three_lines(*state);
    stl_verdict v;
    const stl_finding *f = find(*state, &c, &v, (stl_found){0});
    assert_str(f->evidence, "number 7");
    assert_str(f->rule_name, "English name");
    assert_str(f->fix, "English remedy");
    c.lang = SETTLE_LANG_ZH;
    stl_verdict u;
    const stl_finding *z = find(*state, &c, &u, (stl_found){0});
    assert_str(z->evidence, "数 7");
    assert_str(z->rule_name, "中文名");
    assert_str(z->fix, "中文做法");
    assert_string_equal(z->finding_id, f->finding_id);
}

static void basis_names_what_stands_behind_and_the_pack(void **state) {
    const stl_case *c = three_lines(*state);
    stl_verdict v;
    const stl_finding *f = find(*state, c, &v, (stl_found){.basis = "row 9"});
    assert_str(f->basis, "V0; row 9; test 1");
    assert_int_equal(f->action, STL_HOLD);
}

static void a_basis_of_one_sign_is_told_and_an_empty_one_is_not(void **state) {
    const stl_case *c = three_lines(*state);
    stl_verdict v, u;
    assert_str(find(*state, c, &v, (stl_found){.basis = "9"})->basis, "V0; 9; test 1");
    assert_str(find(*state, c, &u, (stl_found){.basis = ""})->basis, "V0; test 1");
}

static void a_finding_may_say_nothing(void **state) {
    const stl_case *c = three_lines(*state);
    stl_error err = {0};
    stl_verdict v = {.arena = test_arena(*state)};
    assert_int_equal(stl_rule_find(&RULE, c, &v, (stl_found){0}, &err, "%s", "%s", ""), SETTLE_OK);
    assert_str(v.findings[0].evidence, "");
    assert_int_equal(v.findings[0].n_lines, 0);
    assert_null(v.findings[0].lines);
}

static void who_may_override_the_rule_says_before_all_that_hold(void **state) {
    test_row(*state, STL_T_PARAMETERS, "rule_id=* name=override.hold value=one");
    test_row(*state, STL_T_PARAMETERS, "rule_id=T1 name=override value=two");
    const stl_region *region = test_region(*state);
    stl_day day = test_day("2025-03-02");
    assert_string_equal(stl_rules_override(region, "T1", STL_HOLD, day), "two");
    assert_string_equal(stl_rules_override(region, "T2", STL_HOLD, day), "one");
    assert_string_equal(stl_rules_override(region, "T2", STL_BLOCK, day), "never");
}

static void the_pack_may_say_another_action(void **state) {
    test_row(*state, STL_T_ACTIONS, "rule_id=T1 action=hint");
    test_row(*state, STL_T_ACTIONS, "rule_id=T2 action=warn");
    stl_verdict v;
    assert_int_equal(find(*state, three_lines(*state), &v, (stl_found){0})->action, STL_HINT);
}

static void an_action_that_does_not_exist_leaves_the_default(void **state) {
    test_row(*state, STL_T_ACTIONS, "rule_id=T1 action=forbid");
    stl_verdict v;
    assert_int_equal(find(*state, three_lines(*state), &v, (stl_found){0})->action, STL_HOLD);
}

static const stl_finding *ordered(test_world *w, stl_verdict *v, const stl_found *found, size_t n) {
    static const stl_rule HARDER = {.id = "T1",
                                    .name = {"", ""},
                                    .fix = {"", "Another remedy"},
                                    .basis = "V0",
                                    .action = STL_BLOCK};
    const stl_case *c = three_lines(w);
    stl_error err = {0};
    *v = (stl_verdict){.arena = test_arena(w)};
    for (size_t i = 0; i < n; i++)
        assert_int_equal(
            stl_rule_find(i == 1 ? &HARDER : &RULE, c, v, found[i], &err, "%zu", "%zu", n - i),
            SETTLE_OK);
    assert_int_equal(stl_rules_order(c, v, 0, &err), SETTLE_OK);
    return v->findings;
}

static void findings_over_the_same_lines_are_joined(void **state) {
    const stl_found FOUND[] = {{.lines = (uint32_t[]){0},
                                .n_lines = 1,
                                .involved = (uint32_t[]){2},
                                .n_involved = 1,
                                .vola_amt = 5},
                               {.lines = (uint32_t[]){0},
                                .n_lines = 1,
                                .involved = (uint32_t[]){1},
                                .n_involved = 1,
                                .vola_amt = 7,
                                .gz_code = STL_STR("GZ1")}};
    stl_verdict v;
    const stl_finding *f = ordered(*state, &v, FOUND, 2);
    assert_int_equal(v.n_findings, 1);
    assert_str(f->evidence, "1; 2");
    assert_str(f->gz_code, "GZ1");
    assert_int_equal(f->vola_amt, 7);
    assert_int_equal(f->action, STL_BLOCK);
    assert_says(f->fix, "English remedy");
    assert_says(f->fix, "Another remedy");
    assert_int_equal(f->n_involved, 2);
    assert_int_equal(f->involved[0], 1);
    assert_int_equal(f->involved[1], 2);
}

static void of_two_codes_one_is_told_in_the_basis_and_of_equal_ones_none(void **state) {
    stl_found found[] = {{.gz_code = STL_STR("GZ1")}, {.gz_code = STL_STR("GZ2")}};
    stl_verdict v, u, t;
    const stl_finding *f = ordered(*state, &v, found, 2);
    assert_int_equal(v.n_findings, 1);
    assert_str(f->gz_code, "GZ2");
    assert_str(f->basis, "V0; test 1; GZ1");
    found[0].gz_code = STL_STR("GZ2");
    assert_str(ordered(*state, &u, found, 2)->basis, "V0; test 1");
    found[1].gz_code = STL_STR("");
    assert_str(ordered(*state, &t, found, 2)->gz_code, "GZ2");
    assert_str(t.findings[0].basis, "V0; test 1");
}

static void parts_are_joined_once_down_to_one_sign(void **state) {
    const stl_found FOUND[] = {{.basis = "a; b; 9"}, {.basis = "b; c"}};
    stl_verdict v;
    assert_str(ordered(*state, &v, FOUND, 2)->basis, "V0; b; c; test 1; a; 9");
    const stl_found CODES[] = {{.gz_code = STL_STR("7")}, {.gz_code = STL_STR("8")}};
    stl_verdict u;
    assert_str(ordered(*state, &u, CODES, 2)->basis, "V0; test 1; 7");
}

static void of_equal_beginnings_the_shorter_is_first(void **state) {
    const stl_found FOUND[] = {{.lines = (uint32_t[]){0}, .n_lines = 1},
                               {.lines = (uint32_t[]){0, 2}, .n_lines = 2}};
    stl_verdict v;
    const stl_finding *f = ordered(*state, &v, FOUND, 2);
    assert_int_equal(v.n_findings, 2);
    assert_int_equal(f[0].n_lines, 1);
    assert_str(f[0].evidence, "2");
    assert_int_equal(f[1].n_lines, 2);
}

static void involved_lines_of_both_are_joined_in_order_and_once(void **state) {
    const stl_found FOUND[] = {{.involved = (uint32_t[]){0, 2}, .n_involved = 2},
                               {.involved = (uint32_t[]){1, 2}, .n_involved = 2}};
    stl_verdict v;
    const stl_finding *f = ordered(*state, &v, FOUND, 2);
    assert_int_equal(f->n_involved, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(f->involved[i], i);
}

static void what_stands_before_the_first_stays(void **state) {
    const stl_found FOUND[] = {{.lines = (uint32_t[]){2}, .n_lines = 1},
                               {.lines = (uint32_t[]){1}, .n_lines = 1},
                               {.lines = (uint32_t[]){0}, .n_lines = 1},
                               {.lines = (uint32_t[]){0}, .n_lines = 1}};
    const stl_case *c = three_lines(*state);
    stl_error err = {0};
    stl_verdict v = {.arena = test_arena(*state)};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(stl_rule_find(&RULE, c, &v, FOUND[i], &err, "%d", "%d", 7), SETTLE_OK);
    assert_int_equal(stl_rules_order(c, &v, 1, &err), SETTLE_OK);
    assert_int_equal(v.n_findings, 3);
    assert_int_equal(v.findings[0].lines[0], 2);
    assert_int_equal(v.findings[1].lines[0], 0);
    assert_int_equal(v.findings[2].lines[0], 1);
    assert_int_equal(stl_rules_order(c, &v, 2, &err), SETTLE_OK);
    assert_int_equal(stl_rules_order(c, &v, 3, &err), SETTLE_OK);
    assert_int_equal(v.n_findings, 3);
}

static void gaps_are_ordered_by_their_texts_behind_the_first(void **state) {
    (void)state;
    stl_not_evaluated gaps[] = {{.missing = STL_STR("d")},
                                {.missing = STL_STR("c")},
                                {.missing = STL_STR("a")},
                                {.missing = STL_STR("b")}};
    stl_verdict v = {.gaps = gaps, .n_gaps = 3};
    stl_rules_order_gaps(&v, 1);
    assert_str(gaps[0].missing, "d");
    assert_str(gaps[1].missing, "a");
    assert_str(gaps[2].missing, "c");
    assert_str(gaps[3].missing, "b");
}

static void findings_are_ordered_by_their_lines(void **state) {
    const stl_found FOUND[] = {{.lines = (uint32_t[]){1, 2}, .n_lines = 2},
                               {.lines = (uint32_t[]){0, 2}, .n_lines = 2},
                               {.lines = (uint32_t[]){0}, .n_lines = 1},
                               {.n_lines = 0}};
    stl_verdict v;
    const stl_finding *f = ordered(*state, &v, FOUND, 4);
    assert_int_equal(v.n_findings, 4);
    assert_int_equal(f[0].n_lines, 0);
    assert_int_equal(f[1].n_lines, 1);
    assert_int_equal(f[2].n_lines, 2);
    assert_int_equal(f[2].lines[0], 0);
    assert_int_equal(f[3].lines[0], 1);
}

static void the_smaller_amount_and_action_do_not_count(void **state) {
    const stl_found FOUND[] = {{.lines = (uint32_t[]){0}, .n_lines = 1, .vola_amt = 5},
                               {.lines = (uint32_t[]){1}, .n_lines = 1, .vola_amt = 9},
                               {.lines = (uint32_t[]){1}, .n_lines = 1, .vola_amt = 2}};
    stl_verdict v;
    const stl_finding *f = ordered(*state, &v, FOUND, 3);
    assert_int_equal(v.n_findings, 2);
    assert_int_equal(f[1].vola_amt, 9);
    assert_int_equal(f[1].action, STL_BLOCK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(id_is_the_hash_of_rule_sorted_serials_and_stay),
        RULE_TEST(a_rule_of_the_library_as_a_whole_gives_its_code),
        RULE_TEST(the_code_of_the_record_goes_before_it),
        RULE_TEST(without_either_there_is_no_code),
        RULE_TEST(order_and_doubles_of_lines_do_not_matter),
        RULE_TEST(other_lines_or_another_stay_have_another_id),
        RULE_TEST(involved_lines_are_sorted_and_not_part_of_the_id),
        RULE_TEST(texts_follow_the_language_of_the_case),
        RULE_TEST(basis_names_what_stands_behind_and_the_pack),
        RULE_TEST(a_basis_of_one_sign_is_told_and_an_empty_one_is_not),
        RULE_TEST(a_finding_may_say_nothing),
        RULE_TEST(who_may_override_the_rule_says_before_all_that_hold),
        RULE_TEST(the_pack_may_say_another_action),
        RULE_TEST(an_action_that_does_not_exist_leaves_the_default),
        RULE_TEST(findings_over_the_same_lines_are_joined),
        RULE_TEST(of_two_codes_one_is_told_in_the_basis_and_of_equal_ones_none),
        RULE_TEST(parts_are_joined_once_down_to_one_sign),
        RULE_TEST(of_equal_beginnings_the_shorter_is_first),
        RULE_TEST(involved_lines_of_both_are_joined_in_order_and_once),
        RULE_TEST(what_stands_before_the_first_stays),
        RULE_TEST(gaps_are_ordered_by_their_texts_behind_the_first),
        RULE_TEST(findings_are_ordered_by_their_lines),
        RULE_TEST(the_smaller_amount_and_action_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
