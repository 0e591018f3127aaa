/* SPDX-License-Identifier: Apache-2.0 */
/* Whichever allocation fails, the checks answer NO_MEMORY and leave nothing behind. */
#include "support/base_support.h"
#undef assert_str
#include "support/rules_support.h"

static void wrong_stay(test_world *w, int lines) {
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C2", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=1");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=次");
    test_row(w, STL_T_PAIRS, "main_code=C1 component_code=C2 frequency=visit");
    test_row(w, STL_T_PAIRS, "main_code=C2 component_code=C1 frequency=6h");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=1 days=7");
    test_row(w, STL_T_SEX, "med_list_codg=C2 gend=2");
    test_row(w, STL_T_MANDATORY, "record=charges field=spec required=1");
    for (int i = 0; i < lines; i++)
        test_charge(w, i % 2 == 0 ? "F1" : "F2", "2025-03-02T11:00:00", "1", "5.00", "drord_no=A");
    test_charge(w, "F9", "2025-02-02T11:00:00", "-1", "5.00", "det_item_fee_sumamt=-7.00");
}

static settle_status judge_once(void *user, stl_error *err) {
    stl_case c = *(const stl_case *)user;
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    c.arena = arena;
    stl_verdict verdict = {.arena = arena};
    return stl_rules_run(&c, &verdict, err);
}

static void every_failing_allocation_is_told(void **state) {
    wrong_stay(*state, 1000);
    assert_true(stl_test_each_alloc(judge_once, test_case(*state)) >= 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(every_failing_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
