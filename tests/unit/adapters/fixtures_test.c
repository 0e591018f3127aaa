/* SPDX-License-Identifier: Apache-2.0 */
/* The fixtures of the three adapters are the same two stays. */
#include "support/load_support.h"

#include <stdlib.h>

static stl_source *read_fixture(const char *adapter) {
    SCOPED_BUF path = {0};
    stl_buf_printf(&path, "adapters/%s/fixtures", adapter);
    const char *paths[] = {path.ptr};
    stl_source *source = NULL;
    assert_int_equal(
        stl_adapter_open(adapter, &(stl_adapter_ask){.paths = paths, .n_paths = 1}, &source, NULL),
        SETTLE_OK);
    assert_int_equal(stl_source_count(source), 2);
    return source;
}

static void assert_same_as_csv(const char *adapter) {
    stl_source *csv = read_fixture("csv"), *other = read_fixture(adapter);
    for (size_t i = 0; i < 2; i++)
        stl_test_same_json(stl_source_stay(csv, i), stl_source_stay(other, i));
    stl_source_free(csv);
    stl_source_free(other);
}

static void xml_reads_the_same_as_csv(void **state) {
    (void)state;
    assert_same_as_csv("xml");
}

static void json_reads_the_same_as_csv(void **state) {
    (void)state;
    assert_same_as_csv("json");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_reads_the_same_as_csv),
        cmocka_unit_test(json_reads_the_same_as_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
