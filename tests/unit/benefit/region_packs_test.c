/* SPDX-License-Identifier: Apache-2.0 */
/* The packs of other places: their vectors of the atlas to the fen, and what each row says. */
#include "support/benefit_support.h"

#include <stdio.h>

#define N(array) (sizeof(array) / sizeof((array)[0]))

typedef struct vector {
    const char *stay, *identity, *year, *eligible;
    const char *fund, *hospital, *cash;
} vector;

static const stl_settlement *settle(test_world *w, const vector *v, const char *since) {
    test_stay(w, v->stay);
    if (v->identity[0] != '\0')
        test_record(w, STL_R_IDENTITY, v->identity);
    test_record(w, STL_R_ENTITLEMENT, since);
    benefit_year(w, v->year);
    for (const char *at = v->year; *at != '\0';) { /* kinds that are not among the usual ones */
        char kind[40], value[40];
        int used = 0;
        assert_int_equal(sscanf(at, "%39[a-z_]=%39s%n", kind, value, &used), 2);
        if (strcmp(kind, "paid_years") == 0 || strcmp(kind, "psn_wage") == 0 ||
            strcmp(kind, "own_paid_base") == 0 || strcmp(kind, "hifob_pay") == 0 ||
            strcmp(kind, "two_disease_pay") == 0 || strcmp(kind, "accident_pay") == 0)
            benefit_acc(w, "2025", stl_arena_str(test_arena(w), stl_str_of(kind)).ptr,
                        stl_arena_str(test_arena(w), stl_str_of(value)).ptr);
        at += used;
        at += strspn(at, " ");
    }
    benefit_eligible(w, v->eligible);
    const stl_verdict *verdict;
    const stl_settlement *s = benefit_explain(w, &verdict);
    if (!s->evaluated)
        fail_msg("not evaluated: %.*s", (int)verdict->gaps[0].missing.len,
                 verdict->gaps[0].missing.ptr);
    return s;
}

static void check(const char *pack, const char *params, const vector *vectors, size_t n) {
    for (size_t i = 0; i < n; i++) {
        test_world *w = test_world_new();
        benefit_packs(w, pack, params, NULL);
        const stl_settlement *s = settle(w, &vectors[i], "insutype=390 begndate=2001-01-01");
        char got[STL_DECIMAL_TEXT_MAX];
        stl_decimal_format(s->info.fund_pay_sumamt, STL_SCALE_MONEY, got);
        if (s->info.fund_pay_sumamt != test_money(vectors[i].fund))
            fail_msg("%zu: %s instead of %s", i, got, vectors[i].fund);
        if (vectors[i].hospital != NULL)
            assert_money(s->info.hosp_part_amt, vectors[i].hospital);
        if (vectors[i].cash != NULL)
            assert_money(s->info.psn_cash_pay, vectors[i].cash);
        test_world_free(w);
    }
}

#define RESIDENT "insutype=390 med_type=21 medins_lv=3 "
#define YEARS(n) "paid_years=" #n

static void guizhou_vectors(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT, "", YEARS(0), "10000", "3840.00", NULL, "6160.00"},
        {RESIDENT, "psn_idet_type=2303", YEARS(0), "10000", "3920.00", NULL, NULL},
        {RESIDENT, "", YEARS(3), "10000", "3916.80", NULL, NULL},
        {RESIDENT, "", YEARS(0), "150000", "40000.00", NULL, NULL},
        {RESIDENT, "", YEARS(3), "150000", "40800.00", NULL, NULL},
    };
    check("guizhou-2009", "", vectors, N(vectors));
}

static void G1_to_G3_by_level(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT "medins_lv=1", "", YEARS(0), "1040", "600.00", NULL, NULL},
        {RESIDENT "medins_lv=2", "", YEARS(0), "1200", "500.00", NULL, NULL},
        {RESIDENT, "", YEARS(0), "1400", "400.00", NULL, NULL},
        {RESIDENT "medins_lv=2", "psn_idet_type=2301", YEARS(0), "1100", "500.00", NULL, NULL},
        {RESIDENT, "", YEARS(0), "400", "0.00", NULL, NULL},
        {RESIDENT, "", YEARS(0), "400.01", "0.00", NULL, NULL},
        {RESIDENT, "", YEARS(0), "400.02", "0.01", NULL, NULL},
    };
    check("guizhou-2009", "", vectors, N(vectors));
}

static void G2_low_income_family_from_sixty_on(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT "brdy=1965-03-05 endtime=2025-03-05T10:00:00", "psn_idet_type=2305", YEARS(0),
         "1200", "400.00", NULL, NULL},
        {RESIDENT "brdy=1965-03-06 endtime=2025-03-05T10:00:00", "psn_idet_type=2305", YEARS(0),
         "1200", "320.00", NULL, NULL},
    };
    check("guizhou-2009", "", vectors, N(vectors));
}

