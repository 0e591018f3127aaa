/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/find.h"

#include "base/digest.h"
#include "rules/facts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int by_number(const void *a, const void *b) {
    return stl_compare(*(const uint32_t *)a, *(const uint32_t *)b);
}

static int by_serial(const void *a, const void *b, void *stay) {
    const stl_charge *charges = stl_stay_charges(stay);
    return stl_str_cmp(charges[*(const uint32_t *)a].feedetl_sn,
                       charges[*(const uint32_t *)b].feedetl_sn);
}

static settle_status sorted_copy(const stl_case *c, const uint32_t *lines, size_t count,
                                 stl_lines *out, stl_error *err) {
    *out = (stl_lines){0};
    if (count == 0)
        return SETTLE_OK;
    out->at = stl_arena_alloc(c->arena, count * sizeof *out->at);
    TRY_ALLOC(err, out->at);
    memcpy(out->at, lines, count * sizeof *out->at);
    qsort(out->at, count, sizeof *out->at, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || out->at[i] != out->at[i - 1])
            out->at[out->count++] = out->at[i];
    out->cap = count;
    return SETTLE_OK;
}

static settle_status give_id(const stl_case *c, stl_finding *f, stl_error *err) {
    SCOPED_BUF text = {0};
    stl_lines order;
    TRY(sorted_copy(c, f->lines, f->n_lines, &order, err));
    if (order.count > 1)
        qsort_r(order.at, order.count, sizeof *order.at, by_serial, (void *)(uintptr_t)c->stay);
    stl_buf_text(&text, f->rule_id);
    stl_buf_text(&text, "\n");
    for (size_t i = 0; i < order.count; i++) {
        stl_buf_str(&text, stl_case_charge(c, order.at[i])->feedetl_sn);
        stl_buf_text(&text, "\n");
    }
    stl_buf_str(&text, c->stay->head.mdtrt_id);
    stl_buf_text(&text, "\n");
    if (!stl_buf_ok(&text))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    unsigned char digest[STL_DIGEST_LEN];
    TRY(stl_digest_of(STL_SHA256, text.ptr, text.len, digest, err));
    stl_hex(digest, (sizeof f->finding_id - 1) / 2, f->finding_id);
    return SETTLE_OK;
}

stl_action stl_rules_action(const stl_region *region, const stl_rule *rule) {
    stl_action action = rule->action;
    const stl_index_table *table = &region->tables[STL_T_ACTIONS];
    stl_index_rows rows = stl_index_get(table, stl_str_of(rule->id));
    if (rows.count > 0)
        (void)stl_action_parse(stl_index_text(table, rows.rows[STL_ACT_ACTION]), &action);
    return action;
}

/* Of the rule itself, else of all that hold (or block, warn, hint) alike; else nobody may. */
const char *stl_rules_override(const stl_region *region, const char *rule_id, stl_action action,
                               stl_day day) {
    char general[32];
    snprintf(general, sizeof general, "override.%s", stl_action_name(action));
    stl_str word = stl_region_parameter(region, rule_id, "override", day);
    if (stl_str_empty(word))
        word = stl_region_parameter(region, "*", general, day);
    return stl_str_is(word, "one") ? "one" : stl_str_is(word, "two") ? "two" : "never";
}

static const char *basis_of(const stl_rule *rule, const stl_case *c, const stl_found *found) {
    const stl_region *region = c->region;
    bool more = found->basis != NULL && found->basis[0] != '\0';
    return stl_rules_text(c, "%s%s%s; %s %s", rule->basis, more ? "; " : "",
                          more ? found->basis : "", region->id == NULL ? "" : region->id,
                          region->version == NULL ? "" : region->version);
}

/* The national code of the rule: of the library's record, else of the rule as a whole (parameter
 * "gz_code"). */
static stl_str gz_code_of(const stl_rule *rule, const stl_case *c, stl_str of_record) {
    return stl_str_empty(of_record)
               ? stl_rules_parameter_text(c, rule->id, "gz_code", stl_rules_stay_day(c))
               : of_record;
}

settle_status stl_rule_find(const stl_rule *rule, const stl_case *c, stl_verdict *out,
                            stl_found found, stl_error *err, const char *zh, const char *en, ...) {
    int lang = c->lang == SETTLE_LANG_EN ? 1 : 0;
    stl_lines lines, involved;
    TRY(sorted_copy(c, found.lines, found.n_lines, &lines, err));
    TRY(sorted_copy(c, found.involved, found.n_involved, &involved, err));

    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    const char *format = lang == 1 ? en : zh;
    int len = vsnprintf(NULL, 0, format, args);
    char *evidence = len < 0 ? NULL : stl_arena_alloc(c->arena, (size_t)len + 1);
    if (evidence != NULL)
        vsnprintf(evidence, (size_t)len + 1, format, again);
    va_end(again);
    va_end(args);
    const char *basis = basis_of(rule, c, &found);
    TRY_ALLOC(err, evidence);
    TRY_ALLOC(err, basis);

    void *items = out->findings;
    stl_finding *f =
        stl_arena_push(out->arena, &items, &out->n_findings, &out->cap_findings, sizeof *f);
    TRY_ALLOC(err, f);
    out->findings = items;
    *f = (stl_finding){
        .rule_id = rule->id,
        .gz_code = gz_code_of(rule, c, found.gz_code),
        .rule_name = stl_str_of(rule->name[lang]),
        .action = stl_rules_action(c->region, rule),
        .vola_amt = found.vola_amt,
        .lines = lines.at,
        .n_lines = lines.count,
        .involved = involved.at,
        .n_involved = involved.count,
        .evidence = {evidence, (size_t)len},
        .basis = stl_str_of(basis),
        .fix = stl_str_of(rule->fix[lang]),
    };
    return give_id(c, f, err);
}

