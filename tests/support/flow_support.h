/* SPDX-License-Identifier: Apache-2.0 */
/* The example hospital as a home of the test's own, used through the exported calls. */
#ifndef TESTS_FLOW_SUPPORT_H
#define TESTS_FLOW_SUPPORT_H

#include "base_support.h"

#include <settle/settle.h>

enum { FLOW_PATH_MAX = 128 };
#define FLOW_STAYS "examples/hospital/stays"

typedef struct flow_home {
    char dir[FLOW_PATH_MAX]; /* holds home/ */
    char home[FLOW_PATH_MAX + 8];
    settle_context *context; /* loaded */
} flow_home;

/* Group setup and teardown. The ledger holds the eight stays. */
int flow_home_setup(void **state);
int flow_home_teardown(void **state);

settle_session *flow_session(const flow_home *f); /* fails the test when it cannot be opened */
/* Passes the status on and keeps that of the session's record in `err`. */
settle_status flow_status(const settle_session *session, settle_status status, stl_error *err);
/* What the ledger holds, audit chain verified; to settle_free(). */
char *flow_ledger(const flow_home *f);
/* Fails the test unless SETTLE_OK. */
void flow_ok(const settle_session *session, settle_status status);

#endif
