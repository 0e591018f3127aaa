/* SPDX-License-Identifier: Apache-2.0 */
/* Payers, listed charges, methods, growth and the other elements beside a plain layer: read as
 * written, and every mistake answered with line and element. */
#include "support/benefit_support.h"

#include <stdio.h>
#include <stdlib.h>

static const char SOUND[] =
    "<policy xmlns=\"urn:libsettle:policy:1.0\" id=\"test\" basis=\"T\">\n" /* 1 */
    "<param name=\"day\" value=\"2025-03-01\" basis=\"T\"/>\n"              /* 2 */
    "<rounding mode=\"half-up\" remainder=\"payer\" basis=\"T\"/>\n"        /* 3 */
    "<precedence psn_idet_type=\"2304 2303\" basis=\"T\"/>\n"               /* 4 */
    "<payer id=\"employer\" name=\"E\" fund_pay_type=\"999997\" pays-into=\"oth_pay\" "
    "basis=\"T\"/>\n"                                                                      /* 5 */
    "<line>\n"                                                                             /* 6 */
    "<item list=\"X.list\" person=\"0.15\" basis=\"T\">\n"                                 /* 7 */
    "<share payer=\"employer\" value=\"0.35\" basis=\"T\"/>\n"                             /* 8 */
    "</item>\n"                                                                            /* 9 */
    "<item list=\"X.whole\" paid-by=\"basic\" basis=\"T\"/>\n"                             /* 10 */
    "</line>\n"                                                                            /* 11 */
    "<account pays=\"in-scope-share\" when=\"first\" basis=\"T\"/>\n"                      /* 12 */
    "<method id=\"quota\" name=\"Q\" kind=\"quota\" basis=\"T\"/>\n"                       /* 13 */
    "<method id=\"group\" name=\"G\" kind=\"points\" point-value=\"98.5\" basis=\"T\"/>\n" /* 14 */
    "<layer id=\"basic\" name=\"B\" fund_pay_type=\"310100\" pays-into=\"hifp_pay\""
    " counts-payments=\"hifp_pay\" basis=\"T\">\n"                         /* 15 */
    "<for diagnosis=\"I10* E11.900\" waiting-months=\"6\" basis=\"T\"/>\n" /* 16 */
    "<for age-from=\"60\" age-below=\"70\" from=\"{day}\" until=\"2026-01-31\" "
    "basis=\"T\"/>\n"                                                   /* 17 */
    "<base of=\"in-scope\" basis=\"T\">\n"                              /* 18 */
    "<first-pay refl_flag=\"1\" ratio=\"0.1\" basis=\"T\"/>\n"          /* 19 */
    "</base>\n"                                                         /* 20 */
    "<deductible per=\"stay\">\n"                                       /* 21 */
    "<credit refl_flag=\"1\" counted-by=\"dedc_chain\" basis=\"T\"/>\n" /* 22 */
    "<amount count-of=\"paid_years\" count-from=\"3\" of=\"psn_wage\" times=\"0.05\" "
    "basis=\"T\"/>\n"                                         /* 23 */
    "<amount value=\"500\" basis=\"T\"/>\n"                   /* 24 */
    "</deductible>\n"                                         /* 25 */
    "<bands on=\"position\" basis=\"T\">\n"                   /* 26 */
    "<band>\n"                                                /* 27 */
    "<ratio value=\"0.4\" basis=\"T\"/>\n"                    /* 28 */
    "<share payer=\"employer\" value=\"0.3\" basis=\"T\"/>\n" /* 29 */
    "<share payer=\"hospital\" value=\"0.2\" basis=\"T\"/>\n" /* 30 */
    "</band>\n"                                               /* 31 */
    "</bands>\n"                                              /* 32 */
    "<growth counted-by=\"paid_years\" from=\"3\" step=\"0.02\" most=\"0.2\" on=\"both\" "
    "basis=\"T\"/>\n"                                     /* 33 */
    "<ceiling on=\"payments\" per=\"day\" basis=\"T\">\n" /* 34 */
    "<amount value=\"100\" basis=\"T\"/>\n"               /* 35 */
    "</ceiling>\n"                                        /* 36 */
    "</layer>\n"                                          /* 37 */
    "<layer id=\"more\" name=\"M\" fund_pay_type=\"370100\" pays-into=\"hifob_pay\" "
    "basis=\"T\">\n"                                              /* 38 */
    "<base of=\"beyond-ceiling\" layer=\"basic\" basis=\"T\"/>\n" /* 39 */
    "<bands on=\"position\" basis=\"T\"><band><ratio value=\"1\" "
    "basis=\"T\"/></band></bands>\n" /* 40 */
    "</layer>\n"                     /* 41 */
    "<layer id=\"floor\" name=\"F\" fund_pay_type=\"390100\" pays-into=\"hifp_pay\" "
    "basis=\"T\">\n"                                          /* 42 */
    "<base of=\"shortfall\" to-ratio=\"0.9\" basis=\"T\"/>\n" /* 43 */
    "<bands on=\"position\" basis=\"T\"><band><ratio value=\"1\" "
    "basis=\"T\"/></band></bands>\n"                                      /* 44 */
    "</layer>\n"                                                          /* 45 */
    "<later outside=\"99\" of=\"standard\" ratio=\"0.3\" basis=\"T\"/>\n" /* 46 */
    "</policy>\n";

