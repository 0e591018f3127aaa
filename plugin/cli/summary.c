/* SPDX-License-Identifier: Apache-2.0 */
#include "summary.h"

#include "render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>

typedef struct hits {
    char rule_id[32], name[256];
    bool shadow;
    long long stays, findings, lines, fen, not_evaluated;
    long long last_stay; /* the one counted last, for findings and gaps apart */
    long long last_gap;
} hits;

static struct {
    hits *rules;
    size_t n;
    long long stays;
} sum;

static hits *hits_of(yajl_val of, bool shadow) {
    const char *rule_id = tree_text(of, "rule_id");
    for (size_t i = 0; i < sum.n; i++)
        if (strcmp(sum.rules[i].rule_id, rule_id) == 0 && sum.rules[i].shadow == shadow)
            return &sum.rules[i];
    hits *more = realloc(sum.rules, (sum.n + 1) * sizeof *more);
    if (more == NULL) {
        fputs("settle: out of memory\n", stderr);
        exit(9);
    }
    sum.rules = more;
    hits *made = &sum.rules[sum.n++];
    *made = (hits){.shadow = shadow};
    snprintf(made->rule_id, sizeof made->rule_id, "%s", rule_id);
    snprintf(made->name, sizeof made->name, "%s", tree_text(of, "rule_name"));
    return made;
}

static void add(hits *h, long long findings, long long lines, long long fen) {
    h->findings += findings;
    h->lines += lines;
    if (__builtin_add_overflow(h->fen, fen, &h->fen))
        h->fen = fen > 0 ? 999999999999999999 : -999999999999999999;
    h->stays += h->last_stay != sum.stays;
    h->last_stay = sum.stays;
}

static void add_gap(hits *h) {
    h->not_evaluated += h->last_gap != sum.stays;
    h->last_gap = sum.stays;
}

static void count(cli *c, const settle_stay *stay) {
    char *json;
    size_t n, n_lines;
    settle_status status = settle_stay_check(c->session, stay, NULL, &json);
    if (status != SETTLE_OK) {
        cli_fail(c, settle_session_error(c->session), status);
        return;
    }
    sum.stays++;
    yajl_val result = tree_parse(json), list = tree_array(result, "findings", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val f = YAJL_GET_ARRAY(list)->values[i];
        tree_array(f, "lines", &n_lines);
        add(hits_of(f, false), 1, (long long)n_lines, tree_fen(f, "vola_amt"));
    }
    list = tree_array(result, "shadow", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val s = YAJL_GET_ARRAY(list)->values[i];
        add(hits_of(s, true), tree_number(s, "count"), tree_number(s, "lines"),
            tree_fen(s, "vola_amt"));
    }
    list = tree_array(result, "not_evaluated", &n);
    for (size_t i = 0; i < n; i++)
        add_gap(hits_of(YAJL_GET_ARRAY(list)->values[i], false));
    yajl_tree_free(result);
}

static void count_open(cli *c) {
    char *json;
    size_t n;
    settle_status status = settle_stay_list(c->session, NULL, &json);
    if (status != SETTLE_OK) {
        cli_fail(c, settle_session_error(c->session), status);
        return;
    }
    yajl_val list = tree_parse(json), stays = tree_array(list, "stays", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val row = YAJL_GET_ARRAY(stays)->values[i];
        settle_stay *stay = NULL;
        if (strcmp(tree_text(row, "state"), "open") != 0)
            continue;
        status = settle_stay_load(c->session, tree_text(row, "mdtrt_id"), &stay);
        if (status != SETTLE_OK)
            cli_fail(c, settle_session_error(c->session), status);
        else
            count(c, stay);
        settle_stay_free(stay);
        cli_progress(c, (long long)i + 1);
    }
    yajl_tree_free(list);
}

static int by_money(const void *a, const void *b) {
    const hits *x = a, *y = b;
    if (x->fen != y->fen)
        return x->fen > y->fen ? -1 : 1;
    int order = strcmp(x->rule_id, y->rule_id);
    return order != 0 ? order : x->shadow - y->shadow;
}

static const char *yuan(long long fen, char out[static 32]) {
    unsigned long long size = fen < 0 ? 0ULL - (unsigned long long)fen : (unsigned long long)fen;
    snprintf(out, 32, "%s%llu.%02llu", fen < 0 ? "-" : "", size / 100, size % 100);
    return out;
}

static void gen_text(yajl_gen g, const char *text) {
    yajl_gen_string(g, (const unsigned char *)text, strlen(text));
}

static void gen_number(yajl_gen g, const char *key, long long value) {
    gen_text(g, key);
    yajl_gen_integer(g, value);
}

static void gen_rule(yajl_gen g, const hits *h) {
    char money[32];
    yajl_gen_map_open(g);
    gen_text(g, "rule_id");
    gen_text(g, h->rule_id);
    gen_text(g, "rule_name");
    gen_text(g, h->name);
    gen_text(g, "mode");
    gen_text(g, h->shadow ? "shadow" : "live");
    gen_number(g, "stays", h->stays);
    gen_number(g, "findings", h->findings);
    gen_number(g, "lines", h->lines);
    gen_text(g, "vola_amt");
    gen_text(g, yuan(h->fen, money));
    gen_number(g, "not_evaluated", h->not_evaluated);
    yajl_gen_map_close(g);
}

static void put_json(void) {
    const unsigned char *text;
    size_t len;
    yajl_gen g = yajl_gen_alloc(NULL);
    if (g == NULL) {
        fputs("settle: out of memory\n", stderr);
        exit(9);
    }
    yajl_gen_map_open(g);
    gen_number(g, "stays", sum.stays);
    gen_text(g, "rules");
    yajl_gen_array_open(g);
    for (size_t i = 0; i < sum.n; i++)
        gen_rule(g, &sum.rules[i]);
    yajl_gen_array_close(g);
    yajl_gen_map_close(g);
    yajl_gen_get_buf(g, &text, &len);
    fwrite(text, 1, len, stdout);
    putchar('\n');
    yajl_gen_free(g);
}

static void put_table(void) {
    char money[32];
    printf(ngettext("%lld stay judged\n", "%lld stays judged\n", (unsigned long)sum.stays),
           sum.stays);
    for (size_t i = 0; i < sum.n; i++) {
        const hits *h = &sum.rules[i];
        printf("  %-5s %s", h->rule_id, h->shadow ? _("on trial") : _("live"));
        printf(_(": stays %lld, findings %lld, lines %lld, %s yuan; not evaluated in %lld  %s\n"),
               h->stays, h->findings, h->lines, yuan(h->fen, money), h->not_evaluated, h->name);
    }
}

void summary_run(cli *c, const inputs *in) {
    if (c->argc == 0)
        count_open(c);
    else
        inputs_each(c, in, count);
    if (sum.n > 0)
        qsort(sum.rules, sum.n, sizeof *sum.rules, by_money);
    if (c->json)
        put_json();
    else
        put_table();
    free(sum.rules);
}