static void G5_grows_simply_and_at_most_a_fifth(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT, "", YEARS(2), "10000", "3840.00", NULL, NULL},
        {RESIDENT, "", YEARS(4), "10000", "3993.60", NULL, NULL},
        {RESIDENT, "", YEARS(12), "10000", "4608.00", NULL, NULL},
        {RESIDENT, "", YEARS(13), "10000", "4608.00", NULL, NULL},
        {RESIDENT, "", YEARS(11), "10000", "4531.20", NULL, NULL},
    };
    check("guizhou-2009", "", vectors, N(vectors));
}

static const stl_settlement *entitled_since(test_world *w, const char *since) {
    benefit_packs(w, "guizhou-2009", "", NULL);
    const vector v = {
        RESIDENT "endtime=2025-03-05T10:00:00", "", YEARS(0), "10000", "", NULL, NULL};
    return settle(w, &v, since);
}

static void G6_waits_six_months(void **state) {
    (void)state;
    test_world *w = test_world_new();
    const stl_settlement *s = entitled_since(w, "insutype=390 begndate=2024-09-05");
    assert_true(s->served);
    assert_money(s->info.hifp_pay, "3840.00");
    test_world_free(w);
    w = test_world_new();
    s = entitled_since(w, "insutype=390 begndate=2024-09-06");
    assert_false(s->served);
    assert_money(s->info.psn_cash_pay, "10000.00");
    test_world_free(w);
}

static void G6_waiting_from_a_last_day_ends_on_a_last_day(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "guizhou-2009", "", NULL);
    const vector v = {
        RESIDENT "endtime=2025-02-28T10:00:00", "", YEARS(0), "10000", "", NULL, NULL};
    assert_true(settle(w, &v, "insutype=390 begndate=2024-08-31")->served);
    test_world_free(w);
}

static void G6_without_entitlements_nothing_is_guessed(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "guizhou-2009", "", NULL);
    test_stay(w, RESIDENT);
    benefit_year(w, "");
    benefit_eligible(w, "10000");
    const stl_verdict *verdict;
    assert_false(benefit_explain(w, &verdict)->evaluated);
    assert_int_equal(verdict->n_gaps, 1);
    assert_str(verdict->gaps[0].missing, "begin of the entitlement (entitlements)");
    test_world_free(w);
}

static void G8_observation_at_primary_level_only(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "guizhou-2009", "observation=1302", NULL);
    const vector there = {
        RESIDENT "med_type=1302 medins_lv=1", "", YEARS(0), "1040", "", NULL, NULL};
    assert_money(settle(w, &there, "insutype=390 begndate=2001-01-01")->info.hifp_pay, "600.00");
    test_world_free(w);
    w = test_world_new();
    benefit_packs(w, "guizhou-2009", "observation=1302", NULL);
    const vector above = {
        RESIDENT "med_type=1302 medins_lv=2", "", YEARS(0), "1040", "", NULL, NULL};
    assert_false(settle(w, &above, "insutype=390 begndate=2001-01-01")->served);
    test_world_free(w);
}

static void zhengzhou_vectors(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT, "", "", "30000", "14550.00", NULL, "15450.00"},
        {RESIDENT, "psn_idet_type=60", "hifob_pay=0", "70000", "34550.00", NULL, NULL},
        {RESIDENT, "psn_idet_type=60", "hifob_pay=0", "200000", "60000.00", NULL, NULL},
        {RESIDENT, "", "", "200000", "25000.00", NULL, NULL},
    };
    check("zhengzhou-2007", "", vectors, N(vectors));
    const vector raised[] = {{RESIDENT, "", "", "30000", "16005.00", NULL, NULL}};
    check("zhengzhou-2007", "raised-from=2025-01-01", raised, N(raised));
}

static void Z1_community_hospital(void **state) {
    (void)state;
    const vector vectors[] = {{RESIDENT, "", "", "1200", "600.00", NULL, NULL}};
    check("zhengzhou-2007", "community-hospitals=H99990100001", vectors, N(vectors));
}

static void Z4_supplement_pays_beyond_the_cap_only(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "zhengzhou-2007", "", NULL);
    const vector v = {RESIDENT, "psn_idet_type=60", "hifob_pay=0", "70000", "", NULL, NULL};
    const stl_settlement *s = settle(w, &v, "");
    assert_money(s->info.hifp_pay, "25000.00");
    assert_money(s->info.hifob_pay, "9550.00");
    test_world_free(w);
}

