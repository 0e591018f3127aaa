/* SPDX-License-Identifier: Apache-2.0 */
/* settle verify */
#include "commands.h"
#include "render.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { OPT_AT = 0x200 };

static const struct argp_option OPTIONS[] = {
    {"trust", 'k', N_("FILE"), 0, N_("trust anchors, PEM (default: those of the home)"), 10},
    {"at", OPT_AT, N_("TIME"), 0, N_("verification time YYYY-MM-DD HH:MM:SS (default: now)"), 10},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    settle_verify_options *o = state->input;
    switch (key) {
    case 'k':
        o->trust_path = arg;
        return 0;
    case OPT_AT:
        o->at = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp OWN = {.options = OPTIONS, .parser = parse};

/* What the library reads at most; of a longer file it is enough to see that it is longer. */
enum { DOCUMENT_MAX = 256 * 1024 * 1024 };

/* A whole file, one byte longer than its text; NULL: errno says why. */
static char *read_file(const char *path, size_t *out_len) {
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return NULL;
    size_t cap = 1 << 16, len = 0;
    char *bytes = malloc(cap);
    while (bytes != NULL) {
        len += fread(bytes + len, 1, cap - len, file);
        if (len < cap || len > DOCUMENT_MAX)
            break;
        char *grown = realloc(bytes, cap * 2);
        if (grown == NULL)
            free(bytes);
        bytes = grown;
        cap *= 2;
    }
    if (ferror(file)) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    *out_len = len;
    return bytes;
}

static void verify_one(cli *c, const char *path, const settle_verify_options *o) {
    size_t len;
    char *bytes = read_file(path, &len);
    if (bytes == NULL) {
        cli_fail_read(c, path);
        return;
    }
    char *json;
    settle_status status = settle_document_verify(c->session, bytes, len, path, o, &json);
    free(bytes);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    else if (c->json)
        cli_put_json(json);
    else
        render_document(json);
}

int cmd_verify(cli *c, int argc, char **argv) {
    settle_verify_options o = {.struct_size = sizeof o};
    c->own = &o;
    cli_parse(c, argc, argv, N_("FILE.xml..."),
              N_("Verifies schema, signature, certificate chain and sums of settlement documents "
                 "and says what was signed. With -k it works without a home."),
              &OWN);
    if (c->argc == 0)
        return cli_usage(c, _("name a document"));
    char ini[4096];
    snprintf(ini, sizeof ini, "%s/settle.ini", c->home);
    bool homeless = access(ini, F_OK) != 0;
    if (homeless ? cli_open_bare(c) : cli_open(c))
        for (int i = 0; i < c->argc; i++)
            verify_one(c, c->argv[i], &o);
    return 0;
}
