/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rules_support.h"

#include "support/watch_support.h"

#include <stdio.h>

int test_rules_setup(void **state) {
    *state = test_world_new();
    return 0;
}

int test_rules_teardown(void **state) {
    test_world_free(*state);
    return 0;
}

test_findings test_judge_case(test_world *w, const stl_case *c) {
    test_findings f = {.c = c, .verdict = {.arena = test_arena(w)}};
    stl_error err = {0};
    assert_int_equal(stl_rules_run(c, &f.verdict, &err), SETTLE_OK);
    assert_watched(c);
    return f;
}

test_findings test_judge(test_world *w) {
    stl_case *c = test_case(w);
    c->settled_known = true;
    return test_judge_case(w, c);
}

test_findings test_judge_payment(test_world *w, const stl_settlement *s) {
    test_findings f = {.c = test_case(w), .verdict = {.arena = test_arena(w)}};
    stl_error err = {0};
    assert_int_equal(stl_rules_run_paid(f.c, s, &f.verdict, &err), SETTLE_OK);
    return f;
}

size_t test_count(const test_findings *f, const char *rule_id) {
    size_t count = 0;
    for (size_t i = 0; i < f->verdict.n_findings; i++)
        count += strcmp(f->verdict.findings[i].rule_id, rule_id) == 0;
    return count;
}

const stl_finding *test_finding(const test_findings *f, const char *rule_id, size_t nth) {
    for (size_t i = 0; i < f->verdict.n_findings; i++)
        if (strcmp(f->verdict.findings[i].rule_id, rule_id) == 0 && nth-- == 0)
            return &f->verdict.findings[i];
    fail_msg("no such finding of %s", rule_id);
    return NULL;
}

static void serials(const test_findings *f, const uint32_t *lines, size_t count, char *out,
                    size_t cap) {
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count && len < cap; i++)
        len += (size_t)snprintf(out + len, cap - len, "%s%s", i > 0 ? " " : "",
                                stl_case_charge(f->c, lines[i])->feedetl_sn.ptr);
}

void assert_found(const test_findings *f, const char *rule_id, const char *lines,
                  const char *involved) {
    char text[1024];
    assert_int_equal(test_count(f, rule_id), 1);
    const stl_finding *finding = test_finding(f, rule_id, 0);
    serials(f, finding->lines, finding->n_lines, text, sizeof text);
    assert_string_equal(text, lines);
    serials(f, finding->involved, finding->n_involved, text, sizeof text);
    assert_string_equal(text, involved);
}

void assert_silent(const test_findings *f, const char *rule_id) {
    if (test_count(f, rule_id) > 0)
        fail_msg("%s: %s", rule_id, test_finding(f, rule_id, 0)->evidence.ptr);
}

void assert_gap(const test_findings *f, const char *rule_id, int64_t lines) {
    int64_t sum = -1;
    for (size_t i = 0; i < f->verdict.n_gaps; i++)
        if (strcmp(f->verdict.gaps[i].rule_id, rule_id) == 0)
            sum = (sum < 0 ? 0 : sum) + (int64_t)f->verdict.gaps[i].lines;
    assert_int_equal(sum, lines);
}

size_t test_gaps(const test_findings *f, const char *rule_id) {
    size_t count = 0;
    for (size_t i = 0; i < f->verdict.n_gaps; i++)
        count += strcmp(f->verdict.gaps[i].rule_id, rule_id) == 0;
    return count;
}

void assert_missing(const test_findings *f, const char *rule_id, const char *cause) {
    for (size_t i = 0; i < f->verdict.n_gaps; i++)
        if (strcmp(f->verdict.gaps[i].rule_id, rule_id) == 0 &&
            stl_str_is(f->verdict.gaps[i].missing, cause))
            return;
    fail_msg("%s does not miss %s", rule_id, cause);
}

void assert_says(stl_str text, const char *part) {
    if (memmem(text.ptr, text.len, part, strlen(part)) == NULL)
        fail_msg("\"%.*s\" does not say \"%s\"", (int)text.len, text.ptr, part);
}
