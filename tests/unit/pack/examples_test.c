/* SPDX-License-Identifier: Apache-2.0 */
/* The packs of the example hospital, built from their committed sources. */
#include "support/pack_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define EXAMPLES "examples/hospital/packs/"

static stl_pack *built(pack_world *w, const char *source) {
    stl_pack *pack = NULL;
    settle_status status = stl_pack_build(source, pack_path(w, "t.pack"), &pack, &w->err);
    if (status != SETTLE_OK)
        print_error("%s: %s:%d %s %s\n", source, w->err.file, (int)w->err.line, w->err.field,
                    w->err.detail);
    assert_int_equal(status, SETTLE_OK);
    return pack;
}

static void each_builds_and_passes_its_check(void **state) {
    static const char *const PACKS[] = {"shaanxi-2021", "nhsa-2026",     "nhc-pathways",
                                        "muni-2011",    "changsha-2015", "sample-999901"};
    pack_world *w = *state;
    for (size_t i = 0; i < sizeof PACKS / sizeof PACKS[0]; i++) {
        char source[64];
        snprintf(source, sizeof source, EXAMPLES "%s", PACKS[i]);
        stl_pack *pack = built(w, source);
        assert_string_equal(stl_pack_region(pack)->id, PACKS[i]);
        stl_pack_close(pack);
        assert_int_equal(stl_pack_check(pack_path(w, "t.pack"), &w->err), SETTLE_OK);
    }
}

static void the_sample_holds_what_it_includes(void **state) {
    pack_world *w = *state;
    stl_pack *pack = built(w, EXAMPLES "sample-999901");
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    assert_int_equal(info.n_includes, 6);
    assert_str(info.includes[2].id, "muni-2011");
    assert_str(info.includes[2].takes, "policy 310");
    const stl_region *region = stl_pack_region(pack);
    assert_int_equal(region->policy->n_layers, 2);
    assert_str(region->policy->layers[0].id, "basic");
    assert_str(region->policy->layers[0].fors[0].when.insutype, "310");
    assert_str(region->policy->layers[1].id, "critical");
    const stl_index_table *caps = &region->tables[STL_T_CAPS];
    stl_index_rows found = stl_index_get(caps, STL_STR("110900001a"));
    assert_int_equal(found.count, 3);
    for (size_t i = 0; i < found.count; i++)
        if (stl_str_is(stl_index_text(caps, found.rows[i * STL_CAP_COLS + STL_CAP_LV]), "2"))
            assert_int_equal(found.rows[i * STL_CAP_COLS + STL_CAP_PRICE], 25000000);
    assert_str(info.includes[3].takes, "pathways");
    assert_int_equal(region->tables[STL_T_PATHWAYS].n_rows, 13);
    stl_pack_close(pack);
}

#define SAMPLE_WITH(param)                                                                         \
    PACK_XML("t", "1",                                                                             \
             "<include path=\"../changsha-2015\"><policy insutype=\"390\">" param                  \
             "</policy></include>\n")

static void copy_changsha(pack_world *w) {
    char command[512];
    snprintf(command, sizeof command, "cp -r " EXAMPLES "changsha-2015 %s/", w->root);
    assert_int_equal(system(command), 0);
}

static void the_including_pack_sets_parameters(void **state) {
    pack_world *w = *state;
    copy_changsha(w);
    pack_write(w, "tree/pack.xml", SAMPLE_WITH(""));
    stl_pack *pack = built(w, pack_path(w, "tree"));
    assert_false(stl_pack_region(pack)->policy->layers[0].scope_counts_overlmt);
    stl_pack_close(pack);
    pack_write(w, "tree/pack.xml",
               SAMPLE_WITH("<param name=\"over-limit-counts\" value=\"yes\"/>"));
    pack = built(w, pack_path(w, "tree"));
    assert_true(stl_pack_region(pack)->policy->layers[0].scope_counts_overlmt);
    assert_str(stl_pack_region(pack)->policy->layers[0].fors[0].when.insutype, "390");
    stl_pack_close(pack);
}

static void a_parameter_that_the_policy_does_not_have_is_refused(void **state) {
    pack_world *w = *state;
    copy_changsha(w);
    pack_write(w, "tree/pack.xml", SAMPLE_WITH("<param name=\"no-such-number\" value=\"1\"/>"));
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, &w->err),
                     SETTLE_E_PACK_POLICY);
    assert_string_equal(w->err.file, "../changsha-2015/policy.xml");
    assert_int_equal(access(pack_path(w, "t.pack"), F_OK), -1);
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(each_builds_and_passes_its_check),
        WORLD(the_sample_holds_what_it_includes),
        WORLD(the_including_pack_sets_parameters),
        WORLD(a_parameter_that_the_policy_does_not_have_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
