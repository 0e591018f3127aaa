/* SPDX-License-Identifier: Apache-2.0 */
/* Every amount can be recomputed from the printed steps; texts follow the language, figures do not.
 */
#include "support/benefit_support.h"

#include <stdio.h>
#include <stdlib.h>

static test_world *second_stay(void) {
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", "", "changsha-2015", "", NULL);
    benefit_year(w, "ipt_cnt=1 inscp_scp_amt=15000 hifmi_base=25000");
    benefit_eligible(w, "10000.00");
    return w;
}

static const char *text_of(const stl_step *step) {
    static char text[300];
    snprintf(text, sizeof text, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", (int)step->layer.len,
             step->layer.ptr, (int)step->what.len, step->what.ptr, (int)step->input.len,
             step->input.ptr, (int)step->ratio.len, step->ratio.ptr, (int)step->result.len,
             step->result.ptr, (int)step->basis.len, step->basis.ptr);
    return text;
}

static void steps_of_a_second_stay(void **state) {
    (void)state;
    static const char *const EXPECTED[] = {
        "basic|base|10000.00||10000.00|B6",
        "basic|year to date|15000.00 + 10000.00||25000.00|B6",
        "basic|deductible|1000.00|0.5000|500.00|B4",
        "basic|band 1|(20000.00 - 15500.00)|0.8500|3825.00|B6",
        "basic|band 2|(25000.00 - 20000.00)|0.9000|4500.00|B6",
        "basic|sum|3825.00 + 4500.00||8325.00|design",
        "basic|share|8325.00||8325.00|001:227-263",
        "critical|base|10000.00 - 8325.00||1675.00|D1",
        "critical|year to date|25000.00 + 1675.00||26675.00|D3",
        "critical|deductible|20000.00||20000.00|D1",
        "critical|band 1|(6675.00 - 5000.00)|0.5000|837.50|D3",
        "critical|share|837.50||837.50|003:259-359; D8",
        "stay|personal share|10000.00 - 9162.50||837.50|medfee = fund + psn",
        "stay|cash|837.50 - 0.00||837.50|medfee = fund + psn",
    };
    test_world *w = second_stay();
    const stl_settlement *s = benefit_explain(w, NULL);
    for (size_t i = 0; i < s->n_steps && i < sizeof EXPECTED / sizeof EXPECTED[0]; i++)
        assert_string_equal(text_of(&s->steps[i]), EXPECTED[i]);
    assert_int_equal(s->n_steps, sizeof EXPECTED / sizeof EXPECTED[0]);
    test_world_free(w);
}

static int64_t number(const char **at) {
    int64_t value = 0;
    int decimals = -1;
    for (; (**at >= '0' && **at <= '9') || **at == '.'; (*at)++) {
        if (**at == '.')
            decimals = 0;
        else if (decimals < 6) {
            value = value * 10 + (**at - '0');
            decimals += decimals >= 0;
        }
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 6; decimals++)
        value *= 10;
    return value;
}

/* a + b - c ..., in millionths. */
static int64_t recomputed(stl_str input) {
    char text[400];
    snprintf(text, sizeof text, "%.*s", (int)input.len, input.ptr);
    int64_t sum = 0, sign = 1;
    for (const char *at = text; *at != '\0';) {
        if (*at >= '0' && *at <= '9') {
            sum += sign * number(&at);
            continue;
        }
        sign = *at == '-' ? -1 : *at == '+' ? 1 : sign;
        at++;
    }
    return sum;
}

static void each_band_and_sum_recomputes_on_paper(void **state) {
    (void)state;
    uint64_t random = 9;
    for (int i = 0; i < 100; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        char eligible[40], year[100];
        snprintf(eligible, sizeof eligible, "%d.%02d", (int)((random >> 33) % 300000) + 1,
                 (int)((random >> 20) % 100));
        snprintf(year, sizeof year, "ipt_cnt=1 inscp_scp_amt=%d.%02d hifmi_base=%d",
                 (int)((random >> 25) % 60000), (int)((random >> 13) % 100),
                 (int)((random >> 30) % 40000));
        test_world *w = test_world_new();
        benefit_packs(w, "muni-2011", "", "changsha-2015", "", NULL);
        benefit_year(w, year);
        benefit_eligible(w, eligible);
        const stl_settlement *s = benefit_explain(w, NULL);
        for (size_t k = 0; k < s->n_steps; k++) {
            const stl_step *step = &s->steps[k];
            int64_t input = recomputed(step->input), result = recomputed(step->result);
            if (step->ratio.len > 0)
                input = input / 1000000 * recomputed(step->ratio) +
                        input % 1000000 * recomputed(step->ratio) / 1000000;
            if (stl_str_is(step->what, "sum"))
                assert_in_range(result - input + 5000, 0, 10000);
            else if (!stl_str_is(step->what, "ceiling"))
                assert_int_equal(input, result);
        }
        test_world_free(w);
    }
}

static void text_of_a_layer_names_every_figure(void **state) {
    (void)state;
    test_world *w = second_stay();
    stl_settlement s;
    stl_verdict verdict = {.arena = test_arena(w)};
    assert_int_equal(stl_benefit_settle(test_case(w), false, &s, &verdict, NULL), SETTLE_OK);
    assert_int_equal(s.n_steps, 0);
    assert_str(s.details[0].setl_proc_info,
               "base 10000.00 [B6]; year to date 15000.00 + 10000.00 = 25000.00 "
               "[B6]; deductible 1000.00 × 0.5000 = 500.00 [B4]; band 1 (20000.00 - 15500.00) × "
               "0.8500 = 3825.00 [B6]; band 2 (25000.00 - 20000.00) × 0.9000 = 4500.00 [B6]; sum "
               "3825.00 + 4500.00 = 8325.00 [design]; share 8325.00 [001:227-263]");
    test_world_free(w);
}

static void language_changes_words_not_figures(void **state) {
    (void)state;
    test_world *w = second_stay();
    const stl_settlement *english = benefit_explain(w, NULL);
    test_lang(w, SETTLE_LANG_ZH);
    const stl_settlement *chinese = benefit_explain(w, NULL);
    assert_int_equal(english->n_steps, chinese->n_steps);
    assert_str(chinese->steps[2].what, "起付线");
    assert_str(english->steps[2].what, "deductible");
    for (size_t i = 0; i < english->n_steps; i++) {
        assert_true(stl_str_eq(english->steps[i].input, chinese->steps[i].input));
        assert_true(stl_str_eq(english->steps[i].result, chinese->steps[i].result));
    }
    assert_memory_equal(&english->info, &chinese->info, sizeof english->info);
    test_world_free(w);
}

static void ceilings_show_what_they_cut(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "muni-2011", "average-wage=10000.00", NULL);
    benefit_year(w, "");
    benefit_eligible(w, "90000");
    const stl_settlement *s = benefit_explain(w, NULL);
    assert_string_equal(text_of(&s->steps[3]),
                        "basic|ceiling|min(90000.00, 60000.00)||60000.00|B7");
    benefit_packs(w, "muni-2011", "average-wage=10000.00 annual-cap-on=payments", NULL);
    s = benefit_explain(w, NULL);
    assert_string_equal(text_of(&s->steps[6]),
                        "basic|ceiling|min(79150.00, 60000.00 - 0.00)||60000.00|B7");
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_of_a_second_stay),
        cmocka_unit_test(each_band_and_sum_recomputes_on_paper),
        cmocka_unit_test(text_of_a_layer_names_every_figure),
        cmocka_unit_test(language_changes_words_not_figures),
        cmocka_unit_test(ceilings_show_what_they_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
