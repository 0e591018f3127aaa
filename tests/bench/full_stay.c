/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/full_stay.h"

#include "bench/support.h"
#include "bench/workload.h"
#include "benefit/benefit.h"

#define NO_ORDER "NONE"

enum {
    OTHER_EACH = 23, /* lines from one of another kind to the next */
    MINUTE = 60,
    HOUR = 3600,
    FEN = 10000, /* of a unit price */
};

typedef struct place {
    const bench_world *w;
    const stl_stay *stay;
    stl_charge *charge; /* and those after it */
} place;

/* The line becomes one of the item, under an order of its own; it stays where it is in time. */
static stl_charge *charge_item(place p, size_t after, const char *item, int64_t cnt, int64_t fen) {
    const stl_index_table *items = &stl_mapping_of(p.w->site->mapping)->items;
    stl_charge *charge = &p.charge[after];
    stl_index_rows rows = stl_index_get(items, stl_str_of(item));
    charge->medins_list_codg = stl_str_of(item);
    if (rows.count > 0) {
        charge->medins_list_name = stl_index_text(items, rows.rows[STL_ITEM_NAME]);
        charge->spec = stl_index_text(items, rows.rows[STL_ITEM_SPEC]);
        charge->prcunt = stl_index_text(items, rows.rows[STL_ITEM_UNIT]);
    }
    charge->cnt = cnt * STL_QTY_ONE;
    charge->pric = fen * FEN;
    charge->det_item_fee_sumamt = cnt * fen;
    charge->dscg_tkdrug_flag = STL_STR("0");
    charge->hosp_appr_flag = STL_STR("1");
    charge->drord_no = charge->feedetl_sn;
    charge->fee_ocur_time = p.charge->fee_ocur_time + (int64_t)after * MINUTE;
    return charge;
}

/* Items that rule tables know, charged as they may be. */
static const struct {
    const char *item;
    int64_t fen;
} OTHERS[] = {
    {"Y100126", 1460}, /* V12: inpatients only */
    {"Y100266", 1120}, /* V12: hospitals of level 2 or higher */
    {"F101078", 8800}, /* V6: a component without what includes it */
    {"F100140", 700},  /* V6: the same */
    {"Y100273", 390},  /* V12: hospitals of level 2 or higher */
    {"F101113", 32000},
    {"Y100147", 37800}, /* T1: a restriction that a person judges; approval of restricted use */
};

static void other(place p, size_t number) {
    size_t which = number % (sizeof OTHERS / sizeof *OTHERS);
    charge_item(p, 0, OTHERS[which].item, 1, OTHERS[which].fen);
}

/* --- faults ---------------------------------------------------------------------------------- */

static void dear(place p) {
    charge_item(p, 0, "F101008", 1, 3100);
}

static void twice(place p) {
    stl_charge *first = charge_item(p, 0, "F100434", 1, 9000), *second = first + 1;
    stl_str serial = second->feedetl_sn;
    int64_t line = second->line;
    *second = *first;
    second->feedetl_sn = serial;
    second->line = line;
}

static void early(place p) {
    charge_item(p, 0, "F100651", 1, 450)->fee_ocur_time = p.stay->head.begntime - HOUR;
}

static void other_sex(place p) {
    charge_item(p, 0, "Y100294", 1, 2650);
}

static void other_age(place p) {
    charge_item(p, 0, "F100252", 1, 1500);
}

static void miscounted(place p) {
    charge_item(p, 0, "F100651", 2, 450)->det_item_fee_sumamt += 100;
}

/* on one day */
static void unbundled(place p) {
    charge_item(p, 0, "F101092", 1, 8800);
    charge_item(p, 1, "F101078", 1, 8800);
}

/* in one hour of the clock */
static void unbundled_hour(place p) {
    stl_charge *whole = charge_item(p, 0, "F101057", 1, 3000);
    charge_item(p, 1, "F101036", 1, 450)->fee_ocur_time = whole->fee_ocur_time;
}

static void too_many(place p) {
    charge_item(p, 0, "F100063", 2, 2000);
}

/* more than fits into a day */
static void too_many_hours(place p) {
    charge_item(p, 0, "F101064", 25, 1200);
}

static void many_beds(place p) {
    charge_item(p, 0, "F100014", 20, 4000);
}

static void too_soon(place p) {
    charge_item(p, 0, "F100658", 1, 6800);
    charge_item(p, 1, "F100658", 1, 6800);
}

static void without_order(place p) {
    charge_item(p, 0, "F100651", 1, 450)->drord_no = STL_STR(NO_ORDER);
}

