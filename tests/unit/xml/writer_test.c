/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"
#include "xml/writer.h"

#include <stdio.h>
#include <stdlib.h>

static void a_document_is_canonical_as_it_stands(void **state) {
    (void)state;
    SCOPED_BUF out = {0};
    stl_xml_writer w;
    stl_xml_writer_begin(&w, &out, NULL, 0);
    STL_XML_OPEN(&w, "settlement");
    STL_XML_ATTR(&w, "xmlns", STL_STR("urn:x"));
    STL_XML_OPEN(&w, "line");
    STL_XML_ATTR(&w, "n", STL_STR("1"));
    stl_xml_close(&w);
    STL_XML_OPEN(&w, "note");
    stl_xml_text(&w, STL_STR("a<b>&\"c\"\t\r\n"));
    stl_xml_close(&w);
    stl_xml_close(&w);
    assert_false(w.failed);
    assert_str(((stl_str){out.ptr, out.len}),
               "<settlement xmlns=\"urn:x\"><line n=\"1\"></line>"
               "<note>a&lt;b&gt;&amp;\"c\"\t&#xD;\n</note></settlement>");
}

static void attributes_escape_white_space_and_quotes_but_not_greater_than(void **state) {
    (void)state;
    SCOPED_BUF out = {0};
    stl_xml_escape_attr(&out, STL_STR("a<b>&\"c\"\t\r\n'"));
    assert_str(((stl_str){out.ptr, out.len}), "a&lt;b>&amp;&quot;c&quot;&#x9;&#xD;&#xA;'");
}

static const char *naive(unsigned char byte, bool attr) {
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return attr ? ">" : "&gt;";
    case '"':
        return attr ? "&quot;" : "\"";
    case '\t':
        return attr ? "&#x9;" : "\t";
    case '\n':
        return attr ? "&#xA;" : "\n";
    case '\r':
        return "&#xD;";
    default:
        return NULL;
    }
}

static void expect(stl_str value, bool attr, stl_buf *out) {
    for (size_t i = 0; i < value.len; i++) {
        const char *escape = naive((unsigned char)value.ptr[i], attr);
        if (escape == NULL)
            stl_buf_bytes(out, value.ptr + i, 1);
        else
            stl_buf_text(out, escape);
    }
}

static void every_special_byte_is_found_at_every_place_of_every_length(void **state) {
    static const char special[] = "&<>\"\t\n\r'\x7F\xE4\xBD\xA0=0";
    (void)state;
    for (size_t len = 1; len < 40; len++)
        for (size_t at = 0; at < len; at++)
            for (size_t s = 0; s < sizeof special - 1; s++)
                for (int attr = 0; attr <= 1; attr++) {
                    char text[40];
                    memset(text, 'x', len);
                    text[at] = special[s];
                    stl_str value = {text, len};
                    SCOPED_BUF got = {0}, want = {0};
                    expect(value, attr, &want);
                    attr ? stl_xml_escape_attr(&got, value) : stl_xml_escape_text(&got, value);
                    assert_int_equal(got.len, want.len);
                    assert_memory_equal(got.ptr, want.ptr, want.len);
                }
}

static void random_bytes_escape_as_byte_by_byte(void **state) {
    (void)state;
    stl_test_random random = {7};
    for (int round = 0; round < 20000; round++) {
        char text[64];
        size_t len = (size_t)stl_test_between(&random, 0, sizeof text);
        for (size_t i = 0; i < len; i++)
            text[i] = (char)stl_test_between(&random, 0x20, 0xFF);
        SCOPED_BUF got = {0}, want = {0};
        expect((stl_str){text, len}, true, &want);
        stl_xml_escape_attr(&got, (stl_str){text, len});
        assert_true(stl_buf_ok(&got));
        assert_int_equal(got.len, want.len);
        if (want.len > 0)
            assert_memory_equal(got.ptr, want.ptr, want.len);
    }
}

static void an_empty_value_needs_no_pointer(void **state) {
    (void)state;
    SCOPED_BUF out = {0};
    stl_xml_writer w;
    stl_xml_writer_begin(&w, &out, NULL, 0);
    STL_XML_OPEN(&w, "a");
    STL_XML_ATTR(&w, "b", ((stl_str){NULL, 0}));
    stl_xml_text(&w, (stl_str){NULL, 0});
    stl_xml_close(&w);
    assert_str(((stl_str){out.ptr, out.len}), "<a b=\"\"></a>");
}

static void begin(stl_xml_writer *w, stl_buf *out, stl_digest *digest) {
    assert_true(stl_digest_reset(digest));
    stl_xml_writer_begin(w, out, digest, 64);
    STL_XML_OPEN(w, "root");
}

