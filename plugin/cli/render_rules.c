/* SPDX-License-Identifier: Apache-2.0 */
/* The rule set of a pack, for people. */
#include "render.h"

#include <stdio.h>
#include <string.h>

const char *word_text(const char *word) {
    static const char *const WORDS[] = {N_("block"),  N_("hold"), N_("warn"), N_("hint"),
                                        N_("shadow"), N_("one"),  N_("two"),  N_("never")};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(WORDS[i], word) == 0)
            return _(WORDS[i]);
    return word;
}

static void put_read(yajl_val read, const char *before) {
    const char *item = tree_text(read, "item");
    const char *path[] = {"rows", NULL};
    printf("%s%s%s%s", before, tree_text(read, "file"), item[0] == '\0' ? "" : " ", item);
    if (yajl_tree_get(read, path, yajl_t_number) != NULL)
        printf(_(" (rows: %lld)"), tree_number(read, "rows"));
}

static void put_rule(yajl_val rule) {
    size_t n;
    yajl_val reads = tree_array(rule, "reads", &n);
    printf("%s  %s\n", tree_text(rule, "rule_id"), tree_text(rule, "rule_name"));
    printf(_("    action   %s (default %s), override: %s, a site may lower it to: %s\n"),
           word_text(tree_text(rule, "action")), word_text(tree_text(rule, "default")),
           word_text(tree_text(rule, "override")), word_text(tree_text(rule, "site_lowest")));
    for (size_t i = 0; i < n; i++)
        put_read(YAJL_GET_ARRAY(reads)->values[i], i == 0 ? _("    reads    ") : ", ");
    if (n > 0)
        putchar('\n');
    printf(_("    basis    %s\n    to do    %s\n"), tree_text(rule, "basis"),
           tree_text(rule, "fix"));
}

/* The cells of a row that are not empty, in one line. */
static void put_cells(yajl_val row) {
    fputs("   ", stdout);
    for (size_t i = 0; i < YAJL_GET_OBJECT(row)->len; i++) {
        const char *text = YAJL_GET_STRING(YAJL_GET_OBJECT(row)->values[i]);
        if (text != NULL && text[0] != '\0')
            printf(" %s=%s", YAJL_GET_OBJECT(row)->keys[i], text);
    }
    putchar('\n');
}

static void put_rows(const char *title, yajl_val object, const char *key) {
    size_t n;
    yajl_val rows = tree_array(object, key, &n);
    if (n > 0)
        puts(title);
    for (size_t i = 0; i < n; i++)
        put_cells(YAJL_GET_ARRAY(rows)->values[i]);
}

static void put_lists(yajl_val set) {
    size_t n;
    yajl_val lists = tree_array(set, "lists", &n);
    for (size_t i = 0; i < n; i++) {
        char title[256];
        yajl_val list = YAJL_GET_ARRAY(lists)->values[i];
        snprintf(title, sizeof title, _("List %s (rows: %lld)"), tree_text(list, "list"),
                 tree_number(list, "rows"));
        size_t items;
        tree_array(list, "items", &items);
        if (items == 0)
            printf("%s  %s\n", title, tree_text(list, "sha256"));
        put_rows(title, list, "items");
    }
}

static void put_tables(yajl_val set) {
    size_t n;
    yajl_val tables = tree_array(set, "tables", &n);
    if (n > 0)
        puts(_("Tables (SHA-256 of the canonical rows)"));
    for (size_t i = 0; i < n; i++) {
        yajl_val table = YAJL_GET_ARRAY(tables)->values[i];
        printf(_("    %-30s %-18s %8lld rows  %s\n"), tree_text(table, "file"),
               tree_text(table, "table"), tree_number(table, "rows"), tree_text(table, "sha256"));
    }
}

static void put_names(const char *title, yajl_val pathway, const char *key) {
    size_t n;
    yajl_val names = tree_array(pathway, key, &n);
    for (size_t i = 0; i < n; i++)
        printf("%s%s", i == 0 ? title : ", ", YAJL_GET_STRING(YAJL_GET_ARRAY(names)->values[i]));
    if (n > 0)
        putchar('\n');
}

static void put_pathways(yajl_val set) {
    size_t n;
    yajl_val pathways = tree_array(set, "pathways", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val pathway = YAJL_GET_ARRAY(pathways)->values[i];
        const char *path[] = {"pathway", NULL};
        yajl_val head = yajl_tree_get(pathway, path, yajl_t_object);
        printf(_("Pathway %s\n"), tree_text(head, "pathway_id"));
        put_cells(head);
        put_rows(_("  entry"), pathway, "entry");
        put_names(_("  required examinations: "), pathway, "required");
        put_names(_("  optional examinations: "), pathway, "optional");
        put_rows(_("  drugs"), pathway, "drugs");
    }
}

void render_rules(char *json) {
    yajl_val set = tree_parse(json);
    const char *path[] = {"pack", NULL};
    yajl_val pack = yajl_tree_get(set, path, yajl_t_object);
    size_t n;
    yajl_val rules = tree_array(set, "rules", &n);
    printf(_("%s %s on %s\n  digest   %s\n"), tree_text(pack, "id"), tree_text(pack, "version"),
           tree_text(set, "at"), tree_text(pack, "digest"));
    render_base_data(set);
    for (size_t i = 0; i < n; i++)
        put_rule(YAJL_GET_ARRAY(rules)->values[i]);
    put_rows(_("Parameters"), set, "parameters");
    put_lists(set);
    put_tables(set);
    put_pathways(set);
    put_rows(_("Policies"), set, "policies");
    put_rows(_("Numbers of the policies"), set, "policy_params");
    yajl_tree_free(set);
}