static void Z6_begins_on_its_day(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT "endtime=2025-03-04T23:59:59", "", "", "30000", "14550.00", NULL, NULL},
        {RESIDENT "endtime=2025-03-05T00:00:00", "", "", "30000", "16005.00", NULL, NULL},
    };
    check("zhengzhou-2007", "raised-from=2025-03-05", vectors, N(vectors));
}

#define WORKER "insutype=310 med_type=21 acct_used_flag=1 balc=300 "
#define WAGE "psn_wage=12000 own_paid_base=0"

static void qinghai_vectors(void **state) {
    (void)state;
    const vector vectors[] = {
        {WORKER, "", WAGE, "8000", "5950.00", "0.00", "1750.00"},
        {WORKER "psn_type=12", "", WAGE, "8000", "6525.00", "0.00", "1175.00"},
    };
    check("qinghai-1995", "", vectors, N(vectors));
}

static void Q6_a_tenth_is_held_back_from_the_hospital(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "qinghai-1995", "", NULL);
    const vector v = {WORKER, "", WAGE, "8000", "", NULL, NULL};
    const stl_settlement *s = settle(w, &v, "");
    assert_money(s->withheld, "595.00"); /* of 5950.00, which the patient owes no more for it */
    assert_money(s->info.fund_pay_sumamt, "5950.00");
    test_world_free(w);
}

static void Q1_the_line_of_the_wage_accumulates_over_the_year(void **state) {
    (void)state;
    const vector vectors[] = {
        {WORKER "balc=0", "", "psn_wage=12000 own_paid_base=600", "1000", "800.00", NULL, "200.00"},
        {WORKER "balc=0", "", "psn_wage=12000 own_paid_base=500", "1000", "720.00", NULL, "280.00"},
        {WORKER "balc=0", "", WAGE, "600", "0.00", NULL, "600.00"},
        {WORKER "balc=0", "", "psn_wage=12000 own_paid_base=4500", "1000", "850.00", NULL,
         "150.00"},
    };
    check("qinghai-1995", "", vectors, N(vectors));
}

static void Q3_above_thirty_thousand_four_pay(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "qinghai-1995", "", NULL);
    const vector v = {WORKER "balc=0 psn_type=12",
                      "",
                      "psn_wage=12000 own_paid_base=30000",
                      "1000",
                      "",
                      NULL,
                      NULL};
    const stl_settlement *s = settle(w, &v, "");
    assert_money(s->info.hifp_pay, "400.00");
    assert_money(s->info.oth_pay, "300.00");
    assert_money(s->info.hosp_part_amt, "150.00");
    assert_money(s->info.psn_part_amt, "150.00");
    assert_int_equal(s->n_details, 2); /* the hospital is none of them */
    assert_str(s->details[1].layer, "employer");
    assert_str(s->details[1].fund_pay_type, "999997");
    test_world_free(w);
}

static void listed(test_world *w, const char *list, const char *amount) {
    char row[100];
    snprintf(row, sizeof row, "list=%s item=002102*", list);
    test_row(w, STL_T_LISTS, row);
    test_service(w, "E", "001100000000000", "01");
    test_service(w, "L", "002102000010000", "01");
    test_charge(w, "L", "2025-03-02T10:00:00", "1", amount, "");
}

static void Q4_imaging_is_borne_before_the_bands(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "qinghai-1995", "", NULL);
    listed(w, "Q4.imaging", "1000");
    const vector v = {
        WORKER "balc=0", "", "psn_wage=12000 own_paid_base=600", "1000", "", NULL, NULL};
    const stl_settlement *s = settle(w, &v, "");
    assert_money(s->info.preselfpay_amt, "200.00");
    assert_money(s->info.inscp_scp_amt, "1800.00");
    assert_money(s->info.hifp_pay, "1440.00");
    test_world_free(w);
}

static void Q4_transplant_is_shared_by_the_employer(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "qinghai-1995", "", NULL);
    listed(w, "Q4.transplant", "1000");
    const vector v = {
        WORKER "balc=0", "", "psn_wage=12000 own_paid_base=600", "1000", "", NULL, NULL};
    const stl_settlement *s = settle(w, &v, "");
    assert_money(s->info.preselfpay_amt, "150.00");
    assert_money(s->info.oth_pay, "350.00");
    assert_money(s->info.hifp_pay, "1200.00"); /* (850 - 350 + 1000) x 0.80 */
    assert_money(s->info.psn_part_amt, "450.00");
    test_world_free(w);
}

static void Q4_refunded_transplant_leaves_nothing_shared(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "qinghai-1995", "", NULL);
    listed(w, "Q4.transplant", "1000");
    test_charge(w, "L", "2025-03-03T10:00:00", "-1", "1000", "init_feedetl_sn=1");
    const vector v = {
        WORKER "balc=0", "", "psn_wage=12000 own_paid_base=600", "1000", "", NULL, NULL};
    const stl_settlement *s = settle(w, &v, "");
    assert_money(s->info.oth_pay, "0.00");
    assert_money(s->info.preselfpay_amt, "0.00");
    assert_money(s->info.hifp_pay, "800.00");
    test_world_free(w);
}

