/* SPDX-License-Identifier: Apache-2.0 */
/* settle batch: one line in, one line out, one stay in memory */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

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
    cli_put_failure(c, number, status);
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
    if (!cli_open_judging(c))
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