static void the_digest_is_that_of_the_closed_document(void **state) {
    (void)state;
    stl_digest *digest = stl_digest_new(STL_SHA256);
    for (int n = 0; n < 5000; n += 611) {
        SCOPED_BUF out = {0};
        stl_buf_text(&out, "not of the document");
        size_t before = out.len;
        stl_xml_writer w;
        stl_error err = {0};
        unsigned char got[STL_DIGEST_LEN], want[STL_DIGEST_LEN];
        begin(&w, &out, digest);
        for (int i = 0; i < n; i++) {
            STL_XML_OPEN(&w, "line");
            STL_XML_ATTR(&w, "name", STL_STR("床位费"));
            stl_xml_close(&w);
        }
        assert_int_equal(stl_xml_writer_digest(&w, got, &err), SETTLE_OK);
        stl_buf_text(&out, "</root>");
        assert_int_equal(stl_digest_of(STL_SHA256, out.ptr + before, out.len - before, want, &err),
                         SETTLE_OK);
        assert_memory_equal(got, want, STL_DIGEST_LEN);
    }
    stl_digest_free(digest);
}

static void assert_internal(stl_xml_writer *w) {
    unsigned char got[STL_DIGEST_LEN];
    stl_error err = {0};
    assert_int_equal(stl_xml_writer_digest(w, got, &err), SETTLE_E_INTERNAL);
    assert_string_not_equal(err.detail, "");
}

static void wrong_nesting_is_told_at_the_digest(void **state) {
    (void)state;
    stl_digest *digest = stl_digest_new(STL_SHA256);
    SCOPED_BUF out = {0};
    stl_xml_writer w;
    begin(&w, &out, digest);
    STL_XML_OPEN(&w, "line");
    assert_internal(&w);
    begin(&w, &out, digest);
    stl_xml_close(&w);
    assert_internal(&w);
    begin(&w, &out, digest);
    stl_xml_close(&w);
    stl_xml_close(&w);
    assert_true(w.failed);
    begin(&w, &out, digest);
    stl_xml_text(&w, STL_STR("t"));
    STL_XML_ATTR(&w, "late", STL_STR("1"));
    assert_internal(&w);
    begin(&w, &out, digest);
    for (int i = 0; i < 16; i++)
        STL_XML_OPEN(&w, "deep");
    assert_true(w.failed);
    stl_digest_free(digest);
}

static void a_control_character_never_reaches_a_document(void **state) {
    (void)state;
    stl_digest *digest = stl_digest_new(STL_SHA256);
    for (char c = 1; c < 0x20; c++) {
        const char text[] = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', c, 'j'};
        SCOPED_BUF out = {0};
        stl_xml_writer w;
        begin(&w, &out, digest);
        STL_XML_ATTR(&w, "name", ((stl_str){text, sizeof text}));
        assert_int_equal(w.failed, c != '\t' && c != '\n' && c != '\r');
        begin(&w, &out, digest);
        stl_xml_text(&w, (stl_str){text, sizeof text});
        assert_int_equal(w.failed, c != '\t' && c != '\n' && c != '\r');
    }
    stl_digest_free(digest);
}

static settle_status write_all(void *user, stl_error *err) {
    SCOPED_BUF out = {0};
    stl_xml_writer w;
    unsigned char got[STL_DIGEST_LEN];
    begin(&w, &out, user);
    for (int i = 0; i < 400; i++) {
        STL_XML_OPEN(&w, "line");
        STL_XML_ATTR(&w, "name", STL_STR("a&b<c>\"d\" and more than a word"));
        stl_xml_text(&w, STL_STR("<"));
        stl_xml_close(&w);
    }
    return stl_xml_writer_digest(&w, got, err);
}

static void without_memory_it_says_so(void **state) {
    (void)state;
    stl_digest *digest = stl_digest_new(STL_SHA256);
    assert_true(stl_test_each_alloc(write_all, digest) > 5);
    stl_digest_free(digest);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_canonical_as_it_stands),
        cmocka_unit_test(attributes_escape_white_space_and_quotes_but_not_greater_than),
        cmocka_unit_test(every_special_byte_is_found_at_every_place_of_every_length),
        cmocka_unit_test(random_bytes_escape_as_byte_by_byte),
        cmocka_unit_test(an_empty_value_needs_no_pointer),
        cmocka_unit_test(the_digest_is_that_of_the_closed_document),
        cmocka_unit_test(wrong_nesting_is_told_at_the_digest),
        cmocka_unit_test(a_control_character_never_reaches_a_document),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
