/* SPDX-License-Identifier: Apache-2.0 */
#include "support/running_support.h"

#include "base/json.h"
#include "load/source.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY = STL_DAY_SECONDS, HOUR = 3600 };

size_t test_chance(test_running *t, size_t n) {
    t->random += 0x9E3779B97F4A7C15u;
    uint64_t x = t->random;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return (size_t)((x ^ (x >> 31)) % n);
}

static bool one_in(test_running *t, size_t n) {
    return test_chance(t, n) == 0;
}

/* --- records as text -------------------------------------------------------------------------- */

static void put_record(stl_json *j, const stl_record_type *type, const void *record) {
    char scratch[STL_DECIMAL_TEXT_MAX];
    stl_json_object(j);
    for (size_t i = 0; i < type->n_fields; i++) {
        stl_str text = stl_record_get(type, i, record, scratch);
        if (!stl_str_empty(text) || (type->fields[i].flags & STL_FIELD_COLUMN) != 0)
            stl_json_put_str(j, type->fields[i].name, text);
    }
    stl_json_object_end(j);
}

char *test_records(const stl_stay *stay, stl_record_kind kind, size_t from) {
    stl_buf out = {0};
    stl_json j = {.out = &out};
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    stl_json_object(&j);
    stl_json_key(&j, kind == STL_R_STAY ? "stay" : type->stem);
    if (kind == STL_R_STAY) {
        put_record(&j, type, &stay->head);
    } else {
        stl_json_array(&j);
        for (size_t i = from; i < stay->rows[kind].count; i++)
            put_record(&j, type, (const char *)stay->rows[kind].items + i * type->size);
        stl_json_array_end(&j);
    }
    stl_json_object_end(&j);
    return stl_buf_take(&out);
}

static stl_str text_of(test_running *t, const char *fmt, long number) {
    char text[64];
    snprintf(text, sizeof text, fmt, number);
    return stl_arena_str(t->model->arena, stl_str_of(text));
}

/* The serials of a hospital do not rise with the order in which its charges come. */
static stl_str serial_text(test_running *t, long number) {
    return text_of(t, "99%07ld", number * 1000003 % 9999991);
}

static stl_charge *charge_at(test_running *t, size_t i) {
    return (stl_charge *)t->model->rows[STL_R_CHARGE].items + i;
}

/* --- what was told ---------------------------------------------------------------------------- */

/* Findings that hang on the payment are told by the verdict alone. */
static bool is_of_payment(const char *rule) {
    static const char *const RULES[] = {"V18\"", "V28\"", "V37\"", "ACC\"", "S3\""};
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        if (strncmp(rule, RULES[i], strlen(RULES[i])) == 0)
            return true;
    return false;
}

/* Calls `each` for the id of each finding between two places of a JSON. */
static void each_id(const char *from, const char *to, void (*each)(test_running *, const char *),
                    test_running *t) {
    static const char KEY[] = "{\"finding_id\":\"", RULE[] = "\",\"rule_id\":\"";
    for (const char *at = from; (at = strstr(at, KEY)) != NULL && at < to;) {
        at += sizeof KEY - 1;
        if (!is_of_payment(at + 16 + sizeof RULE - 1))
            each(t, at);
    }
}

static char *place_of(test_running *t, const char *id) {
    char wanted[18];
    snprintf(wanted, sizeof wanted, "%.16s ", id);
    return strstr(t->told, wanted);
}

static void tell_appear(test_running *t, const char *id) {
    assert_null(place_of(t, id));
    char *more = NULL;
    assert_true(asprintf(&more, "%s%.16s ", t->told, id) > 0);
    free(t->told);
    t->told = more;
}

static void tell_vanish(test_running *t, const char *id) {
    char *at = place_of(t, id);
    assert_non_null(at);
    memmove(at, at + 17, strlen(at + 17) + 1);
}

static void tell_here(test_running *t, const char *id) {
    if (place_of(t, id) == NULL)
        fail_msg("never told: %.16s after %s", id, t->trail);
}

