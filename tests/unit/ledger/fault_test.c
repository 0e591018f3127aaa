/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever goes wrong, the ledger afterwards is the one before or the one wanted, and its chain is
 * whole. */
#include "support/ledger_support.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DOCUMENT = 200000, FAULTS_MAX = 5000 };

static void make(const stl_test_dir *dir) {
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_CREATE);
    assert_int_equal(stl_test_append(l, "A0", "{}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_submit(l, "A0", "M0", 5000, NULL), SETTLE_OK);
    stl_ledger_close(l);
}

/* Two records before; three when A1 was settled too. */
static bool old_or_new(const stl_test_dir *dir) {
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_WRITE);
    bool settled = stl_test_settled(l, "A1");
    assert_true(stl_test_settled(l, "A0"));
    assert_int_equal(stl_test_sound(l), settled ? 3 : 2);
    SCOPED_BUF out = {0};
    assert_int_equal(stl_ledger_document(l, STL_STR("A0"), 0, &out, NULL), SETTLE_OK);
    assert_int_equal(out.len, 5000);
    stl_ledger_close(l);
    return settled;
}

/* --- failing writes
 * -------------------------------------------------------------------------------- */

static settle_status submit_with_fault(const stl_test_dir *dir, stl_test_fault fault, int n) {
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_WRITE);
    stl_test_fault_at(fault, n);
    settle_status status = stl_test_submit(l, "A1", "M1", DOCUMENT, NULL);
    bool struck = stl_test_fault_struck();
    if (status == SETTLE_OK) { /* the close may fail too: nothing that was committed is lost */
        stl_ledger_close(l);
        stl_test_fault_at(fault, 0);
        assert_false(struck);
        return status;
    }
    stl_test_fault_at(fault, 0);
    assert_false(stl_test_settled(l, "A1"));
    stl_ledger_close(l);
    assert_true(struck);
    return status;
}

static void each_write_fails_in_turn(const stl_test_dir *dir, stl_test_fault fault,
                                     settle_status expected) {
    settle_status status = expected;
    int n = 0;
    make(dir);
    while (status != SETTLE_OK && n < FAULTS_MAX) {
        status = submit_with_fault(dir, fault, ++n);
        assert_true(status == SETTLE_OK || status == expected);
        if (!old_or_new(dir)) {
            assert_int_not_equal(status, SETTLE_OK);
        } else if (status != SETTLE_OK) { /* found whole after all: begin afresh */
            stl_test_dir_empty(dir);
            make(dir);
        }
    }
    print_message("%d operations failed in turn\n", n - 1);
    assert_in_range(n, 2, FAULTS_MAX - 1);
}

static void a_failing_write_leaves_the_ledger_as_it_was(void **state) {
    each_write_fails_in_turn(*state, FAULT_IO_WRITE, SETTLE_E_STORE_IO);
}

static void a_failing_sync_leaves_old_or_new(void **state) {
    each_write_fails_in_turn(*state, FAULT_IO_SYNC, SETTLE_E_STORE_IO);
}

static void a_full_disk_leaves_the_ledger_as_it_was(void **state) {
    each_write_fails_in_turn(*state, FAULT_FULL, SETTLE_E_STORE_FULL);
}

static settle_status reverse(stl_ledger *l) {
    const stl_ledger_reversal reversal = {STL_STR("A0"),  STL_STR("M0"), STL_STR(""),
                                          STL_STR("one"), STL_STR("r"),  STL_STR("two"),
                                          STL_STR("why"), 1741773601};
    return stl_ledger_reverse(l, &reversal, STL_TEST_ACTOR, NULL);
}

static void a_reversal_that_fails_leaves_old_or_new(void **state) {
    settle_status status = SETTLE_E_STORE_IO;
    int n = 0;
    while (status != SETTLE_OK && n < FAULTS_MAX) {
        stl_test_dir_empty(*state);
        make(*state);
        stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_WRITE);
        stl_test_fault_at(FAULT_IO_WRITE, ++n);
        status = reverse(l);
        stl_ledger_close(l);
        stl_test_fault_at(FAULT_IO_WRITE, 0);
        assert_true(status == SETTLE_OK || status == SETTLE_E_STORE_IO);
        l = stl_test_ledger(*state, STL_LEDGER_WRITE);
        bool stands = stl_test_settled(l, "A0");
        assert_int_equal(stl_test_sound(l), stands ? 2 : 3);
        assert_true(status != SETTLE_OK || !stands);
        stl_ledger_close(l);
    }
    assert_in_range(n, 2, FAULTS_MAX - 1);
}

