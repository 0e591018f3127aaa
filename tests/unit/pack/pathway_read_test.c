/* SPDX-License-Identifier: Apache-2.0 */
/* Pathways of a source tree: what is read from them, what is refused and where. */
#include "support/pack_support.h"

#include <stdio.h>
#include <string.h>

#define HEAD                                                                                       \
    "<pathway xmlns=\"urn:libsettle:pathway:1.0\" id=\"CAP\" name=\"社区获得性肺炎\" "      \
    "edition=\"2009\">\n"
#define ENTRY                                                                                      \
    "<entry>\n<diagnosis position=\"principal\">\n<code from=\"J15.902\" printed=\"J15.901\" "     \
    "basis=\"ours\"/>\n</diagnosis>\n</entry>\n"
#define TAIL "<source text=\"test\"/>\n</pathway>\n"

static void write_pathway(const pack_world *w, const char *body) {
    char text[4096];
    snprintf(text, sizeof text, HEAD "%s" TAIL, body);
    pack_write_tree(w);
    pack_write(w, "tree/pathways/CAP.xml", text);
}

static stl_pack *built(pack_world *w) {
    pack_build(w);
    stl_pack *pack = NULL;
    assert_int_equal(stl_pack_open(pack_path(w, "t.pack"), &pack, &w->err), SETTLE_OK);
    return pack;
}

static stl_str cell(const stl_pack *pack, stl_table_id table, size_t row, size_t column) {
    const stl_index_table *t = &stl_pack_region(pack)->tables[table];
    assert_true(row < t->n_rows);
    return stl_index_text(t, t->rows[row * t->n_cols + column]);
}

static int64_t number(const stl_pack *pack, size_t column) {
    return stl_pack_region(pack)->tables[STL_T_PATHWAYS].rows[column];
}

static size_t n_rows(const stl_pack *pack, stl_table_id table) {
    return stl_pack_region(pack)->tables[table].n_rows;
}

static void everything_of_a_pathway_is_kept(void **state) {
    pack_world *w = *state;
    write_pathway(w, "<entry>\n"
                     "<diagnosis position=\"any\"><code from=\"E11.2\" to=\"E11.9\"/></diagnosis>\n"
                     "<operation><code from=\"36.1\"/></operation>\n<note text=\"adult\"/>\n"
                     "</entry>\n<stay min=\"7\" max=\"14\" read=\"full\"/>\n"
                     "<operation-day min=\"2\" max=\"3\" read=\"part\"/>\n"
                     "<cost min=\"1000\" max=\"8000.50\"/>\n"
                     "<examinations complete=\"21 25\" when=\"day 1\">\n"
                     "<required name=\"肾功能\" match=\"all\">\n"
                     "<item pric_list_codg=\"250307001\" name=\"尿素测定\"/>\n"
                     "<item pric_list_codg=\"250307002\" name=\"肌酐测定\"/>\n</required>\n"
                     "<optional name=\"有创性检查\" match=\"any\"/>\n</examinations>\n"
                     "<drugs><drug name=\"抗菌药物\" med_list_codg=\"XJ01 XJ02\" "
                     "use=\"expected\" within-hours=\"8\" max-days=\"14\" basis=\"b\"/>"
                     "<note text=\"oxygen\"/></drugs>\n"
                     "<discharge><note text=\"well\"/></discharge>\n"
                     "<variation><note text=\"severe\"/></variation>\n");
    stl_pack *pack = built(w);
    assert_int_equal(n_rows(pack, STL_T_PATHWAYS), 1);
    assert_str(cell(pack, STL_T_PATHWAYS, 0, STL_PW_ID), "CAP");
    assert_int_equal(number(pack, STL_PW_STAY_MIN), 7);
    assert_int_equal(number(pack, STL_PW_STAY_MAX), 14);
    assert_int_equal(number(pack, STL_PW_OPRN_MAX), 3);
    assert_str(cell(pack, STL_T_PATHWAYS, 0, STL_PW_OPRN_READ), "part");
    assert_int_equal(number(pack, STL_PW_COST_MAX), 800050);
    assert_int_equal(number(pack, STL_PW_BEGIN), STL_NONE);
    assert_str(cell(pack, STL_T_PATHWAYS, 0, STL_PW_COMPLETE), "21 25");
    assert_int_equal(n_rows(pack, STL_T_PATHWAY_ENTRY), 2);
    assert_str(cell(pack, STL_T_PATHWAY_ENTRY, 0, STL_PWE_LAST), "E11.9");
    assert_str(cell(pack, STL_T_PATHWAY_ENTRY, 1, STL_PWE_KIND), "operation");
    assert_str(cell(pack, STL_T_PATHWAY_ENTRY, 1, STL_PWE_LAST), "36.1");
    assert_int_equal(n_rows(pack, STL_T_PATHWAY_CATEGORY), 2);
    assert_int_equal(n_rows(pack, STL_T_PATHWAY_EXAM), 3);
    assert_str(cell(pack, STL_T_PATHWAY_EXAM, 1, STL_PWX_ITEM), "肌酐测定");
    assert_str(cell(pack, STL_T_PATHWAY_EXAM, 2, STL_PWX_CODE), "");
    assert_str(cell(pack, STL_T_PATHWAY_DRUG, 0, STL_PWD_CODES), "XJ01 XJ02");
    assert_int_equal(n_rows(pack, STL_T_PATHWAY_NOTE), 5);
    stl_pack_close(pack);
}

