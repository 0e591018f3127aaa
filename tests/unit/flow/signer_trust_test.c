/* SPDX-License-Identifier: Apache-2.0 */
/* A settlement is signed once: what its receivers would refuse is not signed at all. */
#include "support/home_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static settle_status submit(const test_home *home, const char *mdtrt_id) {
    settle_session *session = test_home_session(home);
    char *stay = test_home_stay(mdtrt_id, mdtrt_id, 1, 3, 0), *json = NULL;
    int32_t verdict = -1;
    settle_status status = test_home_import(session, home, stay);
    assert_true(status == SETTLE_OK);
    status = settle_stay_submit(session, mdtrt_id, &verdict, &json);
    if (status == SETTLE_OK)
        assert_int_equal(verdict, SETTLE_VERDICT_CLEAR);
    else
        assert_string_equal(settle_error_field(settle_session_error(session)), "X509Certificate");
    settle_free(json);
    settle_session_free(session);
    free(stay);
    return status;
}

static char *state_of(const test_home *home, const char *mdtrt_id) {
    settle_session *session = test_home_session(home);
    char *json = NULL;
    assert_int_equal(settle_stay_list(session, mdtrt_id, &json), SETTLE_OK);
    char *state = test_home_value(json, "state");
    settle_free(json);
    settle_session_free(session);
    return state;
}

static void a_chain_that_the_site_trusts_signs(void **state) {
    assert_int_equal(submit(*state, "999904001"), SETTLE_OK);
    char *now = state_of(*state, "999904001");
    assert_string_equal(now, "queued");
    free(now);
}

/* The anchor is the authority of another home. */
static void a_chain_that_it_does_not_trust_signs_nothing(void **state) {
    const test_home *home = *state;
    void *second = NULL;
    char command[1024];
    test_home_setup(&second);
    snprintf(command, sizeof command,
             "cp '%s/keys/ca.pem' '%s/ca.old' && cp '%s/keys/ca.pem' '%s/keys/ca.pem'", home->path,
             home->dir, ((test_home *)second)->path, home->path);
    assert_int_equal(system(command), 0);
    assert_int_equal(submit(home, "999904002"), SETTLE_E_CERT_CHAIN);
    char *now = state_of(home, "999904002");
    assert_string_equal(now, "open");
    free(now);
    snprintf(command, sizeof command, "cp '%s/ca.old' '%s/keys/ca.pem'", home->dir, home->path);
    assert_int_equal(system(command), 0);
    assert_int_equal(submit(home, "999904003"), SETTLE_OK);
    test_home_teardown(&second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_that_the_site_trusts_signs),
        cmocka_unit_test(a_chain_that_it_does_not_trust_signs_nothing),
    };
    return cmocka_run_group_tests(tests, test_home_setup, test_home_teardown);
}
