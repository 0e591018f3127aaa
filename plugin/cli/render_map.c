/* SPDX-License-Identifier: Apache-2.0 */
#include "render.h"

#include <stdbool.h>
#include <stdio.h>

static bool is_set(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    return YAJL_IS_TRUE(yajl_tree_get(object, path, yajl_t_any));
}

static void put_words(const char *label, yajl_val proposal, const char *key) {
    size_t n;
    yajl_val words = tree_array(proposal, key, &n);
    if (n > 0)
        fputs(label, stdout);
    for (size_t i = 0; i < n; i++)
        printf("%s%s", i == 0 ? " " : ", ", YAJL_GET_STRING(YAJL_GET_ARRAY(words)->values[i]));
}

static void put_proposal(yajl_val p) {
    printf("    %4lld %s ", tree_number(p, "score"), is_set(p, "sure") ? "*" : " ");
    put_padded(tree_text(p, "med_list_codg"), 26);
    printf("%s\n         ", tree_text(p, "med_list_name"));
    printf(_("name %lld/1000 of the catalogue's, %lld/1000 of the item's"),
           tree_number(p, "name_in_item"), tree_number(p, "name_in_catalogue"));
    put_words(_("; agree:"), p, "agree_words");
    put_words(_("; differ:"), p, "differ_words");
    if (is_set(p, "code_cut"))
        fputs(_("; the former code is this one cut short"), stdout);
    putchar('\n');
}

void render_map_suggestions(char *json) {
    yajl_val result = tree_parse(json);
    size_t n;
    yajl_val items = tree_array(result, "items", &n);
    printf(_("%zu hospital items without a mapping, or asked for; * is sure, and wants one "
             "confirmation\n"),
           n);
    for (size_t i = 0; i < n; i++) {
        yajl_val item = YAJL_GET_ARRAY(items)->values[i];
        printf("  %s %s %s %s   (%s)\n", tree_text(item, "medins_list_codg"),
               tree_text(item, "medins_list_name"), tree_text(item, "spec"),
               tree_text(item, "prcunt"), tree_text(item, "pack"));
        size_t n_proposals;
        yajl_val proposals = tree_array(item, "proposals", &n_proposals);
        for (size_t k = 0; k < n_proposals; k++)
            put_proposal(YAJL_GET_ARRAY(proposals)->values[k]);
    }
    yajl_tree_free(result);
}

void render_codes_cut(yajl_val result) {
    size_t n, n_candidates;
    yajl_val cut = tree_array(result, "codes_cut", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val row = YAJL_GET_ARRAY(cut)->values[i];
        printf(_("  %s %s -> %s: not in the catalogue, perhaps cut short; it may be:"),
               tree_text(row, "map_id"), tree_text(row, "medins_list_codg"),
               tree_text(row, "med_list_codg"));
        yajl_val candidates = tree_array(row, "candidates", &n_candidates);
        for (size_t k = 0; k < n_candidates; k++)
            printf(" %s", YAJL_GET_STRING(YAJL_GET_ARRAY(candidates)->values[k]));
        putchar('\n');
    }
}
