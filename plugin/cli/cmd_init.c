/* SPDX-License-Identifier: Apache-2.0 */
/* settle init */
#include "commands.h"

#include <stdio.h>

typedef struct init_options {
    const char *settings;
} init_options;

static const struct argp_option OPTIONS[] = {
    {"settings", 's', N_("NAME"), 0, N_("another settle.ini of the example: level2"), 10},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    init_options *o = state->input;
    if (key != 's')
        return ARGP_ERR_UNKNOWN;
    o->settings = arg;
    return 0;
}

static const struct argp OWN = {.options = OPTIONS, .parser = parse};

int cmd_init(cli *c, int argc, char **argv) {
    init_options o = {.settings = ""};
    c->own = &o;
    cli_parse(
        c, argc, argv, "DIR",
        N_("Makes DIR a working example hospital: configuration, region packs, item master, "
           "mapping, a demonstration key, eight discharges in DIR/stays, and an empty ledger."),
        &OWN);
    if (c->argc != 1)
        return cli_usage(c, _("name one directory"));
    if (!cli_open_bare(c))
        return 0;
    char example[4096];
    cli_data_path("settle/example", example, sizeof example);
    settle_status status = settle_home_init(c->context, example, c->argv[0], o.settings);
    if (status != SETTLE_OK)
        cli_fail(c, settle_context_error(c->context), status);
    else if (c->json)
        printf("{\"home\":true}\n");
    else
        printf(_("%s is ready. Next: settle preview -C %s %s/stays\n"), c->argv[0], c->argv[0],
               c->argv[0]);
    return 0;
}
