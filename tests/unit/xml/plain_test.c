/* SPDX-License-Identifier: Apache-2.0 */
/* With the plain reader or by libxml2 alone: every document gives the same events, or the same
 * error. */
#include "xml/plain.h"

#include "base/buf.h"

#include "support/base_support.h"

static const char SAMPLE[] =
    "<settlement xmlns=\"urn:libsettle:settlement:1.0\"><envelope a=\"1\" b=\"x &amp; y\" "
    "msgid=\"&#xA;H9&lt;&quot;&#x9;>\"></envelope>\n<charges count=\"2\"><feedetail "
    "name=\"静脉输液😀\" pric=\"12.00\"></feedetail>text &gt; 中文&#xD;\n"
    "<p:sub xmlns:p=\"http://example.org/a/b#c\" z=\"\"><p:in></p:in></p:sub></charges>"
    "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:V>QUJD</ds:V>"
    "</ds:Signature></settlement>";

typedef struct event_log {
    stl_buf events;
    int left; /* events until the handler refuses; negative: never */
} event_log;

static void put(stl_buf *out, const char *kind, stl_str text) {
    stl_buf_text(out, kind);
    stl_buf_str(out, text);
}

static settle_status one_less(event_log *log, stl_error *err) {
    return log->left >= 0 && log->left-- == 0 ? FAIL(err, SETTLE_E_INPUT_SCHEMA, .field = "handler")
                                              : SETTLE_OK;
}

static settle_status on_open(void *user, const stl_xml_element *e, stl_error *err) {
    event_log *log = user;
    stl_buf *out = &log->events;
    stl_buf_printf(out, "\n%d %d <", e->depth, (int)e->line);
    put(out, "", e->name.local);
    put(out, "|", e->name.prefix);
    put(out, "|", e->name.uri);
    for (size_t i = 0; i < e->n_declared; i++) {
        put(out, " ns ", e->declared[i].prefix);
        put(out, "=", e->declared[i].uri);
    }
    for (size_t i = 0; i < e->n_attributes; i++) {
        put(out, " ", e->attributes[i].name.local);
        put(out, "|", e->attributes[i].name.uri);
        put(out, "=", e->attributes[i].value);
    }
    put(out, ">\n", (stl_str){NULL, 0});
    return one_less(log, err);
}

static settle_status on_text(void *user, stl_str text, stl_error *err) {
    (void)err;
    stl_buf_str(&((event_log *)user)->events, text);
    return SETTLE_OK;
}

static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    event_log *log = user;
    stl_buf_printf(&log->events, "\n%d </", depth);
    put(&log->events, "", name.local);
    put(&log->events, "|", name.uri);
    put(&log->events, ">\n", (stl_str){NULL, 0});
    return one_less(log, err);
}

static settle_status on_pi(void *user, stl_str target, stl_str data, stl_error *err) {
    (void)err;
    put(&((event_log *)user)->events, "?", target);
    put(&((event_log *)user)->events, " ", data);
    return SETTLE_OK;
}

static stl_xml_handler handler_of(event_log *log) {
    return (stl_xml_handler){on_open, on_text, on_close, on_pi, log};
}

static settle_status read_libxml2(stl_str bytes, event_log *log, stl_error *err) {
    stl_xml_handler handler = handler_of(log);
    stl_xml_parse_state state = {.name = "x",
                                 .limits = {.max_bytes = 1 << 20, .max_depth = 8},
                                 .handler = &handler,
                                 .err = err};
    return stl_xml_read_any(&state, bytes);
}

static bool is_plain(stl_str bytes) {
    event_log log = {.left = -1};
    stl_xml_handler handler = handler_of(&log);
    stl_xml_parse_state state = {.name = "x", .limits = {.max_depth = 8}, .handler = &handler};
    bool plain = stl_xml_read_plain(&state, bytes);
    stl_buf_free(&log.events);
    return plain;
}

static settle_status assert_same(stl_str bytes, int left) {
    event_log a = {.left = left}, b = {.left = left};
    stl_xml_handler handler = handler_of(&a);
    stl_error mine = {0}, theirs = {0};
    settle_status status = stl_xml_parse(
        bytes, "x", (stl_xml_limits){.max_bytes = 1 << 20, .max_depth = 8}, &handler, &mine);
    assert_int_equal(status, read_libxml2(bytes, &b, &theirs));
    if (status == SETTLE_OK) {
        assert_int_equal(a.events.len, b.events.len);
        assert_memory_equal(a.events.ptr, b.events.ptr, a.events.len);
    } else {
        assert_string_equal(mine.detail, theirs.detail);
        assert_int_equal(mine.line, theirs.line);
    }
    stl_buf_free(&a.events);
    stl_buf_free(&b.events);
    return status;
}

