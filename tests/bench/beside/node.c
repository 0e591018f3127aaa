/* SPDX-License-Identifier: Apache-2.0 */
/* A JavaScript rule engine of npm in a process of its own, which measures itself: no pipe is in its
 * time. */
#include "bench/beside/beside.h"

#include "bench/support.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define MODULES "bench/engine/node_modules"

typedef struct state {
    FILE *ask, *answer;
    pid_t node;
} state;

static int64_t check(bs_side *side, size_t stay, bs_found *found) {
    state *s = side->state;
    long long spent;
    unsigned count, line;
    char rule_id[16];
    fprintf(s->ask, "%zu\n", stay);
    fflush(s->ask);
    if (fscanf(s->answer, "%lld %u", &spent, &count) != 2)
        bench_die("the rule engine does not answer");
    found->count = 0;
    for (unsigned i = 0; i < count; i++) {
        if (fscanf(s->answer, "%15s %u", rule_id, &line) != 2)
            bench_die("the rule engine answers too little");
        bs_found_add(found, rule_id, line);
    }
    bs_found_finish(found);
    return spent;
}

static void close_it(bs_side *side) {
    state *s = side->state;
    fclose(s->ask); /* it ends at the end of its input */
    fclose(s->answer);
    waitpid(s->node, NULL, 0);
    free(s);
}

static void start(state *s, const char *how, const char *tables, const char *modules) {
    int ask[2], answer[2];
    if (pipe2(ask, O_CLOEXEC) != 0 || pipe2(answer, O_CLOEXEC) != 0)
        bench_die("no pipe");
    fflush(stdout);
    s->node = fork();
    if (s->node == 0) {
        dup2(ask[0], STDIN_FILENO);
        dup2(answer[1], STDOUT_FILENO);
        execlp("node", "node", "tests/bench/beside/engine/main.js", how, tables, modules,
               (char *)NULL);
        _exit(127);
    }
    close(ask[0]);
    close(answer[1]);
    s->ask = fdopen(ask[1], "w");
    s->answer = fdopen(answer[0], "r");
}

/* The first line that it writes is its name. */
static bool read_name(state *s, bs_side *side) {
    if (fgets(side->name, sizeof side->name, s->answer) == NULL)
        return false;
    side->name[strcspn(side->name, "\n")] = '\0';
    return true;
}

static bool open_it(bs_side *side, const char *how, const char *tables, const char *modules) {
    state *s = calloc(1, sizeof *s);
    *side = (bs_side){.check = check, .close = close_it, .state = s};
    start(s, how, tables, modules);
    if (read_name(s, side))
        return true;
    printf("JavaScript (%s) is not compared: node does not run it (packaging/deps.sh bench)\n\n",
           how);
    close_it(side);
    return false;
}

bool bs_plain_open(bs_side *side, const char *dir) {
    return open_it(side, "plain", dir, "");
}

bool bs_engine_open(bs_side *side, const char *dir, const char *build) {
    char modules[BENCH_PATH];
    snprintf(modules, sizeof modules, "%s/" MODULES, build);
    if (access(modules, R_OK) == 0)
        return open_it(side, "engine", dir, modules);
    printf("The JavaScript rule engine is not compared: npm has not installed it "
           "(packaging/deps.sh bench, then make bench)\n\n");
    return false;
}
