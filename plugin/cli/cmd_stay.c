/* SPDX-License-Identifier: Apache-2.0 */
/* settle import, explain, submit, status, document: what concerns stays of the ledger */
#include "commands.h"
#include "inputs.h"
#include "render.h"

#include <stdio.h>
#include <stdlib.h>

static int failed(cli *c, settle_status status) {
    cli_fail(c, settle_session_error(c->session), status);
    return 0;
}

static void render_import(char *json) {
    yajl_val r = tree_parse(json);
    const char *path[] = {"charges", NULL};
    yajl_val charges = yajl_tree_get(r, path, yajl_t_object);
    printf(_("%lld stays; charges: %lld read, %lld new, %lld known already\n"),
           tree_number(r, "stays"), tree_number(charges, "read"), tree_number(charges, "kept"),
           tree_number(charges, "repeated"));
    size_t n;
    yajl_val unknown = tree_array(r, "unknown_columns", &n);
    for (size_t i = 0; i < n; i++)
        printf(_("  unknown column, kept: %s\n"),
               YAJL_GET_STRING(YAJL_GET_ARRAY(unknown)->values[i]));
    yajl_val passed = tree_array(r, "files_passed_over", &n);
    for (size_t i = 0; i < n; i++)
        printf(_("  file of another kind, passed over: %s\n"),
               YAJL_GET_STRING(YAJL_GET_ARRAY(passed)->values[i]));
    yajl_tree_free(r);
}

int cmd_import(cli *c, int argc, char **argv) {
    inputs in = {0};
    c->own = &in;
    cli_parse(c, argc, argv, N_("PATH..."),
              N_("Reads files or directories into the ledger: all of them or none. Charges are "
                 "appended to stays known already; the same charge again is skipped and counted."),
              &INPUT_OPTIONS);
    if (c->argc == 0)
        return cli_usage(c, _("name a file or a directory"));
    if (!cli_open(c))
        return 0;
    settle_source *source = inputs_open(c, &in, c->argv, c->argc);
    if (source == NULL)
        return 0;
    char *json;
    settle_status status = settle_source_import(c->session, source, &json);
    settle_source_free(source);
    if (status != SETTLE_OK)
        return failed(c, status);
    if (c->json)
        cli_put_json(json);
    else
        render_import(json);
    return 0;
}

int cmd_explain(cli *c, int argc, char **argv) {
    interim how = {0};
    c->own = &how;
    cli_parse(c, argc, argv, N_("STAY [LINE]"),
              N_("Prints every amount step by step, with rule, pack version and basis; of one "
                 "charge (its feedetl_sn), or of the whole stay."),
              &INTERIM_OPTIONS);
    if (c->argc < 1 || c->argc > 2)
        return cli_usage(c, _("name one stay and at most one charge"));
    if (!cli_open(c))
        return 0;
    settle_stay *stay;
    settle_status status = inputs_load(c, &how, c->argv[0], &stay);
    if (status != SETTLE_OK)
        return failed(c, status);
    char *json;
    status = settle_stay_explain(c->session, stay, c->argc == 2 ? c->argv[1] : NULL, &json);
    settle_stay_free(stay);
    if (status != SETTLE_OK)
        return failed(c, status);
    if (c->json)
        cli_put_json(json);
    else
        render_explain(json);
    return 0;
}

int cmd_submit(cli *c, int argc, char **argv) {
    interim how = {0};
    c->own = &how;
    cli_parse(
        c, argc, argv, "STAY",
        N_("Settles a stay of the ledger for good: judges, writes, signs, verifies, stores in "
           "one transaction and queues it. With a finding that blocks or holds nothing is "
           "stored and the exit code is 1; stored and queued is 8."),
        &INTERIM_OPTIONS);
    if (c->argc != 1)
        return cli_usage(c, _("name one stay"));
    if (!cli_open_judging(c))
        return 0;
    int32_t verdict;
    char *json;
    settle_status status =
        how.asked ? settle_stay_submit_interim(c->session, c->argv[0], how.until, &verdict, &json)
                  : settle_stay_submit(c->session, c->argv[0], &verdict, &json);
    if (status != SETTLE_OK)
        return failed(c, status);
    if (c->json)
        cli_put_json(json);
    else
        render_stay(json, RENDER_FINDINGS | RENDER_AMOUNTS | RENDER_LAYERS);
    return verdict == SETTLE_VERDICT_STOPS ? EXIT_FINDINGS : EXIT_QUEUED;
}

int cmd_status(cli *c, int argc, char **argv) {
    cli_parse(c, argc, argv, "[STAY]",
              N_("Says what stands where: all stays of the ledger, or one."), NULL);
    if (c->argc > 1)
        return cli_usage(c, _("name at most one stay"));
    if (!cli_open(c))
        return 0;
    char *json;
    settle_status status = settle_stay_list(c->session, c->argc == 1 ? c->argv[0] : NULL, &json);
    if (status != SETTLE_OK)
        return failed(c, status);
    if (c->json)
        cli_put_json(json);
    else
        render_status(json);
    return 0;
}

static const struct argp_option DOCUMENT_OPTIONS[] = {
    {"part", 'n', N_("N"), 0, N_("the N-th settlement of the stay; without it: the last"), 10},
    {0},
};

static error_t parse_part(int key, char *arg, struct argp_state *state) {
    uint32_t *part = state->input;
    if (key != 'n')
        return ARGP_ERR_UNKNOWN;
    char *end;
    unsigned long n = strtoul(arg, &end, 10);
    if (arg[0] < '0' || arg[0] > '9' || *end != '\0' || n == 0 || n > UINT32_MAX)
        argp_error(state, "%s", _("--part is a number from 1"));
    *part = (uint32_t)n;
    return 0;
}
static const struct argp DOCUMENT_OWN = {.options = DOCUMENT_OPTIONS, .parser = parse_part};

int cmd_document(cli *c, int argc, char **argv) {
    uint32_t part = 0;
    c->own = &part;
    cli_parse(
        c, argc, argv, "STAY",
        N_("Writes the signed document of a settled stay to standard output, byte for byte as "
           "stored."),
        &DOCUMENT_OWN);
    if (c->argc != 1)
        return cli_usage(c, _("name one stay"));
    if (!cli_open(c))
        return 0;
    char *xml;
    uint64_t len;
    settle_status status = settle_stay_document_part(c->session, c->argv[0], part, &xml, &len);
    if (status != SETTLE_OK)
        return failed(c, status);
    fwrite(xml, 1, (size_t)len, stdout);
    settle_free(xml);
    return 0;
}