static void the_sample_is_plain_and_reads_as_by_libxml2(void **state) {
    (void)state;
    stl_str sample = STL_STR(SAMPLE);
    assert_true(is_plain(sample));
    assert_int_equal(assert_same(sample, -1), SETTLE_OK);
}

static void a_handler_may_refuse_at_every_event(void **state) {
    (void)state;
    int left = 0;
    while (assert_same(STL_STR(SAMPLE), left) != SETTLE_OK)
        left++;
    assert_int_equal(left, 16); /* 8 elements */
}

static void what_is_unusual_goes_to_libxml2_without_telling_twice(void **state) {
    (void)state;
    static const char *const documents[] = {
        "<a><b></b><c/></a>",
        "<a>text<!-- no --> more</a>",
        "<a>one <![CDATA[<two>]]> three</a>",
        "<a><b></b><?pi data?>x</a>",
        "<a b='1'></a>",
        "<a c=\"1\" b=\"2\"></a>",
        "<a xmlns:x=\"urn:x\" x:b=\"2\"></a>",
        "<a>x</a>\n",
        "<?xml version=\"1.0\"?><a></a>",
        "<a xmlns=\"urn:a\"><b xmlns=\"\"></b></a>",
        "<a>\r\nx</a>",
        "<a b=\"1\n2\"></a>",
        "<a>x&#65;y</a>",
        "<a >x</a >",
        "<甲>x</甲>",
        "<a>]]&gt;</a>",
        "<a xml:lang=\"zh\">x<b></b>y</a>",
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        assert_int_equal(assert_same(stl_str_of(documents[i]), -1), SETTLE_OK);
}

static void what_is_wrong_is_refused_in_the_same_words(void **state) {
    (void)state;
    static const char *const documents[] = {
        "<a>]]></a>",
        "<a b=\"1\" b=\"2\"></a>",
        "<a><b></a></b>",
        "<a>\x01</a>",
        "<a>\xC0\x80</a>",
        "<a>\xED\xA0\x80</a>",
        "<a>\xEF\xBF\xBF</a>",
        "<a>&unknown;</a>",
        "<a>&amp</a>",
        "<a b=\"<\"></a>",
        "<p:a></p:a>",
        "<a><b xmlns:p=\"urn:p\"></b><p:c></p:c></a>",
        "<a></a><b></b>",
        "<a>\n\n<b>\n</c></a>",
        "<a xmlns:xmlns=\"urn:x\"></a>",
        "<a xmlns=\"http://www.w3.org/2000/xmlns/\"></a>",
        "<a xmlns=\"http://www.w3.org/XML/1998/namespace\"></a>",
        "<a xmlns=\"http://host/a:b%zz\"></a>",
        "<a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a>",
        "<a",
        "<a b=\"",
        "<a b=\"x&amp;",
        "<a>x",
        "<!DOCTYPE a><a></a>",
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        assert_int_equal(assert_same(stl_str_of(documents[i]), -1), SETTLE_E_INPUT_XML);
}

static void every_cut_and_every_changed_byte_reads_as_by_libxml2(void **state) {
    (void)state;
    char bytes[sizeof SAMPLE];
    static const char put[] = "<>&\"'/=: \n\r\tx;\x80\xE9\x01#";
    for (size_t len = 1; len < sizeof SAMPLE - 1; len++)
        assert_same((stl_str){SAMPLE, len}, -1);
    for (size_t at = 0; at < sizeof SAMPLE - 1; at++) {
        for (size_t i = 0; i < sizeof put - 1; i++) {
            memcpy(bytes, SAMPLE, sizeof bytes);
            bytes[at] = put[i];
            assert_same((stl_str){bytes, sizeof SAMPLE - 1}, -1);
        }
    }
}

static void two_changes_anywhere_read_as_by_libxml2(void **state) {
    (void)state;
    char bytes[sizeof SAMPLE + 1];
    stl_test_random random = {20250301};
    for (int round = 0; round < 20000; round++) {
        size_t len = sizeof SAMPLE - 1;
        memcpy(bytes, SAMPLE, sizeof SAMPLE);
        for (int change = 0; change < 2; change++) {
            size_t from = (size_t)stl_test_between(&random, 0, (int64_t)len - 1);
            size_t to = (size_t)stl_test_between(&random, 0, (int64_t)len - 1);
            bytes[to] = bytes[from];
        }
        assert_same((stl_str){bytes, len}, -1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_plain_and_reads_as_by_libxml2),
        cmocka_unit_test(a_handler_may_refuse_at_every_event),
        cmocka_unit_test(what_is_unusual_goes_to_libxml2_without_telling_twice),
        cmocka_unit_test(what_is_wrong_is_refused_in_the_same_words),
        cmocka_unit_test(every_cut_and_every_changed_byte_reads_as_by_libxml2),
        cmocka_unit_test(two_changes_anywhere_read_as_by_libxml2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