typedef struct reading {
    stl_arena *arena;
    const stl_policy *policy;
    stl_error err;
    settle_status status;
} reading;

static reading read_text(const char *xml) {
    reading r = {.arena = stl_arena_new()};
    assert_non_null(r.arena);
    stl_policy_source source = {stl_str_of(xml), "policy.xml", NULL, 0, STL_STR(""), STL_STR("")};
    r.status = stl_policy_read(&source, 1, r.arena, &r.policy, &r.err);
    return r;
}

static reading read_exchanged(const char *from, const char *to) {
    const char *at = strstr(SOUND, from);
    if (at == NULL)
        fail_msg("not in the sound policy: %s", from);
    char *text;
    assert_true(asprintf(&text, "%.*s%s%s", (int)(at - SOUND), SOUND, to, at + strlen(from)) > 0);
    reading r = read_text(text);
    free(text);
    return r;
}

static void refuses(const char *from, const char *to, int64_t line, const char *element) {
    reading r = read_exchanged(from, to);
    if (r.status != SETTLE_E_PACK_POLICY || r.err.line != line || strcmp(r.err.field, element) != 0)
        fail_msg("%s -> %s: %d at %lld %s: %s", from, to, (int)r.status, (long long)r.err.line,
                 r.err.field, r.err.detail);
    assert_true(r.err.detail[0] != '\0');
    stl_arena_free(r.arena);
}

static void accepts(const char *from, const char *to) {
    reading r = read_exchanged(from, to);
    if (r.status != SETTLE_OK)
        fail_msg("%s -> %s: at %lld %s: %s", from, to, (long long)r.err.line, r.err.field,
                 r.err.detail);
    stl_arena_free(r.arena);
}

static void everything_is_read(void **state) {
    (void)state;
    reading r = read_text(SOUND);
    assert_int_equal(r.status, SETTLE_OK);
    const stl_policy *p = r.policy;
    assert_true(p->payer_takes_rest);
    assert_true(p->account_first);
    assert_str(p->precedence, "2304 2303");
    assert_int_equal(p->n_payers, 1);
    assert_str(p->payers[0].setl_field, "oth_pay");
    assert_int_equal(p->n_items, 2);
    assert_int_equal(p->items[0].person, 1500);
    assert_int_equal(p->items[0].shares[0].payer, 1);
    assert_true(p->items[1].person == STL_NONE);
    assert_str(p->items[1].paid_by, "basic");
    assert_int_equal(p->n_methods, 2);
    assert_int_equal(p->methods[1].kind, STL_METHOD_POINTS);
    assert_int_equal(p->methods[1].point_value, 9850);
    assert_int_equal(p->n_laters, 1);
    assert_true(p->laters[0].of_standard);
    stl_arena_free(r.arena);
}

static void layers_are_read(void **state) {
    (void)state;
    reading r = read_text(SOUND);
    const stl_layer *l = &r.policy->layers[0];
    assert_int_equal(l->n_fors, 2);
    assert_int_equal(l->fors[0].waiting_months, 6);
    assert_str(l->fors[0].when.diagnosis, "I10* E11.900");
    assert_str(l->fors[1].when.from, "2025-03-01");
    assert_int_equal(l->fors[1].when.age_below, 70);
    assert_int_equal(l->first_pays[0].ratio, 1000);
    assert_str(l->credit.counted_by, "dedc_chain");
    assert_str(l->dedc[0].of, "psn_wage");
    assert_int_equal(l->dedc[0].times, 500);
    assert_int_equal(l->dedc[0].when.count_from, 3);
    assert_int_equal(l->bands[0].n_shares, 2);
    assert_int_equal(l->bands[0].shares[1].payer, STL_PAYER_HOSPITAL);
    assert_true(l->growth.on_ratio && l->growth.on_ceiling);
    assert_int_equal(l->ceiling_per, STL_PER_DAY);
    assert_int_equal(r.policy->layers[1].base_layer, 0);
    assert_int_equal(r.policy->layers[2].base_ratio, 9000);
    stl_arena_free(r.arena);
}

