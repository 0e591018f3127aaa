/* SPDX-License-Identifier: Apache-2.0 */
/* Two desks and a feed of charges at the same time: what is settled is what the ledger holds. */
#include "support/home_support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHARGES = 120, ROUNDS = 24 };

typedef struct desk {
    const test_home *home;
    char mdtrt_id[32];
    const char *import; /* NULL: submits */
    long wait_us;
    settle_status status;
    int32_t verdict;
} desk;

static void *at_work(void *user) {
    desk *d = user;
    settle_session *session = test_home_session(d->home);
    char *json = NULL;
    nanosleep(&(struct timespec){.tv_nsec = d->wait_us * 1000}, NULL);
    d->status = d->import != NULL ? test_home_import(session, d->home, d->import)
                                  : settle_stay_submit(session, d->mdtrt_id, &d->verdict, &json);
    settle_free(json);
    settle_session_free(session);
    return NULL;
}

static void both(desk *a, desk *b) {
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, at_work, a), 0);
    at_work(b);
    pthread_join(other, NULL);
}

static void given(const test_home *home, const char *json) {
    settle_session *session = test_home_session(home);
    assert_int_equal(test_home_import(session, home, json), SETTLE_OK);
    settle_session_free(session);
}

static settle_status submit(const test_home *home, const char *mdtrt_id, int32_t *verdict,
                            char **findings) {
    settle_session *session = test_home_session(home);
    settle_status status = settle_stay_submit(session, mdtrt_id, verdict, findings);
    settle_session_free(session);
    return status;
}

/* Charges in the ledger, and in the settlement. */
static void counts(const test_home *home, const char *mdtrt_id, long *kept, long *settled) {
    settle_session *session = test_home_session(home);
    char *list = NULL, *document = NULL;
    assert_int_equal(settle_stay_list(session, mdtrt_id, &list), SETTLE_OK);
    char *n = test_home_value(list, "charges");
    *kept = strtol(n, NULL, 10);
    *settled = 0;
    if (settle_stay_document(session, mdtrt_id, &document, NULL) == SETTLE_OK)
        for (const char *at = document; (at = strstr(at, "<feedetail ")) != NULL; at++)
            ++*settled;
    free(n);
    settle_free(list);
    settle_free(document);
    settle_session_free(session);
}

static void a_charge_that_arrives_while_its_stay_is_settled_is_in_it_or_refused(void **state) {
    const test_home *home = *state;
    for (int round = 0; round < ROUNDS; round++) {
        char id[16], psn[32];
        snprintf(id, sizeof id, "R%02d", round);
        snprintf(psn, sizeof psn, "9999019%02d", round);
        char *first = test_home_stay(id, psn, 1000, CHARGES, 0);
        char *late = test_home_stay(id, psn, 5000, 1, 5);
        given(home, first);
        desk feed = {.home = home, .import = late, .wait_us = round * 500};
        desk cashier = {.home = home};
        strcpy(cashier.mdtrt_id, id);
        both(&feed, &cashier);
        long kept, settled;
        counts(home, id, &kept, &settled);
        assert_int_equal(cashier.status, SETTLE_OK);
        assert_int_equal(cashier.verdict, SETTLE_VERDICT_CLEAR);
        assert_int_equal(settled, kept);
        assert_int_equal(feed.status, kept == CHARGES ? SETTLE_E_INPUT_SETTLED : SETTLE_OK);
        free(first);
        free(late);
    }
}

static void the_same_charges_under_two_stays_are_settled_by_one_desk_only(void **state) {
    const test_home *home = *state;
    for (int round = 0; round < ROUNDS / 2; round++) {
        desk a = {.home = home}, b = {.home = home, .wait_us = round * 200};
        char psn[32];
        snprintf(psn, sizeof psn, "9999018%02d", round);
        snprintf(a.mdtrt_id, sizeof a.mdtrt_id, "A%02d", round);
        snprintf(b.mdtrt_id, sizeof b.mdtrt_id, "B%02d", round);
        char *one = test_home_stay(a.mdtrt_id, psn, 1000, CHARGES, 0);
        char *other = test_home_stay(b.mdtrt_id, psn, 1000, CHARGES, 0);
        given(home, one);
        given(home, other);
        both(&a, &b);
        assert_int_equal(a.status, SETTLE_OK);
        assert_int_equal(b.status, SETTLE_OK);
        assert_int_equal(a.verdict + b.verdict, SETTLE_VERDICT_CLEAR + SETTLE_VERDICT_STOPS);
        free(one);
        free(other);
    }
}

/* A stay that was registered anew gives its charges new serials. */
static void charges_settled_before_are_found_under_new_serials_too(void **state) {
    const test_home *home = *state;
    char *first = test_home_stay("N1", "999901700", 1000, CHARGES, 0);
    char *again = test_home_stay("N2", "999901700", 4000, CHARGES, 0);
    char *json = NULL;
    int32_t verdict = -1;
    given(home, first);
    given(home, again);
    assert_int_equal(submit(home, "N1", &verdict, &json), SETTLE_OK);
    assert_int_equal(verdict, SETTLE_VERDICT_CLEAR);
    char msgid[64] = "";
    sscanf(strstr(json, "\"msgid\":"), "\"msgid\":\"%63[^\"]", msgid);
    settle_free(json);
    assert_int_equal(submit(home, "N2", &verdict, &json), SETTLE_OK);
    assert_int_equal(verdict, SETTLE_VERDICT_STOPS);
    assert_non_null(strstr(json, "\"rule_id\":\"V24\""));
    assert_true(strlen(msgid) > 20); /* V24 names the message that settled them */
    assert_non_null(strstr(json, msgid));
    settle_free(json);
    free(first);
    free(again);
}

static void the_same_item_at_another_time_is_another_charge(void **state) {
    const test_home *home = *state;
    char *first = test_home_stay("D1", "999901600", 1000, CHARGES, 0);
    char *other = test_home_stay("D2", "999901600", 1000, CHARGES, 1);
    char *json = NULL;
    int32_t verdict = -1;
    given(home, first);
    given(home, other);
    assert_int_equal(submit(home, "D1", &verdict, &json), SETTLE_OK);
    settle_free(json);
    assert_int_equal(submit(home, "D2", &verdict, &json), SETTLE_OK);
    assert_int_equal(verdict, SETTLE_VERDICT_CLEAR);
    settle_free(json);
    free(first);
    free(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_charge_that_arrives_while_its_stay_is_settled_is_in_it_or_refused),
        cmocka_unit_test(the_same_charges_under_two_stays_are_settled_by_one_desk_only),
        cmocka_unit_test(charges_settled_before_are_found_under_new_serials_too),
        cmocka_unit_test(the_same_item_at_another_time_is_another_charge),
    };
    return cmocka_run_group_tests(tests, test_home_setup, test_home_teardown);
}
