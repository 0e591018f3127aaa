/* SPDX-License-Identifier: Apache-2.0 */
/* settle override, settle reverse: acts that persons answer for */
#include "commands.h"
#include "render.h"

#include <stdio.h>

/* Long options without a letter; the common ones use such numbers too. */
enum { APPROVAL = 0x200, BY, REASON, SECOND };

static const struct argp_option OPTIONS[] = {
    {"approval", APPROVAL, N_("NO"), 0, N_("number of the approval"), 10},
    {"by", BY, N_("WHO"), 0, N_("who approves, in the role that --role says"), 10},
    {"reason", REASON, N_("TEXT"), 0, N_("why"), 10},
    {"second", SECOND, N_("WHO"), 0, N_("the second person, where the pack demands one"), 10},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    settle_override_options *o = state->input;
    switch (key) {
    case APPROVAL:
        o->approval = arg;
        return 0;
    case BY:
        o->by = arg;
        return 0;
    case REASON:
        o->reason = arg;
        return 0;
    case SECOND:
        o->second = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}
static const struct argp OWN = {.options = OPTIONS, .parser = parse};

int cmd_override(cli *c, int argc, char **argv) {
    settle_override_options o = {.struct_size = sizeof o};
    c->own = &o;
    cli_parse(c, argc, argv, "STAY FINDING_ID",
              N_("Lets one finding of an open stay pass: it stops the settlement no more, and is "
                 "carried in the submission. Who may, the pack says; the audit chain records it."),
              &OWN);
    if (c->argc != 2)
        return cli_usage(c, _("name one stay and one finding"));
    o.role = c->role; /* of the one who approves, not of the operator */
    c->role = NULL;
    if (o.approval == NULL || o.by == NULL || o.role == NULL || o.reason == NULL)
        return cli_usage(c, _("say --approval, --by, --role and --reason"));
    if (!cli_open(c))
        return 0;
    char *json;
    settle_status status = settle_stay_override(c->session, c->argv[0], c->argv[1], &o, &json);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    else if (c->json)
        cli_put_json(json);
    else
        render_override(json);
    return 0;
}

int cmd_reverse(cli *c, int argc, char **argv) {
    settle_override_options o = {.struct_size = sizeof o};
    c->own = &o;
    cli_parse(c, argc, argv, "STAY",
              N_("Takes back the last settlement of a stay: two persons answer for it. The stay is "
                 "open again, takes further charges and refunds, and is settled anew; settlement "
                 "and reversal stay in the ledger."),
              &OWN);
    if (c->argc != 1)
        return cli_usage(c, _("name one stay"));
    o.role = c->role;
    c->role = NULL;
    if (o.by == NULL || o.role == NULL || o.reason == NULL || o.second == NULL)
        return cli_usage(c, _("say --by, --role, --reason and --second"));
    if (!cli_open(c))
        return 0;
    char *json;
    settle_status status = settle_stay_reverse(c->session, c->argv[0], &o, &json);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    else if (c->json)
        cli_put_json(json);
    else
        render_reversal(json);
    return 0;
}
