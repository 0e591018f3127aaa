/* SPDX-License-Identifier: Apache-2.0 */
/* A policy is read as written, and every mistake is answered with line and element. */
#include "support/benefit_support.h"

#include <stdio.h>
#include <stdlib.h>

/* A sound policy, one element a line; tests exchange one text of it. */
static const char SOUND[] =
    "<policy xmlns=\"urn:libsettle:policy:1.0\" id=\"test\" basis=\"T\">\n"         /* 1 */
    "<param name=\"low\" value=\"0.50\" min=\"0.40\" max=\"0.60\" basis=\"T1\"/>\n" /* 2 */
    "<param name=\"wage\" value=\"1000.00\" basis=\"T2\"/>\n"                       /* 3 */
    "<year begins=\"04-01\" basis=\"T3\"/>\n"                                       /* 4 */
    "<rule-date is=\"admission\" basis=\"T4\"/>\n"                                  /* 5 */
    "<rounding mode=\"half-even\" line-tolerance=\"0.02\" basis=\"T5\"/>\n"         /* 6 */
    "<line>\n"                                                                      /* 7 */
    "<class-b-prepay list_type=\"101 102\" ratio=\"0.1\" basis=\"T6\"/>\n"          /* 8 */
    "<class-b-prepay ratio=\"0.2\" basis=\"T7\"/>\n"                                /* 9 */
    "</line>\n"                                                                     /* 10 */
    "<account pays=\"personal-share\" basis=\"T8\"/>\n"                             /* 11 */
    "<layer id=\"basic\" name=\"B\" fund_pay_type=\"310100\" pays-into=\"hifp_pay\""
    " counts-payments=\"hifp_pay\" basis=\"T9\">\n"                                  /* 12 */
    "<for insutype=\"310 390\" basis=\"T10\"/>\n"                                    /* 13 */
    "<base of=\"in-scope\" counts=\"inscp_scp_amt\" basis=\"T11\"/>\n"               /* 14 */
    "<deductible per=\"stay\" counts=\"act_pay_dedc\">\n"                            /* 15 */
    "<repeat from-stay=\"2\" ratio=\"0.5\" counted-by=\"ipt_cnt\" basis=\"T12\"/>\n" /* 16 */
    "<amount medins_lv=\"3\" value=\"800\" basis=\"T13\"/>\n"                        /* 17 */
    "<amount value=\"300.50\" basis=\"T14\"/>\n"                                     /* 18 */
    "</deductible>\n"                                                                /* 19 */
    "<bands on=\"position\" basis=\"T15\">\n"                                        /* 20 */
    "<band upto=\"20000\">\n"                                                        /* 21 */
    "<ratio psn_type=\"12\" value=\"{low}\" basis=\"T16\"/>\n"                       /* 22 */
    "<ratio value=\"0.85\" basis=\"T17\"/>\n"                                        /* 23 */
    "</band>\n"                                                                      /* 24 */
    "<band>\n"                                                                       /* 25 */
    "<ratio value=\"0.9\" basis=\"T18\"/>\n"                                         /* 26 */
    "</band>\n"                                                                      /* 27 */
    "</bands>\n"                                                                     /* 28 */
    "<adjust refl_flag=\"0\" points=\"-0.05\" basis=\"T19\"/>\n"                     /* 29 */
    "<ceiling on=\"payments\" basis=\"T20\">\n"                                      /* 30 */
    "<amount value=\"{wage}\" times=\"6\" basis=\"T21\"/>\n"                         /* 31 */
    "</ceiling>\n"                                                                   /* 32 */
    "</layer>\n"                                                                     /* 33 */
    "</policy>\n";

typedef struct reading {
    stl_arena *arena;
    const stl_policy *policy;
    stl_error err;
    settle_status status;
} reading;

static char *exchanged(const char *from, const char *to) {
    const char *at = strstr(SOUND, from);
    if (at == NULL)
        fail_msg("not in the sound policy: %s", from);
    char *text;
    assert_true(asprintf(&text, "%.*s%s%s", (int)(at - SOUND), SOUND, to, at + strlen(from)) > 0);
    return text;
}

static reading read_sources(const stl_policy_source *sources, size_t n) {
    reading r = {.arena = stl_arena_new()};
    assert_non_null(r.arena);
    r.status = stl_policy_read(sources, n, r.arena, &r.policy, &r.err);
    return r;
}

