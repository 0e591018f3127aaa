/* SPDX-License-Identifier: Apache-2.0 */
/* settle check, settle preview */
#include "commands.h"
#include "inputs.h"
#include "render.h"

typedef settle_status (*judge_fn)(settle_session *, const settle_stay *, int32_t *, char **);

static void answer(cli *c, const settle_stay *stay, judge_fn judge, unsigned parts) {
    int32_t verdict;
    char *json;
    settle_status status = judge(c->session, stay, &verdict, &json);
    if (status != SETTLE_OK) {
        cli_fail(c, settle_session_error(c->session), status);
        return;
    }
    if (verdict == SETTLE_VERDICT_STOPS)
        cli_note(c, EXIT_FINDINGS);
    if (c->json)
        cli_put_json(json);
    else
        render_stay(json, parts);
}

static void check_one(cli *c, const settle_stay *stay) {
    answer(c, stay, settle_stay_check, RENDER_FINDINGS);
}

static void preview_one(cli *c, const settle_stay *stay) {
    answer(c, stay, settle_stay_preview, RENDER_FINDINGS | RENDER_AMOUNTS | RENDER_LAYERS);
}

static int judge_inputs(cli *c, int argc, char **argv, const char *doc,
                        void (*each)(cli *, const settle_stay *)) {
    inputs in = {0};
    c->own = &in;
    cli_parse(c, argc, argv, N_("STAY... | PATH..."), doc, &INPUT_OPTIONS);
    if (c->argc == 0)
        return cli_usage(c, _("name a stay, a file or a directory"));
    if (cli_open(c))
        inputs_each(c, &in, each);
    return 0;
}

int cmd_check(cli *c, int argc, char **argv) {
    return judge_inputs(c, argc, argv, N_("Judges stays by the rules of the region pack."),
                        check_one);
}

int cmd_preview(cli *c, int argc, char **argv) {
    return judge_inputs(c, argc, argv,
                        N_("Judges and prices stays as a settlement would; leaves no trace."),
                        preview_one);
}
