/* SPDX-License-Identifier: Apache-2.0 */
/* A working example hospital in a directory of its own, and stays made from its first. */
#ifndef STL_TESTS_HOME_SUPPORT_H
#define STL_TESTS_HOME_SUPPORT_H

#include "support/base_support.h"

#include <settle/settle.h>

typedef struct test_home {
    char dir[64], path[96];
    settle_context *context;
} test_home;

/* Group setup and teardown: *state is a test_home. */
int test_home_setup(void **state);
int test_home_teardown(void **state);

settle_session *test_home_session(const test_home *home);

/* A stay of `n` charges of 12.00 yuan as `settle batch` takes it. Serials begin at `first`, each
 * charge is ten minutes after the one before, the first one `shift` minutes after admission. */
char *test_home_stay(const char *mdtrt_id, const char *psn_no, int first, int n, int shift);
/* Imports such a text; answers the status. */
settle_status test_home_import(settle_session *session, const test_home *home, const char *json);

/* The text after "key": of a JSON, without its quotes; to be freed. NULL when there is none. */
char *test_home_value(const char *json, const char *key);

#endif
