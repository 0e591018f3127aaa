/* SPDX-License-Identifier: Apache-2.0 */
/* What the exported calls answer to arguments that cannot be served: the status of the header, and
 * results untouched. */
#include "support/flow_support.h"
#include "support/load_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char untouched;
#define UNTOUCHED (&untouched)

typedef struct opened {
    settle_session *session;
    settle_stay *stay;
} opened;

static opened open_s02(const flow_home *f) {
    opened o = {.session = flow_session(f)};
    flow_ok(o.session, settle_stay_load(o.session, "S02", &o.stay));
    return o;
}

static void opened_free(opened *o) {
    settle_stay_free(o->stay);
    settle_session_free(o->session);
}

/* The call refuses with `status`, says so in the session's record and leaves `json` alone. */
static void assert_refused(settle_session *session, settle_status status, settle_status want,
                           const char *json) {
    assert_int_equal(status, want);
    assert_ptr_equal(json, UNTOUCHED);
    assert_int_equal(settle_error_status(settle_session_error(session)), want);
}

static void null_handles_and_results_are_refused(void **state) {
    opened o = open_s02(*state);
    char *json = UNTOUCHED;
    int32_t verdict = 7;
    assert_int_equal(settle_stay_check(NULL, o.stay, &verdict, &json), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_stay_submit(NULL, "S02", &verdict, &json), SETTLE_E_ARG_NULL);
#define REFUSED(call) assert_refused(o.session, (call), SETTLE_E_ARG_NULL, json)
    REFUSED(settle_stay_check(o.session, NULL, &verdict, &json));
    REFUSED(settle_stay_preview(o.session, NULL, &verdict, &json));
    REFUSED(settle_stay_preview(o.session, o.stay, &verdict, NULL));
    REFUSED(settle_stay_explain(o.session, NULL, NULL, &json));
    settle_running *running = NULL;
    REFUSED(settle_running_open(o.session, NULL, &running));
    REFUSED(settle_running_open(o.session, o.stay, NULL));
    assert_null(running);
    flow_ok(o.session, settle_running_open(o.session, o.stay, &running));
    REFUSED(settle_running_append(running, NULL, 0, &verdict, &json));
    REFUSED(settle_running_append(running, "{}", 2, &verdict, NULL));
    REFUSED(settle_running_try(running, NULL, 0, &verdict, &json));
    REFUSED(settle_running_try(running, "{}", 2, &verdict, NULL));
    REFUSED(settle_running_remove(running, NULL, &verdict, &json));
    REFUSED(settle_running_remove(running, "1", &verdict, NULL));
    REFUSED(settle_running_verdict(running, &verdict, NULL));
    settle_running_free(running);
    assert_int_equal(settle_running_open(NULL, o.stay, &running), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_running_append(NULL, "{}", 2, NULL, &json), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_running_try(NULL, "{}", 2, NULL, &json), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_running_remove(NULL, "1", NULL, &json), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_running_verdict(NULL, NULL, &json), SETTLE_E_ARG_NULL);
    REFUSED(settle_stay_submit(o.session, NULL, &verdict, &json));
    REFUSED(settle_stay_submit(o.session, "S02", &verdict, NULL));
    settle_override_options by = {.struct_size = sizeof by};
    REFUSED(settle_stay_override(o.session, NULL, "0", &by, &json));
    REFUSED(settle_stay_override(o.session, "S02", NULL, &by, &json));
    REFUSED(settle_stay_override(o.session, "S02", "0", NULL, &json));
    REFUSED(settle_stay_override(o.session, "S02", "0", &by, NULL));
    REFUSED(settle_stay_list(o.session, NULL, NULL));
    REFUSED(settle_stay_document(o.session, NULL, &json, NULL));
    REFUSED(settle_stay_load(o.session, NULL, &o.stay));
    REFUSED(settle_stay_parse(o.session, NULL, 0, &o.stay));
    REFUSED(settle_source_import(o.session, NULL, &json));
    REFUSED(settle_source_take(o.session, NULL, 0, &o.stay));
    REFUSED(settle_document_verify(o.session, NULL, 0, "x", NULL, &json));
    REFUSED(settle_document_verify(o.session, "<x/>", 4, NULL, NULL, &json));
    REFUSED(settle_pack_build(o.session, NULL, NULL, &json));
    REFUSED(settle_pack_check(o.session, NULL, &json));
    REFUSED(settle_pack_show(o.session, NULL, &json));
    REFUSED(settle_pack_list(o.session, NULL, NULL));
    REFUSED(settle_pack_rules(o.session, NULL, NULL, &json));
    REFUSED(settle_pack_rules(o.session, "x", NULL, NULL));
    REFUSED(settle_pack_diff(o.session, NULL, "x", 0, NULL, &json));
    REFUSED(settle_pack_diff(o.session, "x", NULL, 0, NULL, &json));
    REFUSED(settle_pack_diff(o.session, "x", "x", 0, NULL, NULL));
    REFUSED(settle_mapping_check(o.session, NULL, NULL, NULL));
    REFUSED(settle_mapping_list(o.session, NULL, NULL));
    REFUSED(settle_mapping_suggest(o.session, NULL, 0, NULL, NULL));
    REFUSED(settle_mapping_import(o.session, "x", NULL, NULL, NULL));
    REFUSED(settle_mapping_propose(o.session, NULL, 0, NULL, NULL, NULL));
    REFUSED(settle_mapping_decide(o.session, "approve", 1, 0, NULL, NULL));
    REFUSED(settle_mapping_review(o.session, NULL, NULL, NULL));
    REFUSED(settle_mapping_publish(o.session, NULL));
    REFUSED(settle_mapping_upload(o.session, "[]", 2, NULL, NULL));
    REFUSED(settle_audit_verify(o.session, NULL));
#undef REFUSED
    assert_int_equal(verdict, 7);
    flow_ok(o.session, settle_stay_preview(o.session, o.stay, &verdict, &json));
    assert_null(settle_session_error(o.session));
    settle_free(json);
    opened_free(&o);
}

