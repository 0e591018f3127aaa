/* SPDX-License-Identifier: Apache-2.0 */
#include "render.h"

#include <stdio.h>
#include <string.h>

static void put_count(yajl_val result, const char *key, const char *text) {
    if (tree_number(result, key) > 0)
        printf(text, tree_number(result, key));
}

void render_map_proposed(char *json) {
    yajl_val r = tree_parse(json);
    long long proposed = tree_number(r, "proposed");
    if (proposed > 0)
        printf(_("%lld proposals as batch %lld, of %lld rows\n"), proposed, tree_number(r, "batch"),
               tree_number(r, "rows"));
    else
        printf(_("Nothing to propose in %lld rows\n"), tree_number(r, "rows"));
    put_count(r, "known", _("  %lld hold or are proposed already\n"));
    put_count(r, "unmapped", _("  %lld have no catalogue code\n"));
    put_count(r, "inactive", _("  %lld are not active\n"));
    put_count(r, "units_differ", _("  %lld are left out: the unit is not the catalogue's\n"));
    if (proposed > 0)
        puts(_("Another operator approves or refuses them: settle map review"));
    yajl_tree_free(r);
}

void render_map_published(long long in_force) {
    printf(ngettext("%lld approved proposal is in mapping.csv\n",
                    "%lld approved proposals are in mapping.csv\n", (unsigned long)in_force),
           in_force);
}

void render_map_decided(char *json) {
    yajl_val r = tree_parse(json);
    if (tree_number(r, "decided") > 0)
        printf(_("%lld decided as batch %lld\n"), tree_number(r, "decided"),
               tree_number(r, "batch"));
    put_count(r, "incomplete",
              _("%lld left as they are: no factor, or a code that no catalogue in force has\n"));
    render_map_published(tree_number(r, "in_force"));
    yajl_tree_free(r);
}

static const char *state_text(const char *state) {
    static const char *const WORDS[][2] = {
        {"suggested", N_("suggested")}, {"approved", N_("approved")},   {"refused", N_("refused")},
        {"expired", N_("expired")},     {"withdrawn", N_("withdrawn")},
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(WORDS[i][0], state) == 0)
            return _(WORDS[i][1]);
    return state;
}

static void put_step(const char *label, const char *by, const char *at, const char *reason) {
    printf("%s %s %s", label, by, at);
    if (reason[0] != '\0')
        printf(" (%s)", reason);
}

static void put_proposal(yajl_val p) {
    const char *path[] = {"row", NULL};
    yajl_val row = yajl_tree_get(p, path, yajl_t_object);
    const char *lacks = tree_text(p, "lacks");
    put_padded(tree_text(p, "proposal"), 8);
    put_padded(state_text(tree_text(p, "state")), 12);
    printf("%s %s -> %s %s", tree_text(row, "medins_list_codg"), tree_text(row, "medins_list_name"),
           tree_text(row, "med_list_codg"), tree_text(row, "med_list_name"));
    printf("  %s/%s  %s..%s\n", tree_text(row, "factor_num"), tree_text(row, "factor_den"),
           tree_text(row, "begndate"), tree_text(row, "enddate"));
    printf(_("        batch %lld; "), tree_number(p, "batch"));
    put_step(_("suggested by"), tree_text(p, "suggested_by"), tree_text(p, "suggested_at"),
             tree_text(p, "suggested_reason"));
    if (tree_number(p, "decided_batch") > 0)
        put_step(_("; decided by"), tree_text(p, "decided_by"), tree_text(p, "decided_at"),
                 tree_text(p, "decided_reason"));
    if (strcmp(lacks, "factor") == 0)
        fputs(_("; the units differ and it has no factor"), stdout);
    else if (lacks[0] != '\0')
        fputs(_("; no catalogue in force has the code"), stdout);
    if (tree_text(row, "remark")[0] != '\0')
        printf("; %s", tree_text(row, "remark"));
    putchar('\n');
}

void render_map_review(char *json) {
    yajl_val r = tree_parse(json);
    size_t n;
    yajl_val proposals = tree_array(r, "proposals", &n);
    printf(ngettext("%zu proposal\n", "%zu proposals\n", n), n);
    for (size_t i = 0; i < n; i++)
        put_proposal(YAJL_GET_ARRAY(proposals)->values[i]);
    yajl_tree_free(r);
}
