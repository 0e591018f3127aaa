/* SPDX-License-Identifier: Apache-2.0 */
#include "render.h"

#include <stdio.h>
#include <string.h>

static void put_result(yajl_val step) {
    if (tree_text(step, "result")[0] != '\0')
        printf(" = %s", tree_text(step, "result"));
    if (tree_text(step, "basis")[0] != '\0')
        printf("   [%s]", tree_text(step, "basis"));
    putchar('\n');
}

static void put_line_steps(yajl_val line) {
    size_t n;
    yajl_val steps = tree_array(line, "steps", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val step = YAJL_GET_ARRAY(steps)->values[i];
        fputs("    ", stdout);
        put_padded(tree_text(step, "label"), 20);
        fputs(tree_text(step, "formula"), stdout);
        put_result(step);
    }
}

/* A layer by its name; what stands behind the layers by words. */
static const char *part_text(const char *layer, yajl_val step) {
    if (strcmp(layer, "stay") == 0)
        return _("stay");
    return strcmp(layer, "settled") == 0 ? _("this settlement") : layer_text(step);
}

static void put_layer_steps(yajl_val result) {
    size_t n;
    yajl_val steps = tree_array(result, "steps", &n);
    const char *layer = "";
    if (n > 0)
        puts(_("Payment:"));
    for (size_t i = 0; i < n; i++) {
        yajl_val step = YAJL_GET_ARRAY(steps)->values[i];
        const char *input = tree_text(step, "input"), *ratio = tree_text(step, "ratio");
        if (strcmp(tree_text(step, "layer"), layer) != 0) {
            layer = tree_text(step, "layer");
            printf("  %s\n", part_text(layer, step));
        }
        fputs("    ", stdout);
        put_padded(tree_text(step, "what"), 18);
        if (ratio[0] == '\0' && strcmp(input, tree_text(step, "result")) == 0) {
            fputs(input, stdout); /* a figure that is taken as it stands */
            printf("   [%s]\n", tree_text(step, "basis"));
            continue;
        }
        printf("%s%s%s", input, ratio[0] != '\0' ? " × " : "", ratio);
        put_result(step);
    }
}

void render_explain(char *json) {
    yajl_val result = tree_parse(json);
    size_t n;
    const char *pack_path[] = {"pack", NULL};
    yajl_val pack = yajl_tree_get(result, pack_path, yajl_t_object);
    printf(_("Stay %s, pack %s %s\n"), tree_text(result, "mdtrt_id"), tree_text(pack, "id"),
           tree_text(pack, "version"));
    yajl_val lines = tree_array(result, "lines", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val line = YAJL_GET_ARRAY(lines)->values[i];
        printf("  %s  %s %s -> %s %s (%s)\n", tree_text(line, "feedetl_sn"),
               tree_text(line, "medins_list_codg"), tree_text(line, "medins_list_name"),
               tree_text(line, "med_list_codg"), tree_text(line, "med_list_name"),
               tree_text(line, "chrgitm_lv"));
        put_line_steps(line);
    }
    put_layer_steps(result);
    yajl_tree_free(result);
}

static const char *state_text(const char *state) {
    if (strcmp(state, "open") == 0)
        return _("open");
    if (strcmp(state, "interim") == 0)
        return _("settled in part");
    return strcmp(state, "queued") == 0 ? _("settled, queued") : state;
}

void render_status(char *json) {
    yajl_val result = tree_parse(json);
    size_t n;
    yajl_val stays = tree_array(result, "stays", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val stay = YAJL_GET_ARRAY(stays)->values[i];
        put_padded(tree_text(stay, "mdtrt_id"), 16);
        put_padded(state_text(tree_text(stay, "state")), 18);
        printf(_("%6lld charges"), tree_number(stay, "charges"));
        if (tree_text(stay, "msgid")[0] != '\0')
            printf(_("   total %s, funds %s, patient %s   message %s of %s"),
                   tree_text(stay, "medfee_sumamt"), tree_text(stay, "fund_pay_sumamt"),
                   tree_text(stay, "psn_part_amt"), tree_text(stay, "msgid"),
                   tree_text(stay, "made_at"));
        putchar('\n');
    }
    if (n == 0)
        puts(_("No stays yet."));
    render_packs(result);
    yajl_tree_free(result);
}

