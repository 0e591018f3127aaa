/* SPDX-License-Identifier: Apache-2.0 */
/* Whichever allocation fails, the checks answer NO_MEMORY and leave nothing behind. */
#include "support/base_support.h"
#undef assert_str
#include "support/rules_support.h"

/* For the checks of filings, orders, prices, history and entitlement. */
static void wrong_papers(test_world *w) {
    static const char *const LISTS[] = {
        "list=V27.med-types item=2101",     "list=V27.kinds item=慢特病",
        "list=V27.conditions item=I10*",    "list=V30.med-types item=21*",
        "list=V30.tests item=F*",           "list=V31.quota item=S72* value=5010",
        "list=V32.list-types item=201",     "list=V33.recognised item=XA01 value=7",
        "list=V34.local item=9999*",        "list=V34.kinds item=转诊",
        "list=V35.entitled item=1",         "list=V36.drugs item=XA01",
        "list=V36.kinds item=谈判药品用药", "list=V36.institutions item=X",
        "list=V16.general item=C1 value=X", "list=V16.methods item=C1 value=test",
        "list=V19.licensed item=C*",        "list=V21.needs item=outside^flag=1 value=outside",
        "list=V24.exclusive item=3*",       "list=V4.standard item=3/C2/* value=0.01",
    };
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
        test_row(w, STL_T_LISTS, LISTS[i]);
    test_row(w, STL_T_PARAMETERS, "rule_id=V31 name=near-percent value=10");
    test_row(w, STL_T_PARAMETERS, "rule_id=V31 name=days value=15");
    test_row(w, STL_T_PARAMETERS, "rule_id=V32 name=mark-up value=0");
    test_stay(w, "refl_flag=1");
    test_record(w, STL_R_ORDER,
                "drord_no=A medins_list_codg=F1 cnt=1 drord_stop_date=2025-02-01T08:00:00");
    test_record(w, STL_R_HISTORY,
                "mdtrt_id=T0 begntime=2025-02-01T08:00:00 endtime=2025-02-28T08:00:00 "
                "dscg_maindiag_code=S72.100");
    test_record(w, STL_R_HISTORY_ITEM,
                "mdtrt_id=T0 med_list_codg=XA01 fee_ocur_time=2025-02-28T08:00:00");
    test_record(w, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=2");
    test_record(w, STL_R_ENTITLEMENT, "insutype=310 psn_insu_stas=1");
    test_record(w, STL_R_ENTITLEMENT, "insutype=390 psn_insu_stas=1");
    test_row(w, STL_T_LISTS, "list=V16.methods item=C2 value=test");
}
#include <stdio.h>

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
    test_row(w, STL_T_AGE, "med_list_codg=C2 age_group=child");
    test_row(w, STL_T_AGE_GROUPS, "age_group=child max_years=1");
    test_row(w, STL_T_LISTS, "list=V10.certificate item=01");
    test_row(w, STL_T_LISTS, "list=V17.diagnosis item=S72.000");
    test_row(w, STL_T_LISTS, "list=V19.institutions item=H99990100001 value=active");
    test_row(w, STL_T_LISTS, "list=V19.departments item=X value=in");
    test_row(w, STL_T_LISTS, "list=V21.needs item=C1 value=consult");
    test_row(w, STL_T_LISTS, "list=V22.injury item=S*");
    test_row(w, STL_T_LISTS, "list=V22.cause item=W*");
    test_row(w, STL_T_LISTS, "list=V23.operative item=S* value=79*");
    test_row(w, STL_T_LISTS, "list=V23.severe item=J96* value=O2");
    test_row(w, STL_T_PARAMETERS, "rule_id=V14 name=prescriptions-a-day value=0");
    test_row(w, STL_T_PARAMETERS, "rule_id=V20 name=last-day-share value=0");
    test_row(w, STL_T_PARAMETERS, "rule_id=V20 name=hours value=0");
    test_service(w, "F3", "XA01", "01");
    test_charge(w, "F3", "2025-03-02T12:00:00", "1", "5.00",
                "entry_time=2025-03-05T09:00:00 purc_pric=1");
    wrong_papers(w);
    test_stay(w, "dscg_maindiag_code=S72.000 brdy=1967-05-15 acct_pay=9 hosp_part_amt=9");
    test_record(w, STL_R_DIAGNOSIS, "diag_code=J96.000");
    test_given(w, STL_R_APPROVAL);
    test_given(w, STL_R_OPERATION);
    test_row(w, STL_T_PATHWAYS, "pathway_id=CAP name=n stay_max=1 stay_min=1 complete=F");
    test_row(w, STL_T_PATHWAY_EXAM, "pathway_id=CAP exam=1 need=required pric_list_codg=F7");
    test_record(w, STL_R_PATHWAY, "pathway_id=CAP");
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
    stl_settlement paid = {.evaluated = true, .served = true};
    TRY(stl_rules_run(&c, &verdict, err));
    return stl_rules_run_paid(&c, &paid, &verdict, err);
}

