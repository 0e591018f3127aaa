/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of building, opening and compiling may fail. */
#include "support/pack_support.h"

#include "pack/mapping_source.h"
#include <unistd.h>

#define INCLUDE_OTHER "<include path=\"../other\"><table file=\"rules/beds.csv\"/></include>\n"

static settle_status build(void *user, stl_error *err) {
    pack_world *w = user;
    stl_pack *pack = NULL;
    settle_status status = stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, err);
    stl_pack_close(pack);
    return status;
}

static settle_status open_built(void *user, stl_error *err) {
    stl_pack *pack = NULL;
    settle_status status = stl_pack_open(pack_path(user, "t.pack"), &pack, err);
    stl_pack_close(pack);
    return status;
}

static settle_status compile(void *user, stl_error *err) {
    stl_mapping_source source = {.digest = {0}};
    SCOPED_BUF image = {0};
    settle_status status = stl_mapping_source_read(pack_path(user, "hospital"), &source, err);
    if (status == SETTLE_OK)
        status = stl_mapping_compile(&source, &image, err);
    stl_mapping_source_free(&source);
    return status;
}

static void building_and_opening_survive_any_failed_allocation(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE_OTHER));
    pack_write(w, "other/pack.xml", PACK_XML("other", "1", ""));
    pack_write(w, "other/rules/beds.csv", "med_list_codg,med_list_name,source\nB,bed,s\n");
    assert_true(stl_test_each_alloc(build, w) > 50);
    assert_true(stl_test_each_alloc(open_built, w) > 3);
}

static void compiling_the_mapping_survives_any_failed_allocation(void **state) {
    pack_world *w = *state;
    pack_write_hospital(w);
    assert_true(stl_test_each_alloc(compile, w) > 10);
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(building_and_opening_survive_any_failed_allocation),
        WORLD(compiling_the_mapping_survives_any_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
