/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/manifest.h"

#include "support/base_support.h"

#define HEAD                                                                                       \
    "<pack xmlns='urn:libsettle:pack:1.0' id='p' version='1' name='n' begndate='2025-01-01'"
#define SERVES "<region admdvs='61'/>\n<scheme insutype='*'/>\n"

typedef struct refusal {
    const char *xml;
    int64_t line;
    const char *field;
} refusal;

static const refusal REFUSALS[] = {
    {"", 1, NULL},
    {"<pack", 1, NULL},
    {"<!DOCTYPE pack [<!ENTITY e 'x'>]>\n" HEAD ">" SERVES "</pack>", 1, NULL},
    {"<pack id='p'/>", 1, "pack"},
    {HEAD ">\n<region admdvs='61'/></pack>", 1, "pack"},
    {HEAD ">\n<region admdvs='611'/><scheme insutype='*'/></pack>", 2, "region"},
    {HEAD ">\n<region admdvs='61'/>\n<scheme insutype='31'/></pack>", 3, "scheme"},
    {HEAD " enddate='2025-02-30'>" SERVES "</pack>", 1, "enddate"},
    {HEAD " enddate='2024-12-31'>" SERVES "</pack>", 1, "enddate"},
    {HEAD " enddate='soon'>" SERVES "</pack>", 1, "pack"},
    {"<pack xmlns='urn:libsettle:pack:1.0' id='../p' version='1' name='n' "
     "begndate='2025-01-01'>" SERVES "</pack>",
     1, "pack"},
    {HEAD ">\n" SERVES "<include path='/etc'/></pack>", 4, "include"},
    {HEAD ">\n" SERVES "<include path='../a'>\n<table file='cap.csv'/></include></pack>", 5,
     "table"},
    {HEAD ">\n" SERVES
          "<policy>\n<param name='a' value='1'/>\n<param name='a' value='2'/></policy></pack>",
     6, "param"},
    {HEAD ">\n" SERVES "<policy insutype=''/></pack>", 4, "policy"},
    {HEAD " colour='red'>" SERVES "</pack>", 1, "pack"},
};

static void what_does_not_fit_is_refused_at_its_line(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof REFUSALS / sizeof REFUSALS[0]; i++) {
        const refusal *r = &REFUSALS[i];
        SCOPED_ARENA *arena = stl_arena_new();
        stl_manifest m;
        stl_error err = {0};
        settle_status status = stl_manifest_read(stl_str_of(r->xml), "pack.xml", arena, &m, &err);
        if (status != SETTLE_E_PACK_SOURCE || err.line != r->line ||
            (r->field != NULL && strcmp(err.field, r->field) != 0))
            print_error("%zu: %d line %d field %s: %s\n", i, status, (int)err.line, err.field,
                        err.detail);
        assert_int_equal(status, SETTLE_E_PACK_SOURCE);
        assert_string_equal(err.file, "pack.xml");
        assert_int_equal(err.line, r->line);
        if (r->field != NULL)
            assert_string_equal(err.field, r->field);
    }
}

static void everything_is_read(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_manifest m;
    stl_error err = {0};
    static const char XML[] =
        "<?xml version='1.0' encoding='UTF-8'?><!-- why -->\n"
        "<pack xmlns='urn:libsettle:pack:1.0' id=' p-1 ' version='2025.1' name='示例  区' "
        "begndate='2025-01-01' enddate='2025-12-31'>\n"
        "<region admdvs='6101'/><region admdvs='62'/>\n"
        "<scheme insutype='310'/>\n"
        "<policy><param name='x' value=' 1.50 '/></policy>\n"
        "<include path='../a'><table file='caps.csv'/><table file='rules/sex.csv'/></include>\n"
        "<include path='../b'><policy insutype=' 310  390 '><param name='y' value='2'/></policy>"
        "</include></pack>";
    assert_int_equal(stl_manifest_read(stl_str_of(XML), "pack.xml", arena, &m, &err), SETTLE_OK);
    assert_str(m.id, "p-1");
    assert_str(m.name, "示例 区");
    assert_int_equal(m.enddate, stl_day_of(2025, 12, 31));
    assert_int_equal(m.regions.n, 2);
    assert_str(m.regions.items[1].text, "62");
    assert_int_equal(m.schemes.n, 1);
    assert_int_equal(m.schemes.items[0].line, 4);
    assert_true(m.policy.given);
    assert_str(m.policy.params[0].value, "1.50");
    assert_int_equal(m.n_includes, 2);
    assert_true(m.includes[0].tables[STL_T_CAPS]);
    assert_true(m.includes[0].tables[STL_T_SEX]);
    assert_false(m.includes[0].tables[STL_T_CATALOGUE]);
    assert_false(m.includes[0].policy.given);
    assert_str(m.includes[1].policy.insutype, "310 390");
    assert_str(m.includes[1].policy.params[0].name, "y");
    assert_int_equal(m.includes[1].line, 7);
}

static void without_an_end_the_pack_is_open(void **state) {
    (void)state;
    SCOPED_ARENA *arena = stl_arena_new();
    stl_manifest m;
    assert_int_equal(
        stl_manifest_read(STL_STR(HEAD ">" SERVES "</pack>"), "pack.xml", arena, &m, NULL),
        SETTLE_OK);
    assert_int_equal(m.enddate, STL_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_is_refused_at_its_line),
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(without_an_end_the_pack_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