static void null_is_nothing_where_the_header_allows_it(void **state) {
    char text[8] = "before";
    (void)state;
    settle_free(NULL);
    settle_context_free(NULL);
    settle_session_free(NULL);
    settle_stay_free(NULL);
    settle_running_free(NULL);
    settle_source_free(NULL);
    assert_int_equal(settle_source_count(NULL), 0);
    assert_null(settle_source_stay(NULL, 0));
    assert_string_equal(settle_stay_id(NULL), "");
    assert_null(settle_context_error(NULL));
    assert_null(settle_session_error(NULL));
    assert_int_equal(settle_error_status(NULL), SETTLE_OK);
    assert_string_equal(settle_error_file(NULL), "");
    assert_int_equal(settle_error_line(NULL), 0);
    assert_string_equal(settle_error_field(NULL), "");
    assert_int_equal(settle_error_native(NULL), 0);
    assert_int_equal(settle_error_text(NULL, SETTLE_LANG_EN, text, sizeof text), SETTLE_OK);
    assert_string_equal(text, "");
}

static void an_error_text_needs_room_and_is_cut_to_it(void **state) {
    settle_session *session = flow_session(*state);
    settle_stay *stay = NULL;
    char text[12];
    assert_int_equal(settle_stay_load(session, "S99", &stay), SETTLE_E_INPUT_STAY_UNKNOWN);
    const settle_error *error = settle_session_error(session);
    assert_string_equal(settle_error_field(error), "mdtrt_id");
    assert_int_equal(settle_error_text(error, SETTLE_LANG_EN, NULL, 9), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_error_text(error, SETTLE_LANG_EN, text, 0), SETTLE_E_ARG_VALUE);
    assert_int_equal(settle_error_text(error, SETTLE_LANG_EN, text, sizeof text), SETTLE_OK);
    assert_in_range(strlen(text), 1, sizeof text - 1);
    settle_session_free(session);
}

static void structs_of_another_size_are_refused(void **state) {
    const flow_home *f = *state;
    settle_session *session = NULL;
    settle_session_options options = {.struct_size = sizeof options + 8};
    assert_int_equal(settle_session_open(f->context, &options, &session), SETTLE_E_ARG_SIZE);
    assert_null(session);
    options.struct_size = 0;
    assert_int_equal(settle_session_open(f->context, &options, &session), SETTLE_E_ARG_SIZE);
    options.struct_size = sizeof options;
    assert_int_equal(settle_session_open(f->context, &options, &session), SETTLE_OK);
    char *json = UNTOUCHED;
    settle_verify_options verify = {.struct_size = 1};
    assert_refused(session, settle_document_verify(session, "<x/>", 4, "x", &verify, &json),
                   SETTLE_E_ARG_SIZE, json);
    settle_session_free(session);
}

