/* SPDX-License-Identifier: Apache-2.0 */
#include "support/model_support.h"

#include <stdio.h>

static void new_stay_has_no_values(void **state) {
    (void)state;
    SCOPED_STAY *stay = stl_stay_new();
    assert_non_null(stay);
    assert_int_equal(stay->head.begntime, STL_NONE);
    assert_int_equal(stay->head.brdy, STL_NONE);
    assert_int_equal(stay->head.balc, STL_NONE);
    assert_int_equal(stay->head.line, 0);
    assert_int_equal(stl_stay_n_charges(stay), 0);
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        assert_false(stay->given[kind]);
}

static void records_keep_their_content_while_the_array_grows(void **state) {
    (void)state;
    SCOPED_STAY *stay = stl_stay_new();
    for (int64_t i = 0; i < 1000; i++) {
        stl_charge *charge = stl_stay_add(stay, STL_R_CHARGE);
        assert_non_null(charge);
        assert_int_equal(charge->cnt, 0);
        assert_null(charge->spec.ptr);
        charge->cnt = i;
    }
    assert_int_equal(stl_stay_n_charges(stay), 1000);
    for (int64_t i = 0; i < 1000; i++)
        assert_int_equal(stl_stay_charges(stay)[i].cnt, i);
}

static settle_status fill_stay(void *user, stl_error *err) {
    (void)user;
    SCOPED_STAY *stay = stl_stay_new();
    TRY_ALLOC(err, stay);
    const stl_record_type *type = &STL_RECORD_TYPES[STL_R_CHARGE];
    size_t spec = (size_t)stl_record_field(type, STL_STR("spec"));
    for (int i = 0; i < 200; i++) {
        void *charge = stl_stay_add(stay, STL_R_CHARGE);
        TRY_ALLOC(err, charge);
        TRY(stl_record_set(type, spec, STL_STR("10ml"), charge, stay->arena, err));
    }
    return SETTLE_OK;
}

static void every_failed_allocation_is_answered(void **state) {
    (void)state;
    assert_true(stl_test_each_alloc(fill_stay, NULL) > 3);
}

static void nothing_is_freed_twice(void **state) {
    (void)state;
    stl_stay_free(NULL);
    stl_stay *none = NULL;
    stl_stay_cleanup(&none);
}

static void stems_are_those_of_the_files(void **state) {
    (void)state;
    static const char *const STEMS[] = {
        "stays",        "charges", "diagnoses",     "operations", "identities",
        "accumulators", "history", "history-items", "orders",     "approvals",
        "consents",     "pathway", "entitlements",  "deposits"};
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        assert_string_equal(STL_RECORD_TYPES[kind].stem, STEMS[kind]);
}

/* The columns of the shared data set are the canonical ones. */
static void columns_of_the_data_set_are_known(void **state) {
    (void)state;
    int files = 0;
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        char path[256], header[1024];
        snprintf(path, sizeof path, "../shared/data/discharges/%s.csv", type->stem);
        FILE *file = fopen(path, "r");
        if (file == NULL)
            continue;
        files++;
        assert_non_null(fgets(header, sizeof header, file));
        fclose(file);
        char *rest = NULL;
        for (char *name = strtok_r(header, ",\n", &rest); name != NULL;
             name = strtok_r(NULL, ",\n", &rest))
            if (stl_record_field(type, stl_str_of(name)) < 0)
                fail_msg("%s: unknown column %s", path, name);
    }
    if (files == 0) {
        print_message("the shared data set is not at hand\n");
        skip();
    }
    assert_true(files >= 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_stay_has_no_values),
        cmocka_unit_test(records_keep_their_content_while_the_array_grows),
        cmocka_unit_test(every_failed_allocation_is_answered),
        cmocka_unit_test(nothing_is_freed_twice),
        cmocka_unit_test(stems_are_those_of_the_files),
        cmocka_unit_test(columns_of_the_data_set_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
