/* SPDX-License-Identifier: Apache-2.0 */
#include "flow_support.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void ok(const settle_error *error, settle_status status) {
    char text[1024];
    if (status == SETTLE_OK)
        return;
    (void)settle_error_text(error, SETTLE_LANG_EN, text, sizeof text);
    fail_msg("%s: %s", settle_status_name(status), text);
}

void flow_ok(const settle_session *session, settle_status status) {
    ok(settle_session_error(session), status);
}

settle_session *flow_session(const flow_home *f) {
    settle_session *session = NULL;
    ok(settle_context_error(f->context), settle_session_open(f->context, NULL, &session));
    return session;
}

settle_status flow_status(const settle_session *session, settle_status status, stl_error *err) {
    err->status = settle_error_status(settle_session_error(session));
    return status;
}

static void import(const flow_home *f) {
    static const char *const paths[] = {FLOW_STAYS};
    settle_session *session = flow_session(f);
    settle_source *source = NULL;
    char *json = NULL;
    flow_ok(session, settle_source_open(session, "csv", paths, 1, &source));
    flow_ok(session, settle_source_import(session, source, &json));
    settle_free(json);
    settle_source_free(source);
    settle_session_free(session);
}

int flow_home_setup(void **state) {
    flow_home *f = calloc(1, sizeof *f);
    assert_non_null(f);
    snprintf(f->dir, sizeof f->dir, "/tmp/settle-flow-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->home, sizeof f->home, "%s/home", f->dir);
    settle_context *empty = NULL;
    assert_int_equal(settle_context_new(&empty), SETTLE_OK);
    ok(settle_context_error(empty), settle_home_init(empty, "examples/hospital", f->home, ""));
    settle_context_free(empty);
    assert_int_equal(settle_context_new(&f->context), SETTLE_OK);
    ok(settle_context_error(f->context), settle_context_load(f->context, f->home));
    import(f);
    *state = f;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int flag, struct FTW *where) {
    (void)info;
    (void)flag;
    (void)where;
    return remove(path);
}

int flow_home_teardown(void **state) {
    flow_home *f = *state;
    settle_context_free(f->context);
    nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(f);
    return 0;
}

char *flow_ledger(const flow_home *f) {
    settle_session *session = flow_session(f);
    char *list = NULL, *audit = NULL, *both = NULL;
    flow_ok(session, settle_stay_list(session, NULL, &list));
    flow_ok(session, settle_audit_verify(session, &audit));
    assert_true(asprintf(&both, "%s\n%s", list, audit) > 0);
    settle_free(list);
    settle_free(audit);
    settle_session_free(session);
    return both;
}
