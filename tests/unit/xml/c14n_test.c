/* SPDX-License-Identifier: Apache-2.0 */
/* Ours against libxml2's exclusive c14n, on documents made to be awkward. */
#include "support/base_support.h"
#include "base/buf.h"
#include "xml/c14n.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <stdlib.h>

static settle_status collect(void *user, const void *bytes, size_t len, stl_error *err) {
    (void)err;
    stl_buf_bytes(user, bytes, len);
    return SETTLE_OK;
}

static settle_status on_open(void *user, const stl_xml_element *element, stl_error *err) {
    return stl_c14n_open(user, element, err);
}
static settle_status on_text(void *user, stl_str text, stl_error *err) {
    return stl_c14n_text(user, text, err);
}
static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    (void)depth;
    return stl_c14n_close(user, name, err);
}
static settle_status on_pi(void *user, stl_str target, stl_str data, stl_error *err) {
    return stl_c14n_pi(user, target, data, err);
}

static settle_status canonical(stl_str document, stl_buf *out, stl_error *err) {
    stl_c14n *c14n = stl_c14n_new(collect, out);
    TRY_ALLOC(err, c14n);
    const stl_xml_handler handler = {on_open, on_text, on_close, on_pi, c14n};
    settle_status status = stl_xml_parse(document, "made", (stl_xml_limits){0}, &handler, err);
    if (status == SETTLE_OK)
        status = stl_c14n_flush(c14n, err);
    stl_c14n_free(c14n);
    return status;
}

static void assert_like_libxml2(stl_str document) {
    SCOPED_BUF got = {0};
    stl_error err = {0};
    xmlChar *want = NULL;
    xmlDoc *doc = xmlReadMemory(document.ptr, (int)document.len, "made", NULL,
                                XML_PARSE_NOENT | XML_PARSE_NONET);
    assert_non_null(doc);
    int len = xmlC14NDocDumpMemory(doc, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &want);
    assert_true(len > 0);
    assert_int_equal(canonical(document, &got, &err), SETTLE_OK);
    if (got.len != (size_t)len || memcmp(got.ptr, want, got.len) != 0)
        print_error("document: %.*s\nwant: %.*s\ngot:  %.*s\n", (int)document.len, document.ptr,
                    len, (const char *)want, (int)got.len, got.ptr);
    assert_int_equal(got.len, len);
    assert_memory_equal(got.ptr, want, got.len);
    xmlFree(want);
    xmlFreeDoc(doc);
}