static void without_a_home_only_documents_and_packs_are_served(void **state) {
    const flow_home *f = *state;
    static const char *const paths[] = {FLOW_STAYS};
    settle_context *context = NULL;
    settle_session *session = NULL;
    settle_source *source = NULL;
    settle_stay *stay = NULL;
    char *json = UNTOUCHED, pack[FLOW_PATH_MAX + 64];
    assert_int_equal(settle_context_new(&context), SETTLE_OK);
    assert_int_equal(settle_session_open(context, NULL, &session), SETTLE_OK);
    flow_ok(session, settle_source_open(session, NULL, paths, 1, &source));
    assert_int_equal(settle_source_count(source), 8);
    const settle_stay *first = settle_source_stay(source, 0);
#define REFUSED(call) assert_refused(session, (call), SETTLE_E_ARG_STATE, json)
    REFUSED(settle_stay_check(session, first, NULL, &json));
    REFUSED(settle_stay_preview(session, first, NULL, &json));
    REFUSED(settle_stay_submit(session, "S01", NULL, &json));
    REFUSED(settle_stay_list(session, NULL, &json));
    REFUSED(settle_stay_document(session, "S01", &json, NULL));
    REFUSED(settle_stay_load(session, "S01", &stay));
    REFUSED(settle_source_import(session, source, &json));
    REFUSED(settle_mapping_check(session, "2025-01-01", NULL, &json));
    REFUSED(settle_mapping_list(session, "2025-01-01", &json));
    REFUSED(settle_mapping_suggest(session, NULL, 0, "2025-01-01", &json));
    REFUSED(settle_audit_verify(session, &json));
#undef REFUSED
    assert_null(stay);
    snprintf(pack, sizeof pack, "%s/packs/sample-999901-2026.1.pack", f->home);
    flow_ok(session, settle_pack_show(session, pack, &json));
    assert_non_null(strstr(json, "sample-999901"));
    settle_free(json);
    settle_source_free(source);
    settle_session_free(session);
    settle_context_free(context);
}

static void a_context_is_loaded_once(void **state) {
    const flow_home *f = *state;
    assert_int_equal(settle_context_load(f->context, f->home), SETTLE_E_ARG_STATE);
    assert_int_equal(settle_error_status(settle_context_error(f->context)), SETTLE_E_ARG_STATE);
    assert_int_equal(settle_context_load(f->context, NULL), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_context_load(NULL, f->home), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_context_new(NULL), SETTLE_E_ARG_NULL);
    settle_session *session = NULL;
    assert_int_equal(settle_session_open(NULL, NULL, &session), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_session_open(f->context, NULL, NULL), SETTLE_E_ARG_NULL);
}

static void a_context_stays_empty_when_its_home_is_unfit(void **state) {
    const flow_home *f = *state;
    settle_context *context = NULL;
    assert_int_equal(settle_context_new(&context), SETTLE_OK);
    assert_int_equal(settle_context_load(context, f->dir), SETTLE_E_CONFIG_READ);
    assert_int_equal(settle_context_load(context, f->home), SETTLE_OK);
    assert_null(settle_context_error(context));
    settle_context_free(context);
}

static void a_home_is_not_made_over_files(void **state) {
    const flow_home *f = *state;
    settle_context *context = NULL;
    assert_int_equal(settle_context_new(&context), SETTLE_OK);
    assert_int_equal(settle_home_init(context, "examples/hospital", f->home, ""),
                     SETTLE_E_ARG_EXISTS);
    assert_int_equal(settle_home_init(context, "examples/hospital", NULL, ""), SETTLE_E_ARG_NULL);
    settle_context_free(context);
}

static void sources_need_a_known_adapter_and_a_path(void **state) {
    static const char *const paths[] = {FLOW_STAYS, NULL};
    settle_session *session = flow_session(*state);
    settle_source *source = NULL;
    assert_int_equal(settle_source_open(session, "hl7", paths, 1, &source), SETTLE_E_ARG_VALUE);
    assert_string_equal(settle_error_field(settle_session_error(session)), "adapter");
    assert_int_equal(settle_source_open(session, "csv", paths, 0, &source), SETTLE_E_ARG_VALUE);
    assert_string_equal(settle_error_field(settle_session_error(session)), "n_paths");
    assert_int_equal(settle_source_open(session, "csv", paths, 2, &source), SETTLE_E_ARG_NULL);
    assert_int_equal(settle_source_open(session, "csv", NULL, 1, &source), SETTLE_E_ARG_NULL);
    assert_null(source);
    flow_ok(session, settle_source_open(session, "csv", paths, 1, &source));
    assert_string_equal(settle_stay_id(settle_source_stay(source, 7)), "S08");
    assert_null(settle_source_stay(source, 8));
    settle_source_free(source);
    settle_session_free(session);
}

