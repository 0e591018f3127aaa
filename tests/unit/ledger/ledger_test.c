/* SPDX-License-Identifier: Apache-2.0 */
/* What a ledger keeps and gives back, and what it refuses. */
#include "support/ledger_support.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void a_new_ledger_is_its_owners_alone(void **state) {
    mode_t old = umask(0);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    umask(0777);
    assert_int_equal(stl_test_append(l, "A1", "{}", NULL), SETTLE_OK);
    static const char *const FILES[] = {"ledger.db", "ledger.db-wal", "ledger.db-shm"};
    for (size_t i = 0; i < 3; i++) {
        struct stat st;
        assert_int_equal(stat(stl_test_path(*state, FILES[i]), &st), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
    }
    umask(old);
    stl_ledger_close(l);
}

static void a_ledger_that_others_may_read_is_refused(void **state) {
    static const char *const FILES[] = {"ledger.db", "ledger.db-wal"};
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_CREATE));
    for (size_t i = 0; i < 2; i++) {
        stl_ledger *l = NULL;
        chmod(stl_test_path(*state, FILES[i]), 0640);
        assert_int_equal(
            stl_ledger_open(stl_test_path(*state, "ledger.db"), STL_LEDGER_READ, 0, &l, NULL),
            SETTLE_E_STORE_MODE);
        assert_null(l);
        chmod(stl_test_path(*state, FILES[i]), 0600);
    }
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_READ));
}

static void an_absent_ledger_is_created_only_on_demand(void **state) {
    stl_ledger *l = NULL;
    const char *path = stl_test_path(*state, "ledger.db");
    assert_int_equal(stl_ledger_open(path, STL_LEDGER_READ, 0, &l, NULL), SETTLE_E_STORE_OPEN);
    assert_int_equal(stl_ledger_open(path, STL_LEDGER_WRITE, 0, &l, NULL), SETTLE_E_STORE_OPEN);
    assert_int_equal(access(path, F_OK), -1);
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_CREATE));
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_WRITE));
}

typedef struct parts {
    int n;
    char text[64];
} parts;

static settle_status gather(void *user, stl_str json, stl_error *err) {
    parts *p = user;
    (void)err;
    strncat(p->text, json.ptr, json.len);
    p->n++;
    return SETTLE_OK;
}

