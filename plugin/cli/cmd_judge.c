/* SPDX-License-Identifier: Apache-2.0 */
/* settle check, settle preview */
#include "commands.h"
#include "inputs.h"
#include "render.h"
#include "summary.h"

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

static const struct argp_option CHECK_OPTIONS[] = {
    {"summary", 's', NULL, 0,
     N_("hits and money of each rule instead; without a STAY or PATH: of all open stays"), 10},
    {0},
};

static error_t parse_check(int key, char *arg, struct argp_state *state) {
    (void)arg;
    if (key == ARGP_KEY_INIT)
        state->child_inputs[0] = state->input;
    else if (key == 's')
        ((inputs *)state->input)->summary = true;
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp_child CHECK_CHILDREN[] = {{&INPUT_OPTIONS, 0, NULL, 0}, {0}};
static const struct argp CHECK_OWN = {
    .options = CHECK_OPTIONS, .parser = parse_check, .children = CHECK_CHILDREN};

int cmd_check(cli *c, int argc, char **argv) {
    inputs in = {0};
    c->own = &in;
    cli_parse(c, argc, argv, N_("STAY... | PATH..."),
              N_("Judges stays by the rules of the region pack."), &CHECK_OWN);
    if (c->argc == 0 && !in.summary)
        return cli_usage(c, _("name a stay, a file or a directory"));
    if (!cli_open_judging(c))
        return 0;
    if (in.summary)
        summary_run(c, &in);
    else
        inputs_each(c, &in, check_one);
    return 0;
}

static error_t parse_preview(int key, char *arg, struct argp_state *state) {
    (void)arg;
    inputs *in = state->input;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    state->child_inputs[0] = in;
    state->child_inputs[1] = &in->interim;
    return 0;
}

static const struct argp_child PREVIEW_CHILDREN[] = {
    {&INPUT_OPTIONS, 0, NULL, 0}, {&INTERIM_OPTIONS, 0, NULL, 0}, {0}};
static const struct argp PREVIEW_OWN = {.parser = parse_preview, .children = PREVIEW_CHILDREN};

int cmd_preview(cli *c, int argc, char **argv) {
    inputs in = {0};
    c->own = &in;
    cli_parse(c, argc, argv, N_("STAY... | PATH..."),
              N_("Judges and prices stays as a settlement would; leaves no trace."), &PREVIEW_OWN);
    if (c->argc == 0)
        return cli_usage(c, _("name a stay, a file or a directory"));
    if (cli_open_judging(c))
        inputs_each(c, &in, preview_one);
    return 0;
}
