/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const command COMMANDS[] = {
    {"init", N_("make a working example hospital"), cmd_init},
    {"import", N_("read HIS data into the ledger"), cmd_import},
    {"check", N_("findings only"), cmd_check},
    {"preview", N_("findings and amounts; leaves no trace"), cmd_preview},
    {"explain", N_("every amount step by step"), cmd_explain},
    {"override", N_("let a finding pass, by someone with the right"), cmd_override},
    {"submit", N_("settle for good: sign, store, queue"), cmd_submit},
    {"reverse", N_("take back a settlement: two persons, with a reason"), cmd_reverse},
    {"status", N_("what stands where"), cmd_status},
    {"document", N_("the signed document of a settled stay"), cmd_document},
    {"verify", N_("schema, signature and sums of documents"), cmd_verify},
    {"pack", N_("region packs: list, build, check, show, rules, diff"), cmd_pack},
    {"policy", N_("what another policy would pay: whatif; totals by scheme"), cmd_policy},
    {"map", N_("the hospital's mapping: check, propose, decide"), cmd_map},
    {"adapter", N_("hospital systems: adapters at hand, what one finds at a site"), cmd_adapter},
    {"audit", N_("the audit chain: verify"), cmd_audit},
    {"batch", N_("stays as NDJSON on standard input, results on standard output"), cmd_batch},
    {"follow", N_("a stay that goes on: charges tried and added as they happen"), cmd_follow},
    {NULL, NULL, NULL},
};

static const command *find(const char *name) {
    for (const command *c = COMMANDS; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static void print_help(FILE *out) {
    fprintf(out, _("Usage: settle COMMAND [OPTION...] [ARGUMENT...]\n"
                   "Settles hospital discharges with the medical-insurance fund.\n\n"));
    for (const command *c = COMMANDS; c->name != NULL; c++)
        fprintf(out, "  %-10s %s\n", c->name, _(c->summary));
    fprintf(out,
            _("\nEvery command takes -C DIR (the home directory), --json, --lang zh|en and "
              "--help.\nExit codes: 0 done; 1 findings stop it; 2 usage; 3 bad input; 4 pack, "
              "mapping or\nconfiguration; 5 key or signature; 6 store; 8 stored and queued.\n"));
}

/* A desk may ask for Chinese where the system has no Chinese locale installed. */
static bool environment_is_chinese(void) {
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        const char *value = getenv(NAMES[i]);
        if (value != NULL && value[0] != '\0')
            return strncmp(value, "zh", 2) == 0;
    }
    return false;
}

/* --lang must be known before any text is printed, --help included. Answers the language that
 * stands for a locale that is not installed, else NULL. */
static const char *choose_language(int argc, char **argv) {
    const char *lang = NULL;
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            lang = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            lang = argv[i + 1];
    }
    const char *instead = NULL;
    if (setlocale(LC_MESSAGES, "") == NULL && lang == NULL && environment_is_chinese())
        lang = instead = "zh";
    if (lang != NULL && (strcmp(lang, "zh") == 0 || strcmp(lang, "en") == 0)) {
        setlocale(LC_MESSAGES, "C.UTF-8");
        setenv("LANGUAGE", strcmp(lang, "zh") == 0 ? "zh_CN" : "en", 1);
    }
    char dir[4096];
    cli_data_path("locale", dir, sizeof dir);
    bindtextdomain("settle", dir);
    bind_textdomain_codeset("settle", "UTF-8");
    bind_textdomain_codeset("libc", "UTF-8"); /* what argp and strerror() say */
    textdomain("settle");
    return instead;
}

/* Of what needs no home: 0 once it stands on standard output. */
static int written(void) {
    cli c = {0};
    cli_flush(&c);
    return c.exit_code;
}

/* A standard stream that came closed must not become a file that is opened later: what is printed
 * would be written into it. */
static void hold_streams(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
    hold_streams();
    const char *instead = choose_language(argc, argv);
    argp_err_exit_status = EXIT_USAGE;
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "--version") == 0) {
        printf("settle %s\n", settle_version());
        return written();
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
        print_help(stdout);
        return written();
    }
    const command *command = find(name);
    if (command == NULL) {
        if (name[0] != '\0')
            fprintf(stderr, _("settle: unknown command \"%s\"\n"), name);
        print_help(stderr);
        return EXIT_USAGE;
    }
    char full_name[32];
    snprintf(full_name, sizeof full_name, "settle %s", name);
    argv[1] = full_name;
    cli c = {.home = getenv("SETTLE_HOME"), .lang = instead};
    if (c.home == NULL || c.home[0] == '\0')
        c.home = ".";
    int code = command->run(&c, argc - 1, argv + 1);
    cli_note(&c, code);
    cli_flush(&c);
    cli_close(&c);
    return c.exit_code;
}