static void awkward_documents_are_like_libxml2s(void **state) {
    static const char *const documents[] = {
        "<a/>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n<?p  d ?>\n<a></a>\n<?q?>\n<!-- c "
        "-->",
        "<a xmlns='urn:d'><b xmlns=''><c xmlns='urn:d'/><d/></b><e/></a>",
        "<a xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q'><p:b q:x='1'/><b p:x='1' q:x='2'/></a>",
        "<p:a xmlns:p='urn:1'><p:b xmlns:p='urn:2'><p:c xmlns:p='urn:1'/></p:b><p:d/></p:a>",
        "<a xmlns:z='urn:1' xmlns:y='urn:2' y:b='1' z:b='2' b='3' a='4' aa='5' B='6'/>",
        "<a xml:lang='zh' xml:space='preserve'><b xml:lang='en'/></a>",
        "<a "
        "x='&lt;&amp;&gt;&quot;&apos;&#9;&#10;&#13;&#x4F60;'>&lt;&amp;&gt;&quot;&apos;&#13;&#9;</"
        "a>",
        "<a x=' l\r\nine\tend '>one\r\ntwo\rthree\n</a>",
        "<a><![CDATA[<b>&amp;]]&gt;]]>x<![CDATA[]]></a>",
        "<a>before<!-- gone -->after<?keep it?></a>",
        "<\xE7\xBB\x93\xE7\xAE\x97 "
        "\xE5\x8F\xB7='\xE4\xB8\x80'>\xF0\xA0\x80\x80</\xE7\xBB\x93\xE7\xAE\x97>",
        "\xEF\xBB\xBF<a>bom</a>",
        "<a xmlns:p='urn:p'><p:b/><p:b/><c><p:b/></c></a>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++)
        assert_like_libxml2(stl_str_of(documents[i]));
}

/* libxml2 writes the ampersand as it is here, which is not well-formed. */
static void a_namespace_name_is_escaped_like_an_attribute(void **state) {
    (void)state;
    SCOPED_BUF got = {0};
    stl_error err = {0};
    assert_int_equal(canonical(STL_STR("<a xmlns='urn:x?a=1&amp;b=2'/>"), &got, &err), SETTLE_OK);
    assert_str(((stl_str){got.ptr, got.len}), "<a xmlns=\"urn:x?a=1&amp;b=2\"></a>");
}

static int64_t pick(stl_test_random *random, int64_t high) {
    return stl_test_between(random, 0, high);
}

static void put_value(stl_test_random *random, stl_buf *out) {
    static const char *const pieces[] = {"x",
                                         "1.00",
                                         " ",
                                         "\t",
                                         "\n",
                                         "\r\n",
                                         "&amp;",
                                         "&lt;",
                                         "&gt;",
                                         "&quot;",
                                         "&#13;",
                                         "&#9;",
                                         "&#xA;",
                                         "\xE5\xBA\x8A",
                                         ">",
                                         "'",
                                         "more than eight bytes"};
    for (int64_t n = pick(random, 5); n > 0; n--)
        stl_buf_text(out, pieces[pick(random, sizeof pieces / sizeof pieces[0] - 1)]);
}

/* p, q and r are bound at the root, so every use below is bound, whatever is bound anew. */
static void put_element(stl_test_random *random, stl_buf *out, int depth) {
    static const char *const names[] = {"e", "p:e", "q:e", "r:f", "long-name-of-an-element"};
    static const char *const spaces[] = {"",
                                         " xmlns='urn:1'",
                                         " xmlns=''",
                                         " xmlns:p='urn:1'",
                                         " xmlns:q='urn:2'",
                                         " xmlns:p='urn:2' xmlns='urn:2'"};
    static const char *const attributes[] = {"b", "a", "p:a", "r:c", "ab", "xml:lang"};
    const char *name = names[pick(random, 4)];
    stl_buf_printf(out, "<%s%s", name, spaces[pick(random, 5)]);
    int64_t start = pick(random, 5);
    for (int64_t i = 0, n = pick(random, 4); i < n; i++) {
        stl_buf_printf(out, " %s=\"", attributes[(start + i) % 6]);
        put_value(random, out);
        stl_buf_text(out, "\"");
    }
    stl_buf_text(out, ">");
    for (int64_t n = depth > 5 ? 0 : pick(random, 3); n > 0; n--) {
        put_value(random, out);
        put_element(random, out, depth + 1);
    }
    static const char *const extras[] = {"", "<![CDATA[a<b&c]]>", "<?pi some data?>", "<!-- c -->",
                                         "&#13;"};
    stl_buf_text(out, extras[pick(random, 4)]);
    stl_buf_printf(out, "</%s>", name);
}

static void random_documents_are_like_libxml2s(void **state) {
    (void)state;
    stl_test_random random = {42};
    for (int round = 0; round < 3000; round++) {
        SCOPED_BUF document = {0};
        stl_buf_text(&document, "<root xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'>");
        put_element(&random, &document, 0);
        stl_buf_text(&document, "</root>");
        assert_true(stl_buf_ok(&document));
        assert_like_libxml2((stl_str){document.ptr, document.len});
    }
}

static void canonical_bytes_are_their_own_canonical_form(void **state) {
    (void)state;
    stl_test_random random = {43};
    for (int round = 0; round < 500; round++) {
        SCOPED_BUF document = {0}, once = {0}, twice = {0};
        stl_error err = {0};
        stl_buf_text(&document, "<root xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'>");
        put_element(&random, &document, 0);
        stl_buf_text(&document, "</root>");
        assert_int_equal(canonical((stl_str){document.ptr, document.len}, &once, &err), SETTLE_OK);
        assert_int_equal(canonical((stl_str){once.ptr, once.len}, &twice, &err), SETTLE_OK);
        assert_int_equal(once.len, twice.len);
        assert_memory_equal(once.ptr, twice.ptr, once.len);
    }
}

static void output_comes_in_pieces_and_is_complete(void **state) {
    (void)state;
    SCOPED_BUF document = {0};
    stl_buf_text(&document, "<root>");
    for (int i = 0; i < 4000; i++)
        stl_buf_printf(&document, "<line n='%d'>\xE5\xBA\x8A\xE4\xBD\x8D</line>", i);
    stl_buf_text(&document, "</root>");
    assert_like_libxml2((stl_str){document.ptr, document.len});
}

static settle_status refuse(void *user, const void *bytes, size_t len, stl_error *err) {
    (void)user, (void)bytes, (void)len;
    return FAIL(err, SETTLE_E_STORE_FULL, .field = NULL);
}

static void a_failing_sink_stops_it(void **state) {
    (void)state;
    stl_error err = {0};
    stl_c14n *c14n = stl_c14n_new(refuse, NULL);
    const stl_xml_element element = {.name = {.local = STL_STR("a")}};
    assert_int_equal(stl_c14n_open(c14n, &element, &err), SETTLE_OK);
    assert_int_equal(stl_c14n_close(c14n, element.name, &err), SETTLE_OK);
    assert_int_equal(stl_c14n_flush(c14n, &err), SETTLE_E_STORE_FULL);
    stl_c14n_free(c14n);
}

static void declarations_without_end_are_refused(void **state) {
    (void)state;
    SCOPED_BUF document = {0}, out = {0};
    stl_error err = {0};
    for (int i = 0; i < 20; i++) {
        stl_buf_text(&document, "<e");
        for (int j = 0; j < 20; j++)
            stl_buf_printf(&document, " xmlns:p%d='urn:%d.%d' p%d:a='1'", j, i, j, j);
        stl_buf_text(&document, ">");
    }
    for (int i = 0; i < 20; i++)
        stl_buf_text(&document, "</e>");
    assert_int_equal(canonical((stl_str){document.ptr, document.len}, &out, &err),
                     SETTLE_E_INPUT_XML);
}

static settle_status attempt(void *user, stl_error *err) {
    SCOPED_BUF out = {0};
    stl_c14n *c14n = stl_c14n_new(collect, &out);
    TRY_ALLOC(err, c14n);
    const stl_xml_element element = {.name = {STL_STR("a"), STL_STR("p"), {user, strlen(user)}}};
    settle_status status = SETTLE_OK;
    for (int i = 0; i < 3 && status == SETTLE_OK; i++)
        status = stl_c14n_open(c14n, &element, err);
    if (status == SETTLE_OK)
        status = stl_c14n_text(c14n, stl_str_of(user), err);
    for (int i = 0; i < 3 && status == SETTLE_OK; i++)
        status = stl_c14n_close(c14n, element.name, err);
    if (status == SETTLE_OK)
        status = stl_c14n_flush(c14n, err);
    if (status == SETTLE_OK && !stl_buf_ok(&out))
        status = FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    stl_c14n_free(c14n);
    return status;
}

static void without_memory_it_says_so(void **state) {
    (void)state;
    static char uri[20000];
    memset(uri, 'u', sizeof uri - 1);
    assert_true(stl_test_each_alloc(attempt, uri) > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(awkward_documents_are_like_libxml2s),
        cmocka_unit_test(a_namespace_name_is_escaped_like_an_attribute),
        cmocka_unit_test(random_documents_are_like_libxml2s),
        cmocka_unit_test(canonical_bytes_are_their_own_canonical_form),
        cmocka_unit_test(output_comes_in_pieces_and_is_complete),
        cmocka_unit_test(a_failing_sink_stops_it),
        cmocka_unit_test(declarations_without_end_are_refused),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