static void Q4_transfer_out_of_the_province(void **state) {
    (void)state;
    const vector vectors[] = {
        {WORKER "balc=0 refl_flag=1 mdtrtarea_admvs=888801", "", "psn_wage=12000 own_paid_base=600",
         "1000", "680.00", NULL, "320.00"},
        {WORKER "balc=0 refl_flag=1 mdtrtarea_admvs=999901", "", "psn_wage=12000 own_paid_base=600",
         "1000", "800.00", NULL, "200.00"},
    };
    check("qinghai-1995", "province=99", vectors, N(vectors));
}

/* A payer before the others, at the end of whose share in-scope cost of this ratio is paid. */
#define BASIC(insutype, ratio)                                                                     \
    "<policy xmlns='urn:libsettle:policy:1.0' id='stub' basis='test'>"                             \
    "<layer id='stub' name='stub' fund_pay_type='390100' pays-into='hifp_pay' basis='test'>"       \
    "<for insutype='" insutype "' basis='test'/><base of='in-scope' basis='test'/>"                \
    "<bands on='position' basis='test'><band><ratio value='" ratio                                 \
    "' basis='test'/></band></bands>"                                                              \
    "</layer></policy>"

static const stl_settlement *after_basic(test_world *w, const char *basic, const char *pack,
                                         const vector *v, const char *own) {
    benefit_packs(w, basic, "", pack, "", NULL);
    if (own != NULL) {
        test_service(w, "E", "001100000000000", "01");
        test_service(w, "S", "001100000000001", "03");
        test_charge(w, "S", "2025-03-02T10:00:00", "1", own, "");
    }
    return settle(w, v, "");
}

static void A1_vector_leaves_self_funded_cost_out(void **state) {
    (void)state;
    test_world *w = test_world_new();
    const vector v = {RESIDENT, "psn_idet_type=2303", "", "25000", "", NULL, NULL};
    const stl_settlement *s = after_basic(w, BASIC("390", "0.60"), "assistance", &v, "5000");
    assert_money(s->info.hifp_pay, "15000.00");
    assert_money(s->info.maf_pay, "7000.00");
    assert_money(s->info.psn_cash_pay, "8000.00");
    test_world_free(w);
}

static void A2_at_most_twenty_thousand_a_year(void **state) {
    (void)state;
    const struct {
        const char *paid, *eligible, *pays;
    } rows[] = {
        {"maf_pay=0", "71428.57", "20000.00"}, {"maf_pay=0", "80000", "20000.00"},
        {"maf_pay=19999.99", "25000", "0.01"}, {"maf_pay=20000", "25000", "0.00"},
        {"maf_pay=13000", "25000", "7000.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = test_world_new();
        const vector v = {RESIDENT, "psn_idet_type=2303", rows[i].paid, rows[i].eligible, "", NULL,
                          NULL};
        const stl_settlement *s = after_basic(w, BASIC("390", "0.60"), "assistance", &v, NULL);
        assert_money(s->info.maf_pay, rows[i].pays);
        test_world_free(w);
    }
}

static void A1_nobody_is_assisted_without_an_earlier_payer(void **state) {
    (void)state;
    test_world *w = test_world_new();
    const vector v = {RESIDENT, "psn_idet_type=2303", "", "25000", "", NULL, NULL};
    const stl_settlement *s = after_basic(w, BASIC("310", "0.60"), "assistance", &v, NULL);
    assert_false(s->served);
    assert_money(s->info.maf_pay, "0.00");
    test_world_free(w);
}

static void L1_identity_counts_up_to_its_last_day(void **state) {
    (void)state;
    const struct {
        const char *identity, *pays;
    } rows[] = {
        {"psn_idet_type=2303 begntime=2025-03-05 endtime=2025-03-05", "7000.00"},
        {"psn_idet_type=2303 endtime=2025-03-04", "0.00"},
        {"psn_idet_type=2303 begntime=2025-03-06", "0.00"},
        {"psn_idet_type=2102", "0.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = test_world_new();
        const vector v = {
            RESIDENT "endtime=2025-03-05T10:00:00", rows[i].identity, "", "25000", "", NULL, NULL};
        assert_money(after_basic(w, BASIC("390", "0.60"), "assistance", &v, NULL)->info.maf_pay,
                     rows[i].pays);
        test_world_free(w);
    }
}

static void L2_the_first_of_several_groups_counts(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, BASIC("390", "0.60"), "", "assistance", "key-group-limit=100.00", NULL);
    test_record(w, STL_R_IDENTITY, "psn_idet_type=2303");
    const vector v = {RESIDENT, "psn_idet_type=2304", "", "25000", "", NULL, NULL};
    assert_money(settle(w, &v, "")->info.maf_pay, "100.00");
    test_world_free(w);
    w = test_world_new();
    benefit_packs(w, BASIC("390", "0.60"), "", "assistance", "key-group-limit=100.00", NULL);
    test_record(w, STL_R_IDENTITY, "psn_idet_type=2304 endtime=2025-01-01");
    assert_money(
        settle(w, &(vector){RESIDENT, "psn_idet_type=2303", "", "25000", "", NULL, NULL}, "")
            ->info.maf_pay,
        "7000.00");
    test_world_free(w);
}

static void P1_half_the_deductible_and_a_floor_in_the_county(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT "mdtrtarea_admvs=999901", "", "", "10000", "5760.00", NULL, NULL},
        {RESIDENT "mdtrtarea_admvs=888801", "psn_idet_type=2302", "", "10000", "5880.00", NULL,
         NULL},
        {RESIDENT "mdtrtarea_admvs=999901", "psn_idet_type=2302", "", "10000", "9000.00", NULL,
         "1000.00"},
    };
    check("poor-2019", "", vectors, N(vectors));
    const vector above[] = {{RESIDENT "mdtrtarea_admvs=999901", "psn_idet_type=2302", "", "10000",
                             "9310.00", NULL, NULL}};
    check("poor-2019", "basic-ratio=0.95", above, N(above));
}

