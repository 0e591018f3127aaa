/* SPDX-License-Identifier: Apache-2.0 */
/* Includes: what is taken, what is refused, what is recorded. */
#include "support/pack_support.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define INCLUDE(path, what) "<include path=\"" path "\">" what "</include>\n"
#define TAKE_CAPS "<table file=\"caps.csv\"/>"

static void write_other(const pack_world *w) {
    pack_write(w, "other/pack.xml", PACK_XML("other", "7", ""));
    pack_write(w, "other/caps.csv", CAPS_HEAD "330100001,3,,,,refuse,99.00,次,other\n");
    pack_write(w, "other/catalogue.csv", CATALOGUE_HEAD "X,x,201,次,01,,0,,,other\n");
}

static void only_what_is_named_is_taken(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    write_other(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", TAKE_CAPS)));
    pack_build(w);
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_open(pack_path(w, "t.pack"), &pack, &w->err), SETTLE_OK);
    const stl_region *region = stl_pack_region(pack);
    assert_int_equal(region->tables[STL_T_CAPS].n_rows, 4);
    assert_int_equal(stl_index_get(&region->tables[STL_T_CAPS], STL_STR("330100001")).count, 1);
    assert_int_equal(region->tables[STL_T_CATALOGUE].n_rows, 3);
    assert_int_equal(stl_index_get(&region->tables[STL_T_CATALOGUE], STL_STR("X")).count, 0);
    stl_pack_close(pack);
}

static void an_include_is_recorded_with_the_digest_of_its_own_build(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    write_other(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", TAKE_CAPS)));
    pack_build(w);
    stl_pack *pack = NULL, *other = NULL;
    assert_int_equal(stl_pack_open(pack_path(w, "t.pack"), &pack, &w->err), SETTLE_OK);
    assert_int_equal(stl_pack_build(pack_path(w, "other"), NULL, &other, &w->err), SETTLE_OK);
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    assert_int_equal(info.n_includes, 1);
    assert_str(info.includes[0].path, "../other");
    assert_str(info.includes[0].id, "other");
    assert_str(info.includes[0].version, "7");
    assert_str(info.includes[0].takes, "caps.csv");
    assert_str(info.includes[0].digest, stl_pack_region(other)->digest);
    stl_pack_close(pack);
    stl_pack_close(other);
}

static void a_change_of_the_included_tree_changes_the_digest(void **state) {
    pack_world *w = *state;
    char first[65];
    pack_write_tree(w);
    write_other(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", TAKE_CAPS)));
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, &w->err),
                     SETTLE_OK);
    strcpy(first, stl_pack_region(pack)->digest);
    stl_pack_close(pack);
    pack_write(w, "other/catalogue.csv", CATALOGUE_HEAD "Y,x,201,次,01,,0,,,other\n");
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, &w->err),
                     SETTLE_OK);
    assert_string_not_equal(first, stl_pack_region(pack)->digest);
    stl_pack_close(pack);
}

static void includes_of_includes_are_taken_along(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", TAKE_CAPS)));
    pack_write(w, "other/pack.xml", PACK_XML("other", "7", INCLUDE("../third", TAKE_CAPS)));
    pack_write(w, "third/pack.xml", PACK_XML("third", "1", ""));
    pack_write(w, "third/caps.csv", CAPS_HEAD "330100001,3,,,,refuse,99.00,次,third\n");
    pack_build(w);
}

static void overlapping_rows_are_refused_wherever_they_come_from(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    write_other(w);
    pack_write(w, "other/caps.csv",
               CAPS_HEAD "1,,,,,refuse,9,次,o\n110100001,3,,,,refuse,9,次,o\n");
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", TAKE_CAPS)));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "../other/caps.csv", 3, "pric_list_codg");
    assert_string_equal(w->err.detail, "the same key, in force on the same day as caps.csv:2");
    assert_string_equal(w->err.value, "110100001");
}

static void a_mistake_in_an_included_tree_is_named_there(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    write_other(w);
    pack_write(w, "other/catalogue.csv", CATALOGUE_HEAD "X,x,201,次,09,,0,,,other\n");
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", TAKE_CAPS)));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "../other/catalogue.csv", 2, "chrgitm_lv");
}

static void a_missing_include_is_refused(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../gone", TAKE_CAPS)));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "include");
    assert_string_equal(w->err.value, "../gone");
    mkdir(pack_path(w, "gone"), 0755);
    pack_refused(w, SETTLE_E_PACK_SOURCE, "../gone/pack.xml", 0, NULL);
}

static void circles_are_refused(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE(".", TAKE_CAPS)));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "include");
    write_other(w);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", TAKE_CAPS)));
    pack_write(w, "other/pack.xml", PACK_XML("other", "7", INCLUDE("../tree", TAKE_CAPS)));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "../other/pack.xml", 5, "include");
    assert_string_equal(w->err.detail, "the includes go in a circle");
}

static void a_circle_by_another_name_is_refused(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    assert_int_equal(symlink("tree", pack_path(w, "alias")), 0);
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../alias", TAKE_CAPS)));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "include");
}

static void endless_nesting_is_refused(void **state) {
    pack_world *w = *state;
    for (int i = 0; i < 9; i++) {
        char dir[32], xml[768];
        snprintf(xml, sizeof xml,
                 "<pack xmlns=\"urn:libsettle:pack:1.0\" id=\"t\" version=\"1\" name=\"n\" "
                 "begndate=\"2025-01-01\"><region admdvs=\"99\"/><scheme insutype=\"*\"/>"
                 "<include path=\"../n%d\"><table file=\"caps.csv\"/></include></pack>",
                 i);
        snprintf(dir, sizeof dir, i == 0 ? "tree/pack.xml" : "n%d/pack.xml", i - 1);
        pack_write(w, dir, xml);
    }
    stl_pack *pack = NULL;
    mkdir(pack_path(w, "n8"), 0755);
    assert_int_equal(stl_pack_build(pack_path(w, "tree"), pack_path(w, "t.pack"), &pack, &w->err),
                     SETTLE_E_PACK_SOURCE);
    assert_string_equal(w->err.detail, "includes are nested too deeply");
}

static void naming_what_is_not_there_is_refused(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    write_other(w);
    pack_write(w, "tree/pack.xml",
               PACK_XML("t", "1", INCLUDE("../other", "<table file=\"rules/sex.csv\"/>")));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "table");
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", "<policy/>")));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "policy");
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", "<policy/>"));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "policy");
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", INCLUDE("../other", "")));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "include");
}

static void a_region_listed_twice_is_refused(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/pack.xml",
               "<pack xmlns=\"urn:libsettle:pack:1.0\" id=\"t\" version=\"1\" name=\"n\" "
               "begndate=\"2025-01-01\">\n<region admdvs=\"99\"/>\n<region admdvs=\"99\"/>\n"
               "<scheme insutype=\"*\"/></pack>");
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 3, "admdvs");
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(only_what_is_named_is_taken),
        WORLD(an_include_is_recorded_with_the_digest_of_its_own_build),
        WORLD(a_change_of_the_included_tree_changes_the_digest),
        WORLD(includes_of_includes_are_taken_along),
        WORLD(overlapping_rows_are_refused_wherever_they_come_from),
        WORLD(a_mistake_in_an_included_tree_is_named_there),
        WORLD(a_missing_include_is_refused),
        WORLD(circles_are_refused),
        WORLD(a_circle_by_another_name_is_refused),
        WORLD(endless_nesting_is_refused),
        WORLD(naming_what_is_not_there_is_refused),
        WORLD(a_region_listed_twice_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