static reading read_with(const char *xml, const stl_policy_param *params, size_t n,
                         const char *insutype_for) {
    stl_policy_source source = {stl_str_of(xml),          "policy.xml", params, n,
                                stl_str_of(insutype_for), STL_STR("")};
    return read_sources(&source, 1);
}

static void done(reading *r) {
    stl_arena_free(r->arena);
}

static void refused_at(reading *r, int64_t line, const char *element) {
    if (r->status != SETTLE_E_PACK_POLICY || r->err.line != line ||
        strcmp(r->err.field, element) != 0)
        fail_msg("%d at %s:%lld %s: %s", (int)r->status, r->err.file, (long long)r->err.line,
                 r->err.field, r->err.detail);
    assert_string_equal(r->err.file, "policy.xml");
    assert_true(r->err.detail[0] != '\0');
    done(r);
}

static void refuses(const char *from, const char *to, int64_t line, const char *element) {
    char *xml = exchanged(from, to);
    reading r = read_with(xml, NULL, 0, "");
    refused_at(&r, line, element);
    free(xml);
}

static void accepts(const char *from, const char *to) {
    char *xml = exchanged(from, to);
    reading r = read_with(xml, NULL, 0, "");
    assert_int_equal(r.status, SETTLE_OK);
    done(&r);
    free(xml);
}

static void everything_is_read(void **state) {
    (void)state;
    reading r = read_with(SOUND, NULL, 0, "");
    assert_int_equal(r.status, SETTLE_OK);
    const stl_policy *p = r.policy;
    assert_str(p->id, "test");
    assert_int_equal(p->rounding, STL_ROUND_HALF_EVEN);
    assert_int_equal(p->line_tolerance, 2);
    assert_int_equal(p->year_month * 100 + p->year_day, 401);
    assert_int_equal(p->rule_date, STL_RULE_DATE_ADMISSION);
    assert_int_equal(p->account, STL_ACCOUNT_ALL);
    assert_int_equal(p->n_prepays, 2);
    assert_str(p->prepays[0].list_type, "101 102");
    assert_int_equal(p->prepays[1].ratio, 2000);
    assert_int_equal(p->n_layers, 1);
    done(&r);
}

static void layer_is_read(void **state) {
    (void)state;
    reading r = read_with(SOUND, NULL, 0, "");
    const stl_layer *l = &r.policy->layers[0];
    assert_str(l->id, "basic");
    assert_str(l->fund_pay_type, "310100");
    assert_str(l->setl_field, "hifp_pay");
    assert_str(l->fors[0].when.insutype, "310 390");
    assert_str(l->acc_base, "inscp_scp_amt");
    assert_str(l->acc_pay, "hifp_pay");
    assert_str(l->acc_count, "ipt_cnt");
    assert_str(l->acc_dedc, "act_pay_dedc");
    assert_false(l->dedc_yearly);
    assert_int_equal(l->n_dedc, 2);
    assert_int_equal(l->dedc[0].amount, 80000);
    assert_str(l->dedc[0].when.medins_lv, "3");
    assert_int_equal(l->dedc[1].amount, 30050);
    assert_str(l->dedc[1].basis, "T14");
    assert_int_equal(l->dedc_repeat_from, 2);
    assert_int_equal(l->dedc_repeat_ratio, 5000);
    done(&r);
}

static void bands_and_ceiling_are_read(void **state) {
    (void)state;
    reading r = read_with(SOUND, NULL, 0, "");
    const stl_layer *l = &r.policy->layers[0];
    assert_int_equal(l->n_bands, 2);
    assert_int_equal(l->bands[0].upto, 2000000);
    assert_int_equal(l->bands[0].n_ratios, 2);
    assert_int_equal(l->bands[0].ratios[0].ratio, 5000);
    assert_true(l->bands[1].upto == STL_NONE);
    assert_int_equal(l->bands[1].ratios[0].ratio, 9000);
    assert_int_equal(l->adjusts[0].ratio, -500);
    assert_int_equal(l->ceiling, STL_CEILING_PAYMENTS);
    assert_int_equal(l->ceilings[0].amount, 100000);
    assert_int_equal(l->ceilings[0].times, 60000);
    done(&r);
}