static void listen(test_running *t, const char *json) {
    const char *appear = strstr(json, "\"appear\":["), *vanish = strstr(json, "\"vanish\":["),
               *change = strstr(json, "\"change\":[");
    assert_true(appear != NULL && vanish != NULL && change != NULL);
    each_id(vanish, change, tell_vanish, t);
    each_id(appear, vanish, tell_appear, t);
    each_id(change, change + strlen(change), tell_here, t);
}

static size_t count_told(const char *told) {
    return strlen(told) / 17;
}

static void count_id(test_running *t, const char *id) {
    (void)id;
    t->serial++; /* restored by the caller */
}

static size_t count_ids(test_running *t, const char *json) {
    long before = t->serial;
    each_id(json, json + strlen(json), count_id, t);
    size_t n = (size_t)(t->serial - before);
    t->serial = before;
    return n;
}

/* Where the two part, with what is around. */
static void fail_at_difference(const test_running *t, const char *fresh, const char *running) {
    size_t at = 0;
    while (fresh[at] != '\0' && fresh[at] == running[at])
        at++;
    size_t from = at < 300 ? 0 : at - 300;
    print_message("after %s\n", t->trail);
    print_message("fresh   %.600s\n", fresh + from);
    fail_msg("running %.600s", running + from);
}

void assert_as_fresh(test_running *t) {
    char *fresh = NULL, *running = NULL;
    int32_t verdicts[2];
    settle_status expected =
        settle_stay_check(t->session, (const settle_stay *)t->model, &verdicts[0], &fresh);
    settle_status status = settle_running_verdict(t->running, &verdicts[1], &running);
    if (status != expected)
        fail_msg("%s instead of %s after %s", settle_status_name(status),
                 settle_status_name(expected), t->trail);
    if (status != SETTLE_OK)
        return;
    if (strcmp(fresh, running) != 0 || verdicts[0] != verdicts[1])
        fail_at_difference(t, fresh, running);
    each_id(running, running + strlen(running), tell_here, t);
    if (count_ids(t, running) != count_told(t->told))
        fail_msg("told %s\nstands %s\nafter %s", t->told, running, t->trail);
    settle_free(fresh);
    settle_free(running);
}

/* --- opening ---------------------------------------------------------------------------------- */

/* The same stay registered anew. */
static void rename_stay(stl_stay *stay, const char *mdtrt_id) {
    stl_str id = stl_str_of(mdtrt_id);
    stay->head.mdtrt_id = id;
    for (int kind = STL_R_CHARGE; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        int field = stl_record_field(type, STL_STR("mdtrt_id"));
        bool of_person = kind == STL_R_HISTORY || kind == STL_R_HISTORY_ITEM;
        for (size_t i = 0; field >= 0 && !of_person && i < stay->rows[kind].count; i++) {
            char *row = (char *)stay->rows[kind].items + i * type->size;
            *(stl_str *)(void *)(row + type->fields[field].offset) = id;
        }
    }
}

void test_running_open(test_running *t, settle_session *session, const char *stay,
                       const char *rename, size_t keep, uint64_t seed) {
    *t = (test_running){.session = session, .random = seed, .serial = 0, .told = strdup("")};
    flow_ok(session, settle_stay_load(session, stay, (settle_stay **)&t->model));
    if (rename != NULL)
        rename_stay(t->model, rename);
    stl_rows *charges = &t->model->rows[STL_R_CHARGE];
    charges->count = keep < charges->count ? keep : charges->count;
    flow_ok(session, settle_running_open(session, (const settle_stay *)t->model, &t->running));
    char *fresh = NULL;
    if (charges->count > 0) {
        flow_ok(session, settle_stay_check(session, (const settle_stay *)t->model, NULL, &fresh));
        each_id(fresh, fresh + strlen(fresh), tell_appear, t);
        settle_free(fresh);
    }
    assert_as_fresh(t);
}

void test_running_close(test_running *t) {
    settle_running_free(t->running);
    stl_stay_free(t->model);
    free(t->told);
}

