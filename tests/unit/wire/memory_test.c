/* SPDX-License-Identifier: Apache-2.0 */
/* Each allocation of writing and reading fails once. */
#include "../../support/wire_support.h"

long stl_test_each_alloc(settle_status (*attempt)(void *user, stl_error *err), void *user);

static settle_status attempt_write(void *user, stl_error *err) {
    SCOPED_BUF doc = {0};
    return wire_write(user, &doc, err);
}

static void writing_survives_every_failed_allocation(void **state) {
    (void)state;
    wire_stay t;
    wire_stay_make(&t, 100);
    assert_true(stl_test_each_alloc(attempt_write, &t) >= 2);
    wire_stay_free(&t);
}

/* The handler alone: the parser's own allocations are the parser's. */
static settle_status attempt_read(void *user, stl_error *err) {
    const stl_buf *doc = user;
    stl_wire_reader *reader = stl_wire_reader_new("document.xml");
    TRY_ALLOC(err, reader);
    stl_xml_handler handler = stl_wire_reader_handler(reader);
    settle_status status = stl_xml_parse((stl_str){doc->ptr, doc->len}, "document.xml",
                                         (stl_xml_limits){0}, &handler, err);
    const stl_wire_document *d;
    if (status == SETTLE_OK)
        status = stl_wire_reader_finish(reader, &d, err);
    stl_wire_reader_free(reader);
    return status;
}

static void reading_survives_every_failed_allocation(void **state) {
    (void)state;
    wire_stay t;
    SCOPED_BUF doc = {0};
    wire_stay_make(&t, 2000);
    wire_document(&t, &doc);
    wire_stay_free(&t);
    assert_true(stl_test_each_alloc(attempt_read, &doc) >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_survives_every_failed_allocation),
        cmocka_unit_test(reading_survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