static void P2_limits_by_disease(void **state) {
    (void)state;
    const vector vectors[] = {
        {RESIDENT "med_type=9901", "psn_idet_type=3001", "two_disease_pay=0", "450", "225.00", NULL,
         NULL},
        {RESIDENT "med_type=9901", "psn_idet_type=3001", "two_disease_pay=0", "500", "225.00", NULL,
         NULL},
        {RESIDENT "med_type=9901", "psn_idet_type=3002", "two_disease_pay=0", "2000", "375.00",
         NULL, NULL},
        {RESIDENT "med_type=9901", "psn_idet_type=3002", "two_disease_pay=370", "2000", "5.00",
         NULL, NULL},
        {RESIDENT "med_type=9901", "psn_idet_type=2302", "two_disease_pay=0", "2000", "0.00", NULL,
         NULL},
    };
    check("poor-2019", "", vectors, N(vectors));
    test_world *w = test_world_new();
    benefit_packs(w, "poor-2019", "", NULL);
    test_record(w, STL_R_IDENTITY, "psn_idet_type=3001");
    const vector both = {RESIDENT "med_type=9901",
                         "psn_idet_type=3002",
                         "two_disease_pay=0",
                         "2000",
                         "",
                         NULL,
                         NULL};
    assert_money(settle(w, &both, "")->info.hifp_pay, "600.00");
    test_world_free(w);
}

#define RURAL "insutype=380 med_type=21 "

static void F1_township_and_county(void **state) {
    (void)state;
    const vector vectors[] = {
        {RURAL "medins_lv=1", "", "", "1000", "950.00", NULL, NULL},
        {RURAL "medins_lv=2", "", "", "1000", "800.00", NULL, NULL},
        {RURAL "medins_lv=3", "", "", "1000", "0.00", NULL, NULL},
    };
    check("fugu-2010", "", vectors, N(vectors));
}

static void F3_first_pay_then_the_top_deductible(void **state) {
    (void)state;
    const vector vectors[] = {
        {WORKER "mdtrtarea_admvs=999901", "", "", "10000", "7600.00", NULL, NULL},
        {WORKER "mdtrtarea_admvs=888801", "", "", "10000", "6400.00", NULL, NULL},
    };
    check("shandong-2009", "", vectors, N(vectors));
    const vector provincial[] = {
        {WORKER "mdtrtarea_admvs=999901", "", "", "10000", "6800.00", NULL, NULL}};
    check("shandong-2009", "provincial-hospitals=H99990100001", provincial, N(provincial));
}