static void absent_elements_have_defaults(void **state) {
    (void)state;
    const char *xml =
        "<policy xmlns=\"urn:libsettle:policy:1.0\" id=\"bare\" basis=\"T\">"
        "<layer id=\"a\" name=\"A\" fund_pay_type=\"390100\" pays-into=\"oth_pay\" basis=\"T\">"
        "<base of=\"in-scope\" basis=\"T\"/><bands on=\"position\" basis=\"T\"><band>"
        "<ratio value=\"0.5\" basis=\"T\"/></band></bands></layer></policy>";
    reading r = read_with(xml, NULL, 0, "");
    assert_int_equal(r.status, SETTLE_OK);
    assert_int_equal(r.policy->rounding, STL_ROUND_HALF_UP);
    assert_int_equal(r.policy->line_tolerance, 1);
    assert_int_equal(r.policy->year_month, 1);
    assert_int_equal(r.policy->rule_date, STL_RULE_DATE_DISCHARGE);
    assert_int_equal(r.policy->account, STL_ACCOUNT_NONE);
    assert_int_equal(r.policy->layers[0].ceiling, STL_CEILING_NONE);
    assert_int_equal(r.policy->layers[0].n_dedc, 0);
    done(&r);
}

static void not_xml_is_an_input_error(void **state) {
    (void)state;
    reading r = read_with("<policy", NULL, 0, "");
    assert_int_equal(r.status, SETTLE_E_INPUT_XML);
    done(&r);
}

static void schema_is_enforced_with_its_line(void **state) {
    (void)state;
    refuses("<account pays", "<acount pays", 11, "acount");
    refuses("<band upto=\"20000\">", "<band upto=\"-1\">", 21, "band");
    refuses("value=\"0.85\"", "value=\"1.01\"", 23, "ratio");
    refuses("pays-into=\"hifp_pay\"", "pays-into=\"acct_pay\"", 12, "layer");
    refuses("fund_pay_type=\"310100\"", "fund_pay_type=\"310200\"", 12, "layer");
    refuses(" value=\"0.85\" basis=\"T17\"", " value=\"0.85\"", 23, "ratio");
    refuses("begins=\"04-01\"", "begins=\"02-30\"", 4, "year");
    accepts("fund_pay_type=\"310100\"", "fund_pay_type=\"310201\"");
    accepts("value=\"0.85\"", "value=\"1.0000\"");
}

static void unknown_param_is_refused(void **state) {
    (void)state;
    refuses("value=\"{low}\"", "value=\"{lo}\"", 22, "ratio");
}

static void param_declared_twice_is_refused(void **state) {
    (void)state;
    refuses("name=\"wage\"", "name=\"low\"", 3, "param");
}

static void value_of_a_param_is_checked_where_it_is_used(void **state) {
    (void)state;
    refuses("value=\"1000.00\"", "value=\"much\"", 31, "amount");
    refuses("value=\"1000.00\"", "value=\"1000.005\"", 31, "amount");
    refuses("value=\"1000.00\"", "value=\"-1\"", 31, "amount");
}

static void including_pack_sets_a_param_within_its_limits(void **state) {
    (void)state;
    const stl_policy_param good = {STL_STR("low"), STL_STR("0.60")};
    reading r = read_with(SOUND, &good, 1, "");
    assert_int_equal(r.status, SETTLE_OK);
    assert_int_equal(r.policy->layers[0].bands[0].ratios[0].ratio, 6000);
    done(&r);
    const stl_policy_param high = {STL_STR("low"), STL_STR("0.6001")};
    r = read_with(SOUND, &high, 1, "");
    refused_at(&r, 2, "param");
    const stl_policy_param word = {STL_STR("low"), STL_STR("half")};
    r = read_with(SOUND, &word, 1, "");
    refused_at(&r, 2, "param");
}

static void including_pack_cannot_set_what_is_not_there(void **state) {
    (void)state;
    const stl_policy_param strange = {STL_STR("lowe"), STL_STR("0.5")};
    reading r = read_with(SOUND, &strange, 1, "");
    assert_string_equal(r.err.value, "lowe");
    refused_at(&r, 0, "param");
}

static void last_row_must_be_without_condition(void **state) {
    (void)state;
    refuses("<amount value=\"300.50\"", "<amount medins_lv=\"2\" value=\"300.50\"", 15,
            "deductible");
    refuses("<ratio value=\"0.85\"", "<ratio psn_type=\"11\" value=\"0.85\"", 21, "band");
    refuses("<amount value=\"{wage}\"", "<amount psn_type=\"11\" value=\"{wage}\"", 30, "ceiling");
}

static void row_behind_one_for_everybody_is_refused(void **state) {
    (void)state;
    refuses("<amount medins_lv=\"3\" value=\"800\"", "<amount value=\"800\"", 18, "amount");
    refuses("<ratio psn_type=\"12\" value=\"{low}\"", "<ratio value=\"{low}\"", 23, "ratio");
    refuses("<class-b-prepay list_type=\"101 102\" ratio", "<class-b-prepay ratio", 9,
            "class-b-prepay");
}

