/* SPDX-License-Identifier: Apache-2.0 */
/* settle pack, settle audit: commands of one more word */
#include "commands.h"
#include "render.h"

#include <stdio.h>
#include <string.h>

enum { OUTPUT = 'o', STAYS = 's', AT = 256 };

typedef struct own_option {
    const char *value;
    const char *at;
    bool stays; /* of pack diff */
} own_option;

static error_t parse_value(int key, char *arg, struct argp_state *state) {
    own_option *o = state->input;
    if (key == STAYS)
        o->stays = true;
    else if (key == OUTPUT)
        o->value = arg;
    else if (key == AT)
        o->at = arg;
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp_option PACK_OPTIONS[] = {
    {"output", OUTPUT, N_("FILE"), 0, N_("where build writes (default: beside the source tree)"),
     10},
    {"stays", STAYS, NULL, 0, N_("diff: judge the open stays of the ledger by both packs too"), 10},
    {"at", AT, N_("DAY"), 0, N_("list, rules: as they stand on that day (default: today)"), 10},
    {0},
};
static const struct argp PACK_OWN = {.options = PACK_OPTIONS, .parser = parse_value};

static int pack_diff(cli *c, const own_option *o) {
    char *json = NULL;
    int32_t differs = 0;
    if (!(o->stays ? cli_open(c) : cli_open_bare(c)))
        return 0;
    settle_status status =
        settle_pack_diff(c->session, c->argv[1], c->argv[2], o->stays, &differs, &json);
    if (differs)
        cli_note(c, EXIT_FINDINGS);
    return cli_answer(c, status, json, render_pack_diff);
}

static int pack_list(cli *c, const own_option *o) {
    char *json = NULL;
    if (!cli_open(c))
        return 0;
    settle_status status = settle_pack_list(c->session, o->at, &json);
    return cli_answer(c, status, json, render_pack_list);
}

int cmd_pack(cli *c, int argc, char **argv) {
    own_option o = {0};
    c->own = &o;
    cli_parse(
        c, argc, argv,
        N_("list | build DIR | check FILE | show FILE | rules FILE | diff FILE FILE"),
        N_("Lists the packs of the home, builds one from its source tree, checks one completely "
           "(and "
           "records it as installed), shows what it holds, prints its whole rule set, or says what "
           "one changes against another."),
        &PACK_OWN);
    if (c->argc == 3 && strcmp(c->argv[0], "diff") == 0)
        return pack_diff(c, &o);
    if (c->argc == 1 && strcmp(c->argv[0], "list") == 0)
        return pack_list(c, &o);
    if (c->argc != 2)
        return cli_usage(
            c, _("say list, or build, check, show or rules and one path, or diff and two"));
    const char *what = c->argv[0], *path = c->argv[1];
    if (!cli_open_bare(c))
        return 0;
    char *json = NULL;
    settle_status status;
    if (strcmp(what, "build") == 0)
        status = settle_pack_build(c->session, path, o.value, &json);
    else if (strcmp(what, "check") == 0)
        status = settle_pack_check(c->session, path, &json);
    else if (strcmp(what, "show") == 0)
        status = settle_pack_show(c->session, path, &json);
    else if (strcmp(what, "rules") == 0)
        status = settle_pack_rules(c->session, path, o.at, &json);
    else
        return cli_usage(c, _("unknown word \"%s\""), what);
    return cli_answer(c, status, json, strcmp(what, "rules") == 0 ? render_rules : render_pack);
}

static void render_audit(char *json) {
    yajl_val result = tree_parse(json);
    printf(_("The audit chain is whole: %lld records, head %s\n"), tree_number(result, "records"),
           tree_text(result, "head"));
    yajl_tree_free(result);
}

int cmd_audit(cli *c, int argc, char **argv) {
    cli_parse(c, argc, argv, "verify",
              N_("Walks the audit chain of the ledger and compares every stored document with it."),
              NULL);
    if (c->argc != 1 || strcmp(c->argv[0], "verify") != 0)
        return cli_usage(c, _("say verify"));
    if (!cli_open(c))
        return 0;
    char *json = NULL;
    settle_status status = settle_audit_verify(c->session, &json);
    return cli_answer(c, status, json, render_audit);
}
