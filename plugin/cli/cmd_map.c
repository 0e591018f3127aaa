/* SPDX-License-Identifier: Apache-2.0 */
/* settle map: the hospital's mapping judged, proposed and decided on */
#include "commands.h"
#include "render.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AT = 256, COLUMNS, REASON, STATE, BATCH, PROPOSAL, ADAPTER };

typedef struct own_option {
    const char *at, *columns, *reason, *state, *batch, *proposal, *adapter;
} own_option;

static error_t parse_value(int key, char *arg, struct argp_state *state) {
    own_option *o = state->input;
    const char **const places[] = {&o->at,    &o->columns,  &o->reason, &o->state,
                                   &o->batch, &o->proposal, &o->adapter};
    if (key == 'a')
        key = ADAPTER;
    if (key < AT || key > ADAPTER)
        return ARGP_ERR_UNKNOWN;
    *places[key - AT] = arg;
    return 0;
}

static const struct argp_option OPTIONS[] = {
    {"at", AT, N_("DAY"), 0, N_("check, list, suggest, propose: on that day (default: today)"), 10},
    {"columns", COLUMNS, N_("NAME=COLUMN,..."), 0,
     N_("import: what columns of the file are called that are not called as in mapping.csv"), 10},
    {"adapter", 'a', N_("ADAPTER"), 0,
     N_("import: the layout of the hospital system whose own tables are read"), 10},
    {"reason", REASON, N_("TEXT"), 0, N_("why it is proposed or decided"), 10},
    {"state", STATE, N_("STATE"), 0,
     N_("review: suggested, approved, refused, expired or withdrawn (default: all)"), 10},
    {"batch", BATCH, N_("NO"), 0, N_("decide on all of a batch"), 10},
    {"proposal", PROPOSAL, N_("R<NO>"), 0, N_("decide on one proposal"), 10},
    {0},
};
static const struct argp OWN = {.options = OPTIONS, .parser = parse_value};

static int check(cli *c, const own_option *o) {
    char *json = NULL;
    uint32_t problems = 0;
    settle_status status = settle_mapping_check(c->session, o->at, &problems, &json);
    if (problems > 0)
        cli_note(c, EXIT_FINDINGS);
    return cli_answer(c, status, json, render_map_problems);
}

static int list(cli *c, const own_option *o) {
    char *json = NULL;
    settle_status status = settle_mapping_list(c->session, o->at, &json);
    return cli_answer(c, status, json, render_map_rows);
}

static int suggest(cli *c, const own_option *o) {
    char *json = NULL;
    settle_status status = settle_mapping_suggest(c->session, (const char *const *)(c->argv + 1),
                                                  (size_t)c->argc - 1, o->at, &json);
    return cli_answer(c, status, json, render_map_suggestions);
}

static int propose(cli *c, const own_option *o) {
    char *json = NULL;
    settle_status status = settle_mapping_propose(c->session, (const char *const *)(c->argv + 1),
                                                  (size_t)c->argc - 1, o->at, o->reason, &json);
    return cli_answer(c, status, json, render_map_proposed);
}

static settle_status import_tables(cli *c, const own_option *o, char **json) {
    const char *path = c->argv[1];
    const settle_source_options options = {
        .struct_size = sizeof options, .n_paths = 1, .adapter = o->adapter, .paths = &path};
    return settle_source_mapping(c->session, &options, o->reason, json);
}

static int import(cli *c, const own_option *o) {
    char *json = NULL;
    if (o->adapter != NULL && o->columns != NULL)
        return cli_usage(c, _("--columns is for a file, -a for the tables of a system"));
    settle_status status = o->adapter != NULL ? import_tables(c, o, &json)
                                              : settle_mapping_import(c->session, c->argv[1],
                                                                      o->columns, o->reason, &json);
    return cli_answer(c, status, json, render_map_proposed);
}

static int review(cli *c, const own_option *o) {
    char *json = NULL;
    settle_status status =
        settle_mapping_review(c->session, o->state, c->argc > 1 ? c->argv[1] : NULL, &json);
    return cli_answer(c, status, json, render_map_review);
}

/* 0: not given; -1: no number. */
static int64_t number(const char *text, const char *prefix) {
    if (text == NULL)
        return 0;
    if (strncmp(text, prefix, strlen(prefix)) != 0)
        return -1;
    text += strlen(prefix);
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    return *text < '1' || *text > '9' || *end != '\0' || errno != 0 ? -1 : value;
}

static int decide(cli *c, const own_option *o) {
    char *json = NULL;
    int64_t batch = number(o->batch, ""), proposal = number(o->proposal, "R");
    if (batch < 0 || proposal < 0 || (batch == 0) == (proposal == 0))
        return cli_usage(c, _("say --batch NO or --proposal R<NO>"));
    settle_status status =
        settle_mapping_decide(c->session, c->argv[0], batch, proposal, o->reason, &json);
    return cli_answer(c, status, json, render_map_decided);
}

static int publish(cli *c, const own_option *o) {
    int64_t in_force = 0;
    (void)o;
    settle_status status = settle_mapping_publish(c->session, &in_force);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    else if (c->json)
        printf("{\"in_force\":%lld}\n", (long long)in_force);
    else
        render_map_published(in_force);
    return 0;
}

#define NO_MORE N_("\"%s\" takes no further word")
#define NUMBERED N_("\"%s\" takes no further word: say --proposal=R<NO> or --batch=NO")

static const struct {
    const char *name;
    int least, most; /* arguments, with the word itself; most 0: any number */
    int (*run)(cli *c, const own_option *o);
    const char *usage;
} WORDS[] = {
    {"check", 1, 1, check, NO_MORE},
    {"list", 1, 1, list, NO_MORE},
    {"suggest", 1, 0, suggest, NO_MORE},
    {"propose", 1, 0, propose, NO_MORE},
    {"import", 2, 2, import, N_("%s takes one file, directory or odbc:NAME")},
    {"review", 1, 2, review, N_("\"%s\" takes one item")},
    {"approve", 1, 1, decide, NUMBERED},
    {"refuse", 1, 1, decide, NUMBERED},
    {"expire", 1, 1, decide, NUMBERED},
    {"undo", 1, 1, decide, N_("\"%s\" takes no further word: say --batch=NO")},
    {"publish", 1, 1, publish, NO_MORE},
};

int cmd_map(cli *c, int argc, char **argv) {
    own_option o = {0};
    c->own = &o;
    cli_parse(c, argc, argv,
              N_("check | list | suggest [ITEM...] | propose [ITEM...] | import SOURCE | review "
                 "[ITEM] | "
                 "approve | refuse | expire | undo | publish"),
              N_("Judges the hospital's mapping as a whole, lists the rows in force, suggests "
                 "catalogue items for the items named (default: all that are not mapped), proposes "
                 "what is sure of that or a vendor's table, shows the proposals, decides on them, "
                 "and writes those approved into mapping.csv."),
              &OWN);
    for (size_t i = 0; c->argc > 0 && i < sizeof WORDS / sizeof *WORDS; i++) {
        if (strcmp(c->argv[0], WORDS[i].name) != 0)
            continue;
        if (c->argc < WORDS[i].least || (WORDS[i].most > 0 && c->argc > WORDS[i].most))
            return cli_usage(c, _(WORDS[i].usage), c->argv[0]);
        return cli_open(c) ? WORDS[i].run(c, &o) : 0;
    }
    return c->argc > 0 ? cli_usage(c, _("unknown word \"%s\""), c->argv[0])
                       : cli_usage(c, _("say what to do with the mapping"));
}
