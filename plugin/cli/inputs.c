/* SPDX-License-Identifier: Apache-2.0 */
#include "inputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNTIL = 0x210, STAY };

static const struct argp_option OPTIONS[] = {
    {"adapter", 'a', N_("ADAPTER"), 0,
     N_("how the input is read: csv (default), xml, json, or another of settle adapter list"), 10},
    {"stay", STAY, N_("KEY"), 0, N_("only this stay of the input; may stand several times"), 10},
    {0},
};

static void add_stay(inputs *in, const char *key, const struct argp_state *state) {
    const char **grown = realloc(in->stays, (in->n_stays + 1) * sizeof *grown);
    if (grown == NULL)
        argp_failure(state, EXIT_USAGE, errno, "--stay");
    in->stays = grown;
    in->stays[in->n_stays++] = key;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    inputs *in = state->input;
    if (key == 'a')
        in->adapter = arg;
    else if (key == STAY)
        add_stay(in, arg, state);
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp_option OF_INTERIM[] = {
    {"interim", 'i', NULL, 0, N_("settle in part a stay that goes on"), 11},
    {"until", UNTIL, N_("TIME"), 0, N_("with --interim: the charges up to this day or instant"),
     11},
    {0},
};

static error_t parse_interim(int key, char *arg, struct argp_state *state) {
    interim *how = state->input;
    if (key == 'i')
        how->asked = true;
    else if (key == UNTIL)
        how->until = arg;
    else if (key == ARGP_KEY_END && how->until != NULL && !how->asked)
        argp_error(state, "%s", _("--until is for --interim"));
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}
const struct argp INTERIM_OPTIONS = {.options = OF_INTERIM, .parser = parse_interim};

settle_status inputs_load(cli *c, const interim *how, const char *mdtrt_id, settle_stay **out) {
    return how->asked ? settle_stay_load_interim(c->session, mdtrt_id, how->until, out)
                      : settle_stay_load(c->session, mdtrt_id, out);
}

const struct argp INPUT_OPTIONS = {.options = OPTIONS, .parser = parse};

settle_source *inputs_open(cli *c, const inputs *in, char *const *paths, int n_paths) {
    settle_source *source = NULL;
    const settle_source_options options = {.struct_size = sizeof options,
                                           .adapter = in->adapter,
                                           .paths = (const char *const *)paths,
                                           .n_paths = (uint32_t)n_paths,
                                           .stays = in->stays,
                                           .n_stays = in->n_stays};
    settle_status status = settle_source_read(c->session, &options, &source);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    return source;
}

static bool is_input(const char *argument) {
    return strncmp(argument, "odbc:", strlen("odbc:")) == 0 || access(argument, F_OK) == 0;
}

static settle_stay *take(cli *c, settle_source *source, uint32_t i) {
    settle_stay *stay = NULL;
    settle_status status = settle_source_take(c->session, source, i, &stay);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    return stay;
}

static void each_of_source(cli *c, const inputs *in, char *const *paths, int n_paths,
                           void (*each)(cli *, const settle_stay *)) {
    settle_source *source = inputs_open(c, in, paths, n_paths);
    for (uint32_t i = 0; i < settle_source_count(source); i++) {
        settle_stay *stay = take(c, source, i);
        if (stay != NULL)
            each(c, stay);
        settle_stay_free(stay);
        cli_progress(c, i + 1);
    }
    settle_source_free(source);
}

static settle_stay *load(cli *c, const inputs *in, const char *mdtrt_id) {
    settle_stay *stay = NULL;
    settle_status status = inputs_load(c, &in->interim, mdtrt_id, &stay);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    if (status == SETTLE_E_INPUT_STAY_UNKNOWN)
        fprintf(stderr, _("settle: nor is \"%s\" a file or directory\n"), mdtrt_id);
    return stay;
}

static void one_of_ledger(cli *c, const inputs *in, const char *mdtrt_id,
                          void (*each)(cli *, const settle_stay *)) {
    settle_stay *stay = load(c, in, mdtrt_id);
    if (stay != NULL)
        each(c, stay);
    settle_stay_free(stay);
}

settle_stay *inputs_one(cli *c, const inputs *in, char *argument) {
    if (!is_input(argument))
        return load(c, in, argument);
    settle_source *source = inputs_open(c, in, &argument, 1);
    uint32_t count = settle_source_count(source);
    if (count > 1)
        cli_note(c, cli_usage(c, _("%s has %lu stays, not one"), argument, (unsigned long)count));
    settle_stay *stay = count == 1 ? take(c, source, 0) : NULL;
    settle_source_free(source);
    return stay;
}

void inputs_each(cli *c, const inputs *in, void (*each)(cli *c, const settle_stay *stay)) {
    char **paths = calloc((size_t)c->argc + 1, sizeof *paths);
    int n_paths = 0;
    if (paths == NULL) {
        cli_fail(c, NULL, SETTLE_E_NO_MEMORY);
        return;
    }
    for (int i = 0; i < c->argc; i++)
        if (is_input(c->argv[i]))
            paths[n_paths++] = c->argv[i];
    if (n_paths > 0 && in->interim.asked)
        cli_note(c,
                 cli_usage(c, _("--interim is for stays of the ledger, %s is a path"), paths[0]));
    else if (n_paths > 0)
        each_of_source(c, in, paths, n_paths, each);
    for (int i = 0; i < c->argc; i++)
        if (!is_input(c->argv[i]))
            one_of_ledger(c, in, c->argv[i], each);
    free(paths);
}
