/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked under a key is done once; charges and stays that are taken back. */
#include "support/home_support.h"

#include <stdlib.h>
#include <string.h>

static settle_status begin(settle_session *s, const char *key, const char *request, char **answer) {
    *answer = NULL;
    return settle_exchange_begin(s, key, "2310", request, answer);
}

static void has(settle_session *s, const char *mdtrt_id, const char *charges) {
    char *list = NULL;
    assert_int_equal(settle_stay_list(s, mdtrt_id, &list), SETTLE_OK);
    char *n = test_home_value(list, "charges");
    assert_string_equal(n, charges);
    free(n);
    settle_free(list);
}

static void has_not(settle_session *s, const char *mdtrt_id) {
    char *list = NULL;
    assert_int_equal(settle_stay_list(s, mdtrt_id, &list), SETTLE_E_INPUT_STAY_UNKNOWN);
}

static void import(settle_session *s, const test_home *home, const char *id, int first, int n) {
    char *json = test_home_stay(id, "999903001", first, n, 0);
    assert_int_equal(test_home_import(s, home, json), SETTLE_OK);
    free(json);
}

static void an_exchange_is_kept_whole_and_answered_again(void **state) {
    settle_session *s = test_home_session(*state);
    char *answer;
    import(s, *state, "X0", 1, 1); /* there is a ledger now */
    assert_int_equal(begin(s, "K1", "r", &answer), SETTLE_OK);
    assert_null(answer);
    import(s, *state, "X1", 1, 3);
    assert_int_equal(settle_exchange_end(s, "done"), SETTLE_OK);
    has(s, "X1", "3");
    assert_int_equal(begin(s, "K1", "r", &answer), SETTLE_OK);
    assert_string_equal(answer, "done");
    settle_free(answer);
    assert_int_equal(settle_exchange_end(s, "again"), SETTLE_E_ARG_STATE);
    assert_int_equal(begin(s, "K1", "another", &answer), SETTLE_E_INPUT_DUPLICATE);
    assert_int_equal(settle_exchange_begin(s, "K1", "2420", "r", &answer),
                     SETTLE_E_INPUT_DUPLICATE);
    settle_session_free(s);
}

static void what_is_abandoned_or_cut_off_is_nothing(void **state) {
    settle_session *s = test_home_session(*state);
    char *answer;
    assert_int_equal(begin(s, "K2", "r", &answer), SETTLE_OK);
    import(s, *state, "X2", 1, 3);
    static const char HOME[] = "{\"stay\":{\"dscg_way\":\"2\"}}";
    assert_int_equal(settle_stay_append(s, "X2", HOME, strlen(HOME)), SETTLE_OK);
    settle_exchange_abandon(s);
    has_not(s, "X2");
    assert_int_equal(begin(s, "K2", "r", &answer), SETTLE_OK);
    assert_null(answer);
    import(s, *state, "X2", 1, 3);
    settle_session_free(s); /* as a process that ends */
    s = test_home_session(*state);
    has_not(s, "X2");
    assert_int_equal(begin(s, "K2", "r", &answer), SETTLE_OK);
    assert_null(answer);
    settle_exchange_abandon(s);
    settle_session_free(s);
}

/* A call that fails within undoes itself alone. */
static void a_call_that_fails_undoes_itself_alone(void **state) {
    settle_session *s = test_home_session(*state);
    char *answer, *json = test_home_stay("X3", "999903001", 1, 2, 0);
    assert_int_equal(begin(s, "K3", "r", &answer), SETTLE_OK);
    import(s, *state, "X3", 1, 3);
    char *cnt = strstr(json, "\"cnt\":\"1\"");
    assert_non_null(cnt);
    cnt[7] = '9';
    assert_int_not_equal(test_home_import(s, *state, json), SETTLE_OK);
    assert_int_equal(settle_stay_remove(s, "X3", "no such"), SETTLE_E_INPUT_CHARGE_UNKNOWN);
    assert_int_equal(begin(s, "K4", "r", &answer), SETTLE_E_ARG_STATE);
    assert_int_equal(settle_exchange_end(s, "three"), SETTLE_OK);
    has(s, "X3", "3");
    free(json);
    settle_session_free(s);
}

static void what_was_taken_back_does_not_come_late(void **state) {
    settle_session *s = test_home_session(*state);
    char *answer, *list = NULL;
    assert_int_equal(settle_exchange_mark(s, "K5", "confirmed"), SETTLE_E_INPUT_EXCHANGE_UNKNOWN);
    assert_int_equal(settle_exchange_mark(s, "K5", "undone"), SETTLE_E_ARG_VALUE);
    assert_int_equal(settle_exchange_mark(s, "K5", "taken back"), SETTLE_OK);
    assert_int_equal(begin(s, "K5", "r", &answer), SETTLE_E_INPUT_REVERSAL);
    assert_int_equal(begin(s, "K6", "r", &answer), SETTLE_OK);
    assert_int_equal(settle_exchange_end(s, "{}"), SETTLE_OK);
    assert_int_equal(settle_exchange_mark(s, "K6", "confirmed"), SETTLE_OK);
    assert_int_equal(settle_exchange_list(s, "confirmed", NULL, &list), SETTLE_OK);
    assert_non_null(strstr(list, "\"K6\""));
    assert_null(strstr(list, "\"K5\""));
    settle_free(list);
    assert_int_equal(settle_exchange_list(s, NULL, "K5", &list), SETTLE_OK);
    assert_non_null(strstr(list, "\"taken back\""));
    settle_free(list);
    assert_int_equal(settle_exchange_mark(s, "K5", "taken back"), SETTLE_OK);
    assert_int_equal(settle_exchange_mark(s, "K5", "confirmed"), SETTLE_E_INPUT_REVERSAL);
    assert_string_equal(settle_error_field(settle_session_error(s)), "msgid");
    settle_session_free(s);
}

