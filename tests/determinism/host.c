/* SPDX-License-Identifier: Apache-2.0 */
/* A program that embeds the library, as a HIS does: in the locale of its user, with so many
 * threads, a session each, on one context. Previews the stays of a file, one JSON object a line,
 * and prints the results in order. host HOME STAYS THREADS      the first line of standard error
 * says how the locale writes 1.5 */
#include <locale.h>
#include <pthread.h>
#include <settle/settle.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STAYS = 4096, MOST_THREADS = 64 };

typedef struct worker {
    pthread_t thread;
    settle_context *context;
    size_t number, step;
    settle_status status;
} worker;

static char *stays[MOST_STAYS], *results[MOST_STAYS];
static size_t n_stays;

static settle_status preview(settle_session *session, size_t i) {
    settle_stay *stay = NULL;
    int32_t verdict;
    settle_status status = settle_stay_parse(session, stays[i], strlen(stays[i]), &stay);
    if (status == SETTLE_OK)
        status = settle_stay_preview(session, stay, &verdict, &results[i]);
    settle_stay_free(stay);
    return status;
}

static void *work(void *user) {
    worker *w = user;
    settle_session *session = NULL;
    w->status = settle_session_open(w->context, NULL, &session);
    for (size_t i = w->number; w->status == SETTLE_OK && i < n_stays; i += w->step)
        w->status = preview(session, i);
    settle_session_free(session);
    return NULL;
}

static int read_stays(const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    while (file != NULL && n_stays < MOST_STAYS && getline(&line, &cap, file) > 0)
        stays[n_stays++] = strdup(line);
    free(line);
    return file != NULL && fclose(file) == 0 ? 0 : 1;
}

static int run(settle_context *context, size_t n) {
    static worker workers[MOST_THREADS];
    int code = 0;
    for (size_t i = 0; i < n; i++) {
        workers[i] = (worker){.context = context, .number = i, .step = n};
        code |= pthread_create(&workers[i].thread, NULL, work, &workers[i]);
    }
    for (size_t i = 0; i < n; i++) {
        code |= pthread_join(workers[i].thread, NULL);
        code |= workers[i].status != SETTLE_OK;
    }
    for (size_t i = 0; code == 0 && i < n_stays; i++)
        puts(results[i]);
    return code;
}

int main(int argc, char **argv) {
    settle_context *context = NULL;
    size_t threads = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
    if (threads == 0 || threads > MOST_THREADS || setlocale(LC_ALL, "") == NULL ||
        read_stays(argv[2]) != 0)
        return 2;
    fprintf(stderr, "%.1f %s\n", 1.5, setlocale(LC_ALL, NULL));
    settle_status status = settle_context_new(&context);
    if (status == SETTLE_OK)
        status = settle_context_load(context, argv[1]);
    int code = status == SETTLE_OK ? run(context, threads) : 2;
    settle_context_free(context);
    for (size_t i = 0; i < n_stays; i++) {
        settle_free(results[i]);
        free(stays[i]);
    }
    return code;
}