static void marked_up(place p) {
    stl_charge *charge = charge_item(p, 0, "Y100378", 1, 450);
    charge->purc_pric = 400 * FEN;
}

static void late(place p) {
    stl_charge *charge = charge_item(p, 0, "F100651", 1, 450);
    charge->entry_time = charge->fee_ocur_time + 30 * HOUR;
}

/* and no consent */
static void excluded(place p) {
    charge_item(p, 0, "F109001", 1, 3000);
}

static void other_scheme(place p) {
    charge_item(p, 0, "Y100091", 1, 2000);
}

static void unmapped(place p) {
    charge_item(p, 0, "X000001", 1, 1000);
}

static void taken_back(place p) {
    stl_charge *first = charge_item(p, 0, "F101008", 1, 3100);
    stl_charge *refund = charge_item(p, 1, "F101008", -1, 3100);
    refund->init_feedetl_sn = first->feedetl_sn;
    refund->drord_no = first->drord_no;
}

static const struct {
    const char *rule_id; /* that finds it */
    void (*plant)(place p);
} FAULTS[] = {
    {"V3", dear},           {"V5", twice},          {"V14", early},     {"V10", other_sex},
    {"V10", other_age},     {"V26", miscounted},    {"V6", unbundled},  {"V6", unbundled_hour},
    {"V2", too_many},       {"V2", too_many_hours}, {"V4", many_beds},  {"V16", too_soon},
    {"V29", without_order}, {"V32", marked_up},     {"V20", late},      {"V25", excluded},
    {"V12", other_scheme},  {"M1", unmapped},       {NULL, taken_back}, /* nothing is left of it */
};

const char *bench_planted_rule(size_t kind) {
    return kind < sizeof FAULTS / sizeof *FAULTS ? FAULTS[kind].rule_id : NULL;
}

static void change_lines(const bench_world *w, stl_stay *stay, bench_faults faults) {
    stl_charge *charges = stay->rows[STL_R_CHARGE].items;
    size_t n = stl_stay_n_charges(stay), n_faults = sizeof FAULTS / sizeof *FAULTS;
    for (size_t i = OTHER_EACH; i < n; i += OTHER_EACH)
        other((place){w, stay, &charges[i]}, i / OTHER_EACH);
    for (size_t i = BENCH_FAULT_EACH; faults == BENCH_FAULTY && i + 1 < n; i += BENCH_FAULT_EACH)
        FAULTS[(i / BENCH_FAULT_EACH - 1) % n_faults].plant((place){w, stay, &charges[i]});
}

/* --- the other files ------------------------------------------------------------------------- */

/* The order of an earlier charge: those of one order stand close together. */
static stl_order *order_before(const stl_stay *stay, const stl_charge *charge) {
    enum { CLOSE = 400 };
    const stl_rows *rows = &stay->rows[STL_R_ORDER];
    stl_order *orders = rows->items;
    for (size_t i = rows->count; i-- > 0 && i + CLOSE > rows->count;)
        if (stl_str_eq(orders[i].drord_no, charge->drord_no) &&
            stl_str_eq(orders[i].medins_list_codg, charge->medins_list_codg))
            return &orders[i];
    return NULL;
}

/* What was charged was ordered, and executed. */
static void add_orders(stl_stay *stay) {
    for (size_t i = 0; i < stl_stay_n_charges(stay); i++) {
        const stl_charge *charge = &stl_stay_charges(stay)[i];
        if (stl_str_is(charge->drord_no, NO_ORDER))
            continue;
        stl_order *order = order_before(stay, charge);
        if (order == NULL) {
            order = stl_stay_add(stay, STL_R_ORDER);
            *order = (stl_order){.drord_no = charge->drord_no,
                                 .medins_list_codg = charge->medins_list_codg,
                                 .drord_begn_date = charge->fee_ocur_time,
                                 .drord_stop_date = STL_NONE,
                                 .dr_codg = charge->bilg_dr_codg};
        }
        order->cnt += charge->cnt;
        order->exec_cnt = order->cnt;
    }
}