static void every_failing_allocation_is_told(void **state) {
    wrong_stay(*state, 1000);
    test_findings f = test_judge(*state);
    static const char *const FOUND[] = {"V27", "V29", "V30", "V31", "V32",
                                        "V33", "V34", "V35", "V36"};
    for (size_t i = 0; i < sizeof FOUND / sizeof *FOUND; i++)
        assert_true(test_count(&f, FOUND[i]) > 0);
    assert_true(stl_test_each_alloc(judge_once, test_case(*state)) >= 20);
}

/* Restrictions, consents, prescriptions: what the stay above does not reach. */
static void restricted_stay(test_world *w) {
    test_service(w, "D", "XD1", "01");
    test_service(w, "E", "XD2", "03");
    test_service(w, "P", "T1", "01");
    test_service(w, "B", "C0", "01");
    test_row(w, STL_T_LISTS, "list=visit item=11 value=outpatient");
    test_row(w, STL_T_LISTS, "list=V7.similarity item=201 value=101");
    test_row(w, STL_T_LISTS, "list=V9.drug item=X*");
    test_row(w, STL_T_LISTS, "list=V11.chronic item=I10*");
    test_row(w, STL_T_LISTS, "list=V11.quantity item=XD* value=1");
    test_row(w, STL_T_LISTS, "list=V12.maternity item=510");
    test_row(w, STL_T_LISTS, "list=V12.piece item=T*");
    test_row(w, STL_T_LISTS, "list=V15.drug item=X*");
    test_row(w, STL_T_PARAMETERS, "rule_id=V7 name=renamed-percent value=101");
    test_row(w, STL_T_PARAMETERS, "rule_id=V11 name=acute-days value=7");
    test_row(w, STL_T_PARAMETERS, "rule_id=V15 name=class-characters value=6");
    test_row(w, STL_T_BEDS, "med_list_codg=C0");
    test_row(w, STL_T_VISIT, "med_list_codg=XD1 visit_mode=inpatient");
    test_row(w, STL_T_GRADE, "med_list_codg=XD1 min_medins_lv=2");
    test_row(w, STL_T_SCHEME, "med_list_codg=XD1 insurance=maternity");
    test_row(w, STL_T_COURSE, "med_list_codg=XD1 days=1 min_interval_days=9");
    test_row(w, STL_T_TCM, "med_list_codg=T1 use=single");
    test_row(w, STL_T_HINTS, "med_list_codg=XD1 rule_class=A");
    test_given(w, STL_R_CONSENT);
    test_given(w, STL_R_ORDER);
    test_stay(w, "med_type=11 medins_lv=1");
    for (int i = 0; i < 100; i++) {
        char at[32];
        snprintf(at, sizeof at, "2025-03-%02dT10:00:00", 1 + i % 4);
        test_charge(w, i % 2 == 0 ? "D" : "E", at, "2", "5.00",
                    "dscg_tkdrug_flag=1 days_supply=8 medins_list_name=甲乙");
        test_charge(w, i % 2 == 0 ? "P" : "B", at, "1", "5.00", "");
    }
}

static void every_failing_allocation_of_a_restricted_stay_is_told(void **state) {
    restricted_stay(*state);
    assert_true(stl_test_each_alloc(judge_once, test_case(*state)) >= 20);
}

static void every_failing_allocation_of_many_orders_is_told(void **state) {
    test_charge(*state, "F1", "2025-03-02T10:00:00", "1", "5.00", "");
    for (int i = 0; i < 5000; i++) {
        char order[64];
        snprintf(order, sizeof order, "drord_no=A%d medins_list_codg=F1 cnt=1", i);
        test_record(*state, STL_R_ORDER, order);
    }
    assert_true(stl_test_each_alloc(judge_once, test_case(*state)) >= 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(every_failing_allocation_is_told),
        RULE_TEST(every_failing_allocation_of_a_restricted_stay_is_told),
        RULE_TEST(every_failing_allocation_of_many_orders_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