static void a_stay_is_taken_once_and_a_source_without_it_is_not_imported(void **state) {
    static const char *const paths[] = {FLOW_STAYS};
    settle_session *session = flow_session(*state);
    settle_source *source = NULL;
    settle_stay *stay = NULL, *again = NULL;
    char *json = UNTOUCHED;
    flow_ok(session, settle_source_open(session, "csv", paths, 1, &source));
    assert_int_equal(settle_source_take(session, source, 8, &stay), SETTLE_E_ARG_VALUE);
    assert_string_equal(settle_error_field(settle_session_error(session)), "index");
    assert_int_equal(settle_source_take(session, source, 1, NULL), SETTLE_E_ARG_NULL);
    flow_ok(session, settle_source_take(session, source, 1, &stay));
    assert_int_equal(settle_source_take(session, source, 1, &again), SETTLE_E_ARG_STATE);
    assert_null(again);
    assert_null(settle_source_stay(source, 1));
    assert_refused(session, settle_source_import(session, source, &json), SETTLE_E_ARG_STATE, json);
    settle_source_free(source);
    assert_string_equal(settle_stay_id(stay), "S02");
    settle_stay_free(stay);
    settle_session_free(session);
}

static void a_large_file_that_changes_after_it_was_read_stores_nothing(void **state) {
    const flow_home *f = *state;
    stl_test_dir *dir = NULL;
    char *json = UNTOUCHED;
    assert_int_equal(stl_test_dir_setup((void **)&dir), 0);
    const char *const paths[] = {dir->path};
    stl_test_write_large(dir, false, "");
    settle_session *session = flow_session(f);
    settle_source *source = NULL;
    char *before = flow_ledger(f);
    flow_ok(session, settle_source_open(session, "csv", paths, 1, &source));
    assert_int_equal(settle_source_count(source), STL_TEST_LARGE_STAYS);
    assert_int_equal(truncate(stl_test_path(dir, "charges.csv"), 8 * 1024 * 1024), 0);
    assert_refused(session, settle_source_import(session, source, &json), SETTLE_E_INPUT_CHANGED,
                   json);
    assert_string_equal(settle_error_file(settle_session_error(session)), "charges.csv");
    char *after = flow_ledger(f);
    assert_string_equal(after, before);
    settle_free(before);
    settle_free(after);
    settle_source_free(source);
    settle_session_free(session);
    assert_int_equal(stl_test_dir_teardown((void **)&dir), 0);
}

static void unknown_lines_days_and_documents_are_named(void **state) {
    opened o = open_s02(*state);
    char *json = UNTOUCHED;
    uint32_t problems = 7;
    settle_verify_options at = {.struct_size = sizeof at, .at = "2025-02-30 00:00:00"};
#define REFUSED(status, call) assert_refused(o.session, (call), (status), json)
    REFUSED(SETTLE_E_INPUT_CHARGE_UNKNOWN,
            settle_stay_explain(o.session, o.stay, "no such line", &json));
    REFUSED(SETTLE_E_INPUT_DATE, settle_mapping_check(o.session, "2025-13-01", &problems, &json));
    REFUSED(SETTLE_E_PACK_EXPIRED, settle_mapping_check(o.session, "1999-12-31", &problems, &json));
    REFUSED(SETTLE_E_INPUT_DATE, settle_mapping_list(o.session, "yesterday", &json));
    REFUSED(SETTLE_E_INPUT_DATE, settle_document_verify(o.session, "<x/>", 4, "x", &at, &json));
    REFUSED(SETTLE_E_INPUT_NOT_SETTLED, settle_stay_document(o.session, "S02", &json, NULL));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_document(o.session, "S99", &json, NULL));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_list(o.session, "S99", &json));
    REFUSED(SETTLE_E_INPUT_STAY_UNKNOWN, settle_stay_submit(o.session, "S99", NULL, &json));
#undef REFUSED
    assert_int_equal(problems, 7);
    flow_ok(o.session, settle_mapping_check(o.session, "2025-06-30", &problems, &json));
    assert_non_null(strchr(json, '{'));
    assert_int_not_equal(problems, 7);
    settle_free(json);
    flow_ok(o.session, settle_mapping_list(o.session, NULL, &json));
    assert_non_null(strstr(json, "F100231"));
    settle_free(json);
    opened_free(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_handles_and_results_are_refused),
        cmocka_unit_test(null_is_nothing_where_the_header_allows_it),
        cmocka_unit_test(an_error_text_needs_room_and_is_cut_to_it),
        cmocka_unit_test(structs_of_another_size_are_refused),
        cmocka_unit_test(without_a_home_only_documents_and_packs_are_served),
        cmocka_unit_test(a_context_is_loaded_once),
        cmocka_unit_test(a_context_stays_empty_when_its_home_is_unfit),
        cmocka_unit_test(a_home_is_not_made_over_files),
        cmocka_unit_test(sources_need_a_known_adapter_and_a_path),
        cmocka_unit_test(a_stay_is_taken_once_and_a_source_without_it_is_not_imported),
        cmocka_unit_test(a_large_file_that_changes_after_it_was_read_stores_nothing),
        cmocka_unit_test(unknown_lines_days_and_documents_are_named),
    };
    return cmocka_run_group_tests(tests, flow_home_setup, flow_home_teardown);
}