/* --- events ----------------------------------------------------------------------------------- */

static void note(test_running *t, const char *what) {
    size_t len = strlen(t->trail);
    if (len + strlen(what) + 2 > sizeof t->trail) {
        memmove(t->trail, t->trail + len / 2, len - len / 2 + 1);
        len = strlen(t->trail);
    }
    snprintf(t->trail + len, sizeof t->trail - len, "%s ", what);
}

static stl_instant some_time(test_running *t) {
    const stl_admission *head = &t->model->head;
    size_t n = stl_stay_n_charges(t->model);
    if (n > 0 && one_in(t, 3)) { /* the very second of another */
        return charge_at(t, test_chance(t, n))->fee_ocur_time;
    }
    stl_instant begin = head->begntime == STL_NONE ? 0 : head->begntime;
    stl_instant at =
        begin + (stl_instant)test_chance(t, 9) * DAY + (stl_instant)test_chance(t, DAY);
    return one_in(t, 12) ? begin - 3 * HOUR : at;
}

/* A charge like one that the stay or another has; most have something changed. */
static void vary(test_running *t, stl_charge *c) {
    static const stl_qty COUNTS[] = {10000, 20000, 5000, 300000, 0};
    static const char *const ITEMS[] = {"F100231", "Y100350", "F109999", "F100101"};
    c->feedetl_sn = serial_text(t, ++t->serial);
    c->init_feedetl_sn = STL_STR("");
    if (!one_in(t, 4))
        c->fee_ocur_time = some_time(t);
    if (one_in(t, 4))
        c->cnt = COUNTS[test_chance(t, sizeof COUNTS / sizeof *COUNTS)];
    if (one_in(t, 6))
        c->pric *= 3;
    if (one_in(t, 3) && c->cnt != STL_NONE && c->pric != STL_NONE &&
        stl_money_of(c->cnt, c->pric, STL_ROUND_HALF_UP, &c->det_item_fee_sumamt) != SETTLE_OK)
        c->det_item_fee_sumamt = STL_NONE;
    if (one_in(t, 5))
        c->drord_no = one_in(t, 2) ? STL_STR("") : text_of(t, "D%ld", (long)test_chance(t, 4));
    if (one_in(t, 12))
        c->medins_list_codg = stl_str_of(ITEMS[test_chance(t, sizeof ITEMS / sizeof *ITEMS)]);
    if (one_in(t, 10))
        c->entry_time = one_in(t, 2) ? STL_NONE : c->fee_ocur_time + 2 * DAY;
    if (one_in(t, 10))
        c->bilg_dr_codg = STL_STR("");
    if (one_in(t, 10))
        c->dscg_tkdrug_flag = STL_STR("1");
    if (one_in(t, 8))
        c->hosp_appr_flag = text_of(t, "%ld", (long)test_chance(t, 3));
    if (one_in(t, 10))
        c->days_supply = (int64_t)test_chance(t, 20);
}

static void refund(test_running *t, stl_charge *c, const stl_charge *of) {
    *c = *of;
    c->feedetl_sn = serial_text(t, ++t->serial);
    c->init_feedetl_sn = one_in(t, 15)   ? serial_text(t, t->serial + 2) /* not there yet */
                         : one_in(t, 20) ? STL_STR("")
                                         : of->feedetl_sn;
    if (of->cnt != STL_NONE)
        c->cnt = one_in(t, 3) ? -of->cnt / 2 : -of->cnt;
    if (of->det_item_fee_sumamt != STL_NONE)
        c->det_item_fee_sumamt =
            c->cnt == -of->cnt ? -of->det_item_fee_sumamt : -of->det_item_fee_sumamt / 2;
    if (c->fee_ocur_time != STL_NONE && one_in(t, 2))
        c->fee_ocur_time += (stl_instant)test_chance(t, 2 * DAY);
    if (one_in(t, 10) && c->pric != STL_NONE)
        c->pric += 10000;
}

