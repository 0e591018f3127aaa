/* SPDX-License-Identifier: Apache-2.0 */
/* The command `settle`: a customer of the public API. */
#ifndef SETTLE_CLI_H
#define SETTLE_CLI_H

#include <argp.h>
#include <libintl.h>
#include <settle/settle.h>
#include <stdbool.h>

#define _(text) gettext(text)
#define N_(text) text

enum { EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_QUEUED = 8 };

/* What every command knows: common options, then what they opened. */
typedef struct cli {
    const char *home;
    bool json;
    const char *lang; /* --lang: "zh", "en" or NULL */
    const char *opter, *opter_name, *role;
    void *own; /* what the command's own option parser fills */
    int argc;  /* arguments left by the options of the command */
    char **argv;
    settle_context *context;
    settle_session *session;
    int exit_code;                /* the worst so far */
    long long started_s, shown_s; /* of the progress */
} cli;

typedef struct command {
    const char *name;
    const char *summary;
    int (*run)(cli *c, int argc, char **argv);
} command;

extern const command COMMANDS[]; /* ends with a NULL name */

/* Parses options of one command together with the common ones; what is not an option is left in
 * c->argv. `own` NULL: none of its own. Exits with 2 on a usage error. */
void cli_parse(cli *c, int argc, char **argv, const char *args_doc, const char *doc,
               const struct argp *own);
/* Prints what is wrong and how to get help; returns EXIT_USAGE. */
int cli_usage(const cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Loads the home and opens a session. False: reported, c->exit_code set. */
bool cli_open(cli *c);
/* The same for what judges stays: tells on standard error, once, which rules of its packs lack
 * data. */
bool cli_open_judging(cli *c);
/* Opens a session without a home. */
bool cli_open_bare(cli *c);
void cli_close(cli *c);

/* Reports the failure of a call on the session (or context) and notes its exit code. */
void cli_fail(cli *c, const settle_error *error, settle_status status);
/* Reports that `name` could not be read, for the reason in errno. */
void cli_fail_read(cli *c, const char *name);
/* Notes an exit code; the worst stays. */
void cli_note(cli *c, int code);

/* Prints a JSON text and a line feed, and frees it. */
void cli_put_json(char *json);
/* What a call came to: its failure, its JSON, or that as text (`render` frees it). Returns 0. */
int cli_answer(cli *c, settle_status status, char *json, void (*render)(char *));
/* Of a line of standard input that failed: an object with "error" in its place, since the reader
 * counts lines, and a report of that line. */
void cli_put_failure(cli *c, long long number, settle_status status);
/* False when standard output failed: reported, exit code 6. */
bool cli_flush(cli *c);

/* Shows on a terminal how many stays are done, once the work takes longer than a second. */
void cli_progress(cli *c, long long done);

/* Where the example hospital lies, seen from the running program; in `out`, `cap` bytes. */
void cli_data_path(const char *name, char *out, size_t cap);

/* SETTLE_LANG_* of tables and messages, by --lang, else by the locale. */
int32_t cli_lang(const cli *c);

#endif
