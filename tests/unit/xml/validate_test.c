/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"
#include "xml/reader.h"

#define SCHEMA                                                                                     \
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t' "              \
    "xmlns='urn:t' elementFormDefault='qualified'>"                                                \
    "<xs:simpleType name='code'><xs:restriction base='xs:string'><xs:pattern value='[A-Z]{3}'/>"   \
    "</xs:restriction></xs:simpleType>"                                                            \
    "<xs:simpleType name='kind'><xs:restriction base='xs:string'><xs:enumeration value='a'/>"      \
    "<xs:enumeration value='b'/></xs:restriction></xs:simpleType>"                                 \
    "<xs:simpleType name='text'><xs:restriction base='xs:string'><xs:minLength value='1'/>"        \
    "</xs:restriction></xs:simpleType>"                                                            \
    "<xs:element name='pack'><xs:complexType><xs:sequence>"                                        \
    "<xs:element name='item' maxOccurs='2'><xs:complexType>"                                       \
    "<xs:attribute name='code' type='code' use='required'/>"                                       \
    "<xs:attribute name='kind' type='kind'/><xs:attribute name='text' type='text'/>"               \
    "<xs:attribute name='n' type='xs:int'/></xs:complexType></xs:element>"                         \
    "</xs:sequence></xs:complexType></xs:element></xs:schema>"

static void assert_invalid(const char *document, int64_t line, const char *field,
                           const char *detail) {
    stl_error err = {0};
    assert_int_equal(stl_xml_validate(stl_str_of(document), "pack.xml", STL_STR(SCHEMA), &err),
                     SETTLE_E_INPUT_SCHEMA);
    assert_string_equal(err.file, "pack.xml");
    assert_int_equal(err.line, line);
    assert_string_equal(err.field, field);
    assert_string_equal(err.detail, detail);
    assert_string_equal(err.value, "");
}

static void a_valid_document_passes(void **state) {
    (void)state;
    stl_error err = {0};
    assert_int_equal(
        stl_xml_validate(STL_STR("<pack xmlns='urn:t'><item code='ABC' n='1'/></pack>"), "pack.xml",
                         STL_STR(SCHEMA), &err),
        SETTLE_OK);
}

static void attribute_and_form_are_named_and_the_value_is_not(void **state) {
    (void)state;
    assert_invalid("<pack xmlns='urn:t'>\n<item code='secret'/></pack>", 2, "item",
                   "attribute 'code' is not accepted by the pattern '[A-Z]{3}'.");
    assert_invalid("<pack xmlns='urn:t'>\n<item code=\"a' is not secret\"/></pack>", 2, "item",
                   "attribute 'code' is not accepted by the pattern '[A-Z]{3}'.");
    assert_invalid("<pack xmlns='urn:t'>\n<item code='ABC' kind='secret'/></pack>", 2, "item",
                   "attribute 'kind' is not an element of the set {'a', 'b'}.");
    assert_invalid("<pack xmlns='urn:t'>\n<item code='ABC' text=''/></pack>", 2, "item",
                   "attribute 'text': facet 'minLength'");
    assert_invalid("<pack xmlns='urn:t'>\n<item code='ABC' n='secret'/></pack>", 2, "item",
                   "not valid for its type or identity rule");
}

static void structure_is_told_in_words(void **state) {
    (void)state;
    assert_invalid("<pack xmlns='urn:t'>\n<item/></pack>", 2, "item",
                   "The attribute 'code' is required but missing.");
    assert_invalid("<pack xmlns='urn:t'>\n</pack>", 1, "pack",
                   "Missing child element(s). Expected is ( {urn:t}item ).");
    assert_invalid("<pack xmlns='urn:t'><item code='ABC'/>\n\n<other/></pack>", 3, "other",
                   "This element is not expected.");
}

static void what_is_no_xml_never_reaches_the_schema(void **state) {
    (void)state;
    stl_error err = {0};
    assert_int_equal(stl_xml_validate(STL_STR("<!DOCTYPE pack><pack xmlns='urn:t'/>"), "pack.xml",
                                      STL_STR(SCHEMA), &err),
                     SETTLE_E_INPUT_XML);
    assert_int_equal(stl_xml_validate(STL_STR("<pack"), "pack.xml", STL_STR(SCHEMA), &err),
                     SETTLE_E_INPUT_XML);
}

static void a_broken_schema_is_our_own_fault(void **state) {
    (void)state;
    stl_error err = {0};
    assert_int_equal(stl_xml_validate(STL_STR("<a/>"), "a.xml", STL_STR("<schema/>"), &err),
                     SETTLE_E_INTERNAL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_valid_document_passes),
        cmocka_unit_test(attribute_and_form_are_named_and_the_value_is_not),
        cmocka_unit_test(structure_is_told_in_words),
        cmocka_unit_test(what_is_no_xml_never_reaches_the_schema),
        cmocka_unit_test(a_broken_schema_is_our_own_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
