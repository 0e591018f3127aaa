/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"
#include "base/buf.h"
#include "xml/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Events as text: "<name a=v @depth,line>" "text" "</name>" "?target data?". */
static settle_status on_open(void *user, const stl_xml_element *e, stl_error *err) {
    (void)err;
    stl_buf *out = user;
    stl_buf_printf(out, "<%.*s{%.*s}", (int)e->name.local.len, e->name.local.ptr,
                   (int)e->name.uri.len, e->name.uri.ptr);
    for (size_t i = 0; i < e->n_attributes; i++)
        stl_buf_printf(out, " %.*s=%.*s", (int)e->attributes[i].name.local.len,
                       e->attributes[i].name.local.ptr, (int)e->attributes[i].value.len,
                       e->attributes[i].value.ptr);
    for (size_t i = 0; i < e->n_declared; i++)
        stl_buf_printf(out, " +%.*s", (int)e->declared[i].prefix.len, e->declared[i].prefix.ptr);
    stl_buf_printf(out, " @%d,%lld>", e->depth, (long long)e->line);
    return SETTLE_OK;
}
static settle_status on_text(void *user, stl_str text, stl_error *err) {
    (void)err;
    stl_buf_str(user, text);
    return SETTLE_OK;
}
static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    (void)err;
    stl_buf_printf(user, "</%.*s %d>", (int)name.local.len, name.local.ptr, depth);
    return SETTLE_OK;
}
static settle_status on_pi(void *user, stl_str target, stl_str data, stl_error *err) {
    (void)err;
    stl_buf_printf(user, "?%.*s %.*s?", (int)target.len, target.ptr, (int)data.len, data.ptr);
    return SETTLE_OK;
}

static stl_xml_handler recorder(stl_buf *out) {
    return (stl_xml_handler){on_open, on_text, on_close, on_pi, out};
}

static void assert_events(stl_str document, const char *want) {
    SCOPED_BUF got = {0};
    stl_error err = {0};
    stl_xml_handler handler = recorder(&got);
    assert_int_equal(stl_xml_parse(document, "d.xml", (stl_xml_limits){0}, &handler, &err),
                     SETTLE_OK);
    assert_str(((stl_str){got.ptr, got.len}), want);
}

static void assert_refused_with(stl_str document, stl_xml_limits limits, int64_t line,
                                const char *detail) {
    SCOPED_BUF got = {0};
    stl_error err = {0};
    stl_xml_handler handler = recorder(&got);
    assert_int_equal(stl_xml_parse(document, "d.xml", limits, &handler, &err), SETTLE_E_INPUT_XML);
    assert_string_equal(err.file, "d.xml");
    assert_int_equal(err.line, line);
    assert_string_equal(err.detail, detail);
    assert_string_equal(err.value, "");
}

static void assert_refused(const char *document, int64_t line, const char *detail) {
    assert_refused_with(stl_str_of(document), (stl_xml_limits){0}, line, detail);
}

static void events_bear_names_attributes_depth_and_line(void **state) {
    (void)state;
    assert_events(
        STL_STR("<a xmlns='urn:d' xmlns:p='urn:p'>\n<p:b x='1' y='2'>t</p:b>\n</a><?q r?>"),
        "<a{urn:d} + +p @0,1>\n<b{urn:p} x=1 y=2 @1,2>t</b 1>\n</a 0>?q r?");
}

static void references_and_line_ends_are_resolved(void **state) {
    (void)state;
    assert_events(STL_STR("<a x='&lt;&amp;&gt;&quot;&apos;&#65;&#x4E00;&#38;&#13;&#10;|\r\n\t'/>"),
                  "<a{} x=<&>\"'A\xE4\xB8\x80&\r\n|   @0,2></a 0>");
    assert_events(STL_STR("<a>&lt;&amp;&#38;&#13;\r\nb\rc<![CDATA[&lt;]]></a>"),
                  "<a{} @0,1><&&\r\nb\nc&lt;</a 0>");
}