static void payers_are_declared_once_and_before_use(void **state) {
    (void)state;
    refuses("payer id=\"employer\"", "payer id=\"hospital\"", 5, "payer");
    refuses("<line>\n",
            "<payer id=\"employer\" name=\"E\" fund_pay_type=\"999997\" pays-into=\"oth_pay\" "
            "basis=\"T\"/>\n<line>\n",
            6, "payer");
    refuses("<share payer=\"employer\" value=\"0.35\"", "<share payer=\"employee\" value=\"0.35\"",
            8, "share");
    refuses("<share payer=\"employer\" value=\"0.3\"", "<share payer=\"nobody\" value=\"0.3\"", 29,
            "share");
}

static void shares_of_listed_charges_stay_within_the_whole(void **state) {
    (void)state;
    refuses("value=\"0.35\"", "value=\"0.8501\"", 7, "item");
    accepts("value=\"0.35\"", "value=\"0.85\"");
    accepts("<share payer=\"employer\" value=\"0.35\"", /* the first that holds, not both */
            "<share refl_flag=\"1\" payer=\"employer\" value=\"0.8\" basis=\"T\"/>"
            "<share payer=\"employer\" value=\"0.35\"");
}

static void what_a_layer_pays_whole_has_no_other_shares(void **state) {
    (void)state;
    refuses("person=\"0.15\" basis", "paid-by=\"basic\" basis", 7, "item");
    refuses("paid-by=\"basic\"", "paid-by=\"nobody\"", 10, "item");
    accepts("paid-by=\"basic\"", "paid-by=\"floor\"");
}

static void account_that_pays_first_pays_what_is_in_scope(void **state) {
    (void)state;
    refuses("pays=\"in-scope-share\"", "pays=\"personal-share\"", 12, "account");
    refuses("pays=\"in-scope-share\" when=\"first\"", "pays=\"nothing\" mutual-aid=\"yes\"", 12,
            "account");
    refuses("when=\"first\"", "mutual-aid=\"maybe\"", 12, "account");
    accepts("pays=\"in-scope-share\" when=\"first\"", "pays=\"personal-share\" when=\"last\"");
}

static void counts_and_what_is_below_a_deductible(void **state) {
    (void)state;
    const char *credit = "<credit refl_flag=\"1\"";
    accepts(credit, "<repeat from-stay=\"2\" ratio=\"1\" counted-by=\"n\" basis=\"T\">"
                    "<counts-as hours-below=\"24\" value=\"0\" basis=\"T\"/>"
                    "<counts-as crosses-year=\"yes\" value=\"0.5\" basis=\"T\"/></repeat>"
                    "<credit refl_flag=\"1\"");
    refuses(credit,
            "<repeat from-stay=\"2\" ratio=\"1\" counted-by=\"n\" basis=\"T\">\n"
            "<counts-as hours-below=\"24\" value=\"0.125\" basis=\"T\"/></repeat>"
            "<credit refl_flag=\"1\"",
            23, "counts-as");
    refuses(credit,
            "<repeat from-stay=\"2\" ratio=\"1\" counted-by=\"n\" basis=\"T\">\n"
            "<counts-as value=\"0\" basis=\"T\"/>\n"
            "<counts-as hours-below=\"24\" value=\"1\" basis=\"T\"/></repeat>"
            "<credit refl_flag=\"1\"",
            24, "counts-as");
    refuses("id=\"basic\" name=\"B\"", "id=\"basic\" name=\"B\" below-deductible-of=\"basic\"", 15,
            "layer");
    refuses("of=\"in-scope\" basis", "of=\"listed\" basis", 18, "base");
    refuses("of=\"in-scope\" basis", "of=\"in-scope\" list=\"X.list\" basis", 18, "base");
}

