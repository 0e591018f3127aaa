/* SPDX-License-Identifier: Apache-2.0 */
/* What all rules together cost. */
#include "support/rules_support.h"

#include <time.h>

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Everything in one second under one order, all of one day and code: the worst for each rule. */
static int64_t cost_of_wrong_lines(int lines) {
    test_world *w = test_world_new();
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C2", "01");
    test_row(w, STL_T_CAPS, "pric_list_codg=F1 medins_lv=3 pric_uplmt_amt=1");
    test_row(w, STL_T_FREQUENCY, "med_list_codg=C1 limit=1 unit=次");
    test_row(w, STL_T_PAIRS, "main_code=C1 component_code=C2 frequency=visit");
    test_row(w, STL_T_PAIRS, "main_code=C2 component_code=C1 frequency=6h");
    test_row(w, STL_T_CYCLE, "med_list_codg=C1 limit=1000 days=7");
    for (int i = 0; i < lines; i++)
        test_charge(w, i % 2 == 0 ? "F1" : "F2", "2025-03-02T11:00:00", "1", "5.00", "drord_no=A");
    stl_case *c = test_case(w);
    int64_t begin = now_ns();
    test_findings f = test_judge_case(w, c);
    int64_t cost = now_ns() - begin;
    assert_true(f.verdict.n_findings > (size_t)lines / 2);
    test_world_free(w);
    return cost / lines;
}

static void cost_a_line_does_not_grow_with_the_stay(void **state) {
    (void)state;
    int64_t small = INT64_MAX, large = INT64_MAX;
    bool linear = false;
    for (int i = 0; i < 9 && !linear; i++) { /* the best of some: other programs run beside */
        int64_t a = cost_of_wrong_lines(2000), b = cost_of_wrong_lines(20000);
        small = a < small ? a : small;
        large = b < large ? b : large;
        linear = large <= 5 * small + 1000; /* quadratic would be ten times */
    }
    if (!linear)
        fail_msg("%lld ns a line of 2,000, %lld of 20,000", (long long)small, (long long)large);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(cost_a_line_does_not_grow_with_the_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