static void comments_leave_no_trace(void **state) {
    (void)state;
    assert_events(STL_STR("<!-- x --><a>1<!-- x -->2</a>"), "<a{} @0,1>12</a 0>");
}

static void a_byte_order_mark_of_utf8_is_skipped(void **state) {
    (void)state;
    assert_events(STL_STR("\xEF\xBB\xBF<a/>"), "<a{} @0,1></a 0>");
}

static void gb18030_is_read_where_it_is_declared_and_allowed(void **state) {
    (void)state;
    const stl_str gb =
        STL_STR("<?xml version='1.0' encoding='GB18030'?><a x='\xB2\xE2\xCA\xD4'>\xBC\xD7</a>");
    assert_events(gb, "<a{} x=\xE6\xB5\x8B\xE8\xAF\x95 @0,1>\xE7\x94\xB2</a 0>");
    assert_refused_with(gb, (stl_xml_limits){.utf8_only = true}, 1,
                        "the declared encoding is not served");
}

static void other_encodings_are_refused(void **state) {
    (void)state;
    assert_refused("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", 1,
                   "the declared encoding is not served");
    assert_refused("<?xml version='1.0' encoding='UTF-7'?><a/>", 1,
                   "the declared encoding is not served");
    assert_refused("<?xml version='1.0' encoding='x-none'?><a/>", 1,
                   "the declared encoding is not served");
    assert_refused("\x4C\x6F\xA7\x94 EBCDIC", 1, "no XML document, or something follows it");
    assert_refused_with(STL_STR("\xFF\xFE<\0a\0/\0>\0"), (stl_xml_limits){0}, 1,
                        "UTF-16 and UTF-32 are not read");
    assert_refused_with(STL_STR("\xFE\xFF\0<\0a\0/\0>"), (stl_xml_limits){0}, 1,
                        "UTF-16 and UTF-32 are not read");
    assert_refused_with(STL_STR("\0<\0a\0/\0>"), (stl_xml_limits){0}, 1,
                        "UTF-16 and UTF-32 are not read");
    assert_refused("<a>\xB2\xE2\xCA\xD4</a>", 1, "a character that XML does not allow");
    assert_refused("<?xml version='1.1'?><a/>", 1, "only XML 1.0 is read");
}