static void answer_to(settle_session *s, const char *key, const char *answer) {
    char *known;
    assert_int_equal(begin(s, key, "r", &known), SETTLE_OK);
    assert_int_equal(settle_exchange_end(s, answer), SETTLE_OK);
}

static void those_that_stand_are_found_by_their_answers(void **state) {
    settle_session *s = test_home_session(*state);
    char *list = NULL;
    answer_to(s, "K7", "{\"id\":\"S1\"}");
    answer_to(s, "K8", "{\"id\":\"S1\"}");
    answer_to(s, "K9", "{\"id\":\"S2\"}");
    assert_int_equal(settle_exchange_mark(s, "K8", "taken back"), SETTLE_OK);
    assert_int_equal(settle_exchange_standing(s, "2310", "\"S1\"", &list), SETTLE_OK);
    assert_non_null(strstr(list, "\"K7\""));
    assert_null(strstr(list, "\"K8\""));
    assert_null(strstr(list, "\"K9\""));
    settle_free(list);
    assert_int_equal(settle_exchange_standing(s, "another", "", &list), SETTLE_OK);
    assert_string_equal(list, "{\"exchanges\":[]}");
    settle_free(list);
    assert_int_equal(settle_exchange_standing(s, NULL, "", &list), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_exchange_standing(s, "2310", NULL, &list), SETTLE_E_ARG_NULL);
    settle_session_free(s);
}

static void charges_and_stays_are_taken_back(void **state) {
    settle_session *s = test_home_session(*state);
    char *json = NULL;
    import(s, *state, "X7", 1, 3);
    assert_int_equal(settle_stay_cancel(s, "X7"), SETTLE_E_INPUT_SETTLED);
    assert_int_equal(settle_stay_remove(s, "X7", "2"), SETTLE_OK);
    has(s, "X7", "2");
    assert_int_equal(settle_stay_remove(s, "X7", "2"), SETTLE_E_INPUT_CHARGE_UNKNOWN);
    import(s, *state, "X7", 2, 1); /* the serial is free again */
    has(s, "X7", "3");
    assert_int_equal(settle_stay_remove(s, "X7", NULL), SETTLE_OK);
    has(s, "X7", "0");
    assert_int_equal(settle_stay_cancel(s, "X7"), SETTLE_OK);
    has_not(s, "X7");
    assert_int_equal(settle_stay_cancel(s, "X7"), SETTLE_E_INPUT_STAY_UNKNOWN);
    assert_int_equal(settle_stay_list(s, NULL, &json), SETTLE_OK);
    assert_null(strstr(json, "\"X7\""));
    settle_free(json);
    import(s, *state, "X7", 5, 2);
    has(s, "X7", "2");
    assert_int_equal(settle_audit_verify(s, &json), SETTLE_OK);
    settle_free(json);
    settle_session_free(s);
}

static void more_of_a_stay_is_added(void **state) {
    static const char MORE[] =
        "{\"stay\":{\"dscg_way\":\"2\"},\"diagnoses\":[{\"diag_srt_no\":\"9\",\"inout_diag_type\":"
        "\"2\","
        "\"diag_type\":\"1\",\"maindiag_flag\":\"0\",\"diag_code\":\"I10\",\"diag_name\":\"x\"}]}";
    settle_session *s = test_home_session(*state);
    settle_stay *stay = NULL;
    char *json = NULL;
    import(s, *state, "X8", 1, 1);
    assert_int_equal(settle_stay_append(s, "X8", MORE, strlen(MORE)), SETTLE_OK);
    assert_int_equal(settle_stay_append(s, "X8", MORE, strlen(MORE)), SETTLE_OK);
    assert_int_equal(settle_stay_load(s, "X8", &stay), SETTLE_OK);
    assert_int_equal(settle_stay_json(s, stay, &json), SETTLE_OK);
    assert_non_null(strstr(json, "\"dscg_way\":\"2\""));
    assert_non_null(strstr(json, "\"I10\""));
    settle_free(json);
    settle_stay_free(stay);
    assert_int_equal(settle_stay_append(s, "nobody", MORE, strlen(MORE)),
                     SETTLE_E_INPUT_STAY_UNKNOWN);
    assert_int_equal(settle_stay_append(s, "X8", "{", 1), SETTLE_E_INPUT_JSON);
    settle_session_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exchange_is_kept_whole_and_answered_again),
        cmocka_unit_test(what_is_abandoned_or_cut_off_is_nothing),
        cmocka_unit_test(a_call_that_fails_undoes_itself_alone),
        cmocka_unit_test(what_was_taken_back_does_not_come_late),
        cmocka_unit_test(those_that_stand_are_found_by_their_answers),
        cmocka_unit_test(charges_and_stays_are_taken_back),
        cmocka_unit_test(more_of_a_stay_is_added),
    };
    return cmocka_run_group_tests(tests, test_home_setup, test_home_teardown);
}