static void parts_come_back_in_order(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    stl_error err = {0};
    parts p = {0};
    assert_int_equal(stl_test_append(l, "A1", "{1}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "B1", "{x}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "A1", "{2}", NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_stay_parts(l, STL_STR("A1"), gather, &p, NULL), SETTLE_OK);
    assert_int_equal(p.n, 2);
    assert_string_equal(p.text, "{1}{2}");
    assert_int_equal(stl_ledger_stay_parts(l, STL_STR("X"), gather, &p, &err),
                     SETTLE_E_INPUT_STAY_UNKNOWN);
    assert_string_equal(err.value, "X");
    assert_int_equal(stl_test_sound(l), 3);
    stl_ledger_close(l);
}

static void a_changed_part_is_not_handed_out(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    stl_error err = {0};
    parts p = {0};
    assert_int_equal(stl_test_append(l, "A1", "{1}", NULL), SETTLE_OK);
    stl_ledger_close(l);
    stl_test_sql(*state, "UPDATE stay_part SET json='{7}'");
    l = stl_test_ledger(*state, STL_LEDGER_READ);
    assert_int_equal(stl_ledger_stay_parts(l, STL_STR("A1"), gather, &p, &err),
                     SETTLE_E_STORE_CORRUPT);
    assert_int_equal(p.n, 0);
    assert_int_equal(err.line, 1);
    stl_ledger_close(l);
}

static void an_abandoned_transaction_leaves_nothing(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    assert_int_equal(stl_ledger_begin(l, NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "A1", "{1}", NULL), SETTLE_OK);
    stl_ledger_rollback(l);
    stl_ledger_rollback(l);
    assert_int_equal(stl_test_sound(l), 0);
    assert_int_equal(stl_ledger_begin(l, NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "A1", "{1}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "A1", "{2}", NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_commit(l, NULL), SETTLE_OK);
    assert_int_equal(stl_test_sound(l), 2);
    stl_ledger_close(l);
}

static settle_status note_document(void *user, stl_str document,
                                   unsigned char out_sha256[static STL_DIGEST_LEN],
                                   stl_error *err) {
    *(stl_str *)user = document;
    return stl_digest_of(STL_SHA256, document.ptr, document.len, out_sha256, err);
}

static void a_settlement_is_rechecked_and_comes_back_byte_for_byte(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    stl_test_settlement *t = stl_test_settlement_new("A1", "M0001", 400000);
    stl_str checked = {0};
    assert_int_equal(stl_ledger_submit(l, &t->s, STL_TEST_ACTOR, note_document, &checked, NULL),
                     SETTLE_OK);
    assert_true(stl_str_eq(checked, t->s.document));
    SCOPED_BUF out = {0};
    assert_int_equal(stl_ledger_document(l, STL_STR("A1"), 0, &out, NULL), SETTLE_OK);
    assert_int_equal(out.len, 400000);
    assert_memory_equal(out.ptr, t->document, out.len);
    assert_int_equal(stl_ledger_document(l, STL_STR("B1"), 0, &out, NULL),
                     SETTLE_E_INPUT_STAY_UNKNOWN);
    assert_true(stl_test_settled(l, "A1"));
    assert_false(stl_test_settled(l, "B1"));
    assert_int_equal(stl_test_sound(l), 1);
    stl_test_settlement_free(t);
    stl_ledger_close(l);
}

static settle_status refuse(void *user, stl_str document,
                            unsigned char out_sha256[static STL_DIGEST_LEN], stl_error *err) {
    (void)user;
    (void)out_sha256;
    (void)document;
    return FAIL(err, SETTLE_E_SIG_VALUE, .field = NULL);
}

static void a_settlement_that_fails_its_recheck_is_not_kept(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    stl_test_settlement *t = stl_test_settlement_new("A1", "M0001", 1000);
    assert_int_equal(stl_ledger_submit(l, &t->s, STL_TEST_ACTOR, refuse, NULL, NULL),
                     SETTLE_E_SIG_VALUE);
    assert_false(stl_test_settled(l, "A1"));
    assert_int_equal(stl_test_sound(l), 0);
    assert_int_equal(stl_ledger_submit(l, &t->s, STL_TEST_ACTOR, NULL, NULL, NULL), SETTLE_OK);
    stl_test_settlement_free(t);
    stl_ledger_close(l);
}

static void a_stay_is_settled_once_and_a_message_number_given_once(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    stl_error err = {0};
    assert_int_equal(stl_test_submit(l, "A1", "M0001", 10, NULL), SETTLE_OK);
    assert_int_equal(stl_test_submit(l, "A1", "M0002", 10, &err), SETTLE_E_ARG_EXISTS);
    assert_string_equal(err.value, "A1");
    assert_int_equal(stl_test_submit(l, "B1", "M0001", 10, &err), SETTLE_E_STORE_MSGID);
    assert_string_equal(err.value, "M0001");
    assert_int_equal(stl_test_submit(l, "B1", "M0002", 10, NULL), SETTLE_OK);
    assert_int_equal(stl_test_sound(l), 2);
    stl_ledger_close(l);
}

static void serials_go_on_after_the_highest(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    int64_t serial;
    assert_int_equal(stl_ledger_next_serial(l, STL_STR("M"), &serial, NULL), SETTLE_OK);
    assert_int_equal(serial, 1);
    assert_int_equal(stl_test_submit(l, "A1", "M0041", 10, NULL), SETTLE_OK);
    assert_int_equal(stl_test_submit(l, "B1", "N0099", 10, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_next_serial(l, STL_STR("M"), &serial, NULL), SETTLE_OK);
    assert_int_equal(serial, 42);
    stl_ledger_close(l);
}

static settle_status count_settlement(void *user, stl_str msgid, stl_instant made_at,
                                      stl_error *err) {
    (void)err;
    int *n = user;
    *n += stl_str_is(msgid, "M1") && made_at != STL_NONE;
    return SETTLE_OK;
}

static void keys_settled_under_another_stay_of_the_person_are_found(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    static const uint64_t KEYS[] = {5, 22, UINT64_MAX - 1, UINT64_MAX, 11};
    bool flags[5];
    stl_stay_state settled;
    int told = 0;
    assert_int_equal(stl_test_submit(l, "A1", "M1", 10, NULL), SETTLE_OK);
    bool any;
    assert_int_equal(stl_ledger_keys_settled(l, STL_STR("P1"), STL_STR("A2"), KEYS, 5, flags, &any,
                                             count_settlement, &told, NULL),
                     SETTLE_OK);
    assert_true(any);
    static const bool FOUND[] = {false, true, true, false, true}, NONE[5] = {false};
    assert_memory_equal(flags, FOUND, sizeof flags);
    assert_int_equal(stl_ledger_keys_settled(l, STL_STR("P1"), STL_STR("A1"), KEYS, 5, flags, &any,
                                             count_settlement, &told, NULL),
                     SETTLE_OK);
    assert_false(any);
    assert_int_equal(told, 1); /* the second time it is the stay's own */
    assert_memory_equal(flags, NONE, sizeof flags);
    assert_int_equal(stl_ledger_keys_settled(l, STL_STR("P2"), STL_STR("A2"), KEYS, 5, flags, &any,
                                             count_settlement, &told, NULL),
                     SETTLE_OK);
    assert_false(any);
    assert_memory_equal(flags, NONE, sizeof flags);
    assert_int_equal(stl_ledger_settled(l, STL_STR("A1"), &settled, count_settlement, &told, NULL),
                     SETTLE_OK);
    assert_true(settled == STL_STAY_SETTLED && told == 2);
    stl_ledger_close(l);
}

typedef struct rows {
    int n;
    char text[256];
} rows;

static settle_status note_row(void *user, const stl_ledger_row *row, stl_error *err) {
    rows *r = user;
    (void)err;
    SCOPED_BUF line = {0};
    stl_buf_printf(&line, "%.*s %.*s %d/%d;", (int)row->mdtrt_id.len, row->mdtrt_id.ptr,
                   (int)row->state.len, row->state.ptr, (int)row->n_charges, (int)row->parts);
    strncat(r->text, line.ptr, line.len);
    assert_int_equal(row->made_at == STL_NONE, stl_str_is(row->state, "open"));
    r->n++;
    return SETTLE_OK;
}

static void the_list_shows_each_stay_in_order(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    rows r = {0}, one = {0};
    assert_int_equal(stl_test_append(l, "B1", "{}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "A1", "{}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_append(l, "B1", "{2}", NULL), SETTLE_OK);
    assert_int_equal(stl_test_submit(l, "B1", "M1", 10, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_list(l, (stl_str){0}, note_row, &r, NULL), SETTLE_OK);
    assert_string_equal(r.text, "A1 open 2/1;B1 queued 4/2;");
    assert_int_equal(stl_ledger_list(l, STL_STR("A1"), note_row, &one, NULL), SETTLE_OK);
    assert_string_equal(one.text, "A1 open 2/1;");
    assert_int_equal(stl_ledger_list(l, STL_STR("X"), note_row, &one, NULL),
                     SETTLE_E_INPUT_STAY_UNKNOWN);
    stl_ledger_close(l);
}

static void a_reader_writes_nothing(void **state) {
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_CREATE));
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
    assert_int_equal(stl_test_append(l, "A1", "{}", NULL), SETTLE_E_STORE_READONLY);
    assert_int_equal(stl_test_submit(l, "A1", "M1", 10, NULL), SETTLE_E_STORE_READONLY);
    assert_int_equal(stl_test_sound(l), 0);
    stl_ledger_close(l);
}

static void the_log_keeps_its_room_and_is_moved_at_close(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    struct stat before, after, database;
    assert_int_equal(stat(stl_test_path(*state, "ledger.db-wal"), &before), 0);
    assert_true(before.st_size >= 8 * 1024 * 1024);
    for (int i = 0; i < 4; i++) {
        char stay[8] = {'A', (char)('0' + i)};
        assert_int_equal(stl_test_submit(l, stay, stay, 1000000, NULL), SETTLE_OK);
    }
    assert_int_equal(stat(stl_test_path(*state, "ledger.db"), &database), 0);
    assert_true(database.st_size < 1000000);
    stl_ledger_close(l);
    assert_int_equal(stat(stl_test_path(*state, "ledger.db-wal"), &after), 0);
    assert_int_equal(after.st_size, before.st_size);
    assert_int_equal(stat(stl_test_path(*state, "ledger.db"), &database), 0);
    assert_true(database.st_size > 4000000);
}

static void a_log_that_nobody_moves_stays_bounded(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    struct stat st;
    for (int i = 0; i < 20; i++) {
        char stay[8] = {'A', (char)('a' + i)};
        assert_int_equal(stl_test_submit(l, stay, stay, 10000000, NULL), SETTLE_OK);
        assert_int_equal(stat(stl_test_path(*state, "ledger.db-wal"), &st), 0);
        assert_true(st.st_size < 80 * 1024 * 1024);
    }
    assert_int_equal(stl_test_sound(l), 20);
    stl_ledger_close(l);
}

/* --- what is not a ledger of ours
 * ----------------------------------------------------------------- */

static void assert_unfit(const stl_test_dir *dir, settle_status expected) {
    stl_ledger *l = NULL;
    for (int mode = STL_LEDGER_READ; mode <= STL_LEDGER_CREATE; mode++)
        assert_int_equal(
            stl_ledger_open(stl_test_path(dir, "ledger.db"), (stl_ledger_mode)mode, 0, &l, NULL),
            expected);
}

static void a_newer_version_is_refused(void **state) {
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_CREATE));
    stl_test_sql(*state, "PRAGMA user_version=99");
    assert_unfit(*state, SETTLE_E_STORE_VERSION);
}

static void a_database_of_another_program_is_refused(void **state) {
    stl_test_sql(*state, "CREATE TABLE a(b)");
    chmod(stl_test_path(*state, "ledger.db"), 0600);
    assert_unfit(*state, SETTLE_E_STORE_VERSION);
}

static void a_file_that_is_no_database_is_damaged(void **state) {
    char junk[8192];
    memset(junk, 'x', sizeof junk);
    stl_test_write_bytes(*state, "ledger.db", junk, sizeof junk);
    chmod(stl_test_path(*state, "ledger.db"), 0600);
    assert_unfit(*state, SETTLE_E_STORE_CORRUPT);
}

static void an_unfinished_creation_is_finished(void **state) {
    stl_test_write(*state, "ledger.db", "");
    chmod(stl_test_path(*state, "ledger.db"), 0600);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    assert_int_equal(stl_test_append(l, "A1", "{}", NULL), SETTLE_OK);
    stl_ledger_close(l);
}

static void an_emptied_ledger_is_not_taken_for_a_new_one(void **state) {
    stl_ledger *l = NULL;
    stl_test_write(*state, "ledger.db", "");
    chmod(stl_test_path(*state, "ledger.db"), 0600);
    for (int mode = STL_LEDGER_READ; mode <= STL_LEDGER_WRITE; mode++)
        assert_int_equal(
            stl_ledger_open(stl_test_path(*state, "ledger.db"), (stl_ledger_mode)mode, 0, &l, NULL),
            SETTLE_E_STORE_CORRUPT);
}

static void triggers_put_into_the_file_do_not_run(void **state) {
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_CREATE));
    stl_test_sql(*state, "CREATE TRIGGER t AFTER INSERT ON submission BEGIN"
                         " UPDATE submission SET psn_part_amt=0; END");
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_WRITE);
    stl_audit_report report;
    assert_int_equal(stl_test_submit(l, "A1", "M1", 1000, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_audit_verify(l, &report, NULL), SETTLE_OK);
    stl_ledger_close(l);
}

