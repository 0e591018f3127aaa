/* SPDX-License-Identifier: Apache-2.0 */
/* Where the second opinion (tests/oracle) once differed: each as the smallest case. */
#include "support/benefit_support.h"

#include <stdio.h>

#define LAYER(id, more)                                                                            \
    "<layer id='" id "' name='L' fund_pay_type='310100' pays-into='hifp_pay' basis='T' " more ">"
#define BANDS(ratio)                                                                               \
    "<bands on='position' basis='T'><band><ratio value='" ratio "' basis='T'/></band></bands>"

static test_world *policy(const char *inside) {
    char text[4000];
    snprintf(text, sizeof text,
             "<policy xmlns='urn:libsettle:policy:1.0' id='test' basis='T'>%s</policy>", inside);
    test_world *w = test_world_new();
    benefit_policy(w, text);
    return w;
}

static void is(stl_money value, const char *text, test_world *w) {
    assert_money(value, text);
    test_world_free(w);
}

static void a_ceiling_by_stay_still_counts_payments_of_the_year(void **state) {
    (void)state;
    test_world *w =
        policy(LAYER("a", "counts-payments='paid_kind'") "<base of='in-scope' basis='T'/>" BANDS(
            "1") "<ceiling on='payments' per='stay' basis='T'><amount value='60' "
                 "basis='T'/></ceiling></layer>");
    benefit_acc(w, "2025", "paid_kind", "50.00");
    benefit_eligible(w, "100.00");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "60.00");
    assert_int_equal(s->n_accs, 1);
    is(s->accs[0].value, "110.00", w);
}

static void a_remainder_never_makes_a_share_negative(void **state) {
    (void)state;
    test_world *w = policy("<rounding mode='up' remainder='payer' basis='T'/>" LAYER(
        "a", "") "<base of='in-scope' basis='T'/><bands on='position' basis='T'><band><ratio "
                 "value='0' basis='T'/>"
                 "<share payer='hospital' value='0.5' basis='T'/></band></bands></layer>");
    benefit_eligible(w, "0.01");
    const stl_settlement *s = benefit_settle(w);
    assert_money(s->info.hifp_pay, "0.00");
    is(s->info.hosp_part_amt, "0.01", w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ceiling_by_stay_still_counts_payments_of_the_year),
        cmocka_unit_test(a_remainder_never_makes_a_share_negative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