static void a_dtd_is_refused_whatever_it_says(void **state) {
    (void)state;
    assert_refused("<!DOCTYPE a><a/>", 1, "a DTD is not allowed");
    assert_refused("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 1, "a DTD is not allowed");
    assert_refused("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a/>", 1, "a DTD is not allowed");
    assert_refused("\n<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
                   "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]><a>&d;&d;</a>",
                   2, "a DTD is not allowed");
    assert_refused("<a>\n&nbsp;</a>", 2, "an entity other than the five of XML");
    assert_refused("<a x='&nbsp;'/>", 1, "an entity other than the five of XML");
}

/* libxml2 takes a NUL for the end: what follows it would neither be read nor hashed. */
static void nothing_follows_the_document_behind_a_nul(void **state) {
    (void)state;
    assert_refused_with((stl_str){"<a/>\0<b/>", 9}, (stl_xml_limits){0}, 0, "a NUL byte");
    assert_refused_with((stl_str){"<a/>\0", 5}, (stl_xml_limits){0}, 0, "a NUL byte");
    assert_events((stl_str){"<a/>\n", 5}, "<a{} @0,1></a 0>");
}

static void broken_documents_name_the_line_and_quote_nothing(void **state) {
    (void)state;
    assert_refused("", 1, "the document is empty");
    assert_refused("text", 1, "no XML document, or something follows it");
    assert_refused("<a/>\ntrailing", 2, "no XML document, or something follows it");
    assert_refused("<a/><b/>", 1, "no XML document, or something follows it");
    assert_refused("<secret>\n<b>\n</secret></b>", 3, "an end tag is missing or wrong");
    assert_refused("<secret>\n<b>", 2, "an end tag is missing or wrong");
    assert_refused("<a>\n<b secret='1' secret='2'/></a>", 2, "an attribute stands twice");
    assert_refused("<a xmlns:p='urn:1' xmlns:q='urn:1' p:x='' q:x=''/>", 1,
                   "an attribute stands twice");
    assert_refused("<a>\n<secret:b/></a>", 2, "a namespace prefix is not declared");
    assert_refused("<a secret:b='1'/>", 1, "a namespace prefix is not declared");
    assert_refused("<a>\x01</a>", 1, "a character that XML does not allow");
    assert_refused("<a>&#0;</a>", 1, "a character that XML does not allow");
    assert_refused("<a b='<'/>", 1, "not well-formed");
}

static void elements_may_be_nested_to_the_limit_only(void **state) {
    (void)state;
    SCOPED_BUF document = {0}, got = {0};
    stl_xml_handler handler = recorder(&got);
    stl_error err = {0};
    for (int i = 0; i < 5; i++)
        stl_buf_text(&document, "<a>\n");
    for (int i = 0; i < 5; i++)
        stl_buf_text(&document, "</a>");
    stl_str text = {document.ptr, document.len};
    assert_int_equal(stl_xml_parse(text, "d.xml", (stl_xml_limits){.max_depth = 5}, &handler, &err),
                     SETTLE_OK);
    assert_refused_with(text, (stl_xml_limits){.max_depth = 4}, 5,
                        "elements are nested too deeply");
    for (int i = 0; i < 100000; i++)
        stl_buf_text(&document, "<a>");
    memcpy(document.ptr, "<b/>", 4);
    SCOPED_BUF deep = {0};
    for (int i = 0; i < 100000; i++)
        stl_buf_text(&deep, "<a>");
    assert_refused_with((stl_str){deep.ptr, deep.len}, (stl_xml_limits){0}, 1,
                        "elements are nested too deeply");
}

static void a_document_may_be_as_large_as_the_limit(void **state) {
    (void)state;
    SCOPED_BUF got = {0};
    stl_xml_handler handler = recorder(&got);
    stl_error err = {0};
    assert_int_equal(
        stl_xml_parse(STL_STR("<aa/>"), "d", (stl_xml_limits){.max_bytes = 5}, &handler, &err),
        SETTLE_OK);
    assert_refused_with(STL_STR("<aaa/>"), (stl_xml_limits){.max_bytes = 5}, 0,
                        "the document is too large");
}

static void put_attributes(stl_buf *out, int n) {
    stl_buf_text(out, "<a>\n<b");
    for (int i = 0; i < n; i++)
        stl_buf_printf(out, " attribute%d = \"a value of some length\"", i);
    stl_buf_text(out, "/></a>");
}

static void attributes_are_counted_before_they_cost_time(void **state) {
    (void)state;
    SCOPED_BUF fits = {0}, many = {0}, flood = {0}, got = {0};
    stl_xml_handler handler = recorder(&got);
    stl_error err = {0};
    put_attributes(&fits, 256);
    assert_int_equal(
        stl_xml_parse((stl_str){fits.ptr, fits.len}, "d", (stl_xml_limits){0}, &handler, &err),
        SETTLE_OK);
    put_attributes(&many, 257);
    SCOPED_BUF small = {0};
    stl_buf_text(&small, "<a");
    for (int i = 0; i < 257; i++)
        stl_buf_printf(&small, " a%d=''", i);
    stl_buf_text(&small, "/>");
    assert_refused_with((stl_str){small.ptr, small.len}, (stl_xml_limits){0}, 1,
                        "too many attributes");
    put_attributes(&flood, 200000);
    assert_refused_with((stl_str){flood.ptr, flood.len}, (stl_xml_limits){0}, 0,
                        "too many attributes");
}

static void long_names_and_values_are_refused(void **state) {
    (void)state;
    SCOPED_BUF name = {0}, value = {0}, attribute = {0};
    stl_buf_text(&name, "<");
    stl_buf_text(&value, "<a\nb='");
    stl_buf_text(&attribute, "<a ");
    for (int i = 0; i < 257; i++) {
        stl_buf_text(&name, "n");
        stl_buf_text(&attribute, "n");
    }
    for (int i = 0; i < 1024 * 1024 + 1; i++)
        stl_buf_text(&value, "v");
    stl_buf_text(&name, "/>");
    stl_buf_text(&attribute, "=''/>");
    stl_buf_text(&value, "'/>");
    assert_refused_with((stl_str){name.ptr, name.len}, (stl_xml_limits){0}, 1,
                        "a name is too long");
    assert_refused_with((stl_str){attribute.ptr, attribute.len}, (stl_xml_limits){0}, 1,
                        "an attribute is too long");
    assert_refused_with((stl_str){value.ptr, value.len}, (stl_xml_limits){0}, 2,
                        "an attribute is too long");
}

static settle_status stop_at_b(void *user, const stl_xml_element *e, stl_error *err) {
    ++*(int *)user;
    return stl_str_is(e->name.local, "b")
               ? FAIL(err, SETTLE_E_INPUT_SCHEMA, .line = e->line, .field = "b")
               : SETTLE_OK;
}

static void a_refusing_callback_stops_the_parse_and_keeps_its_error(void **state) {
    (void)state;
    int calls = 0;
    stl_error err = {0};
    const stl_xml_handler handler = {.open = stop_at_b, .user = &calls};
    assert_int_equal(
        stl_xml_parse(STL_STR("<a>\n<b/><c/><d></a>"), "d", (stl_xml_limits){0}, &handler, &err),
        SETTLE_E_INPUT_SCHEMA);
    assert_int_equal(calls, 2);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.field, "b");
}