static void a_creation_that_fails_can_be_done_again(void **state) {
    settle_status status = SETTLE_E_STORE_IO;
    int n = 0;
    for (; status != SETTLE_OK && n < FAULTS_MAX; n++) {
        stl_ledger *l = NULL;
        stl_test_fault_at(FAULT_FULL, n + 1);
        status =
            stl_ledger_open(stl_test_path(*state, "ledger.db"), STL_LEDGER_CREATE, 0, &l, NULL);
        stl_test_fault_at(FAULT_FULL, 0);
        assert_true(status == SETTLE_OK || status == SETTLE_E_STORE_FULL);
        stl_ledger_close(l);
        make(*state);
        assert_false(old_or_new(*state));
        stl_test_dir_empty(*state);
    }
    assert_in_range(n, 2, FAULTS_MAX - 1);
}

static void a_checkpoint_that_fails_loses_nothing(void **state) {
    for (int n = 1;; n++) {
        make(*state);
        stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_WRITE);
        assert_int_equal(stl_test_submit(l, "A1", "M1", DOCUMENT, NULL), SETTLE_OK);
        stl_test_fault_at(FAULT_IO_WRITE, n);
        settle_status status = stl_ledger_checkpoint(l, NULL);
        stl_ledger_close(l);
        stl_test_fault_at(FAULT_IO_WRITE, 0);
        assert_true(old_or_new(*state));
        stl_test_dir_empty(*state);
        if (status == SETTLE_OK)
            return;
        assert_int_equal(status, SETTLE_E_STORE_IO);
    }
}

/* --- kill -9
 * ---------------------------------------------------------------------------------------- */

typedef int (*child_fn)(const stl_test_dir *dir, int n);

/* Runs `child` in a process of its own: its exit code, or 1000 + the signal. */
static int in_child(child_fn child, const stl_test_dir *dir, int n) {
    fflush(NULL);
    pid_t pid = fork();
    assert_int_not_equal(pid, -1);
    if (pid == 0)
        _exit(child(dir, n));
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static settle_status die(void *user, stl_str document,
                         unsigned char out_sha256[static STL_DIGEST_LEN], stl_error *err) {
    (void)user;
    (void)out_sha256;
    (void)document;
    (void)err;
    raise(SIGKILL);
    return SETTLE_OK;
}

static int killed_in_recheck(const stl_test_dir *dir, int n) {
    (void)n;
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_WRITE);
    stl_test_settlement *t = stl_test_settlement_new("A1", "M1", DOCUMENT);
    return stl_ledger_submit(l, &t->s, STL_TEST_ACTOR, die, NULL, NULL) != SETTLE_OK;
}

static void killed_between_insert_and_commit_leaves_the_ledger_as_it_was(void **state) {
    make(*state);
    assert_int_equal(in_child(killed_in_recheck, *state, 0), 1000 + SIGKILL);
    assert_false(old_or_new(*state));
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_WRITE);
    assert_int_equal(stl_test_submit(l, "A1", "M1", DOCUMENT, NULL), SETTLE_OK);
    stl_ledger_close(l);
    assert_true(old_or_new(*state));
}

static int killed_at_write(const stl_test_dir *dir, int n) {
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_WRITE);
    stl_test_fault_at(FAULT_KILL, n);
    return stl_test_submit(l, "A1", "M1", DOCUMENT, NULL) != SETTLE_OK;
}

static void killed_at_any_write_leaves_old_or_new(void **state) {
    int n = 1, ended;
    make(*state);
    do {
        ended = in_child(killed_at_write, *state, n++);
        bool settled = old_or_new(*state);
        if (ended == 0)
            assert_true(settled);
        if (ended != 0 && settled) {
            stl_test_dir_empty(*state);
            make(*state);
        }
    } while (ended == 1000 + SIGKILL && n < FAULTS_MAX);
    print_message("killed at %d operations in turn\n", n - 2);
    assert_int_equal(ended, 0);
}

/* --- several at once
 * ----------------------------------------------------------------------------------- */

static int submit_same(const stl_test_dir *dir, int n) {
    (void)n;
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_WRITE);
    char msgid[16];
    snprintf(msgid, sizeof msgid, "M%d", (int)getpid());
    settle_status status = stl_test_submit(l, "A1", msgid, DOCUMENT, NULL);
    stl_ledger_close(l);
    return status == SETTLE_OK ? 0 : status == SETTLE_E_ARG_EXISTS ? 1 : 2;
}

