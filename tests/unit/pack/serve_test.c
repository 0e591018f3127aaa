/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pack_support.h"

static stl_pack *made(pack_world *w) {
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), NULL, &pack, &w->err), SETTLE_OK);
    return pack;
}

static bool serves(const stl_pack *pack, const char *insutype, const char *area, int year,
                   int month, int day) {
    return stl_pack_serves(pack, stl_str_of(insutype), stl_str_of(area),
                           stl_day_of(year, month, day));
}

static void scheme_area_and_day_must_all_fit(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    stl_pack *pack = made(w);
    assert_true(serves(pack, "310", "999901", 2025, 5, 1));
    assert_true(serves(pack, "390", "9999", 2025, 5, 1));
    assert_false(serves(pack, "340", "999901", 2025, 5, 1));
    assert_false(serves(pack, "", "999901", 2025, 5, 1));
    assert_false(serves(pack, "310", "610100", 2025, 5, 1));
    assert_false(serves(pack, "310", "99", 2025, 5, 1));
    assert_false(serves(pack, "310", "", 2025, 5, 1));
    stl_pack_close(pack);
}

static void validity_is_inclusive_on_both_days(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    stl_pack *pack = made(w);
    assert_false(serves(pack, "310", "999901", 2024, 12, 31));
    assert_true(serves(pack, "310", "999901", 2025, 1, 1));
    assert_true(serves(pack, "310", "999901", 2025, 12, 31));
    assert_false(serves(pack, "310", "999901", 2026, 1, 1));
    assert_false(stl_pack_serves(pack, STL_STR("310"), STL_STR("999901"), STL_NONE));
    stl_pack_close(pack);
}

static void a_star_is_every_scheme_and_no_end_is_open(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/pack.xml",
               "<pack xmlns=\"urn:libsettle:pack:1.0\" id=\"t\" version=\"1\" name=\"n\" "
               "begndate=\"2025-01-01\"><region admdvs=\"99\"/><scheme insutype=\"*\"/></pack>");
    stl_pack *pack = made(w);
    assert_true(serves(pack, "340", "990000", 2099, 1, 1));
    assert_false(serves(pack, "340", "990000", 2024, 1, 1));
    stl_pack_close(pack);
}

static void the_discharge_selects_the_rule_unless_the_stay_has_none(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    stl_pack *pack = made(w);
    stl_admission head = {.begntime = STL_NONE, .endtime = STL_NONE, .setl_time = STL_NONE};
    assert_int_equal(stl_pack_rule_day(pack, &head), STL_NONE);
    head.begntime = stl_day_of(2025, 3, 1) * STL_DAY_SECONDS + 86399;
    assert_int_equal(stl_pack_rule_day(pack, &head), stl_day_of(2025, 3, 1));
    head.setl_time = stl_day_of(2025, 3, 9) * STL_DAY_SECONDS;
    assert_int_equal(stl_pack_rule_day(pack, &head), stl_day_of(2025, 3, 9));
    head.endtime = stl_day_of(2025, 3, 8) * STL_DAY_SECONDS;
    assert_int_equal(stl_pack_rule_day(pack, &head), stl_day_of(2025, 3, 8));
    stl_pack_close(pack);
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(scheme_area_and_day_must_all_fit),
        WORLD(validity_is_inclusive_on_both_days),
        WORLD(a_star_is_every_scheme_and_no_end_is_open),
        WORLD(the_discharge_selects_the_rule_unless_the_stay_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