void render_document(char *json) {
    yajl_val d = tree_parse(json);
    printf(_("%s: valid\n"), tree_text(d, "file"));
    printf(_("  signed by    %s (%s)\n"), tree_text(d, "signer"), tree_text(d, "algorithm"));
    printf(_("  message      %s of %s, institution %s\n"), tree_text(d, "msgid"),
           tree_text(d, "inf_time"), tree_text(d, "fixmedins_code"));
    printf(_("  stay         %s, %lld lines, %lld findings\n"), tree_text(d, "mdtrt_id"),
           tree_number(d, "lines"), tree_number(d, "findings"));
    printf(_("  amounts      total %s, funds %s, patient %s\n"), tree_text(d, "medfee_sumamt"),
           tree_text(d, "fund_pay_sumamt"), tree_text(d, "psn_part_amt"));
    yajl_tree_free(d);
}

/* Is there a row of any table? */
static bool has_rows(yajl_val pack) {
    const char *path[] = {"rows", NULL};
    yajl_val rows = yajl_tree_get(pack, path, yajl_t_object);
    for (size_t i = 0; rows != NULL && i < YAJL_GET_OBJECT(rows)->len; i++)
        if (YAJL_GET_INTEGER(YAJL_GET_OBJECT(rows)->values[i]) > 0)
            return true;
    return false;
}

void render_pack(char *json) {
    yajl_val p = tree_parse(json);
    printf(_("%s %s: %s\n"), tree_text(p, "id"), tree_text(p, "version"), tree_text(p, "name"));
    const char *end = tree_text(p, "enddate");
    printf(_("  file     %s\n  valid    %s to %s\n  digest   %s\n"), tree_text(p, "file"),
           tree_text(p, "begndate"), end[0] == '\0' ? "…" : end, tree_text(p, "digest"));
    const char *path[] = {"rows", NULL};
    yajl_val rows = yajl_tree_get(p, path, yajl_t_object);
    for (size_t i = 0; rows != NULL && i < YAJL_GET_OBJECT(rows)->len; i++) {
        const char *table = YAJL_GET_OBJECT(rows)->keys[i];
        if (tree_number(rows, table) > 0)
            printf(_("  %-18s %8lld rows\n"), table, tree_number(rows, table));
    }
    size_t n;
    yajl_val includes = tree_array(p, "includes", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val include = YAJL_GET_ARRAY(includes)->values[i];
        printf(_("  includes %s %s: %s\n"), tree_text(include, "id"), tree_text(include, "version"),
               tree_text(include, "takes"));
    }
    yajl_val policies = tree_array(p, "policies", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val policy = YAJL_GET_ARRAY(policies)->values[i];
        const char *insutype = tree_text(policy, "insutype");
        printf(_("  policy   %s%s%s\n"), tree_text(policy, "file"), insutype[0] == '\0' ? "" : ": ",
               insutype);
    }
    if (has_rows(p))
        render_base_data(p);
    else
        puts(_("  a policy alone: a pack with catalogue and tables includes it"));
    yajl_tree_free(p);
}

void render_map_problems(char *json) {
    yajl_val result = tree_parse(json);
    size_t n;
    yajl_val problems = tree_array(result, "problems", &n);
    printf(_("%lld hospital items on %s; problems: %zu\n"), tree_number(result, "items"),
           tree_text(result, "at"), n);
    for (size_t i = 0; i < n; i++) {
        yajl_val p = YAJL_GET_ARRAY(problems)->values[i];
        const char *code = tree_text(p, "med_list_codg");
        printf("  %s %s  %s%s%s", tree_text(p, "rule_id"), tree_text(p, "rule_name"),
               tree_text(p, "medins_list_codg"), code[0] == '\0' ? "" : " -> ", code);
        printf(_("   (pack %s %s)\n      %s\n"), tree_text(p, "pack"), tree_text(p, "pack_version"),
               tree_text(p, "evidence"));
        printf(_("      To do: %s\n"), tree_text(p, "fix"));
    }
    render_codes_cut(result);
    yajl_tree_free(result);
}

void render_map_rows(char *json) {
    yajl_val result = tree_parse(json);
    size_t n;
    yajl_val rows = tree_array(result, "rows", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val r = YAJL_GET_ARRAY(rows)->values[i];
        put_padded(tree_text(r, "medins_list_codg"), 12);
        put_padded(tree_text(r, "medins_list_name"), 32);
        put_padded(tree_text(r, "med_list_codg"), 28);
        printf("%s/%s  %s  %s..%s\n", tree_text(r, "factor_num"), tree_text(r, "factor_den"),
               tree_text(r, "chrgitm_lv"), tree_text(r, "begndate"), tree_text(r, "enddate"));
    }
    yajl_tree_free(result);
}
