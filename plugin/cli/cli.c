/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { OPT_JSON = 0x100, OPT_LANG, OPT_OPTER, OPT_OPTER_NAME, OPT_ROLE };

static const struct argp_option COMMON_OPTIONS[] = {
    {NULL, 'C', N_("DIR"), 0, N_("home directory (default $SETTLE_HOME, then .)"), 90},
    {"json", OPT_JSON, NULL, 0, N_("print JSON"), 90},
    {"lang", OPT_LANG, "zh|en", 0, N_("language of texts"), 90},
    {"opter", OPT_OPTER, N_("NO"), 0, N_("operator number (default: settle.ini)"), 90},
    {"opter-name", OPT_OPTER_NAME, N_("NAME"), 0, N_("operator name (default: settle.ini)"), 90},
    {"role", OPT_ROLE, N_("ROLE"), 0, N_("role of the operator (default: settle.ini)"), 90},
    {0},
};

static error_t parse_common(int key, char *arg, struct argp_state *state) {
    cli *c = state->input;
    switch (key) {
    case 'C':
        c->home = arg;
        return 0;
    case OPT_JSON:
        c->json = true;
        return 0;
    case OPT_LANG:
        if (strcmp(arg, "zh") != 0 && strcmp(arg, "en") != 0)
            argp_error(state, _("--lang takes zh or en, not \"%s\""), arg);
        c->lang = arg;
        return 0;
    case OPT_OPTER:
        c->opter = arg;
        return 0;
    case OPT_OPTER_NAME:
        c->opter_name = arg;
        return 0;
    case OPT_ROLE:
        c->role = arg;
        return 0;
    case ARGP_KEY_ARGS:
        c->argc = state->argc - state->next;
        c->argv = state->argv + state->next;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp COMMON = {.options = COMMON_OPTIONS, .parser = parse_common};

static error_t parse_root(int key, char *arg, struct argp_state *state) {
    (void)arg;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    cli *c = state->input;
    state->child_inputs[0] = c;
    if (c->own != NULL)
        state->child_inputs[1] = c->own;
    return 0;
}

void cli_parse(cli *c, int argc, char **argv, const char *args_doc, const char *doc,
               const struct argp *own) {
    struct argp_child children[] = {{&COMMON, 0, NULL, 0}, {own, 0, NULL, 0}, {0}};
    struct argp root = {.parser = parse_root,
                        .args_doc = args_doc,
                        .doc = doc,
                        .children = children,
                        .argp_domain = "settle"};
    argp_parse(&root, argc, argv, 0, NULL, c);
}

int cli_usage(const cli *c, const char *fmt, ...) {
    (void)c;
    va_list args;
    va_start(args, fmt);
    fputs("settle: ", stderr);
    vfprintf(stderr, fmt, args);
    fputs(_("; see --help\n"), stderr);
    va_end(args);
    return EXIT_USAGE;
}

int32_t cli_lang(const cli *c) {
    if (c->lang != NULL)
        return strcmp(c->lang, "en") == 0 ? SETTLE_LANG_EN : SETTLE_LANG_ZH;
    const char *locale = setlocale(LC_MESSAGES, NULL);
    return locale != NULL && strncmp(locale, "zh", 2) == 0 ? SETTLE_LANG_ZH : SETTLE_LANG_EN;
}

/* 6 > 5 > 4 > 3 > 7 > 8 > 1; a usage error is never joined by another. */
static int rank(int code) {
    static const int ORDER[] = {0, 1, 8, 7, 3, 4, 5, 6, 2};
    for (int i = 0; i < (int)(sizeof ORDER / sizeof ORDER[0]); i++)
        if (ORDER[i] == code)
            return i;
    return 0;
}

void cli_note(cli *c, int code) {
    if (rank(code) > rank(c->exit_code))
        c->exit_code = code;
}

void cli_fail(cli *c, const settle_error *error, settle_status status) {
    char text[1024];
    if (error == NULL)
        snprintf(text, sizeof text, "%s", settle_status_text(status, cli_lang(c)));
    else
        settle_error_text(error, cli_lang(c), text, sizeof text);
    fprintf(stderr, "settle: %s\n", text);
    cli_note(c, settle_status_exit_code(status));
}

void cli_fail_read(cli *c, const char *name) {
    const char *why = strerrordesc_np(errno);
    int32_t lang = cli_lang(c);
    fprintf(stderr, "settle: %s: %s (%s)%s%s\n", name,
            settle_status_text(SETTLE_E_INPUT_OPEN, lang), why,
            lang == SETTLE_LANG_EN ? "; " : "。", settle_status_remedy(SETTLE_E_INPUT_OPEN, lang));
    cli_note(c, settle_status_exit_code(SETTLE_E_INPUT_OPEN));
}

static bool open_session(cli *c, int32_t lang) {
    settle_session_options options = {
        .struct_size = sizeof options,
        .lang = lang,
        .opter = c->opter,
        .opter_name = c->opter_name,
        .role = c->role,
    };
    settle_status status = settle_session_open(c->context, &options, &c->session);
    if (status != SETTLE_OK)
        cli_fail(c, NULL, status);
    return status == SETTLE_OK;
}

/* JSON is Chinese unless --lang says otherwise, tables follow the locale. */
static int32_t session_lang(const cli *c) {
    return c->json && c->lang == NULL ? SETTLE_LANG_ZH : cli_lang(c);
}

bool cli_open_bare(cli *c) {
    settle_status status = settle_context_new(&c->context);
    if (status != SETTLE_OK) {
        cli_fail(c, NULL, status);
        return false;
    }
    return open_session(c, session_lang(c));
}

bool cli_open(cli *c) {
    settle_status status = settle_context_new(&c->context);
    if (status == SETTLE_OK)
        status = settle_context_load(c->context, c->home);
    if (status != SETTLE_OK) {
        cli_fail(c, settle_context_error(c->context), status);
        return false;
    }
    return open_session(c, session_lang(c));
}

void cli_close(cli *c) {
    if (c->shown_s > c->started_s)
        fputc('\n', stderr);
    settle_session_free(c->session);
    settle_context_free(c->context);
}

void cli_put_json(char *json) {
    puts(json);
    settle_free(json);
}

int cli_answer(cli *c, settle_status status, char *json, void (*render)(char *)) {
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    else if (c->json)
        cli_put_json(json);
    else
        render(json);
    return 0;
}

/* A member of a JSON object; no message has control characters. */
static void put_member(const char *key, const char *text) {
    printf(",\"%s\":\"", key);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            putchar('\\');
        putchar(*at);
    }
    putchar('"');
}

/* The library calls the object that it read "json" and its line 1. */
static const char *without_place(const char *text) {
    static const char PLACE[] = "json:1: ";
    return strncmp(text, PLACE, sizeof PLACE - 1) == 0 ? text + sizeof PLACE - 1 : text;
}

void cli_put_failure(cli *c, long long number, settle_status status) {
    char text[1024];
    const settle_error *error = settle_session_error(c->session);
    settle_error_text(error, cli_lang(c), text, sizeof text);
    const char *rest = without_place(text);
    bool here = rest != text || settle_error_file(error)[0] == '\0';
    printf("{\"error\":{\"status\":%d", (int)status);
    put_member("name", settle_status_name(status));
    printf(",\"exit_code\":%d", (int)settle_status_exit_code(status));
    put_member("file", here ? "stdin" : settle_error_file(error));
    printf(",\"line\":%lld", here ? number : (long long)settle_error_line(error));
    put_member("field", settle_error_field(error));
    put_member("text", rest);
    puts("}}");
    fprintf(stderr, _("settle: standard input, line %lld: %s\n"), number, rest);
    cli_note(c, settle_status_exit_code(status));
}

bool cli_flush(cli *c) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    fprintf(stderr, _("settle: cannot write to standard output: %s\n"), strerrordesc_np(errno));
    cli_note(c, 6);
    return false;
}

void cli_progress(cli *c, long long done) {
    struct timespec now;
    if (!isatty(STDERR_FILENO) || clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return;
    if (c->started_s == 0)
        c->started_s = c->shown_s = now.tv_sec;
    if (now.tv_sec <= c->shown_s)
        return;
    c->shown_s = now.tv_sec;
    fputc('\r', stderr);
    fprintf(stderr, _("%lld stays, %lld s"), done, (long long)now.tv_sec - c->started_s);
}

/* The program lies in PREFIX/bin (or build/bin), its data in PREFIX/share. */
void cli_data_path(const char *name, char *out, size_t cap) {
    char self[3072];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len > 0) {
        self[len] = '\0';
        for (int up = 0; up < 2; up++) {
            char *slash = strrchr(self, '/');
            if (slash != NULL)
                *slash = '\0';
        }
        snprintf(out, cap, "%s/share/%s", self, name);
        if (access(out, R_OK) == 0)
            return;
    }
    snprintf(out, cap, "%s/%s", SETTLE_DATADIR, name);
}