static void add_history(stl_stay *stay) {
    static const char *const TESTS[] = {"002102000010000", "002203010010000", "002503020030100"};
    stl_instant before = stay->head.begntime - 120 * STL_DAY_SECONDS;
    stl_history *history = stl_stay_add(stay, STL_R_HISTORY);
    *history = (stl_history){.psn_no = stay->head.psn_no,
                             .mdtrt_id = STL_STR("B0000000"),
                             .fixmedins_code = stay->head.fixmedins_code,
                             .begntime = before,
                             .endtime = before + 5 * STL_DAY_SECONDS,
                             .dscg_maindiag_code = STL_STR("K29.500")};
    for (size_t i = 0; i < sizeof TESTS / sizeof *TESTS; i++) {
        stl_history_item *item = stl_stay_add(stay, STL_R_HISTORY_ITEM);
        *item = (stl_history_item){history->mdtrt_id, stl_str_of(TESTS[i]), before, 0};
    }
}

static void add_papers(stl_stay *stay) {
    const stl_admission *head = &stay->head;
    stl_approval *approval = stl_stay_add(stay, STL_R_APPROVAL);
    *approval = (stl_approval){.mdtrt_id = head->mdtrt_id,
                               .code = STL_STR("Y100147"),
                               .kind = STL_STR("限制用药"),
                               .appr_no = STL_STR("SP0001"),
                               .by = STL_STR("测试审批员"),
                               .role = STL_STR("医保办"),
                               .time = head->begntime,
                               .begndate = STL_NONE,
                               .enddate = STL_NONE};
    stl_consent *consent = stl_stay_add(stay, STL_R_CONSENT);
    *consent = (stl_consent){.mdtrt_id = head->mdtrt_id,
                             .code = STL_STR("Y100147"),
                             .signed_by = STL_STR("测试甲"),
                             .relation = STL_STR("本人"),
                             .time = head->begntime};
    stl_pathway_event *entry = stl_stay_add(stay, STL_R_PATHWAY);
    *entry = (stl_pathway_event){
        .mdtrt_id = head->mdtrt_id, .pathway_id = STL_STR("CAP"), .entry_time = head->begntime};
    stl_pathway_event *variation = stl_stay_add(stay, STL_R_PATHWAY);
    *variation = (stl_pathway_event){.mdtrt_id = head->mdtrt_id,
                                     .pathway_id = STL_STR("CAP"),
                                     .entry_time = head->begntime + STL_DAY_SECONDS,
                                     .variation = STL_STR("变异"),
                                     .reason = STL_STR("病情迁延"),
                                     .by = STL_STR("D990101")};
    stl_entitlement *entitlement = stl_stay_add(stay, STL_R_ENTITLEMENT);
    *entitlement = (stl_entitlement){.psn_no = head->psn_no,
                                     .insutype = head->insutype,
                                     .psn_insu_stas = STL_STR("1"),
                                     .begndate = stl_instant_day(head->begntime) - 365,
                                     .enddate = STL_NONE};
}

static void add_to_charges(stl_stay *stay) {
    stl_charge *charges = stay->rows[STL_R_CHARGE].items;
    for (size_t i = 0; i < stl_stay_n_charges(stay); i++) {
        if (charges[i].purc_pric == STL_NONE)
            charges[i].purc_pric = charges[i].pric;
        if (stl_str_is(charges[i].dscg_tkdrug_flag, "1"))
            charges[i].days_supply = 5;
    }
}

/* The hospital computed the same: V18 and V28 have something to compare. */
static void add_amounts(const bench_world *w, stl_stay *stay) {
    SCOPED_ARENA *arena = stl_arena_new();
    stl_case c;
    stl_verdict verdict = {.arena = arena};
    stl_settlement s;
    stl_error err = {0};
    bench_case(w, stay, arena, &c);
    bench_must(stl_benefit_settle(&c, false, &s, &verdict, &err), &err);
    if (!s.evaluated || !s.served)
        bench_die("the payment of a stay that gives everything is not computed");
    stay->head.medfee_sumamt = s.info.medfee_sumamt;
    stay->head.act_pay_dedc = s.info.act_pay_dedc;
    stay->head.fund_pay_sumamt = s.info.fund_pay_sumamt;
    stay->head.hifp_pay = s.info.hifp_pay;
    stay->head.psn_part_amt = s.info.psn_part_amt;
    stay->head.acct_pay = s.info.acct_pay;
    stay->head.psn_cash_pay = s.info.psn_cash_pay;
}

stl_stay *bench_full_stay(const bench_world *w, size_t n_lines, bench_faults faults) {
    stl_stay *stay = bench_stay(w->example_stays, n_lines);
    bench_stay_rename(stay, 1);
    stay->head.mdtrt_cert_no = stay->head.certno;
    change_lines(w, stay, faults);
    add_orders(stay);
    add_history(stay);
    add_papers(stay);
    add_to_charges(stay);
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        stay->given[kind] = true;
    add_amounts(w, stay);
    return stay;
}
