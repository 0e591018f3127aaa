/* SPDX-License-Identifier: Apache-2.0 */
/* Ledgers in a directory of their own, sample settlements, and a VFS whose writes can be made to
 * fail. */
#ifndef STL_TESTS_LEDGER_SUPPORT_H
#define STL_TESTS_LEDGER_SUPPORT_H

#include "ledger/db.h"
#include "support/load_support.h"

stl_ledger *stl_test_ledger(const stl_test_dir *dir, stl_ledger_mode mode);
/* Opens, runs SQL behind the ledger's back, closes. */
void stl_test_sql(const stl_test_dir *dir, const char *sql);

/* A settlement of `stay` under `msgid` with a document of `len` bytes. */
typedef struct stl_test_settlement {
    stl_ledger_submission s;
    unsigned char content_digest[STL_DIGEST_LEN];
    uint64_t keys[3];
    char *document;
} stl_test_settlement;
stl_test_settlement *stl_test_settlement_new(const char *stay, const char *msgid, size_t len);
void stl_test_settlement_free(stl_test_settlement *settlement);

extern const stl_actor STL_TEST_ACTOR;
settle_status stl_test_submit(stl_ledger *ledger, const char *stay, const char *msgid, size_t len,
                              stl_error *err);
settle_status stl_test_append(stl_ledger *ledger, const char *stay, const char *json,
                              stl_error *err);
bool stl_test_settled(stl_ledger *ledger, const char *stay);
/* Number of records of a sound chain. */
int64_t stl_test_sound(stl_ledger *ledger);

/* --- faults: the n-th write, sync or truncation from now on
 * ----------------------------------------- */
typedef enum stl_test_fault {
    FAULT_IO_WRITE,
    FAULT_IO_SYNC,
    FAULT_FULL,
    FAULT_KILL
} stl_test_fault;
void stl_test_faults_install(void);
/* The n-th operation that the fault concerns fails, and all after it; 0: none. */
void stl_test_fault_at(stl_test_fault fault, int n);
/* Has it struck? */
bool stl_test_fault_struck(void);

#endif