static void a_range_over_categories_is_found_by_each(void **state) {
    pack_world *w = *state;
    write_pathway(w, "<entry><diagnosis position=\"principal\"><code from=\"K35\" to=\"K37\"/>"
                     "<code from=\"K36.x\"/></diagnosis></entry>\n");
    stl_pack *pack = built(w);
    assert_int_equal(n_rows(pack, STL_T_PATHWAY_CATEGORY), 3);
    const stl_index_table *t = &stl_pack_region(pack)->tables[STL_T_PATHWAY_CATEGORY];
    assert_int_equal(stl_index_get(t, STL_STR("K36")).count, 1);
    assert_int_equal(stl_index_get(t, STL_STR("K38")).count, 0);
    stl_pack_close(pack);
}

static void the_xml_is_kept_and_its_digest_is_part_of_the_packs(void **state) {
    pack_world *w = *state;
    char before[65];
    write_pathway(w, ENTRY);
    stl_pack *pack = built(w);
    strcpy(before, stl_pack_region(pack)->digest);
    stl_pack_close(pack);
    assert_int_equal(stl_pack_check(pack_path(w, "t.pack"), &w->err), SETTLE_OK);
    write_pathway(w, ENTRY "<!-- another file, the same pathway -->");
    pack = built(w);
    assert_string_not_equal(before, stl_pack_region(pack)->digest);
    stl_pack_close(pack);
}

static void pathways_are_taken_by_an_include_that_names_them(void **state) {
    pack_world *w = *state;
    write_pathway(w, ENTRY);
    pack_write(w, "over/pack.xml",
               PACK_XML("over", "1", "<include path=\"../tree\"><pathways/></include>\n"));
    stl_pack *pack = NULL;
    assert_int_equal(
        stl_pack_build(pack_path(w, "over"), pack_path(w, "over.pack"), &pack, &w->err), SETTLE_OK);
    assert_int_equal(n_rows(pack, STL_T_PATHWAYS), 1);
    assert_int_equal(n_rows(pack, STL_T_CAPS), 0);
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    assert_str(info.includes[0].takes, "pathways");
    stl_pack_close(pack);
    assert_int_equal(stl_pack_check(pack_path(w, "over.pack"), &w->err), SETTLE_OK);
}

static void an_include_of_pathways_that_are_not_there_is_refused(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "other/pack.xml", PACK_XML("other", "1", ""));
    pack_write(w, "tree/pack.xml",
               PACK_XML("t", "1", "<include path=\"../other\"><pathways/></include>\n"));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pack.xml", 5, "pathways");
}

static void a_pathway_that_two_trees_have_is_refused(void **state) {
    pack_world *w = *state;
    write_pathway(w, ENTRY);
    pack_write(w, "other/pack.xml", PACK_XML("other", "1", ""));
    pack_write(w, "other/pathways/CAP.xml", HEAD ENTRY "\n" TAIL);
    pack_write(w, "tree/pack.xml",
               PACK_XML("t", "1", "<include path=\"../other\"><pathways/></include>\n"));
    pack_refused(w, SETTLE_E_PACK_SOURCE, "../other/pathways/CAP.xml", 1, "pathway_id");
}