/* Items of the whole example come, those of other stays too. */
static stl_charge pattern(test_running *t) {
    char stay[8];
    snprintf(stay, sizeof stay, "S0%zu", 1 + test_chance(t, 8));
    SCOPED_STAY *other = NULL;
    if (stl_stay_n_charges(t->model) > 0 && !one_in(t, 4))
        return *charge_at(t, test_chance(t, stl_stay_n_charges(t->model)));
    flow_ok(t->session, settle_stay_load(t->session, stay, (settle_stay **)&other));
    stl_charge c = stl_stay_charges(other)[test_chance(t, stl_stay_n_charges(other))];
    const stl_record_type *type = &STL_RECORD_TYPES[STL_R_CHARGE];
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].kind == STL_F_TEXT) {
            stl_str *text = (stl_str *)(void *)((char *)&c + type->fields[i].offset);
            *text = stl_arena_str(t->model->arena, *text);
        }
    c.mdtrt_id = t->model->head.mdtrt_id;
    return c;
}

static void add_charge(test_running *t) {
    size_t n = stl_stay_n_charges(t->model);
    stl_charge c;
    if (n > 0 && one_in(t, 5)) {
        refund(t, &c, charge_at(t, test_chance(t, n)));
    } else {
        c = pattern(t);
        vary(t, &c);
    }
    c.line = 0;
    stl_charge *place = stl_stay_add(t->model, STL_R_CHARGE);
    assert_non_null(place);
    *place = c;
    t->model->given[STL_R_CHARGE] = true;
}

static void answered(test_running *t, settle_status status, char *answer) {
    if (status != SETTLE_OK)
        print_message("after %s\n", t->trail);
    flow_ok(t->session, status);
    listen(t, answer);
    settle_free(answer);
}

static void append_from(test_running *t, stl_record_kind kind, size_t from) {
    char *json = test_records(t->model, kind, from), *answer = NULL;
    settle_status status = settle_running_append(t->running, json, strlen(json), NULL, &answer);
    free(json);
    answered(t, status, answer);
}

static void append_charges(test_running *t) {
    size_t n = stl_stay_n_charges(t->model), more = one_in(t, 4) ? 1 + test_chance(t, 6) : 1;
    for (size_t i = 0; i < more; i++)
        add_charge(t);
    note(t, "append");
    append_from(t, STL_R_CHARGE, n);
}

/* The same charges again, alone or before a new one. */
static void repeat_charge(test_running *t) {
    size_t n = stl_stay_n_charges(t->model);
    if (n == 0)
        return;
    if (one_in(t, 2))
        add_charge(t);
    note(t, "repeat");
    append_from(t, STL_R_CHARGE, n - 1);
}

static void try_charges(test_running *t) {
    size_t n = stl_stay_n_charges(t->model), more = 1 + test_chance(t, 2);
    for (size_t i = 0; i < more; i++)
        add_charge(t);
    char *json = test_records(t->model, STL_R_CHARGE, n), *answer = NULL;
    note(t, "try");
    flow_ok(t->session, settle_running_try(t->running, json, strlen(json), NULL, &answer));
    t->model->rows[STL_R_CHARGE].count = n;
    settle_free(answer);
    free(json);
}

static void remove_charge(test_running *t) {
    size_t n = stl_stay_n_charges(t->model), at;
    if (n == 0)
        return;
    at = test_chance(t, n);
    char serial[64], *answer = NULL;
    snprintf(serial, sizeof serial, "%.*s", (int)charge_at(t, at)->feedetl_sn.len,
             charge_at(t, at)->feedetl_sn.ptr);
    stl_stay_drop(t->model, STL_R_CHARGE, at);
    note(t, "remove");
    settle_status status = settle_running_remove(t->running, serial, NULL, &answer);
    answered(t, status, answer);
}

