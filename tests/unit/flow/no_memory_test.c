/* SPDX-License-Identifier: Apache-2.0 */
/* Each exported call meets the end of memory at every allocation: it says so, hands out nothing,
 * and the ledger stays as it was; then the same call succeeds. */
#include "support/flow_support.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct trial {
    const flow_home *f;
    const char *stay;
    char finding[17]; /* to be overridden */
    char *ledger;     /* as it was before the attempt */
    char *document;
    size_t len;
} trial;

static void assert_ledger_as_before(const trial *t) {
    char *now = flow_ledger(t->f);
    assert_string_equal(now, t->ledger);
    free(now);
}

static settle_status finish(trial *t, settle_session *session, settle_status status, char *json,
                            stl_error *err) {
    stl_test_alloc_pause(true);
    flow_status(session, status, err);
    settle_session_free(session);
    if (status != SETTLE_OK) {
        assert_null(json);
        assert_ledger_as_before(t);
    }
    settle_free(json);
    stl_test_alloc_pause(false);
    return status;
}

static settle_status open_session(const trial *t, settle_session **out, stl_error *err) {
    err->status = settle_session_open(t->f->context, NULL, out); /* there is no record yet */
    return err->status;
}

static settle_status preview(void *user, stl_error *err) {
    trial *t = user;
    settle_session *session = NULL;
    settle_stay *stay = NULL;
    char *json = NULL;
    int32_t verdict;
    TRY(open_session(t, &session, err));
    settle_status status = settle_stay_load(session, t->stay, &stay);
    if (status == SETTLE_OK)
        status = settle_stay_preview(session, stay, &verdict, &json);
    settle_stay_free(stay);
    return finish(t, session, status, json, err);
}

static settle_status explain(void *user, stl_error *err) {
    trial *t = user;
    settle_session *session = NULL;
    settle_stay *stay = NULL;
    char *json = NULL;
    TRY(open_session(t, &session, err));
    settle_status status = settle_stay_load(session, t->stay, &stay);
    if (status == SETTLE_OK)
        status = settle_stay_explain(session, stay, NULL, &json);
    settle_stay_free(stay);
    return finish(t, session, status, json, err);
}

static settle_status submit(void *user, stl_error *err) {
    trial *t = user;
    settle_session *session = NULL;
    char *json = NULL;
    int32_t verdict = 7;
    TRY(open_session(t, &session, err));
    settle_status status = settle_stay_submit(session, t->stay, &verdict, &json);
    assert_int_equal(verdict, status == SETTLE_OK ? SETTLE_VERDICT_CLEAR : 7);
    return finish(t, session, status, json, err);
}

static settle_status override(void *user, stl_error *err) {
    static const settle_override_options by = {.struct_size = sizeof by,
                                               .approval = "A-1",
                                               .by = "OP9901",
                                               .role = "医保办主任",
                                               .reason = "急诊",
                                               .second = "OP9902"};
    trial *t = user;
    settle_session *session = NULL;
    char *json = NULL;
    TRY(open_session(t, &session, err));
    settle_status status = settle_stay_override(session, t->stay, t->finding, &by, &json);
    return finish(t, session, status, json, err);
}

static settle_status read_and_import(void *user, stl_error *err) {
    static const char *const paths[] = {"adapters/json/fixtures/stays.ndjson"};
    trial *t = user;
    settle_session *session = NULL;
    settle_source *source = NULL;
    char *json = NULL;
    TRY(open_session(t, &session, err));
    settle_status status = settle_source_open(session, "json", paths, 1, &source);
    if (status == SETTLE_OK)
        status = settle_source_import(session, source, &json);
    settle_source_free(source);
    return finish(t, session, status, json, err);
}

static settle_status parse(void *user, stl_error *err) {
    static const char text[] =
        "{\"stay\":{\"mdtrt_id\":\"A1\",\"fixmedins_code\":\"H1\",\"psn_no\":\"P1\","
        "\"insutype\":\"310\",\"begntime\":\"\",\"endtime\":\"\"}}";
    trial *t = user;
    settle_session *session = NULL;
    settle_stay *stay = NULL;
    TRY(open_session(t, &session, err));
    settle_status status = settle_stay_parse(session, text, sizeof text - 1, &stay);
    assert_true((status == SETTLE_OK) == (stay != NULL));
    settle_stay_free(stay);
    return finish(t, session, status, NULL, err);
}