static void F6_raised_inside_the_running_year(void **state) {
    (void)state;
    const struct {
        const char *end, *year, *pays;
    } rows[] = {
        {RURAL "endtime=2025-06-30T23:59:59", "paid_years=0 hifp_pay=30000", "10000.00"},
        {RURAL "endtime=2025-07-01T00:00:00", "paid_years=0 hifp_pay=30000", "30000.00"},
        {RURAL "endtime=2025-06-30T23:59:59", "paid_years=3 hifp_pay=30000", "20000.00"},
        {RURAL "endtime=2025-07-01T00:00:00", "paid_years=3 hifp_pay=30000", "40000.00"},
        {RURAL "endtime=2025-07-01T00:00:00", "paid_years=2 hifp_pay=30000", "30000.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        const vector v = {rows[i].end, "", rows[i].year, "200000", rows[i].pays, NULL, NULL};
        check("linhai-2011", "raised-from=2025-07-01", &v, 1);
    }
}

#define VISIT(settled) "insutype=380 med_type=21 " settled

static void F4_a_late_claim_is_paid_by_the_year_of_the_visit(void **state) {
    (void)state;
    static const struct {
        const char *params, *stay, *pays;
    } rows[] = {
        {"", VISIT("endtime=2010-12-31T10:00:00 setl_time=2011-02-01T09:00:00"), "600.00"},
        {"", VISIT("endtime=2011-01-01T10:00:00 setl_time=2011-02-01T09:00:00"), "700.00"},
        {"rule-date=settlement", VISIT("endtime=2010-12-31T10:00:00 setl_time=2011-02-01T09:00:00"),
         "700.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        const vector v = {rows[i].stay, "", "", "1000", rows[i].pays, NULL, NULL};
        check("late-claim", rows[i].params, &v, 1);
    }
}

/* Eligible `rest` yuan and `rescue` yuan of an item on the list of rescue. */
static const stl_settlement *counted(test_world *w, const char *stay, const char *rest,
                                     const char *rescue) {
    benefit_packs(w, "counting-2008", "", NULL);
    test_stay(w, "insutype=380 med_type=21");
    test_stay(w, stay);
    benefit_year(w, "ipt_cnt=1.5");
    benefit_acc(w, "2026", "ipt_cnt", "0");
    test_row(w, STL_T_LISTS, "list=F5.rescue item=0012025*");
    benefit_eligible(w, rest);
    test_service(w, "R", "001202500010000", "01");
    test_charge(w, "R", "2025-03-02T11:00:00", "1", rescue, "");
    return benefit_settle(w);
}

static void F5_admissions_are_counted_by_their_length_and_cost(void **state) {
    (void)state;
    static const struct {
        const char *stay, *rest, *count, *year;
    } rows[] = {
        {"begntime=2025-03-01T10:00:00 endtime=2025-03-02T10:00:00", "900", "2.5", "2025"},
        {"begntime=2025-03-01T10:00:01 endtime=2025-03-02T10:00:00", "900", "1.5", "2025"},
        {"begntime=2025-03-01T10:00:00 endtime=2025-03-05T10:00:00", "399.99", "1.5", "2025"},
        {"begntime=2025-03-01T10:00:00 endtime=2025-03-05T10:00:00", "400", "2.5", "2025"},
        {"begntime=2024-12-31T10:00:00 endtime=2025-03-05T10:00:00", "900", "2", "2025"},
        {"begntime=2024-12-31T10:00:00 endtime=2025-01-01T09:00:00", "900", "1.5", "2025"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = test_world_new();
        const stl_settlement *s = counted(w, rows[i].stay, rows[i].rest, "100");
        bool told = false;
        for (size_t k = 0; k < s->n_accs; k++)
            if (stl_str_is(s->accs[k].kind, "ipt_cnt")) {
                assert_str(s->accs[k].year, rows[i].year);
                assert_money(s->accs[k].value, rows[i].count);
                told = true;
            }
        assert_true(told);
        test_world_free(w);
    }
}

static void F5_rescue_below_the_deductible_is_paid_as_emergency(void **state) {
    (void)state;
    test_world *w = test_world_new();
    const stl_settlement *s = counted(w, "", "300", "150");
    assert_money(s->info.hifp_pay, "90.00"); /* 150 x 0.60 */
    assert_money(s->info.act_pay_dedc, "450.00");
    assert_money(s->info.psn_cash_pay, "360.00");
    assert_int_equal(s->n_details, 2);
    test_world_free(w);
    w = test_world_new();
    s = counted(w, "", "400", "150"); /* above: rescue is like the rest */
    assert_money(s->info.hifp_pay, "35.00");
    assert_int_equal(s->n_details, 1);
    test_world_free(w);
}

/* E11 is chronic, C34 major, as a place might list them. */
static const stl_settlement *certified(test_world *w, const char *diagnosis, const char *record) {
    benefit_packs(w, "nanzhou-2017", "chronic=E11* major=C34*", NULL);
    test_stay(w,
              "insutype=390 med_type=14 fixmedins_code=H99990100001 endtime=2025-06-10T10:00:00");
    test_stay(w, diagnosis);
    if (record[0] != '\0')
        test_record(w, STL_R_APPROVAL, record);
    test_the_stay(w)->given[STL_R_APPROVAL] = true;
    benefit_year(w, "");
    benefit_eligible(w, "1000");
    return benefit_settle(w);
}

static void F11_a_certificate_of_three_months_at_the_named_institution(void **state) {
    (void)state;
#define E11 "dscg_maindiag_code=E11.900"
#define C34 "dscg_maindiag_code=C34.900"
#define CHRONIC "kind=慢性病证 appr_no=1 by=B code=E11* "
#define MAJOR "kind=大病证 appr_no=1 by=B code=C34* "
    static const struct {
        const char *diagnosis, *record, *pays;
    } rows[] = {
        {E11, CHRONIC "time=2025-03-10T08:00:00 fixmedins_code=H99990100001", "600.00"},
        {C34, MAJOR "time=2025-03-10T08:00:00 fixmedins_code=H99990100001", "700.00"},
        {E11, CHRONIC "time=2025-06-10T23:00:00", "600.00"},
        {E11, CHRONIC "time=2025-03-09T08:00:00", ""},                             /* too old */
        {E11, CHRONIC "time=2025-06-11T08:00:00", ""},                             /* later */
        {E11, CHRONIC "time=2025-06-01T08:00:00 fixmedins_code=H99990200002", ""}, /* elsewhere */
        {E11, MAJOR "time=2025-06-01T08:00:00", ""},                               /* another */
        {E11, "kind=慢性病证 appr_no=1 by=B code=I10* time=2025-06-01T08:00:00", ""}, /* disease */
        {E11, CHRONIC "time=2025-06-01T08:00:00 begndate=2025-06-10 enddate=2025-06-10", "600.00"},
        {E11, CHRONIC "time=2025-06-01T08:00:00 begndate=2025-06-11", ""},
        {E11, CHRONIC "time=2025-06-01T08:00:00 enddate=2025-06-09", ""}, /* ended */
        {"dscg_maindiag_code=I10.x00", CHRONIC "time=2025-06-01T08:00:00", ""},
        {E11, "", ""},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = test_world_new();
        const stl_settlement *s = certified(w, rows[i].diagnosis, rows[i].record);
        bool served = rows[i].pays[0] != '\0';
        if (s->served != served)
            fail_msg("row %zu", i);
        if (served)
            assert_money(s->info.hifp_pay, rows[i].pays);
        test_world_free(w);
    }
}

static void F11_without_records_nothing_is_guessed(void **state) {
    (void)state;
    test_world *w = test_world_new();
    benefit_packs(w, "nanzhou-2017", "chronic=E11*", NULL);
    test_stay(w, "insutype=390 med_type=14 " E11);
    benefit_year(w, "");
    benefit_eligible(w, "1000");
    const stl_verdict *verdict;
    assert_false(benefit_explain(w, &verdict)->evaluated);
    assert_str(verdict->gaps[0].missing, "records of filings (approvals.csv)");
    test_world_free(w);
}

static void F7_a_deposit_and_what_is_over_the_quota_are_held_back(void **state) {
    (void)state;
    static const struct {
        const char *eligible, *fund, *withheld;
    } rows[] = {
        {"4000", "2800.00", "280.00"},
        {"5000", "3500.00", "350.00"},
        {"6000", "4200.00", "1420.00"},    /* 420 + 1000 over the quota */
        {"30000", "21000.00", "21000.00"}, /* never more than what is paid */
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = test_world_new();
        benefit_packs(w, "quality-deposit", "", NULL);
        test_row(w, STL_T_STANDARDS, "method=quota code=J15* amount=5000");
        test_stay(w, "insutype=380 med_type=21 dscg_maindiag_code=J15.902");
        benefit_year(w, "");
        benefit_eligible(w, rows[i].eligible);
        const stl_settlement *s = benefit_settle(w);
        assert_money(s->info.fund_pay_sumamt, rows[i].fund);
        assert_money(s->withheld, rows[i].withheld);
        assert_money(s->info.psn_part_amt + s->info.fund_pay_sumamt, rows[i].eligible);
        test_world_free(w);
    }
}

static void F8_the_account_pays_deductible_and_in_scope_share(void **state) {
    (void)state;
    static const struct {
        const char *stay, *account, *cash;
    } rows[] = {
        {"acct_used_flag=1 balc=5000", "1480.00", "1000.00"}, /* 600 + 4400 x 0.20; self-funded */
        {"acct_used_flag=1 balc=700", "700.00", "1780.00"},
        {"acct_used_flag=0 balc=5000", "0.00", "2480.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = test_world_new();
        benefit_packs(w, "putian-2013", "", NULL);
        test_stay(w, "insutype=310 med_type=21");
        test_stay(w, rows[i].stay);
        benefit_year(w, "");
        benefit_eligible(w, "5000");
        test_service(w, "S", "003", "03");
        test_charge(w, "S", "2025-03-02T10:00:00", "1", "1000", "");
        const stl_settlement *s = benefit_settle(w);
        assert_money(s->info.hifp_pay, "3520.00");
        assert_money(s->info.acct_pay, rows[i].account);
        assert_money(s->info.psn_cash_pay, rows[i].cash);
        test_world_free(w);
    }
}

static void F12_no_deductible_at_primary_level(void **state) {
    (void)state;
    const vector vectors[] = {
        {"insutype=380 med_type=21 medins_lv=1", "", "", "1000", "700.00", NULL, "300.00"},
        {"insutype=380 med_type=21 medins_lv=2", "", "", "1000", "420.00", NULL, "580.00"},
        {"insutype=380 med_type=21 medins_lv=1", "", "", "400", "280.00", NULL, NULL},
        {"insutype=380 med_type=21 medins_lv=2", "", "", "400", "0.00", NULL, NULL},
    };
    check("nanping-2012", "", vectors, N(vectors));
}

static void F9_accident_cover_pays_self_funded_cost_too(void **state) {
    (void)state;
    const struct {
        const char *gap, *paid, *pays;
    } rows[] = {
        {"1500", "accident_pay=0", "1000.00"},
        {"800", "accident_pay=0", "800.00"},
        {"800", "accident_pay=300", "700.00"},
        {"1000", "accident_pay=0", "1000.00"},
    };
    for (size_t i = 0; i < N(rows); i++) {
        test_world *w = test_world_new();
        const vector v = {RESIDENT "med_type=22", "", rows[i].paid, "5000", "", NULL, NULL};
        const stl_settlement *s = after_basic(w, BASIC("390", "1"), "youxi-2012", &v, rows[i].gap);
        assert_money(s->info.fulamt_ownpay_amt, rows[i].gap);
        assert_money(s->info.hifob_pay, rows[i].pays);
        test_world_free(w);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guizhou_vectors),
        cmocka_unit_test(G1_to_G3_by_level),
        cmocka_unit_test(G2_low_income_family_from_sixty_on),
        cmocka_unit_test(G5_grows_simply_and_at_most_a_fifth),
        cmocka_unit_test(G6_waits_six_months),
        cmocka_unit_test(G6_waiting_from_a_last_day_ends_on_a_last_day),
        cmocka_unit_test(G6_without_entitlements_nothing_is_guessed),
        cmocka_unit_test(G8_observation_at_primary_level_only),
        cmocka_unit_test(zhengzhou_vectors),
        cmocka_unit_test(Z1_community_hospital),
        cmocka_unit_test(Z4_supplement_pays_beyond_the_cap_only),
        cmocka_unit_test(Z6_begins_on_its_day),
        cmocka_unit_test(qinghai_vectors),
        cmocka_unit_test(Q6_a_tenth_is_held_back_from_the_hospital),
        cmocka_unit_test(Q1_the_line_of_the_wage_accumulates_over_the_year),
        cmocka_unit_test(Q3_above_thirty_thousand_four_pay),
        cmocka_unit_test(Q4_imaging_is_borne_before_the_bands),
        cmocka_unit_test(Q4_transplant_is_shared_by_the_employer),
        cmocka_unit_test(Q4_refunded_transplant_leaves_nothing_shared),
        cmocka_unit_test(Q4_transfer_out_of_the_province),
        cmocka_unit_test(A1_vector_leaves_self_funded_cost_out),
        cmocka_unit_test(A2_at_most_twenty_thousand_a_year),
        cmocka_unit_test(A1_nobody_is_assisted_without_an_earlier_payer),
        cmocka_unit_test(L1_identity_counts_up_to_its_last_day),
        cmocka_unit_test(L2_the_first_of_several_groups_counts),
        cmocka_unit_test(P1_half_the_deductible_and_a_floor_in_the_county),
        cmocka_unit_test(P2_limits_by_disease),
        cmocka_unit_test(F1_township_and_county),
        cmocka_unit_test(F3_first_pay_then_the_top_deductible),
        cmocka_unit_test(F6_raised_inside_the_running_year),
        cmocka_unit_test(F4_a_late_claim_is_paid_by_the_year_of_the_visit),
        cmocka_unit_test(F5_admissions_are_counted_by_their_length_and_cost),
        cmocka_unit_test(F5_rescue_below_the_deductible_is_paid_as_emergency),
        cmocka_unit_test(F11_a_certificate_of_three_months_at_the_named_institution),
        cmocka_unit_test(F11_without_records_nothing_is_guessed),
        cmocka_unit_test(F7_a_deposit_and_what_is_over_the_quota_are_held_back),
        cmocka_unit_test(F8_the_account_pays_deductible_and_in_scope_share),
        cmocka_unit_test(F12_no_deductible_at_primary_level),
        cmocka_unit_test(F9_accident_cover_pays_self_funded_cost_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
