/* SPDX-License-Identifier: Apache-2.0 */
/* settle adapter: which adapters there are, and what one finds at a site */
#include "commands.h"
#include "inputs.h"
#include "render.h"

#include <stdio.h>
#include <string.h>

static yajl_val at(yajl_val list, size_t i) {
    return YAJL_GET_ARRAY(list)->values[i];
}

static bool is_true(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    yajl_val value = yajl_tree_get(object, path, yajl_t_any);
    return value != NULL && YAJL_IS_TRUE(value);
}

static bool is_false(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    yajl_val value = yajl_tree_get(object, path, yajl_t_any);
    return value != NULL && YAJL_IS_FALSE(value);
}

static void render_list(char *json) {
    yajl_val r = tree_parse(json);
    size_t n;
    yajl_val list = tree_array(r, "adapters", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val a = at(list, i);
        printf("%-12s %-8s %s %s\n", tree_text(a, "name"), tree_text(a, "kind"),
               tree_text(a, "title"), tree_text(a, "version"));
        if (tree_text(a, "error")[0] != '\0')
            printf("             %s\n", tree_text(a, "error"));
    }
    yajl_tree_free(r);
}

/* Number of things that a person must see to. */
static int render_column(yajl_val table, yajl_val column) {
    size_t n;
    int wrong = 0;
    const char *of = tree_text(table, "name"), *name = tree_text(column, "name");
    if (is_false(column, "there")) {
        wrong = is_false(column, "may_lack");
        printf(wrong ? _("  %s: column %s is missing\n")
                     : _("  %s: column %s is missing, which may be\n"),
               of, name);
    }
    if (tree_number(column, "no_dates") > 0)
        printf(_("  %s: %s holds no date in %lld rows\n"), of, name,
               tree_number(column, "no_dates"));
    wrong += tree_number(column, "no_dates") > 0;
    yajl_val words = tree_array(column, "words", &n);
    for (size_t i = 0; i < n; i++) {
        if (!is_false(at(words, i), "known"))
            continue;
        printf(_("  %s: %s has \"%s\" in %lld rows, which the layout does not know\n"), of, name,
               tree_text(at(words, i), "word"), tree_number(at(words, i), "rows"));
        wrong++;
    }
    return wrong;
}

static int render_table(yajl_val table) {
    size_t n;
    int wrong = 0;
    bool missing = is_false(table, "there");
    if (missing && is_true(table, "needed")) {
        printf(_("%s: the table is missing\n"), tree_text(table, "name"));
        return 1;
    }
    if (missing) {
        printf(_("%s: not there, which may be\n"), tree_text(table, "name"));
        return 0;
    }
    if (is_true(table, "there"))
        printf(_("%s: %lld rows %s %s\n"), tree_text(table, "name"), tree_number(table, "rows"),
               tree_text(table, "file"), tree_text(table, "encoding"));
    if (tree_text(table, "error")[0] != '\0') {
        printf(_("  cannot be asked: %s\n"), tree_text(table, "error"));
        wrong++;
    }
    yajl_val columns = tree_array(table, "columns", &n);
    for (size_t i = 0; i < n; i++)
        wrong += render_column(table, at(columns, i));
    if (tree_text(table, "statement")[0] != '\0')
        printf("  %s\n", tree_text(table, "statement"));
    return wrong;
}

static int render_probe(char *json) {
    yajl_val r = tree_parse(json);
    size_t n;
    int wrong = 0;
    printf("%s %s %s\n", tree_text(r, "adapter"), tree_text(r, "title"), tree_text(r, "product"));
    yajl_val list = tree_array(r, "tables", &n);
    for (size_t i = 0; i < n; i++)
        wrong += render_table(at(list, i));
    const char *path[] = {"read", NULL};
    yajl_val read = yajl_tree_get(r, path, yajl_t_object);
    if (read != NULL && is_true(read, "sound"))
        printf(_("Read: %lld stays, %lld charges\n"), tree_number(read, "stays"),
               tree_number(read, "charges"));
    else if (read != NULL)
        printf(_("Reading fails: %s\n"), tree_text(read, "error"));
    wrong += read != NULL && !is_true(read, "sound");
    yajl_tree_free(r);
    return wrong;
}

/* In JSON too what is found decides how the command ends. */
static bool is_sound(const char *json) {
    yajl_val r = tree_parse(strdup(json));
    const char *path[] = {"read", "sound", NULL};
    yajl_val sound = yajl_tree_get(r, path, yajl_t_any);
    bool good = sound == NULL || YAJL_IS_TRUE(sound);
    yajl_tree_free(r);
    return good;
}

static int probe(cli *c, const inputs *in) {
    char *json;
    const settle_source_options options = {.struct_size = sizeof options,
                                           .adapter = in->adapter,
                                           .paths = (const char *const *)(c->argv + 1),
                                           .n_paths = (uint32_t)(c->argc - 1),
                                           .stays = in->stays,
                                           .n_stays = in->n_stays};
    settle_status status = settle_adapter_probe(c->session, &options, &json);
    if (status != SETTLE_OK) {
        cli_fail(c, settle_session_error(c->session), status);
        return 0;
    }
    if (!c->json)
        return render_probe(json) > 0 ? EXIT_FINDINGS : 0;
    int code = is_sound(json) ? 0 : EXIT_FINDINGS;
    cli_put_json(json);
    return code;
}

static int list(cli *c) {
    char *json;
    settle_status status = settle_adapter_list(c->session, &json);
    if (status != SETTLE_OK)
        cli_fail(c, settle_session_error(c->session), status);
    else if (c->json)
        cli_put_json(json);
    else
        render_list(json);
    return 0;
}

int cmd_adapter(cli *c, int argc, char **argv) {
    inputs in = {0};
    c->own = &in;
    cli_parse(c, argc, argv, N_("list | probe -a ADAPTER [PATH...]"),
              N_("Lists the adapters at hand; or looks at the tables of a hospital system, before "
                 "anything is imported, and says what a layout finds there. Without PATH it says "
                 "what the layout would ask a database."),
              &INPUT_OPTIONS);
    bool probing = c->argc > 0 && strcmp(c->argv[0], "probe") == 0;
    if (!probing && (c->argc != 1 || strcmp(c->argv[0], "list") != 0))
        return cli_usage(c, _("say list, or probe and where the tables are"));
    if (probing && in.adapter == NULL)
        return cli_usage(c, _("say with -a which layout"));
    if (!cli_open(c))
        return 0;
    return probing ? probe(c, &in) : list(c);
}
