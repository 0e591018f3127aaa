/* SPDX-License-Identifier: Apache-2.0 */
/* A running stay meets the end of memory at every allocation: it says so, hands out nothing and is
 * as before; then the same call succeeds, and the verdict is that of a fresh check. */
#include "support/running_support.h"

#include <stdlib.h>

typedef struct trial {
    test_running t;
    const char *json;
    settle_status (*call)(settle_running *running, const char *json, uint64_t len,
                          int32_t *out_verdict, char **out_json);
    char *before; /* the verdict */
} trial;

static char *verdict_of(const test_running *t) {
    char *json = NULL;
    flow_ok(t->session, settle_running_verdict(t->running, NULL, &json));
    return json;
}

static settle_status remove_by_serial(settle_running *running, const char *json, uint64_t len,
                                      int32_t *out_verdict, char **out_json) {
    (void)len;
    return settle_running_remove(running, json, out_verdict, out_json);
}

static settle_status attempt(void *user, stl_error *err) {
    trial *x = user;
    char *answer = NULL;
    int32_t verdict = 7;
    settle_status status = x->call(x->t.running, x->json, strlen(x->json), &verdict, &answer);
    stl_test_alloc_pause(true);
    flow_status(x->t.session, status, err);
    if (status != SETTLE_OK) {
        assert_int_equal(verdict, 7);
        assert_null(answer);
        char *now = verdict_of(&x->t);
        assert_string_equal(now, x->before);
        settle_free(now);
    }
    settle_free(answer);
    stl_test_alloc_pause(false);
    return status;
}

static void each_alloc(trial *x) {
    x->before = verdict_of(&x->t);
    long failed = stl_test_each_alloc(attempt, x);
    settle_free(x->before);
    print_message("%ld allocations failed one by one\n", failed);
    assert_in_range(failed, 5, 100000);
}

static void open_trial(trial *x, const flow_home *f) {
    *x = (trial){0};
    test_running_open(&x->t, flow_session(f), "S01", NULL, 40, 1);
}

static void close_trial(trial *x) {
    settle_session *session = x->t.session;
    test_running_close(&x->t);
    settle_session_free(session);
}

#define DEAR(serial, item)                                                                         \
    "{\"charges\":[{\"feedetl_sn\":\"" serial "\",\"fee_ocur_time\":\"2025-03-05 08:00:00\","      \
    "\"medins_list_codg\":\"" item "\",\"cnt\":\"1\",\"pric\":\"99.00\",\"det_item_fee_sumamt\":"  \
    "\"99.00\"}]}"

static void append_survives(trial *x, const char *json) {
    x->json = json;
    x->call = settle_running_append;
    each_alloc(x);
}

static void an_append_survives(void **state) {
    trial x;
    open_trial(&x, *state);
    append_survives(&x, DEAR("990000001", "F100231")); /* an item that is there */
    append_survives(&x, DEAR("990000002", "F100003")); /* one that is not */
    append_survives(&x, DEAR("990000003", "F999999")); /* one without a mapping */
    char *now = verdict_of(&x.t);
    assert_non_null(strstr(now, "990000001"));
    assert_non_null(strstr(now, "990000003"));
    settle_free(now);
    close_trial(&x);
}

static void a_try_survives_and_leaves_nothing(void **state) {
    trial x;
    open_trial(&x, *state);
    x.json = DEAR("990000001", "F100231");
    x.call = settle_running_try;
    each_alloc(&x);
    assert_as_fresh(&x.t);
    close_trial(&x);
}

static void other_records_survive(void **state) {
    trial x;
    open_trial(&x, *state);
    x.json = "{\"approvals\":[{\"kind\":\"special-drug\",\"appr_no\":\"A1\",\"by\":\"\",\"time\":"
             "\"\"}]}";
    x.call = settle_running_append;
    each_alloc(&x);
    close_trial(&x);
}

static void a_removal_survives(void **state) {
    trial x;
    open_trial(&x, *state);
    x.json = "901000001";
    x.call = remove_by_serial;
    each_alloc(&x);
    stl_stay_drop(x.t.model, STL_R_CHARGE, 0);
    char *now = verdict_of(&x.t), *fresh = NULL;
    flow_ok(x.t.session,
            settle_stay_check(x.t.session, (const settle_stay *)x.t.model, NULL, &fresh));
    assert_string_equal(now, fresh);
    settle_free(now);
    settle_free(fresh);
    close_trial(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_append_survives),
        cmocka_unit_test(a_try_survives_and_leaves_nothing),
        cmocka_unit_test(other_records_survive),
        cmocka_unit_test(a_removal_survives),
    };
    return cmocka_run_group_tests(tests, flow_home_setup, flow_home_teardown);
}