static void a_view_in_the_place_of_a_table_is_refused(void **state) {
    stl_ledger_close(stl_test_ledger(*state, STL_LEDGER_CREATE));
    stl_test_sql(*state, "ALTER TABLE submission RENAME TO hidden;"
                         "CREATE VIEW submission AS SELECT * FROM hidden WHERE 0");
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_WRITE);
    stl_stay_state settled;
    assert_int_equal(stl_ledger_settled(l, STL_STR("A1"), &settled, NULL, NULL, NULL),
                     SETTLE_E_STORE_CORRUPT);
    stl_ledger_close(l);
}

static void steps_of_the_schema_run_once_each_or_not_at_all(void **state) {
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_CREATE);
    enum { N = 8 };
    const int now = STL_LEDGER_VERSION;
    assert_true(now + 2 <= N);
    const char *good[N] = {0}, *bad[N] = {0};
    for (int i = 0; i < now; i++)
        good[i] = bad[i] = STL_LEDGER_SCHEMA[i];
    good[now] = bad[now] = "CREATE TABLE two(a)";
    good[now + 1] = "ALTER TABLE two ADD b";
    bad[now + 1] = "nonsense";
    assert_int_equal(stl_ledger_migrate(l, good, now + 2, false, NULL), SETTLE_E_STORE_VERSION);
    assert_int_not_equal(stl_ledger_migrate(l, bad, now + 2, true, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_migrate(l, good, now, true, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_migrate(l, good, now + 2, true, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_migrate(l, good, now + 2, true, NULL), SETTLE_OK);
    assert_int_equal(stl_ledger_migrate(l, good, now + 1, true, NULL), SETTLE_E_STORE_VERSION);
    assert_int_equal(sqlite3_exec(l->db, "INSERT INTO two VALUES(1,2)", NULL, NULL, NULL),
                     SQLITE_OK);
    stl_ledger_close(l);
}

/* A ledger as the first version made it. */
static void write_first_version(void **state) {
    SCOPED_BUF sql = {0};
    stl_buf_printf(&sql, "%s; PRAGMA application_id=%d; PRAGMA user_version=1",
                   STL_LEDGER_SCHEMA[0], STL_LEDGER_APPLICATION);
    assert_true(stl_buf_ok(&sql));
    stl_test_sql(*state, sql.ptr);
    assert_int_equal(chmod(stl_test_path(*state, "ledger.db"), S_IRUSR | S_IWUSR), 0);
}

static void an_older_ledger_is_migrated_by_the_first_to_read(void **state) {
    assert_true(STL_LEDGER_VERSION > 1);
    write_first_version(state);
    stl_ledger *l = stl_test_ledger(*state, STL_LEDGER_READ);
    stl_audit_report report;
    assert_int_equal(stl_ledger_audit_verify(l, &report, NULL), SETTLE_OK);
    stl_ledger_close(l);
}

static void a_newer_ledger_is_refused_to_readers(void **state) {
    write_first_version(state);
    stl_test_sql(*state, "PRAGMA user_version=99");
    stl_ledger *l = NULL;
    stl_error err = {0};
    assert_int_equal(
        stl_ledger_open(stl_test_path(*state, "ledger.db"), STL_LEDGER_READ, 100, &l, &err),
        SETTLE_E_STORE_VERSION);
    assert_non_null(strstr(err.detail, "version 99"));
    assert_null(l);
}

#define IN_DIR(test)                                                                               \
    cmocka_unit_test_setup_teardown(test, stl_test_dir_setup, stl_test_dir_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_DIR(a_new_ledger_is_its_owners_alone),
        IN_DIR(a_ledger_that_others_may_read_is_refused),
        IN_DIR(an_absent_ledger_is_created_only_on_demand),
        IN_DIR(parts_come_back_in_order),
        IN_DIR(a_changed_part_is_not_handed_out),
        IN_DIR(an_abandoned_transaction_leaves_nothing),
        IN_DIR(a_settlement_is_rechecked_and_comes_back_byte_for_byte),
        IN_DIR(a_settlement_that_fails_its_recheck_is_not_kept),
        IN_DIR(a_stay_is_settled_once_and_a_message_number_given_once),
        IN_DIR(serials_go_on_after_the_highest),
        IN_DIR(keys_settled_under_another_stay_of_the_person_are_found),
        IN_DIR(the_list_shows_each_stay_in_order),
        IN_DIR(a_reader_writes_nothing),
        IN_DIR(the_log_keeps_its_room_and_is_moved_at_close),
        IN_DIR(a_log_that_nobody_moves_stays_bounded),
        IN_DIR(a_newer_version_is_refused),
        IN_DIR(a_database_of_another_program_is_refused),
        IN_DIR(a_file_that_is_no_database_is_damaged),
        IN_DIR(an_unfinished_creation_is_finished),
        IN_DIR(an_emptied_ledger_is_not_taken_for_a_new_one),
        IN_DIR(triggers_put_into_the_file_do_not_run),
        IN_DIR(a_view_in_the_place_of_a_table_is_refused),
        IN_DIR(an_older_ledger_is_migrated_by_the_first_to_read),
        IN_DIR(a_newer_ledger_is_refused_to_readers),
        IN_DIR(steps_of_the_schema_run_once_each_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
