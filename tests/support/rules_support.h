/* SPDX-License-Identifier: Apache-2.0 */
/* Runs every check over a small world and asks what was found, by serial numbers. */
#ifndef TESTS_RULES_SUPPORT_H
#define TESTS_RULES_SUPPORT_H

#include "support/model_support.h"

#include "rules/rules.h"

typedef struct test_findings {
    const stl_case *c;
    stl_verdict verdict;
} test_findings;

int test_rules_setup(void **state); /* *state: a test_world */
int test_rules_teardown(void **state);
#define RULE_TEST(function)                                                                        \
    cmocka_unit_test_setup_teardown(function, test_rules_setup, test_rules_teardown)

/* Builds the case and runs all checks; the ledger was asked and knows nothing. */
test_findings test_judge(test_world *w);
/* The same over a case that the test has changed. */
test_findings test_judge_case(test_world *w, const stl_case *c);

/* Runs the checks that look at the payment, over the settlement given. */
test_findings test_judge_payment(test_world *w, const stl_settlement *s);

size_t test_count(const test_findings *f, const char *rule_id);
/* The n-th finding of a rule; the test fails where there is none. */
const stl_finding *test_finding(const test_findings *f, const char *rule_id, size_t nth);

/* Exactly one finding of the rule, with these serials ("1 2", in the order of lines). */
void assert_found(const test_findings *f, const char *rule_id, const char *lines,
                  const char *involved);
void assert_silent(const test_findings *f, const char *rule_id);
/* Lines that the rule could not judge, for all its causes; -1: no entry at all. */
void assert_gap(const test_findings *f, const char *rule_id, int64_t lines);
/* How many causes the rule names for what it could not judge. */
size_t test_gaps(const test_findings *f, const char *rule_id);
/* Of this rule, one of the causes is exactly this one. */
void assert_missing(const test_findings *f, const char *rule_id, const char *cause);
void assert_says(stl_str text, const char *part);

#endif