/* Refused as a whole: the second charge of the two contradicts one that is there. */
static void contradict(test_running *t) {
    size_t n = stl_stay_n_charges(t->model);
    if (n == 0)
        return;
    add_charge(t);
    stl_charge *twin = stl_stay_add(t->model, STL_R_CHARGE);
    *twin = *charge_at(t, test_chance(t, n));
    twin->bilg_dr_name = STL_STR("测试医师99");
    char *json = test_records(t->model, STL_R_CHARGE, n), *answer = NULL;
    note(t, "contradict");
    assert_int_equal(settle_running_append(t->running, json, strlen(json), NULL, &answer),
                     SETTLE_E_INPUT_DUPLICATE);
    assert_string_equal(settle_error_field(settle_session_error(t->session)), "feedetl_sn");
    assert_null(answer);
    t->model->rows[STL_R_CHARGE].count = n;
    free(json);
}

static void break_off(test_running *t) {
    add_charge(t);
    size_t n = stl_stay_n_charges(t->model) - 1;
    char *json = test_records(t->model, STL_R_CHARGE, n), *answer = NULL;
    note(t, "break");
    settle_status status = settle_running_append(
        t->running, json, strlen(json) - 1 - test_chance(t, strlen(json) - 1), NULL, &answer);
    assert_int_equal(status, SETTLE_E_INPUT_JSON);
    assert_null(answer);
    t->model->rows[STL_R_CHARGE].count = n;
    free(json);
}

static void approve(test_running *t) {
    static const char *const KINDS[] = {"stent-consultation", "special-drug", "chronic",
                                        "transfer"};
    size_t n = t->model->rows[STL_R_APPROVAL].count;
    stl_approval *a = stl_stay_add(t->model, STL_R_APPROVAL);
    stl_record_init(&STL_RECORD_TYPES[STL_R_APPROVAL], a);
    a->mdtrt_id = t->model->head.mdtrt_id;
    a->kind = stl_str_of(KINDS[test_chance(t, sizeof KINDS / sizeof *KINDS)]);
    a->appr_no = text_of(t, "A%ld", ++t->serial);
    a->time = t->model->head.begntime;
    t->model->given[STL_R_APPROVAL] = true;
    note(t, "approve");
    append_from(t, STL_R_APPROVAL, n);
}

static void consent(test_running *t) {
    size_t n = t->model->rows[STL_R_CONSENT].count, lines = stl_stay_n_charges(t->model);
    if (lines == 0)
        return;
    stl_consent *a = stl_stay_add(t->model, STL_R_CONSENT);
    stl_record_init(&STL_RECORD_TYPES[STL_R_CONSENT], a);
    a->mdtrt_id = t->model->head.mdtrt_id;
    a->code = charge_at(t, test_chance(t, lines))->medins_list_codg;
    a->signed_by = text_of(t, "测试甲%ld", ++t->serial);
    t->model->given[STL_R_CONSENT] = true;
    note(t, "consent");
    append_from(t, STL_R_CONSENT, n);
}

static void order(test_running *t) {
    size_t n = t->model->rows[STL_R_ORDER].count, lines = stl_stay_n_charges(t->model);
    if (lines == 0)
        return;
    const stl_charge *c = charge_at(t, test_chance(t, lines));
    stl_order *o = stl_stay_add(t->model, STL_R_ORDER);
    stl_record_init(&STL_RECORD_TYPES[STL_R_ORDER], o);
    o->mdtrt_id = t->model->head.mdtrt_id;
    o->drord_no =
        one_in(t, 2) || stl_str_empty(c->drord_no) ? text_of(t, "O%ld", ++t->serial) : c->drord_no;
    o->medins_list_codg = c->medins_list_codg;
    for (size_t i = 0; i < n; i++) { /* the key is known: it would be replaced */
        const stl_order *known = (const stl_order *)t->model->rows[STL_R_ORDER].items + i;
        if (stl_str_eq(known->drord_no, o->drord_no) &&
            stl_str_eq(known->medins_list_codg, o->medins_list_codg))
            o->drord_no = text_of(t, "O%ld", ++t->serial);
    }
    o->cnt = (stl_qty)(1 + test_chance(t, 3)) * 10000;
    o->drord_begn_date = t->model->head.begntime;
    t->model->given[STL_R_ORDER] = true;
    note(t, "order");
    append_from(t, STL_R_ORDER, n);
}