static int by_lines(const void *a, const void *b) {
    const stl_finding *x = a, *y = b;
    for (size_t i = 0; i < x->n_lines && i < y->n_lines; i++)
        if (x->lines[i] != y->lines[i])
            return stl_compare(x->lines[i], y->lines[i]);
    if (x->n_lines != y->n_lines)
        return stl_compare((int64_t)x->n_lines, (int64_t)y->n_lines);
    return stl_str_cmp(x->evidence, y->evidence);
}

static bool same_lines(const stl_finding *a, const stl_finding *b) {
    return a->n_lines == b->n_lines &&
           (a->n_lines == 0 || memcmp(a->lines, b->lines, a->n_lines * sizeof *a->lines) == 0);
}

static settle_status joined_text(const stl_case *c, stl_str *text, stl_str more, const char *joint,
                                 stl_error *err) {
    const char *both = stl_rules_text(c, "%.*s%s%.*s", STL_ARG(*text), joint, STL_ARG(more));
    TRY_ALLOC(err, both);
    *text = stl_str_of(both);
    return SETTLE_OK;
}

/* Of `more`, the parts that `text` does not have yet. */
static settle_status joined_parts(const stl_case *c, stl_str *text, stl_str more, const char *joint,
                                  stl_error *err) {
    size_t step = strlen(joint);
    while (more.len > 0) {
        const char *end = memmem(more.ptr, more.len, joint, step);
        stl_str part = {more.ptr, end == NULL ? more.len : (size_t)(end - more.ptr)};
        if (memmem(text->ptr, text->len, part.ptr, part.len) == NULL)
            TRY(joined_text(c, text, part, joint, err));
        size_t used = end == NULL ? more.len : part.len + step;
        more = (stl_str){more.ptr + used, more.len - used};
    }
    return SETTLE_OK;
}

static settle_status join(const stl_case *c, stl_finding *into, const stl_finding *more,
                          stl_error *err) {
    const char *joint = stl_rules_pick(c, "；", "; ");
    if (!stl_str_eq(into->evidence, more->evidence))
        TRY(joined_text(c, &into->evidence, more->evidence, joint, err));
    TRY(joined_parts(c, &into->basis, more->basis, "; ", err));
    TRY(joined_parts(c, &into->fix, more->fix, joint, err));
    if (into->gz_code.len == 0)
        into->gz_code = more->gz_code;
    else if (!stl_str_eq(into->gz_code, more->gz_code)) /* a finding has one: the other is told */
        TRY(joined_parts(c, &into->basis, more->gz_code, "; ", err));
    if (more->vola_amt > into->vola_amt)
        into->vola_amt = more->vola_amt;
    if (more->action > into->action)
        into->action = more->action;
    stl_lines all = {0};
    for (size_t i = 0; i < into->n_involved; i++)
        TRY(stl_lines_add(c->arena, &all, into->involved[i], err));
    for (size_t i = 0; i < more->n_involved; i++)
        TRY(stl_lines_add(c->arena, &all, more->involved[i], err));
    TRY(sorted_copy(c, all.at, all.count, &all, err));
    into->involved = all.at;
    into->n_involved = all.count;
    return SETTLE_OK;
}

settle_status stl_rules_order(const stl_case *c, stl_verdict *out, size_t first, stl_error *err) {
    size_t count = out->n_findings - first;
    if (count < 2)
        return SETTLE_OK;
    stl_finding *f = out->findings + first;
    qsort(f, count, sizeof *f, by_lines);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        if (same_lines(&f[kept - 1], &f[i]))
            TRY(join(c, &f[kept - 1], &f[i], err));
        else
            f[kept++] = f[i];
    }
    out->n_findings = first + kept;
    return SETTLE_OK;
}

static int by_text(const void *a, const void *b) {
    const stl_not_evaluated *x = a, *y = b;
    return stl_str_cmp(x->missing, y->missing);
}

void stl_rules_order_gaps(stl_verdict *out, size_t first) {
    if (out->n_gaps - first > 1)
        qsort(out->gaps + first, out->n_gaps - first, sizeof *out->gaps, by_text);
}
