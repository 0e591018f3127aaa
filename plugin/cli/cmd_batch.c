/* SPDX-License-Identifier: Apache-2.0 */
/* settle batch: one line in, one line out, one stay in memory */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

/* A stay that failed has its place in the output too: the reader counts lines. */
static void put_failure(cli *c, settle_status status) {
    char text[1024], escaped[2 * sizeof text];
    size_t len = 0;
    settle_error_text(settle_session_error(c->session), cli_lang(c), text, sizeof text);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            escaped[len++] = '\\';
        escaped[len++] = *at;
    }
    escaped[len] = '\0';
    const settle_error *error = settle_session_error(c->session);
    printf(
        "{\"error\":{\"status\":%d,\"name\":\"%s\",\"exit_code\":%d,\"file\":\"%s\",\"line\":%lld,"
        "\"field\":\"%s\",\"text\":\"%s\"}}\n",
        (int)status, settle_status_name(status), (int)settle_status_exit_code(status),
        settle_error_file(error), (long long)settle_error_line(error), settle_error_field(error),
        escaped);
}

static void answer(cli *c, const char *line, size_t len, long long number) {
    settle_stay *stay = NULL;
    int32_t verdict = SETTLE_VERDICT_CLEAR;
    char *json = NULL;
    settle_status status = settle_stay_parse(c->session, line, len, &stay);
    if (status == SETTLE_OK)
        status = settle_stay_preview(c->session, stay, &verdict, &json);
    settle_stay_free(stay);
    if (status == SETTLE_OK) {
        cli_put_json(json);
        if (verdict == SETTLE_VERDICT_STOPS)
            cli_note(c, EXIT_FINDINGS);
        return;
    }
    put_failure(c, status);
    fprintf(stderr, _("standard input, line %lld: "), number);
    cli_fail(c, settle_session_error(c->session), status);
}

int cmd_batch(cli *c, int argc, char **argv) {
    cli_parse(
        c, argc, argv, "",
        N_("Reads one stay a line as JSON from standard input and writes one result a line, in "
           "order. A stay that cannot be judged gets an object with \"error\"; the others go "
           "on."),
        NULL);
    if (c->argc != 0)
        return cli_usage(c, _("batch takes no arguments"));
    c->json = true;
    if (!cli_open(c))
        return 0;
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    for (long long number = 1; (len = getline(&line, &cap, stdin)) >= 0; number++) {
        if (len > 1)
            answer(c, line, (size_t)len, number);
        cli_progress(c, number);
    }
    free(line);
    if (ferror(stdin))
        cli_fail_read(c, _("standard input"));
    return 0;
}