static void bands_must_rise(void **state) {
    (void)state;
    refuses("</band>\n<band>", "</band>\n<band upto=\"20000\">", 25, "band");
    refuses("<band upto=\"20000\">", "<band>", 25, "band");
    refuses("<band upto=\"20000\">", "<band upto=\"0\">", 21, "band");
}

static void last_band_is_open_or_capped(void **state) {
    (void)state;
    refuses("</band>\n<band>", "</band>\n<band upto=\"50000\">", 12, "layer");
    const char *from =
        "</band>\n<band>\n<ratio value=\"0.9\" basis=\"T18\"/>\n</band>\n</bands>\n"
        "<adjust refl_flag=\"0\" points=\"-0.05\" basis=\"T19\"/>\n<ceiling on=\"payments\"";
    accepts(from, "</band>\n<band upto=\"50000\">\n<ratio value=\"0.9\" basis=\"T18\"/>\n</band>\n"
                  "</bands>\n<ceiling on=\"position\"");
}

static void accumulators_that_the_calculation_needs_are_named(void **state) {
    (void)state;
    refuses(" counts=\"inscp_scp_amt\"", "", 12, "layer");
    refuses(" counts-payments=\"hifp_pay\"", "", 12, "layer");
}

static void ceiling_on_position_is_above_the_deductible(void **state) {
    (void)state;
    const char *found =
        "<ceiling on=\"payments\" basis=\"T20\">\n<amount value=\"{wage}\" times=\"6\"";
    accepts(found, "<ceiling on=\"position\" basis=\"T20\">\n<amount value=\"300.51\"");
    accepts(found, "<ceiling on=\"payments\" basis=\"T20\">\n<amount value=\"300.50\"");
    refuses(found, "<ceiling on=\"position\" basis=\"T20\">\n<amount value=\"300.50\"", 12,
            "layer");
    refuses(found,
            "<ceiling on=\"position\" basis=\"T20\">\n<amount psn_type=\"12\" value=\"100\" "
            "times=\"3\" basis=\"T\"/><amount value=\"9999\"",
            12, "layer");
}

static void deductible_by_year_has_no_repeat(void **state) {
    (void)state;
    refuses("per=\"stay\"", "per=\"year\"", 12, "layer");
}

static void bands_on_the_excess_need_a_yearly_deductible(void **state) {
    (void)state;
    refuses("<bands on=\"position\"", "<bands on=\"excess\"", 12, "layer");
    accepts("<repeat from-stay=\"2\" ratio=\"0.5\" counted-by=\"ipt_cnt\" basis=\"T12\"/>\n", "");
}

static void switches_belong_to_personal_cost(void **state) {
    (void)state;
    refuses("<base of=\"in-scope\"", "<base of=\"in-scope\" with-prepayment=\"yes\"", 14, "base");
    accepts("<base of=\"in-scope\"", "<base of=\"in-scope-personal\" with-prepayment=\"yes\"");
}

static void points_keep_every_ratio_within_0_and_1(void **state) {
    (void)state;
    refuses("points=\"-0.05\"", "points=\"-0.51\"", 12, "layer");
    refuses("points=\"-0.05\"", "points=\"0.11\"", 12, "layer");
    accepts("points=\"-0.05\"", "points=\"-0.50\"");
    accepts("points=\"-0.05\"", "points=\"0.10\"");
}

static void product_past_sixteen_digits_is_refused(void **state) {
    (void)state;
    refuses("value=\"1000.00\"", "value=\"90000000000000\"", 31, "amount");
}

static void layers_pay_the_schemes_they_are_included_for(void **state) {
    (void)state;
    reading r = read_with(SOUND, NULL, 0, "390 510");
    assert_int_equal(r.status, SETTLE_OK);
    assert_str(r.policy->layers[0].fors[0].when.insutype, "390");
    done(&r);
    r = read_with(SOUND, NULL, 0, "510");
    refused_at(&r, 12, "layer");
}