static int make_dir(void **state) {
    static char dir[] = "/tmp/settle-reader-XXXXXX";
    *state = mkdtemp(dir);
    return *state == NULL ? -1 : 0;
}

static int remove_dir(void **state) {
    char path[128];
    snprintf(path, sizeof path, "%s/d.xml", (const char *)*state);
    unlink(path);
    return rmdir(*state);
}

static void write_file(const char *dir, stl_str content, char out_path[static 128]) {
    snprintf(out_path, 128, "%s/d.xml", dir);
    FILE *file = fopen(out_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.ptr, 1, content.len, file), content.len);
    assert_int_equal(fclose(file), 0);
}

static void a_file_gives_the_events_of_its_bytes(void **state) {
    SCOPED_BUF document = {0}, from_bytes = {0}, from_file = {0};
    char path[128];
    stl_error err = {0};
    stl_buf_text(&document, "<root xmlns='urn:x'>\n");
    for (int i = 0; i < 20000; i++)
        stl_buf_printf(&document, "<line n='%d' name='\xE5\xBA\x8A&amp;'>\xE4\xBD\x8D</line>\n", i);
    stl_buf_text(&document, "</root>");
    stl_str text = {document.ptr, document.len};
    write_file(*state, text, path);
    stl_xml_handler bytes = recorder(&from_bytes), file = recorder(&from_file);
    assert_int_equal(stl_xml_parse(text, "d", (stl_xml_limits){0}, &bytes, &err), SETTLE_OK);
    assert_int_equal(stl_xml_parse_file(path, (stl_xml_limits){0}, &file, &err), SETTLE_OK);
    assert_int_equal(from_bytes.len, from_file.len);
    assert_memory_equal(from_bytes.ptr, from_file.ptr, from_file.len);
}

static void assert_file_refused(const char *dir, stl_str content, stl_xml_limits limits,
                                const char *detail) {
    char path[128];
    SCOPED_BUF got = {0};
    stl_error err = {0};
    stl_xml_handler handler = recorder(&got);
    write_file(dir, content, path);
    assert_int_equal(stl_xml_parse_file(path, limits, &handler, &err), SETTLE_E_INPUT_XML);
    assert_string_equal(err.file, path);
    assert_string_equal(err.detail, detail);
}

