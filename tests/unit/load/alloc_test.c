/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and storing answer NO_MEMORY wherever memory ends, and leave nothing behind. */
#include "support/base_support.h"
#include "support/ledger_support.h"

#include <stdio.h>
#include <stdlib.h>

static settle_status read_fixture(const char *adapter, stl_error *err) {
    const char *path = strcmp(adapter, "csv") == 0   ? "adapters/csv/fixtures"
                       : strcmp(adapter, "xml") == 0 ? "adapters/xml/fixtures"
                                                     : "adapters/json/fixtures";
    stl_source *source = NULL;
    settle_status status =
        stl_adapter_open(adapter, &(stl_adapter_ask){.paths = &path, .n_paths = 1}, &source, err);
    stl_source_free(source);
    return status;
}

static settle_status read_csv(void *user, stl_error *err) {
    (void)user;
    return read_fixture("csv", err);
}

static settle_status read_json(void *user, stl_error *err) {
    (void)user;
    return read_fixture("json", err);
}

static settle_status read_large(void *user, stl_error *err) {
    stl_source *source = NULL;
    stl_stay *stay = NULL;
    (void)user;
    TRY(stl_test_open_large("adapters/csv/fixtures", &source, err));
    settle_status status = stl_source_take(source, 0, &stay, err);
    stl_stay_free(stay);
    stl_source_free(source);
    return status;
}

static settle_status take_stay(void *user, stl_error *err) {
    stl_source *source = NULL;
    (void)user;
    TRY(stl_stay_from_json(
        STL_STR("{\"stay\":{\"mdtrt_id\":\"A1\",\"fixmedins_code\":\"H1\",\"psn_no\":\"P1\","
                "\"insutype\":\"310\",\"begntime\":\"\",\"endtime\":\"\",\"x\":\"y\"},"
                "\"accumulators\":[{\"year\":\"2025\",\"kind\":\"k\",\"value\":\"1\"}]}"),
        "x", 1, &source, err));
    stl_stay *stay = NULL;
    settle_status status = stl_source_take(source, 0, &stay, err);
    stl_source_free(source);
    stl_stay_free(stay);
    return status;
}

typedef struct store {
    stl_ledger *ledger;
    int n;
    char stay[16];
} store;

static settle_status store_both(void *user, stl_error *err) {
    store *s = user;
    snprintf(s->stay, sizeof s->stay, "A%d", s->n++);
    TRY(stl_test_append(s->ledger, s->stay, "{}", err));
    return stl_ledger_settled(s->ledger, stl_str_of(s->stay), &(stl_stay_state){0}, NULL, NULL,
                              err);
}

static settle_status submit(void *user, stl_error *err) {
    store *s = user;
    static uint64_t keys[] = {1, 2};
    static const unsigned char digest[STL_DIGEST_LEN];
    snprintf(s->stay, sizeof s->stay, "B%d", s->n++);
    stl_ledger_submission submission = {.msgid = stl_str_of(s->stay),
                                        .mdtrt_id = stl_str_of(s->stay),
                                        .content_digest = digest,
                                        .document = STL_STR("<settlement/>"),
                                        .line_keys = keys,
                                        .n_line_keys = 2};
    return stl_ledger_submit(s->ledger, &submission, STL_TEST_ACTOR, NULL, NULL, err);
}

static void reading_survives_the_end_of_memory(void **state) {
    (void)state;
    assert_in_range(stl_test_each_alloc(read_csv, NULL), 10, 10000);
    assert_in_range(stl_test_each_alloc(read_large, NULL), 10, 10000);
    assert_in_range(stl_test_each_alloc(read_json, NULL), 10, 10000);
    assert_in_range(stl_test_each_alloc(take_stay, NULL), 5, 10000);
}

static void storing_survives_the_end_of_memory(void **state) {
    store s = {.ledger = stl_test_ledger(*state, STL_LEDGER_CREATE)};
    assert_in_range(stl_test_each_alloc(store_both, &s), 1, 1000);
    assert_in_range(stl_test_each_alloc(submit, &s), 2, 1000);
    assert_int_equal(stl_test_sound(s.ledger), 2);
    stl_ledger_close(s.ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_survives_the_end_of_memory),
        cmocka_unit_test_setup_teardown(storing_survives_the_end_of_memory, stl_test_dir_setup,
                                        stl_test_dir_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
