/* SPDX-License-Identifier: Apache-2.0 */
/* What one pack changes against another, for people. */
#include "render.h"

#include <stdio.h>
#include <string.h>

static yajl_val member(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    return yajl_tree_get(object, path, yajl_t_object);
}

/* "name=value ..." of what is not empty. */
static void put_cells(yajl_val cells) {
    for (size_t i = 0; cells != NULL && i < YAJL_GET_OBJECT(cells)->len; i++) {
        const char *text = YAJL_GET_STRING(YAJL_GET_OBJECT(cells)->values[i]);
        if (text != NULL && text[0] != '\0')
            printf(" %s=%s", YAJL_GET_OBJECT(cells)->keys[i], text);
    }
}

static void put_row(yajl_val row) {
    const char *change = tree_text(row, "change");
    bool both = strcmp(change, "changed") == 0;
    printf("    %c", both ? '~' : strcmp(change, "added") == 0 ? '+' : '-');
    put_cells(member(row, "key"));
    fputs(both ? "  :" : "", stdout);
    put_cells(member(row, "before"));
    fputs(both ? "  ->" : "", stdout);
    put_cells(member(row, "after"));
    putchar('\n');
}

static void put_table(yajl_val table) {
    size_t n;
    yajl_val rows = tree_array(table, "rows", &n);
    printf(_("  %s (%s): %lld added, %lld removed, %lld changed\n"), tree_text(table, "table"),
           tree_text(table, "file"), tree_number(table, "added"), tree_number(table, "removed"),
           tree_number(table, "changed"));
    for (size_t i = 0; i < n; i++)
        put_row(YAJL_GET_ARRAY(rows)->values[i]);
}

static void put_finding(const char *what, yajl_val f) {
    printf("    %s %s [%s] %s: %s\n", what, tree_text(f, "rule_id"), tree_text(f, "action"),
           tree_text(f, "vola_amt"), tree_text(f, "evidence"));
}

static void put_list(const char *what, yajl_val stay, const char *key) {
    size_t n;
    yajl_val list = tree_array(stay, key, &n);
    for (size_t i = 0; i < n; i++)
        put_finding(what, YAJL_GET_ARRAY(list)->values[i]);
}

static void put_amounts(yajl_val object) {
    size_t n;
    yajl_val list = tree_array(object, "amounts", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val a = YAJL_GET_ARRAY(list)->values[i];
        printf("    %s: %s -> %s\n", tree_text(a, "name"), tree_text(a, "before"),
               tree_text(a, "after"));
    }
}

static void put_gaps(const char *what, yajl_val stay, const char *key) {
    size_t n;
    yajl_val list = tree_array(stay, key, &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val gap = YAJL_GET_ARRAY(list)->values[i];
        printf(_("    %s %s not evaluated: missing %s\n"), what, tree_text(gap, "rule_id"),
               tree_text(gap, "missing"));
    }
}

static void put_totals(yajl_val totals) {
    size_t n;
    yajl_val list = tree_array(totals, "rules", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val r = YAJL_GET_ARRAY(list)->values[i];
        printf(_("    %s %s: findings +%lld -%lld ~%lld, %s -> %s yuan\n"), tree_text(r, "rule_id"),
               tree_text(r, "rule_name"), tree_number(r, "appear"), tree_number(r, "vanish"),
               tree_number(r, "change"), tree_text(r, "vola_amt_before"),
               tree_text(r, "vola_amt_after"));
    }
    put_amounts(totals);
}

static void put_problems(const char *what, yajl_val mappings, const char *key) {
    size_t n;
    yajl_val list = tree_array(mappings, key, &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val p = YAJL_GET_ARRAY(list)->values[i];
        printf("    %s %s %s: %s\n", what, tree_text(p, "rule_id"),
               tree_text(p, "medins_list_codg"), tree_text(p, "evidence"));
    }
}

static void put_mappings(yajl_val mappings) {
    printf(_("Problems of the mapping on %s\n"), tree_text(mappings, "at"));
    put_problems("+", mappings, "appear");
    put_problems("-", mappings, "vanish");
}

static void put_stay(yajl_val stay) {
    size_t n;
    printf(_("  stay %s\n"), tree_text(stay, "mdtrt_id"));
    if (strcmp(tree_text(stay, "before"), tree_text(stay, "after")) != 0)
        printf("    %s -> %s\n", tree_text(stay, "before"), tree_text(stay, "after"));
    put_list("+", stay, "appear");
    put_list("-", stay, "vanish");
    yajl_val list = tree_array(stay, "change", &n);
    for (size_t i = 0; i < n; i++) {
        put_finding("~", member(YAJL_GET_ARRAY(list)->values[i], "before"));
        put_finding("  ->", member(YAJL_GET_ARRAY(list)->values[i], "after"));
    }
    put_amounts(stay);
    put_gaps("+", stay, "gaps_appear");
    put_gaps("-", stay, "gaps_vanish");
}

void render_pack_diff(char *json) {
    yajl_val result = tree_parse(json);
    yajl_val before = member(result, "before"), after = member(result, "after");
    size_t n, n_stays;
    printf("%s %s -> %s %s\n", tree_text(before, "id"), tree_text(before, "version"),
           tree_text(after, "id"), tree_text(after, "version"));
    render_base_data(after);
    yajl_val list = tree_array(result, "tables", &n);
    if (n == 0)
        puts(_("  No row differs."));
    for (size_t i = 0; i < n; i++)
        put_table(YAJL_GET_ARRAY(list)->values[i]);
    const char *path[] = {"stays_judged", NULL};
    if (yajl_tree_get(result, path, yajl_t_number) != NULL) {
        list = tree_array(result, "stays", &n_stays);
        printf(_("Open stays judged by both: %lld, of which differ: %zu\n"),
               tree_number(result, "stays_judged"), n_stays);
        for (size_t i = 0; i < n_stays; i++)
            put_stay(YAJL_GET_ARRAY(list)->values[i]);
        puts(_("All of them together"));
        put_totals(member(result, "totals"));
        put_mappings(member(result, "mappings"));
    }
    yajl_tree_free(result);
}