static void a_file_is_bounded_like_bytes(void **state) {
    SCOPED_BUF flood = {0};
    put_attributes(&flood, 50000);
    assert_file_refused(*state, (stl_str){flood.ptr, flood.len}, (stl_xml_limits){0},
                        "too many attributes");
    assert_file_refused(*state, STL_STR("<aaa/>"), (stl_xml_limits){.max_bytes = 5},
                        "the document is too large");
    assert_file_refused(*state, STL_STR("\xFF\xFE<\0a\0/\0>\0"), (stl_xml_limits){0},
                        "UTF-16 and UTF-32 are not read");
    assert_file_refused(*state, STL_STR("<!DOCTYPE a><a/>"), (stl_xml_limits){0},
                        "a DTD is not allowed");
    assert_file_refused(*state, STL_STR("<a>"), (stl_xml_limits){0},
                        "an end tag is missing or wrong");
    assert_file_refused(*state, STL_STR(""), (stl_xml_limits){0}, "the document is empty");
}

static void a_missing_file_is_told_apart(void **state) {
    char path[128];
    stl_error err = {0};
    const stl_xml_handler nothing = {0};
    snprintf(path, sizeof path, "%s/none.xml", (const char *)*state);
    assert_int_equal(stl_xml_parse_file(path, (stl_xml_limits){0}, &nothing, &err),
                     SETTLE_E_INPUT_OPEN);
    assert_int_equal(stl_xml_parse_file(*state, (stl_xml_limits){0}, &nothing, &err),
                     SETTLE_E_INPUT_OPEN);
}

static void mutated_documents_never_crash(void **state) {
    static const char seed[] =
        "<?xml version='1.0' encoding='UTF-8'?><a xmlns='urn:d' xmlns:p='urn:p'>"
        "<p:b x='&lt;&#65;'>t&amp;<![CDATA[c]]><!-- c --><?p d?></p:b></a>";
    (void)state;
    stl_test_random random = {11};
    for (int round = 0; round < 20000; round++) {
        char text[sizeof seed - 1];
        SCOPED_BUF got = {0};
        stl_xml_handler handler = recorder(&got);
        stl_error err = {0};
        memcpy(text, seed, sizeof text);
        for (int64_t n = stl_test_between(&random, 1, 3); n > 0; n--)
            text[stl_test_between(&random, 0, sizeof text - 1)] =
                (char)stl_test_between(&random, 0, 255);
        settle_status status =
            stl_xml_parse((stl_str){text, sizeof text}, "m", (stl_xml_limits){0}, &handler, &err);
        assert_true(status == SETTLE_OK || status == SETTLE_E_INPUT_XML);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_bear_names_attributes_depth_and_line),
        cmocka_unit_test(references_and_line_ends_are_resolved),
        cmocka_unit_test(comments_leave_no_trace),
        cmocka_unit_test(a_byte_order_mark_of_utf8_is_skipped),
        cmocka_unit_test(gb18030_is_read_where_it_is_declared_and_allowed),
        cmocka_unit_test(other_encodings_are_refused),
        cmocka_unit_test(a_dtd_is_refused_whatever_it_says),
        cmocka_unit_test(nothing_follows_the_document_behind_a_nul),
        cmocka_unit_test(broken_documents_name_the_line_and_quote_nothing),
        cmocka_unit_test(elements_may_be_nested_to_the_limit_only),
        cmocka_unit_test(a_document_may_be_as_large_as_the_limit),
        cmocka_unit_test(attributes_are_counted_before_they_cost_time),
        cmocka_unit_test(long_names_and_values_are_refused),
        cmocka_unit_test(a_refusing_callback_stops_the_parse_and_keeps_its_error),
        cmocka_unit_test(a_file_gives_the_events_of_its_bytes),
        cmocka_unit_test(a_file_is_bounded_like_bytes),
        cmocka_unit_test(a_missing_file_is_told_apart),
        cmocka_unit_test(mutated_documents_never_crash),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