static void every_mistake_is_refused_at_its_place(void **state) {
    static const struct {
        const char *body;
        int64_t line;
        const char *field;
    } CASES[] = {
        {"", 2, "source"}, /* no entry */
        {"<entry/>\n", 1, "entry"},
        {"<entry>\n<note text=\"x\"/></entry>\n", 1, "entry"},
        {"<entry>\n<diagnosis position=\"first\"><code from=\"J15\"/></diagnosis></entry>\n", 3,
         "diagnosis"},
        {"<entry>\n<diagnosis position=\"any\">\n<code from=\"J1\"/></diagnosis></entry>\n", 4,
         "code"},
        {"<entry>\n<diagnosis position=\"any\">\n<code from=\"J15.9\" to=\"J15.2\"/>"
         "</diagnosis></entry>\n",
         4, "to"},
        {"<entry>\n<diagnosis position=\"any\">\n<code from=\"J15\" to=\"K20\"/>"
         "</diagnosis></entry>\n",
         4, "to"},
        {ENTRY "<stay min=\"9\" max=\"8\" read=\"full\"/>\n", 7, "max"},
        {ENTRY "<stay min=\"0\" max=\"8\" read=\"full\"/>\n", 7, "stay"},
        {ENTRY "<stay min=\"1\" max=\"8\"/>\n", 7, "stay"},
        {ENTRY "<cost min=\"2.00\" max=\"1.99\"/>\n", 7, "max"},
        {ENTRY "<cost min=\"2.00\" max=\"3.999\"/>\n", 7, "cost"},
        {ENTRY "<examinations>\n<required name=\"a\" match=\"all\"/></examinations>\n", 8,
         "required"},
        {ENTRY "<examinations>\n<required name=\"a\" match=\"some\"/></examinations>\n", 8,
         "required"},
        {ENTRY "<examinations><optional name=\"a\" match=\"all\">\n<item pric_list_codg=\"1\" "
               "name=\"a\"/>\n<item pric_list_codg=\"1\" name=\"a\"/></optional></examinations>\n",
         9, "pathway_id"},
        {ENTRY "<drugs>\n<drug name=\"a\" med_list_codg=\"X,Y\" use=\"allowed\" basis=\"b\"/>"
               "</drugs>\n",
         8, "drug"},
        {ENTRY "<remark/>\n", 7, "remark"},
    };
    pack_world *w = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        write_pathway(w, CASES[i].body);
        pack_refused(w, SETTLE_E_PACK_SOURCE, "pathways/CAP.xml", CASES[i].line, CASES[i].field);
    }
}

static void mistakes_of_the_root_are_refused(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/pathways/COPD.xml", HEAD ENTRY TAIL);
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pathways/COPD.xml", 1, "id");
    pack_write(w, "tree/pathways/COPD.xml",
               "<pathway xmlns=\"urn:libsettle:pathway:1.0\" id=\"COPD\" name=\"n\" edition=\"e\" "
               "begndate=\"2025-02-29\">" ENTRY TAIL);
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pathways/COPD.xml", 1, "begndate");
    pack_write(w, "tree/pathways/COPD.xml",
               "<pathway xmlns=\"urn:libsettle:pathway:1.0\" id=\"COPD\" name=\"n\" edition=\"e\" "
               "begndate=\"2025-02-02\" enddate=\"2025-02-01\">" ENTRY TAIL);
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pathways/COPD.xml", 1, "enddate");
    pack_write(w, "tree/pathways/COPD.xml", "<pathway>\n<entry></pathway>");
    pack_refused(w, SETTLE_E_PACK_SOURCE, "pathways/COPD.xml", 2, NULL);
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(everything_of_a_pathway_is_kept),
        WORLD(a_range_over_categories_is_found_by_each),
        WORLD(the_xml_is_kept_and_its_digest_is_part_of_the_packs),
        WORLD(pathways_are_taken_by_an_include_that_names_them),
        WORLD(an_include_of_pathways_that_are_not_there_is_refused),
        WORLD(a_pathway_that_two_trees_have_is_refused),
        WORLD(every_mistake_is_refused_at_its_place),
        WORLD(mistakes_of_the_root_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