static void no_row_of_later_stands_behind_one_for_everybody(void **state) {
    (void)state;
    const char *later = "<later outside=\"99\" of=\"standard\" ratio=\"0.3\" basis=\"T\"/>\n";
    const char *all = "<later of=\"standard\" ratio=\"0.3\" basis=\"T\"/>\n";
    char text[400];
    snprintf(text, sizeof text, "%s%s", later, all);
    accepts(later, text);
    snprintf(text, sizeof text, "%s%s", all, later);
    refuses(later, text, 47, "later");
}

static settle_status with_codes(const char *find, const char *with, const char *codes,
                                stl_error *err) {
    const char *at = strstr(SOUND, find);
    char *xml;
    stl_arena *arena = stl_arena_new();
    assert_true(asprintf(&xml, "%.*s%s%s", (int)(at - SOUND), SOUND, with, at + strlen(find)) > 0);
    const stl_policy *policy;
    stl_policy_source source = {stl_str_of(xml), "policy.xml",     NULL, 0,
                                STL_STR(""),     stl_str_of(codes)};
    settle_status status = stl_policy_read(&source, 1, arena, &policy, err);
    stl_arena_free(arena);
    free(xml);
    return status;
}

static void codes_are_those_of_the_dictionaries(void **state) {
    (void)state;
    const char *find = "diagnosis=\"I10* E11.900\"",
               *codes = "psn_idet_type=2303 psn_idet_type=2304 ";
    stl_error err = {0};
    assert_int_equal(with_codes(find, "psn_idet_type=\"2303 2304\"", codes, &err), SETTLE_OK);
    assert_int_equal(with_codes(find, "psn_idet_type=\"-\"", codes, &err), SETTLE_OK);
    assert_int_equal(with_codes(find, "psn_type=\"77\"", codes, &err), SETTLE_OK);
    assert_int_equal(with_codes(find, "psn_idet_type=\"2399\"", "", &err), SETTLE_OK);
    assert_int_equal(with_codes(find, "psn_idet_type=\"2303 2399\"", codes, &err),
                     SETTLE_E_PACK_POLICY);
    assert_int_equal(err.line, 16);
    assert_string_equal(err.field, "for");
    assert_string_equal(err.value, "2399");
    assert_string_equal(err.detail,
                        "psn_idet_type: not in dictionaries/codes.csv of the pack: nobody "
                        "has it");
    assert_int_equal(with_codes(find, "psn_idet_all=\"2303 230\"", codes, &err),
                     SETTLE_E_PACK_POLICY);
    assert_string_equal(err.value, "230");
}

static void filings_have_an_age_of_their_own_only(void **state) {
    (void)state;
    accepts("diagnosis=\"I10* E11.900\"", "filed=\"慢性病证 K\" filed-months=\"3\"");
    refuses("diagnosis=\"I10* E11.900\"", "filed-months=\"3\"", 16, "for");
    refuses("diagnosis=\"I10* E11.900\"", "filed=\"A  B\"", 16, "for");
}

static void point_value_belongs_to_points(void **state) {
    (void)state;
    refuses("kind=\"quota\"", "kind=\"quota\" point-value=\"1\"", 13, "method");
    refuses(" point-value=\"98.5\"", "", 14, "method");
    refuses("id=\"group\"", "id=\"quota\"", 14, "method");
}

static void ceiling_of_a_day_is_on_payments(void **state) {
    (void)state;
    refuses("ceiling on=\"payments\"", "ceiling on=\"position\"", 34, "ceiling");
    accepts("per=\"day\"", "per=\"stay\"");
}

static void ceiling_of_a_day_needs_its_accumulator(void **state) {
    (void)state;
    refuses(" counts-payments=\"hifp_pay\"", "", 15, "layer");
}

static void beyond_ceiling_names_a_capped_layer_before(void **state) {
    (void)state;
    refuses("layer=\"basic\"", "layer=\"more\"", 39, "base");
    refuses("layer=\"basic\"", "layer=\"floor\"", 39, "base");
    refuses(" layer=\"basic\"", "", 39, "base");
    refuses("of=\"beyond-ceiling\"", "of=\"in-scope\"", 39, "base");
}

static void to_ratio_belongs_to_shortfall(void **state) {
    (void)state;
    refuses(" to-ratio=\"0.9\"", "", 43, "base");
    refuses("of=\"shortfall\"", "of=\"personal\"", 43, "base");
    refuses("of=\"shortfall\"", "with-prepayment=\"yes\" of=\"shortfall\"", 43, "base");
}