static void of_several_processes_exactly_one_settles_a_stay(void **state) {
    enum { PROCESSES = 4 };
    for (int round = 0; round < 5; round++) {
        int won = 0, lost = 0;
        make(*state);
        fflush(NULL);
        for (int i = 0; i < PROCESSES; i++)
            if (fork() == 0)
                _exit(submit_same(*state, i));
        for (int i = 0; i < PROCESSES; i++) {
            int status;
            assert_true(wait(&status) > 0);
            won += WIFEXITED(status) && WEXITSTATUS(status) == 0;
            lost += WIFEXITED(status) && WEXITSTATUS(status) == 1;
        }
        assert_int_equal(won, 1);
        assert_int_equal(lost, PROCESSES - 1);
        assert_true(old_or_new(*state));
        stl_test_dir_empty(*state);
    }
}

static int create_and_append(const stl_test_dir *dir, int n) {
    stl_ledger *l = NULL;
    char stay[16];
    snprintf(stay, sizeof stay, "C%d", n);
    if (stl_ledger_open(stl_test_path(dir, "ledger.db"), STL_LEDGER_CREATE, 5000, &l, NULL) !=
        SETTLE_OK)
        return 1;
    settle_status status = stl_test_append(l, stay, "{}", NULL);
    stl_ledger_close(l);
    return status == SETTLE_OK ? 0 : 2;
}

static void several_processes_may_create_the_ledger_at_once(void **state) {
    enum { PROCESSES = 4, ROUNDS = 5 };
    for (int round = 0; round < ROUNDS; round++) {
        fflush(NULL);
        for (int i = 0; i < PROCESSES; i++)
            if (fork() == 0)
                _exit(create_and_append(*state, i));
        for (int i = 0; i < PROCESSES; i++) {
            int status;
            assert_true(wait(&status) > 0);
            assert_true(WIFEXITED(status));
            assert_int_equal(WEXITSTATUS(status), 0);
        }
        stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
        assert_int_equal(stl_test_sound(l), PROCESSES);
        stl_ledger_close(l);
        stl_test_dir_empty(*state);
    }
}

static void a_locked_ledger_is_busy_and_unchanged(void **state) {
    make(*state);
    stl_ledger *holder = stl_test_ledger(*state, STL_LEDGER_WRITE), *other = NULL;
    stl_error err = {0};
    assert_int_equal(
        stl_ledger_open(stl_test_path(*state, "ledger.db"), STL_LEDGER_WRITE, 20, &other, NULL),
        SETTLE_OK);
    assert_int_equal(stl_ledger_begin(holder, NULL), SETTLE_OK);
    assert_int_equal(stl_test_submit(other, "A1", "M1", 10, &err), SETTLE_E_STORE_BUSY);
    assert_string_equal(err.file, "ledger.db");
    assert_int_equal(stl_test_append(other, "A1", "{}", NULL), SETTLE_E_STORE_BUSY);
    assert_false(stl_test_settled(other, "A1"));
    stl_ledger_rollback(holder);
    assert_int_equal(stl_test_submit(other, "A1", "M1", 10, NULL), SETTLE_OK);
    assert_true(stl_test_settled(holder, "A1"));
    stl_ledger_close(holder);
    stl_ledger_close(other);
}

/* --- full and read-only for real
 * ------------------------------------------------------------------------- */

static void a_database_at_its_limit_is_full_and_unchanged(void **state) {
    make(*state);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_WRITE);
    assert_int_equal(sqlite3_exec(l->db, "PRAGMA max_page_count=20", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(stl_test_submit(l, "A1", "M1", DOCUMENT, NULL), SETTLE_E_STORE_FULL);
    assert_false(stl_test_settled(l, "A1"));
    stl_ledger_close(l);
    assert_false(old_or_new(*state));
}

static int over_file_limit(const stl_test_dir *dir, int n) {
    (void)n;
    struct rlimit limit = {10 * 1024 * 1024, 10 * 1024 * 1024};
    signal(SIGXFSZ, SIG_IGN);
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_WRITE);
    setrlimit(RLIMIT_FSIZE, &limit);
    settle_status status = stl_test_submit(l, "A1", "M1", 12 * 1024 * 1024, NULL);
    bool settled = stl_test_settled(l, "A1");
    stl_ledger_close(l);
    return settled ? 2 : status == SETTLE_E_STORE_FULL ? 0 : 1;
}

