/* SPDX-License-Identifier: Apache-2.0 */
/* Every exported call, misused: the status that its header names, and results left untouched. */
#include "support/home_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNTOUCHED ((void *)(uintptr_t)0x5A5A5A5A)

typedef struct outs { /* places that a failing call must leave alone */
    char *json;
    settle_stay *stay;
    settle_source *source;
    int32_t verdict;
    uint32_t problems;
    uint64_t len;
} outs;

static outs fresh(void) {
    return (outs){UNTOUCHED, UNTOUCHED, UNTOUCHED, 77, 77, 77};
}

static void assert_untouched(const outs *o) {
    assert_ptr_equal(o->json, UNTOUCHED);
    assert_ptr_equal(o->stay, UNTOUCHED);
    assert_ptr_equal(o->source, UNTOUCHED);
    assert_int_equal(o->verdict, 77);
    assert_int_equal(o->problems, 77);
    assert_int_equal(o->len, 77);
}

#define REFUSED(status, call)                                                                      \
    do {                                                                                           \
        outs o = fresh();                                                                          \
        assert_int_equal((call), (status));                                                        \
        assert_untouched(&o);                                                                      \
    } while (0)

static void null_arguments_are_refused(void **state) {
    const test_home *home = *state;
    settle_session *s = test_home_session(home);
    const char *const paths[] = {NULL};
    REFUSED(SETTLE_E_ARG_NULL, settle_context_new(NULL));
    REFUSED(SETTLE_E_ARG_NULL, settle_context_load(NULL, home->path));
    REFUSED(SETTLE_E_ARG_NULL, settle_context_load(home->context, NULL));
    REFUSED(SETTLE_E_ARG_NULL, settle_home_init(home->context, NULL, "x", ""));
    REFUSED(SETTLE_E_ARG_NULL, settle_session_open(home->context, NULL, NULL));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_open(NULL, "csv", paths, 1, &o.source));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_open(s, "csv", NULL, 1, &o.source));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_open(s, "csv", paths, 1, &o.source));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_read(s, NULL, &o.source));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_report(s, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_adapter_probe(s, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_mapping(s, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_adapter_list(NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_json(s, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_import(s, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_source_take(s, NULL, 0, &o.stay));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_parse(s, NULL, 3, &o.stay));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_load(s, NULL, &o.stay));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_check(s, NULL, &o.verdict, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_preview(s, NULL, &o.verdict, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_explain(s, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_submit(s, NULL, &o.verdict, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_document(s, NULL, &o.json, &o.len));
    REFUSED(SETTLE_E_ARG_NULL, settle_stay_list(s, NULL, NULL));
    REFUSED(SETTLE_E_ARG_NULL, settle_document_verify(s, NULL, 0, "n", NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_pack_build(s, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_pack_check(s, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_pack_show(s, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_check(s, NULL, &o.problems, NULL));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_suggest(s, NULL, 1, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_list(NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_import(s, NULL, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_propose(s, NULL, 1, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_decide(s, NULL, 1, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_review(NULL, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_publish(s, NULL));
    REFUSED(SETTLE_E_ARG_NULL, settle_mapping_upload(s, NULL, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_NULL, settle_audit_verify(NULL, &o.json));
    settle_session_free(s);
}

static void calls_before_a_home_is_loaded_say_so(void **state) {
    (void)state;
    settle_context *context = NULL;
    settle_session *s = NULL;
    assert_int_equal(settle_context_new(&context), SETTLE_OK);
    assert_int_equal(settle_session_open(context, NULL, &s), SETTLE_OK);
    REFUSED(SETTLE_E_ARG_STATE, settle_stay_load(s, "S01", &o.stay));
    REFUSED(SETTLE_E_ARG_STATE, settle_stay_submit(s, "S01", &o.verdict, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_stay_list(s, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_stay_document(s, "S01", &o.json, &o.len));
    REFUSED(SETTLE_E_ARG_STATE, settle_audit_verify(s, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_suggest(s, NULL, 0, NULL, &o.json));
    int64_t in_force = -7;
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_import(s, "x.csv", NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_propose(s, NULL, 0, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_decide(s, "approve", 1, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_review(s, NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_upload(s, "[]", 2, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_publish(s, &in_force));
    assert_int_equal(in_force, -7);
    REFUSED(SETTLE_E_ARG_STATE, settle_mapping_check(s, NULL, &o.problems, &o.json));
    REFUSED(SETTLE_E_NO_TRUST_ANCHOR, settle_document_verify(s, "x", 1, "n", NULL, &o.json));
    settle_session_free(s);
    settle_context_free(context);
}

static void what_does_not_exist_leaves_results_alone(void **state) {
    settle_session *s = test_home_session(*state);
    char *json = test_home_stay("M1", "999903001", 1, 2, 0);
    assert_int_equal(test_home_import(s, *state, json), SETTLE_OK); /* there is a ledger now */
    const char *const absent[] = {"/nonexistent/stays.csv"};
    REFUSED(SETTLE_E_INPUT_OPEN, settle_source_open(s, "csv", absent, 1, &o.source));
    REFUSED(SETTLE_E_INPUT_OPEN, settle_source_open(s, "json", absent, 1, &o.source));
    REFUSED(SETTLE_E_INPUT_OPEN, settle_source_open(s, "xml", absent, 1, &o.source));
    REFUSED(SETTLE_E_ARG_VALUE, settle_source_open(s, "../csv", absent, 1, &o.source));
    REFUSED(SETTLE_E_ARG_VALUE, settle_source_open(s, "csv", absent, 0, &o.source));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_load(s, "M1 ", &o.stay));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_load(s, "\xFF", &o.stay));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_submit(s, "m1", &o.verdict, &o.json));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_submit(s, "' OR 1", &o.verdict, &o.json));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_list(s, "M2", &o.json));
    REFUSED(SETTLE_E_INPUT_NOT_SETTLED, settle_stay_document(s, "M1", &o.json, &o.len));
    REFUSED(SETTLE_E_INPUT_DATE, settle_mapping_suggest(s, NULL, 0, "2025-02-30", &o.json));
    REFUSED(SETTLE_E_INPUT_DATE, settle_mapping_propose(s, NULL, 0, "2025-02-30", NULL, &o.json));
    REFUSED(SETTLE_E_INPUT_OPEN, settle_mapping_import(s, "/nonexistent", NULL, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_import(s, "x", "a", NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_import(s, "x", NULL, "\xff", &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_decide(s, "suggest", 1, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_decide(s, "Approve", 1, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_decide(s, "approve", 1, 1, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_decide(s, "approve", 0, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_decide(s, "approve", -1, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_decide(s, "undo", 0, 1, NULL, &o.json));
    REFUSED(SETTLE_E_INPUT_MAPPING, settle_mapping_decide(s, "undo", INT64_MAX, 0, NULL, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_mapping_review(s, "new", NULL, &o.json));
    static const struct {
        settle_status status;
        const char *json;
    } UPLOADS[] = {
        {SETTLE_E_INPUT_JSON, ""},
        {SETTLE_E_INPUT_JSON, "{}"},
        {SETTLE_E_INPUT_JSON, "[] []"},
        {SETTLE_E_INPUT_JSON, "[1]"},
        {SETTLE_E_INPUT_JSON, "[{\"factor\":1}]"},
        {SETTLE_E_INPUT_MISSING, "[{\"med_list_codg\":\"A\"}]"},
        {SETTLE_E_INPUT_RANGE, "[{\"medins_list_codg\":\"A\",\"factor_num\":0}]"},
        {SETTLE_E_INPUT_NUMBER, "[{\"medins_list_codg\":\"A\",\"factor_num\":\"x\"}]"},
    };
    for (size_t i = 0; i < sizeof UPLOADS / sizeof *UPLOADS; i++)
        REFUSED(UPLOADS[i].status,
                settle_mapping_upload(s, UPLOADS[i].json, strlen(UPLOADS[i].json), NULL, &o.json));
    REFUSED(SETTLE_E_INPUT_DATE, settle_mapping_check(s, "2025-02-30", &o.problems, &o.json));
    REFUSED(SETTLE_E_PACK_OPEN, settle_pack_diff(s, "/nonexistent.pack", "x", 0, NULL, &o.json));
    REFUSED(SETTLE_E_PACK_OPEN, settle_pack_rules(s, "/nonexistent.pack", NULL, &o.json));
    REFUSED(SETTLE_E_PACK_OPEN, settle_pack_show(s, "/nonexistent.pack", &o.json));
    REFUSED(SETTLE_E_PACK_SOURCE, settle_pack_build(s, "/nonexistent", NULL, &o.json));
    settle_session_free(s);
    free(json);
}

static void what_is_to_be_read_is_held_against_its_size_and_meaning(void **state) {
    settle_session *s = test_home_session(*state);
    const char *const nothing[] = {NULL}, *const database[] = {"odbc:none"};
    settle_source_options ask = {.struct_size = sizeof ask, .paths = nothing, .n_paths = 1};
    REFUSED(SETTLE_E_ARG_NULL, settle_source_read(s, &ask, &o.source));
    ask.paths = NULL;
    REFUSED(SETTLE_E_ARG_NULL, settle_source_read(s, &ask, &o.source));
    ask = (settle_source_options){.struct_size = sizeof ask};
    REFUSED(SETTLE_E_ARG_VALUE, settle_source_read(s, &ask, &o.source));
    ask.n_stays = 1;
    ask.n_paths = 1;
    ask.paths = database;
    REFUSED(SETTLE_E_ARG_NULL, settle_source_read(s, &ask, &o.source));
    ask.n_stays = 0;
    ask.adapter = "csv";
    REFUSED(SETTLE_E_INPUT_OPEN, settle_source_read(s, &ask, &o.source));
    REFUSED(SETTLE_E_ARG_VALUE, settle_adapter_probe(s, &ask, &o.json));
    REFUSED(SETTLE_E_ARG_VALUE, settle_source_mapping(s, &ask, NULL, &o.json));
    ask.adapter = NULL;
    REFUSED(SETTLE_E_ARG_NULL, settle_source_mapping(s, &ask, NULL, &o.json));
    ask.adapter = "zlhis";
    REFUSED(SETTLE_E_ARG_VALUE, settle_source_mapping(s, &ask, "\xff", &o.json));
    ask.stays = database;
    ask.n_stays = 1;
    REFUSED(SETTLE_E_ARG_VALUE, settle_source_mapping(s, &ask, NULL, &o.json));
    ask.n_stays = 0;
    for (uint32_t other = 0; other < 3 * sizeof ask; other++) {
        ask.struct_size = other;
        if (other != sizeof ask)
            REFUSED(SETTLE_E_ARG_SIZE, settle_source_read(s, &ask, &o.source));
    }
    ask.struct_size = sizeof ask;
    ask.reserved = 1;
    REFUSED(SETTLE_E_ARG_SIZE, settle_source_read(s, &ask, &o.source));
    settle_session_free(s);
}

static settle_status open_with(const test_home *home, settle_session_options options) {
    settle_session *s = UNTOUCHED;
    settle_status status = settle_session_open(home->context, &options, &s);
    if (status != SETTLE_OK)
        assert_ptr_equal(s, UNTOUCHED);
    else
        settle_session_free(s);
    return status;
}

static void options_are_held_against_their_size_and_meaning(void **state) {
    const uint32_t size = sizeof(settle_session_options);
    assert_int_equal(open_with(*state, (settle_session_options){.struct_size = size}), SETTLE_OK);
    for (uint32_t other = 0; other < 3 * size; other++)
        if (other != size)
            assert_int_equal(open_with(*state, (settle_session_options){.struct_size = other}),
                             SETTLE_E_ARG_SIZE);
    const int64_t outside[] = {INT64_MAX, INT64_MIN, 253402300800};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_int_equal(open_with(*state, (settle_session_options){.struct_size = size,
                                                                    .fixed_time_s = outside[i]}),
                         SETTLE_E_ARG_VALUE);
    assert_int_equal(open_with(*state, (settle_session_options){.struct_size = size,
                                                                .fixed_time_s = outside[2] - 1}),
                     SETTLE_OK);
    assert_int_equal(
        open_with(*state, (settle_session_options){.struct_size = size, .opter = "\xFF\xFE"}),
        SETTLE_E_ARG_VALUE);
}

static void what_is_reserved_stays_zero(void **state) {
    settle_session *s = test_home_session(*state);
    const settle_verify_options options = {.struct_size = sizeof options, .reserved = 1};
    const settle_verify_options short_one = {.struct_size = 8};
    REFUSED(SETTLE_E_ARG_VALUE, settle_document_verify(s, "<a/>", 4, "n", &options, &o.json));
    settle_override_options brief = {.struct_size = sizeof brief - 8};
    REFUSED(SETTLE_E_ARG_SIZE, settle_stay_override(s, "S02", "0", &brief, &o.json));
    brief = (settle_override_options){.struct_size = sizeof brief, .reserved = 1};
    REFUSED(SETTLE_E_ARG_SIZE, settle_stay_override(s, "S02", "0", &brief, &o.json));
    brief = (settle_override_options){.struct_size = sizeof brief};
    REFUSED(SETTLE_E_ARG_VALUE, settle_stay_override(s, "S02", "0", &brief, &o.json));
    REFUSED(SETTLE_E_ARG_SIZE, settle_document_verify(s, "<a/>", 4, "n", &short_one, &o.json));
    REFUSED(SETTLE_E_SIG_MISSING, settle_document_verify(s, "<a/>", 4, "n", NULL, &o.json));
    settle_session_free(s);
}

static void an_error_text_fits_any_room_and_ends_between_characters(void **state) {
    settle_session *s = test_home_session(*state);
    char *json = NULL;
    assert_int_equal(settle_stay_list(s, "没有这次就诊", &json), SETTLE_E_INPUT_STAY_UNKNOWN);
    const settle_error *error = settle_session_error(s);
    for (size_t cap = 1; cap < 256; cap++) {
        char *room = malloc(cap); /* a byte too many is seen by the sanitizer */
        assert_int_equal(settle_error_text(error, SETTLE_LANG_ZH, room, cap), SETTLE_OK);
        assert_true(strlen(room) < cap);
        size_t len = strlen(room);
        assert_true(len == 0 || ((unsigned char)room[len - 1] & 0xC0u) != 0xC0u);
        free(room);
    }
    assert_int_equal(settle_error_text(error, 0, NULL, 8), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_error_text(error, 0, (char[1]){0}, 0), SETTLE_E_ARG_VALUE);
    settle_session_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_arguments_are_refused),
        cmocka_unit_test(calls_before_a_home_is_loaded_say_so),
        cmocka_unit_test(what_does_not_exist_leaves_results_alone),
        cmocka_unit_test(options_are_held_against_their_size_and_meaning),
        cmocka_unit_test(what_is_to_be_read_is_held_against_its_size_and_meaning),
        cmocka_unit_test(what_is_reserved_stays_zero),
        cmocka_unit_test(an_error_text_fits_any_room_and_ends_between_characters),
    };
    return cmocka_run_group_tests(tests, test_home_setup, test_home_teardown);
}
