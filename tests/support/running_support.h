/* SPDX-License-Identifier: Apache-2.0 */
/* A running stay beside a model of it: whatever happens to both, the verdict of the running stay is
 * that of a fresh check of the model, and what was told adds up to it. */
#ifndef TESTS_RUNNING_SUPPORT_H
#define TESTS_RUNNING_SUPPORT_H

#include "support/flow_support.h"

#include "model/stay.h"

typedef struct test_running {
    settle_session *session;
    settle_running *running;
    stl_stay *model;
    uint64_t random;
    long serial;      /* given so far */
    char *told;       /* ids of findings by what was told, each ended by a blank */
    char trail[4096]; /* what was done, for the message of a failure */
} test_running;

/* Opens a copy of a stay of the ledger, with its first `keep` charges; `rename` NULL: under its own
 * number. */
void test_running_open(test_running *t, settle_session *session, const char *stay,
                       const char *rename, size_t keep, uint64_t seed);
void test_running_close(test_running *t);

/* One event by chance, to both. */
void test_running_step(test_running *t);

/* The records of one kind from `from` on as {"<kind>":[...]}; to be freed. */
char *test_records(const stl_stay *stay, stl_record_kind kind, size_t from);

/* Fails unless the running verdict has the bytes of a fresh check of the model. */
void assert_as_fresh(test_running *t);

/* 0 .. n-1 */
size_t test_chance(test_running *t, size_t n);

#endif
