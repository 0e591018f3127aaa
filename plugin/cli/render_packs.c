/* SPDX-License-Identifier: Apache-2.0 */
/* The packs of a home, and the rules in them that lack data, for people. */
#include "render.h"

#include <stdio.h>
#include <string.h>

/* Parts of one rule may read the same. */
static bool same_lack(yajl_val a, yajl_val b) {
    static const char *const MEMBERS[] = {"rule_id", "rule_name", "state", "file", "item"};
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++)
        if (strcmp(tree_text(a, MEMBERS[i]), tree_text(b, MEMBERS[i])) != 0)
            return false;
    return true;
}

static bool was_told(yajl_val list, size_t i) {
    const yajl_val *all = YAJL_GET_ARRAY(list)->values;
    for (size_t k = 0; k < i; k++)
        if (same_lack(all[k], all[i]))
            return true;
    return false;
}

void render_base_data(yajl_val object) {
    size_t n;
    yajl_val list = tree_array(object, "base_data", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val one = YAJL_GET_ARRAY(list)->values[i];
        const char *item = tree_text(one, "item");
        if (was_told(list, i))
            continue;
        printf("  ! %s %s: ", tree_text(one, "rule_id"), tree_text(one, "rule_name"));
        if (strcmp(tree_text(one, "state"), "stale") == 0)
            printf(_("its data is of %s and no longer up to date\n"),
                   tree_text(one, "stale_after"));
        else
            printf(_("the pack has no %s%s%s\n"), tree_text(one, "file"),
                   item[0] == '\0' ? "" : " ", item);
    }
}

void render_packs(yajl_val object) {
    size_t n;
    yajl_val packs = tree_array(object, "packs", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val p = YAJL_GET_ARRAY(packs)->values[i];
        const char *path[] = {"in_force", NULL}, *end = tree_text(p, "enddate");
        printf(_("Pack %s %s, valid %s to %s%s\n"), tree_text(p, "id"), tree_text(p, "version"),
               tree_text(p, "begndate"), end[0] == '\0' ? "…" : end,
               YAJL_IS_TRUE(yajl_tree_get(p, path, yajl_t_any)) ? "" : _(": NOT IN FORCE"));
        render_base_data(p);
    }
}

void render_pack_list(char *json) {
    yajl_val result = tree_parse(json);
    size_t n;
    yajl_val switches = tree_array(result, "switches", &n);
    render_packs(result);
    for (size_t i = 0; i < n; i++) {
        yajl_val s = YAJL_GET_ARRAY(switches)->values[i];
        printf(_("Set by this site: %s %s: %s\n"), tree_text(s, "rule_id"),
               tree_text(s, "rule_name"), word_text(tree_text(s, "action")));
    }
    yajl_tree_free(result);
}

/* "V17 V23": each rule once. */
static void warn_of_pack(yajl_val pack) {
    size_t n;
    yajl_val list = tree_array(pack, "base_data", &n);
    const char *last = "";
    if (n == 0)
        return;
    fprintf(stderr, _("settle: WARNING: pack %s %s lacks data, or has stale data, of the rules"),
            tree_text(pack, "id"), tree_text(pack, "version"));
    for (size_t i = 0; i < n; i++) {
        const char *rule = tree_text(YAJL_GET_ARRAY(list)->values[i], "rule_id");
        if (strcmp(rule, last) != 0)
            fprintf(stderr, " %s", rule);
        last = rule;
    }
    fputs(_("; see settle pack list\n"), stderr);
}

bool cli_open_judging(cli *c) {
    char *json = NULL;
    size_t n = 0;
    if (!cli_open(c))
        return false;
    settle_status status = settle_pack_list(c->session, NULL, &json);
    if (status != SETTLE_OK) {
        cli_fail(c, settle_session_error(c->session), status);
        return false;
    }
    yajl_val result = tree_parse(json);
    yajl_val packs = tree_array(result, "packs", &n);
    for (size_t i = 0; i < n; i++)
        warn_of_pack(YAJL_GET_ARRAY(packs)->values[i]);
    yajl_tree_free(result);
    return true;
}