static void sources_follow_each_other_and_the_first_decides(void **state) {
    (void)state;
    char *second = exchanged("id=\"basic\"", "id=\"more\"");
    memcpy(strstr(second, "half-even"), "half-down", 9);
    memcpy(strstr(second, "id=\"test\""), "id=\"tesT\"", 9);
    memcpy(strstr(second, "id=\"tesT\""), "id=\"tess\"", 9);
    const stl_policy_source sources[] = {
        {stl_str_of(SOUND), "a.xml", NULL, 0, STL_STR(""), STL_STR("")},
        {stl_str_of(second), "b.xml", NULL, 0, STL_STR(""), STL_STR("")},
    };
    reading r = read_sources(sources, 2);
    assert_int_equal(r.status, SETTLE_OK);
    assert_str(r.policy->id, "test+tess");
    assert_int_equal(r.policy->rounding, STL_ROUND_HALF_EVEN);
    assert_int_equal(r.policy->n_prepays, 2);
    assert_int_equal(r.policy->n_layers, 2);
    assert_str(r.policy->layers[1].id, "more");
    done(&r);
    free(second);
}

static void two_layers_of_one_id_are_refused(void **state) {
    (void)state;
    const stl_policy_source sources[] = {
        {stl_str_of(SOUND), "a.xml", NULL, 0, STL_STR(""), STL_STR("")},
        {stl_str_of(SOUND), "policy.xml", NULL, 0, STL_STR(""), STL_STR("")},
    };
    reading r = read_sources(sources, 2);
    assert_string_equal(r.err.value, "basic");
    refused_at(&r, 12, "layer");
}

static void needing_a_payer_before_is_dropped_where_none_can_be(void **state) {
    (void)state;
    char *first =
        exchanged("pays-into=\"hifp_pay\"", "pays-into=\"hifp_pay\" needs-payer-before=\"yes\"");
    char *second = exchanged("id=\"basic\"", "id=\"more\" needs-payer-before=\"yes\"");
    const stl_policy_source sources[] = {
        {stl_str_of(first), "a.xml", NULL, 0, STL_STR(""), STL_STR("")},
        {stl_str_of(second), "b.xml", NULL, 0, STL_STR(""), STL_STR("")},
    };
    reading r = read_sources(sources, 2);
    assert_int_equal(r.status, SETTLE_OK);
    assert_false(r.policy->layers[0].needs_payer);
    assert_true(r.policy->layers[1].needs_payer);
    done(&r);
    free(first);
    free(second);
}

/* Whatever stands in a policy, the answer is a policy or an error with a place. */
static void mutilated_policies_never_crash(void **state) {
    (void)state;
    char *text = strdup(SOUND);
    size_t len = sizeof SOUND - 1;
    uint64_t random = 42;
    for (int i = 0; i < 3000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t at = (size_t)(random >> 33) % len;
        char kept = text[at];
        text[at] = (char)((random >> 20) % 95 + 32);
        reading r = read_with(text, NULL, 0, "");
        assert_true(r.status == SETTLE_OK || r.status == SETTLE_E_PACK_POLICY ||
                    r.status == SETTLE_E_INPUT_XML);
        done(&r);
        text[at] = kept;
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(layer_is_read),
        cmocka_unit_test(bands_and_ceiling_are_read),
        cmocka_unit_test(absent_elements_have_defaults),
        cmocka_unit_test(not_xml_is_an_input_error),
        cmocka_unit_test(schema_is_enforced_with_its_line),
        cmocka_unit_test(unknown_param_is_refused),
        cmocka_unit_test(param_declared_twice_is_refused),
        cmocka_unit_test(value_of_a_param_is_checked_where_it_is_used),
        cmocka_unit_test(including_pack_sets_a_param_within_its_limits),
        cmocka_unit_test(including_pack_cannot_set_what_is_not_there),
        cmocka_unit_test(last_row_must_be_without_condition),
        cmocka_unit_test(row_behind_one_for_everybody_is_refused),
        cmocka_unit_test(bands_must_rise),
        cmocka_unit_test(last_band_is_open_or_capped),
        cmocka_unit_test(accumulators_that_the_calculation_needs_are_named),
        cmocka_unit_test(ceiling_on_position_is_above_the_deductible),
        cmocka_unit_test(deductible_by_year_has_no_repeat),
        cmocka_unit_test(bands_on_the_excess_need_a_yearly_deductible),
        cmocka_unit_test(switches_belong_to_personal_cost),
        cmocka_unit_test(points_keep_every_ratio_within_0_and_1),
        cmocka_unit_test(product_past_sixteen_digits_is_refused),
        cmocka_unit_test(layers_pay_the_schemes_they_are_included_for),
        cmocka_unit_test(sources_follow_each_other_and_the_first_decides),
        cmocka_unit_test(two_layers_of_one_id_are_refused),
        cmocka_unit_test(needing_a_payer_before_is_dropped_where_none_can_be),
        cmocka_unit_test(mutilated_policies_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