static void a_file_size_limit_is_a_full_disk(void **state) {
    make(*state);
    assert_int_equal(in_child(over_file_limit, *state, 0), 0);
    assert_false(old_or_new(*state));
}

enum { CANNOT_MOUNT = 77 };

static bool private_tmpfs(const stl_test_dir *dir, const char *size) {
    return unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("tmpfs", dir->path, "tmpfs", 0, size) == 0;
}

static int on_full_mount(const stl_test_dir *dir, int n) {
    (void)n;
    if (!private_tmpfs(dir, "size=2m"))
        return CANNOT_MOUNT;
    make(dir);
    stl_ledger *l = stl_test_ledger(dir, STL_LEDGER_WRITE);
    if (stl_test_submit(l, "A1", "M1", 4000000, NULL) != SETTLE_E_STORE_FULL)
        return 1;
    if (stl_test_settled(l, "A1") || stl_test_sound(l) != 2)
        return 2;
    stl_ledger_close(l);
    return old_or_new(dir) ? 3 : 0;
}

static int on_readonly_mount(const stl_test_dir *dir, int n) {
    (void)n;
    if (!private_tmpfs(dir, "size=32m"))
        return CANNOT_MOUNT;
    make(dir);
    if (mount(NULL, dir->path, NULL, MS_REMOUNT | MS_RDONLY, NULL) != 0)
        return CANNOT_MOUNT;
    stl_ledger *l = NULL;
    const char *path = stl_test_path(dir, "ledger.db");
    if (stl_ledger_open(path, STL_LEDGER_WRITE, 0, &l, NULL) != SETTLE_E_STORE_READONLY)
        return 1;
    if (stl_ledger_open(stl_test_path(dir, "new.db"), STL_LEDGER_CREATE, 0, &l, NULL) !=
        SETTLE_E_STORE_READONLY)
        return 2;
    l = stl_test_ledger(dir, STL_LEDGER_READ);
    int rc = stl_test_settled(l, "A0") && stl_test_sound(l) == 2 ? 0 : 3;
    stl_ledger_close(l);
    return rc;
}

static int as_nobody(const stl_test_dir *dir, int n) {
    (void)n;
    stl_ledger *l = NULL;
    if (seteuid(65534) != 0)
        return CANNOT_MOUNT;
    return stl_ledger_open(stl_test_path(dir, "ledger.db"), STL_LEDGER_WRITE, 0, &l, NULL) ==
                   SETTLE_E_STORE_READONLY
               ? 0
               : 1;
}

static void expect_or_skip(int ended, const char *needs) {
    if (ended == CANNOT_MOUNT) {
        print_message("skipped: needs %s\n", needs);
        skip();
    }
    assert_int_equal(ended, 0);
}

static void a_full_mount_leaves_the_ledger_as_it_was(void **state) {
    expect_or_skip(in_child(on_full_mount, *state, 0), "the right to mount");
}

static void a_readonly_mount_can_be_read_and_not_written(void **state) {
    expect_or_skip(in_child(on_readonly_mount, *state, 0), "the right to mount");
}

static void a_ledger_of_another_user_is_not_written(void **state) {
    make(*state);
    expect_or_skip(in_child(as_nobody, *state, 0), "the right to change the user");
}

#define IN_DIR(test)                                                                               \
    cmocka_unit_test_setup_teardown(test, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIR(a_failing_write_leaves_the_ledger_as_it_was),
        IN_DIR(a_failing_sync_leaves_old_or_new),
        IN_DIR(a_full_disk_leaves_the_ledger_as_it_was),
        IN_DIR(a_reversal_that_fails_leaves_old_or_new),
        IN_DIR(a_creation_that_fails_can_be_done_again),
        IN_DIR(a_checkpoint_that_fails_loses_nothing),
        IN_DIR(killed_between_insert_and_commit_leaves_the_ledger_as_it_was),
        IN_DIR(killed_at_any_write_leaves_old_or_new),
        IN_DIR(of_several_processes_exactly_one_settles_a_stay),
        IN_DIR(several_processes_may_create_the_ledger_at_once),
        IN_DIR(a_locked_ledger_is_busy_and_unchanged),
        IN_DIR(a_database_at_its_limit_is_full_and_unchanged),
        IN_DIR(a_file_size_limit_is_a_full_disk),
        IN_DIR(a_full_mount_leaves_the_ledger_as_it_was),
        IN_DIR(a_readonly_mount_can_be_read_and_not_written),
        IN_DIR(a_ledger_of_another_user_is_not_written),
    };
    stl_test_faults_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