static void amount_is_a_figure_or_an_accumulator(void **state) {
    (void)state;
    refuses("of=\"psn_wage\"", "of=\"psn_wage\" value=\"1\"", 23, "amount");
    refuses(" of=\"psn_wage\" times=\"0.05\"", "", 23, "amount");
    refuses(" count-from=\"3\"", "", 23, "amount");
    refuses("count-of=\"paid_years\" ", "", 23, "amount");
}

static void credit_belongs_to_a_deductible_of_the_stay(void **state) {
    (void)state;
    refuses("<deductible per=\"stay\">", "<deductible per=\"year\">", 22, "credit");
}

static void ratio_growth_and_shares_stay_within_the_whole(void **state) {
    (void)state;
    accepts("<ratio value=\"0.4\"", "<ratio value=\"0.4166\"");
    refuses("<ratio value=\"0.4\"", "<ratio value=\"0.4168\"", 15, "layer");
    refuses("most=\"0.2\"", "most=\"0.26\"", 15, "layer");
    accepts("most=\"0.2\"", "most=\"0.25\"");
    refuses("value=\"0.2\"", "value=\"0.2201\"", 15, "layer");
    accepts("value=\"0.2\"", "value=\"0.22\"");
}

#define AS_HERS "<newborn insutype=\"310\" paid=\"as-mother\" basis=\"T\"/>"
#define BORNE "<newborn paid=\"self-funded\" basis=\"N\"/>"

static void newborns_charges_are_hers_or_borne(void **state) {
    (void)state;
    reading r = read_exchanged("</line>", AS_HERS BORNE "</line>");
    assert_int_equal(r.status, SETTLE_OK);
    assert_int_equal(r.policy->n_newborns, 2);
    assert_str(r.policy->newborns[0].when.insutype, "310");
    assert_false(r.policy->newborns[0].self_funded);
    assert_true(r.policy->newborns[1].self_funded);
    assert_str(r.policy->newborns[1].basis, "N");
    stl_arena_free(r.arena);
    refuses("</line>", BORNE AS_HERS "</line>", 11, "newborn");
    refuses("</line>", "<newborn paid=\"half\" basis=\"T\"/></line>", 11, "newborn");
    refuses("</line>", "<newborn basis=\"T\"/></line>", 11, "newborn");
}

static void days_and_ages_are_checked(void **state) {
    (void)state;
    refuses("value=\"2025-03-01\"", "value=\"2025-02-30\"", 17, "for");
    refuses("until=\"2026-01-31\"", "until=\"2026-01-32\"", 17, "for");
    refuses("age-below=\"70\"", "age-below=\"0\"", 17, "for");
}

static void row_behind_one_for_everybody_is_refused(void **state) {
    (void)state;
    refuses("diagnosis=\"I10* E11.900\" ", "", 17, "for");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(layers_are_read),
        cmocka_unit_test(payers_are_declared_once_and_before_use),
        cmocka_unit_test(shares_of_listed_charges_stay_within_the_whole),
        cmocka_unit_test(what_a_layer_pays_whole_has_no_other_shares),
        cmocka_unit_test(account_that_pays_first_pays_what_is_in_scope),
        cmocka_unit_test(counts_and_what_is_below_a_deductible),
        cmocka_unit_test(no_row_of_later_stands_behind_one_for_everybody),
        cmocka_unit_test(codes_are_those_of_the_dictionaries),
        cmocka_unit_test(filings_have_an_age_of_their_own_only),
        cmocka_unit_test(point_value_belongs_to_points),
        cmocka_unit_test(ceiling_of_a_day_is_on_payments),
        cmocka_unit_test(ceiling_of_a_day_needs_its_accumulator),
        cmocka_unit_test(beyond_ceiling_names_a_capped_layer_before),
        cmocka_unit_test(to_ratio_belongs_to_shortfall),
        cmocka_unit_test(amount_is_a_figure_or_an_accumulator),
        cmocka_unit_test(credit_belongs_to_a_deductible_of_the_stay),
        cmocka_unit_test(ratio_growth_and_shares_stay_within_the_whole),
        cmocka_unit_test(newborns_charges_are_hers_or_borne),
        cmocka_unit_test(days_and_ages_are_checked),
        cmocka_unit_test(row_behind_one_for_everybody_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