static void pathway(test_running *t) {
    size_t n = t->model->rows[STL_R_PATHWAY].count;
    stl_pathway_event *e = stl_stay_add(t->model, STL_R_PATHWAY);
    stl_record_init(&STL_RECORD_TYPES[STL_R_PATHWAY], e);
    e->mdtrt_id = t->model->head.mdtrt_id;
    e->pathway_id = one_in(t, 4) ? STL_STR("none") : STL_STR("CAP");
    e->entry_time = t->model->head.begntime + (stl_instant)++t->serial;
    t->model->given[STL_R_PATHWAY] = true;
    note(t, "pathway");
    append_from(t, STL_R_PATHWAY, n);
}

static void entitle(test_running *t) {
    size_t n = t->model->rows[STL_R_ENTITLEMENT].count;
    stl_entitlement *e = stl_stay_add(t->model, STL_R_ENTITLEMENT);
    stl_record_init(&STL_RECORD_TYPES[STL_R_ENTITLEMENT], e);
    e->psn_no = t->model->head.psn_no;
    e->insutype = one_in(t, 3) ? STL_STR("390") : t->model->head.insutype;
    e->psn_insu_stas = one_in(t, 2) ? STL_STR("1") : STL_STR("2");
    e->begndate = stl_instant_day(t->model->head.begntime) + (stl_day)test_chance(t, 5) -
                  (stl_day)++t->serial; /* the key: given once */
    t->model->given[STL_R_ENTITLEMENT] = true;
    note(t, "entitle");
    append_from(t, STL_R_ENTITLEMENT, n);
}

static stl_str one_of(test_running *t, const char *const *words, size_t n) {
    return stl_str_of(words[test_chance(t, n)]);
}
#define ONE_OF(t, ...)                                                                             \
    one_of(t, (const char *const[]){__VA_ARGS__},                                                  \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void change_head(test_running *t) {
    stl_admission *head = &t->model->head;
    switch (test_chance(t, 9)) {
    case 0:
        head->endtime = head->endtime == STL_NONE ? head->begntime + 6 * DAY : STL_NONE;
        break;
    case 1:
        head->gend = ONE_OF(t, "1", "2", "9");
        break;
    case 2:
        head->brdy = head->brdy == STL_NONE ? 0 : STL_NONE;
        break;
    case 3:
        head->medins_lv = ONE_OF(t, "2", "3");
        break;
    case 4:
        head->med_type = ONE_OF(t, "2101", "11", "13", "14", "140104", "21", "51", "52");
        break;
    case 5:
        head->dscg_maindiag_code = ONE_OF(t, "J18.900", "S72.000", "I21.900", "Z51.102", "O80.000");
        break;
    case 6:
        head->fixmedins_code = ONE_OF(t, "H99990100001", "H99990199999");
        break;
    case 7:
        head->insuplc_admdvs = ONE_OF(t, "999901", "430100", "");
        break;
    default:
        head->adm_dept_codg = ONE_OF(t, "", "A03.01", "A99");
        break;
    }
    note(t, "head");
    append_from(t, STL_R_STAY, 0);
}

void test_running_step(test_running *t) {
    static void (*const RARE[])(test_running *) = {approve, consent,     order,       pathway,
                                                   entitle, change_head, change_head, change_head};
    static void (*const SOME[])(test_running *) = {repeat_charge, remove_charge, contradict,
                                                   break_off};
    if (one_in(t, 10))
        RARE[test_chance(t, sizeof RARE / sizeof *RARE)](t);
    else if (one_in(t, 8))
        SOME[test_chance(t, sizeof SOME / sizeof *SOME)](t);
    else if (one_in(t, 4))
        try_charges(t);
    else
        append_charges(t);
    assert_as_fresh(t);
}
