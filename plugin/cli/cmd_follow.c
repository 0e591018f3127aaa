/* SPDX-License-Identifier: Apache-2.0 */
/* settle follow: a stay that goes on; one event a line in, one answer a line out */
#include "commands.h"
#include "inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

typedef struct event {
    settle_running *running;
    const char *json; /* the value of the event's one member, where it lies in the line */
    size_t len;
    char *charges;    /* the same as {"charges": ...} where it is an array; owned */
    const char *text; /* the value where it is a text, else "" */
    int32_t verdict;
    char *answer;
} event;

static settle_status append(event *e) {
    return settle_running_append(e->running, e->json, e->len, &e->verdict, &e->answer);
}

static settle_status attempt(event *e) {
    return settle_running_try(e->running, e->json, e->len, &e->verdict, &e->answer);
}

static settle_status take_out(event *e) {
    return settle_running_remove(e->running, e->text, &e->verdict, &e->answer);
}

static settle_status verdict(event *e) {
    return settle_running_verdict(e->running, &e->verdict, &e->answer);
}

static const struct {
    const char *name;
    settle_status (*run)(event *e);
} EVENTS[] = {{"append", append}, {"try", attempt}, {"remove", take_out}, {"verdict", verdict}};
enum { N_EVENTS = sizeof EVENTS / sizeof *EVENTS };

/* The index of the event in a line {"name": value}; -1: it is none. */
static int read_event(const char *line, size_t len, yajl_val tree, event *e) {
    if (!YAJL_IS_OBJECT(tree) || tree->u.object.len != 1)
        return -1;
    yajl_val value = tree->u.object.values[0];
    const char *from = memchr(line, ':', len), *end = memrchr(line, '}', len);
    if (from == NULL || end == NULL)
        return -1;
    e->json = from + 1;
    e->len = (size_t)(end - e->json);
    e->text = YAJL_IS_STRING(value) ? YAJL_GET_STRING(value) : "";
    if (YAJL_IS_ARRAY(value)) {
        int len_whole = asprintf(&e->charges, "{\"charges\":%.*s}", (int)e->len, e->json);
        if (len_whole < 0)
            return -1;
        e->json = e->charges;
        e->len = (size_t)len_whole;
    }
    for (int i = 0; i < N_EVENTS; i++)
        if (strcmp(tree->u.object.keys[0], EVENTS[i].name) == 0)
            return i;
    return -1;
}

static void refuse(cli *c, long long number) {
    const char *text = _("expected an object with one of append, try, remove, verdict");
    printf("{\"error\":{\"status\":%d,\"name\":\"%s\",\"exit_code\":%d,\"file\":\"\",\"line\":0,"
           "\"field\":\"\",\"text\":\"%s\"}}\n",
           SETTLE_E_INPUT_JSON, settle_status_name(SETTLE_E_INPUT_JSON), EXIT_INPUT, text);
    fprintf(stderr, _("standard input, line %lld: "), number);
    fprintf(stderr, "%s\n", text);
    cli_note(c, EXIT_INPUT);
}

static void answer(cli *c, settle_running *running, const char *line, size_t len,
                   long long number) {
    event e = {.running = running};
    char why[256];
    yajl_val tree = yajl_tree_parse(line, why, sizeof why);
    int which = read_event(line, len, tree, &e);
    if (which < 0) {
        refuse(c, number);
    } else {
        settle_status status = EVENTS[which].run(&e);
        if (status != SETTLE_OK)
            cli_put_failure(c, number, status);
        else
            cli_put_json(e.answer);
        if (status == SETTLE_OK && EVENTS[which].run == verdict &&
            e.verdict == SETTLE_VERDICT_STOPS)
            cli_note(c, EXIT_FINDINGS);
    }
    free(e.charges);
    yajl_tree_free(tree);
    fflush(stdout); /* who follows waits for it */
}

static void each_line(cli *c, settle_running *running) {
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    for (long long number = 1; (len = getline(&line, &cap, stdin)) >= 0; number++)
        if (len > 1)
            answer(c, running, line, (size_t)len, number);
    free(line);
    if (ferror(stdin))
        cli_fail_read(c, _("standard input"));
}

static void follow(cli *c, const settle_stay *stay) {
    settle_running *running = NULL;
    settle_status status = settle_running_open(c->session, stay, &running);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    else
        each_line(c, running);
    settle_running_free(running);
}

int cmd_follow(cli *c, int argc, char **argv) {
    inputs in = {0};
    c->own = &in;
    cli_parse(
        c, argc, argv, N_("STAY | PATH"),
        N_("Judges a stay as it goes on. Reads one event a line as JSON from standard input: "
           "{\"try\":{\"charges\":[...]}} tells what a charge would bring, {\"append\":{...}} adds "
           "it, {\"remove\":\"serial\"} takes one out, {\"verdict\":true} tells all that stands. "
           "Writes one answer a line. Nothing is stored."),
        &INPUT_OPTIONS);
    if (c->argc != 1)
        return cli_usage(c, _("name one stay, file or directory"));
    c->json = true;
    if (!cli_open_judging(c))
        return 0;
    settle_stay *stay = inputs_one(c, &in, c->argv[0]);
    if (stay != NULL)
        follow(c, stay);
    settle_stay_free(stay);
    return 0;
}