static settle_status verify(void *user, stl_error *err) {
    trial *t = user;
    settle_session *session = NULL;
    char *json = NULL;
    TRY(open_session(t, &session, err));
    settle_status status =
        settle_document_verify(session, t->document, t->len, "S02.xml", NULL, &json);
    return finish(t, session, status, json, err);
}

static settle_status load(void *user, stl_error *err) {
    trial *t = user;
    settle_context *context = NULL;
    settle_status status = settle_context_new(&context);
    err->status = status;
    TRY(status);
    status = settle_context_load(context, t->f->home);
    err->status = settle_error_status(settle_context_error(context));
    settle_context_free(context);
    return status;
}

static long each_alloc(trial *t, settle_status (*attempt)(void *user, stl_error *err)) {
    t->ledger = flow_ledger(t->f);
    long failed = stl_test_each_alloc(attempt, t);
    free(t->ledger);
    print_message("%ld allocations failed one by one\n", failed);
    return failed;
}

static void loading_a_home_survives(void **state) {
    trial t = {.f = *state};
    assert_in_range(stl_test_each_alloc(load, &t), 10, 10000);
}

static void reading_and_importing_survive(void **state) {
    trial t = {.f = *state};
    assert_in_range(each_alloc(&t, read_and_import), 20, 10000);
}

static void parsing_survives(void **state) {
    trial t = {.f = *state};
    assert_in_range(each_alloc(&t, parse), 5, 10000);
}

static void preview_survives(void **state) {
    trial t = {.f = *state, .stay = "S02"};
    assert_in_range(each_alloc(&t, preview), 20, 10000);
}

static void explain_survives(void **state) {
    trial t = {.f = *state, .stay = "S02"};
    assert_in_range(each_alloc(&t, explain), 20, 10000);
}

static void an_override_survives_and_is_stored_once(void **state) {
    trial t = {.f = *state, .stay = "S03"};
    settle_session *session = flow_session(*state);
    settle_stay *stay = NULL;
    char *json = NULL;
    flow_ok(session, settle_stay_load(session, "S03", &stay));
    flow_ok(session, settle_stay_check(session, stay, NULL, &json));
    settle_stay_free(stay);
    const char *rule = strstr(json, "\",\"rule_id\":\"V3\"");
    assert_non_null(rule);
    memcpy(t.finding, rule - 16, 16);
    settle_free(json);
    assert_in_range(each_alloc(&t, override), 20, 10000);
    settle_override_options by = {.struct_size = sizeof by,
                                  .approval = "A-2",
                                  .by = "OP9901",
                                  .role = "x",
                                  .reason = "x",
                                  .second = "OP9902"};
    json = NULL;
    assert_int_equal(settle_stay_override(session, "S03", t.finding, &by, &json),
                     SETTLE_E_ARG_EXISTS);
    assert_null(json);
    settle_session_free(session);
}

static void submit_survives_and_stores_once(void **state) {
    trial t = {.f = *state, .stay = "S04"};
    assert_in_range(each_alloc(&t, submit), 20, 10000);
    settle_session *session = flow_session(*state);
    char *again = NULL, *xml = NULL;
    uint64_t len = 0;
    int32_t verdict;
    flow_ok(session, settle_stay_document(session, "S04", &xml, &len));
    flow_ok(session, settle_document_verify(session, xml, len, "S04.xml", NULL, &again));
    settle_free(again);
    again = NULL;
    t.document = xml;
    t.len = (size_t)len;
    assert_in_range(each_alloc(&t, verify), 20, 10000);
    settle_free(xml);
    flow_ok(session, settle_stay_submit(session, "S04", &verdict, &again));
    assert_int_equal(verdict, SETTLE_VERDICT_STOPS);
    assert_non_null(strstr(again, "\"V24\""));
    settle_free(again);
    settle_session_free(session);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_a_home_survives),
        cmocka_unit_test(reading_and_importing_survive),
        cmocka_unit_test(parsing_survives),
        cmocka_unit_test(preview_survives),
        cmocka_unit_test(explain_survives),
        cmocka_unit_test(an_override_survives_and_is_stored_once),
        cmocka_unit_test(submit_survives_and_stores_once),
    };
    return cmocka_run_group_tests(tests, flow_home_setup, flow_home_teardown);
}
