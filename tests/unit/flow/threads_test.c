/* SPDX-License-Identifier: Apache-2.0 */
/* One context, many sessions: what a thread gets does not depend on the others. Built with
 * -fsanitize=thread by make check-tsan. */
#include "support/flow_support.h"

#include <pthread.h>
#include <stdlib.h>

enum { N_THREADS = 8, N_STAYS = 8, ROUNDS = 2 };
static const char *const STAYS[N_STAYS] = {"S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08"};

/* CMocka's assertions are for the main thread: a thread keeps what it saw. */
typedef struct worker {
    pthread_t thread;
    const flow_home *f;
    pthread_barrier_t *start;
    int number;
    const char *stay;
    settle_status status;
    int32_t verdict;
    char *texts[N_STAYS];
    bool differed;
} worker;

static settle_status preview(settle_session *session, const char *id, char **out) {
    settle_stay *stay = NULL;
    int32_t verdict;
    settle_status status = settle_stay_load(session, id, &stay);
    if (status == SETTLE_OK)
        status = settle_stay_preview(session, stay, &verdict, out);
    settle_stay_free(stay);
    return status;
}

static void *preview_all(void *user) {
    worker *w = user;
    settle_session *session = NULL;
    pthread_barrier_wait(w->start);
    w->status = settle_session_open(w->f->context, NULL, &session);
    for (int i = 0; w->status == SETTLE_OK && i < ROUNDS * N_STAYS; i++) {
        int which = (i + w->number) % N_STAYS;
        char *text = NULL;
        w->status = preview(session, STAYS[which], &text);
        if (w->status == SETTLE_OK && w->texts[which] != NULL)
            w->differed = w->differed || strcmp(w->texts[which], text) != 0;
        settle_free(w->texts[which]);
        w->texts[which] = text;
    }
    settle_session_free(session);
    return NULL;
}

static void *submit_one(void *user) {
    worker *w = user;
    settle_session *session = NULL;
    pthread_barrier_wait(w->start);
    w->status = settle_session_open(w->f->context, NULL, &session);
    if (w->status == SETTLE_OK)
        w->status = settle_stay_submit(session, w->stay, &w->verdict, &w->texts[0]);
    settle_session_free(session);
    return NULL;
}

static void run(worker *workers, int n, const flow_home *f, void *(*work)(void *)) {
    pthread_barrier_t start;
    assert_int_equal(pthread_barrier_init(&start, NULL, (unsigned)n), 0);
    for (int i = 0; i < n; i++) {
        workers[i].f = f;
        workers[i].start = &start;
        workers[i].number = i;
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < n; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    pthread_barrier_destroy(&start);
}

static void free_texts(worker *workers, int n) {
    for (int i = 0; i < n; i++)
        for (int k = 0; k < N_STAYS; k++)
            settle_free(workers[i].texts[k]);
}

static void eight_threads_get_what_one_gets(void **state) {
    const flow_home *f = *state;
    worker workers[N_THREADS] = {0};
    run(workers, N_THREADS, f, preview_all);
    settle_session *session = flow_session(f);
    for (int k = 0; k < N_STAYS; k++) {
        char *alone = NULL;
        flow_ok(session, preview(session, STAYS[k], &alone));
        assert_non_null(strstr(alone, STAYS[k]));
        for (int i = 0; i < N_THREADS; i++) {
            assert_int_equal(workers[i].status, SETTLE_OK);
            assert_false(workers[i].differed);
            assert_string_equal(workers[i].texts[k], alone);
        }
        settle_free(alone);
    }
    settle_session_free(session);
    free_texts(workers, N_THREADS);
}

static void assert_verifies(const flow_home *f, const char *stay) {
    settle_session *session = flow_session(f);
    char *xml = NULL, *json = NULL;
    uint64_t len;
    flow_ok(session, settle_stay_document(session, stay, &xml, &len));
    flow_ok(session, settle_document_verify(session, xml, len, stay, NULL, &json));
    settle_free(json);
    settle_free(xml);
    settle_session_free(session);
}

static void two_desks_settle_two_stays_at_once(void **state) {
    const flow_home *f = *state;
    worker workers[2] = {{.stay = "S02"}, {.stay = "S04"}};
    run(workers, 2, f, submit_one);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(workers[i].status, SETTLE_OK);
        assert_int_equal(workers[i].verdict, SETTLE_VERDICT_CLEAR);
        assert_verifies(f, workers[i].stay);
    }
    assert_string_not_equal(strstr(workers[0].texts[0], "\"msgid\""),
                            strstr(workers[1].texts[0], "\"msgid\""));
    free_texts(workers, 2);
}

static void of_many_desks_one_settles_a_stay(void **state) {
    const flow_home *f = *state;
    worker workers[N_THREADS];
    int settled = 0, stopped = 0;
    for (int i = 0; i < N_THREADS; i++)
        workers[i] = (worker){.stay = "S01"};
    run(workers, N_THREADS, f, submit_one);
    for (int i = 0; i < N_THREADS; i++) {
        assert_int_equal(workers[i].status, SETTLE_OK);
        settled += workers[i].verdict == SETTLE_VERDICT_CLEAR;
        if (workers[i].verdict == SETTLE_VERDICT_STOPS) {
            stopped++;
            assert_non_null(strstr(workers[i].texts[0], "\"V24\""));
        }
    }
    assert_int_equal(settled, 1);
    assert_int_equal(stopped, N_THREADS - 1);
    assert_verifies(f, "S01");
    char *ledger = flow_ledger(f); /* audit chain verified */
    free(ledger);
    free_texts(workers, N_THREADS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_threads_get_what_one_gets),
        cmocka_unit_test(two_desks_settle_two_stays_at_once),
        cmocka_unit_test(of_many_desks_one_settles_a_stay),
    };
    return cmocka_run_group_tests(tests, flow_home_setup, flow_home_teardown);
}
