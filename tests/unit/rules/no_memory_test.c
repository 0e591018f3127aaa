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
    test_charge(w, "F3", "2025-03-02T12:00:00", "1", "5.00", "entry_time=2025-03-05T09:00:00");
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
    assert_true(stl_test_each_alloc(judge_once, test_case(*state)) >= 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        RULE_TEST(every_failing_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
