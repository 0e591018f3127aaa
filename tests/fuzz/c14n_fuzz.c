/* SPDX-License-Identifier: Apache-2.0 */
/* Exclusive c14n against libxml2's: equal bytes for whatever the hardened reader accepts. */
#include "fuzz.h"
#include "xml/c14n.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>

static settle_status on_bytes(void *user, const void *bytes, size_t len, stl_error *err) {
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

static void silent(void *user, xmlErrorPtr error) {
    (void)user;
    (void)error;
}

static settle_status canonical(stl_str text, stl_buf *out, stl_error *err) {
    stl_c14n *c14n = stl_c14n_new(on_bytes, out);
    CLAIM(c14n != NULL);
    const stl_xml_handler handler = {on_open, on_text, on_close, on_pi, c14n};
    settle_status status = stl_xml_parse(text, "fuzz", (stl_xml_limits){0}, &handler, err);
    if (status == SETTLE_OK)
        status = stl_c14n_flush(c14n, err);
    stl_c14n_free(c14n);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    stl_str text = {(const char *)data, size};
    SCOPED_BUF got = {0};
    stl_error err = {0};
    settle_status status = canonical(text, &got, &err);
    fuzz_check_error(status, &err);
    if (status != SETTLE_OK) {
        CLAIM(status == SETTLE_E_INPUT_XML || status == SETTLE_E_INPUT_ENCODING);
        return 0;
    }
    xmlSetStructuredErrorFunc(NULL, silent);
    xmlDoc *doc =
        xmlReadMemory(text.ptr, (int)text.len, "fuzz", NULL, XML_PARSE_NOENT | XML_PARSE_NONET);
    CLAIM(doc != NULL);
    xmlChar *want = NULL;
    int len = xmlC14NDocDumpMemory(doc, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &want);
    if (len >= 0) { /* libxml2 refuses relative namespace URIs */
        if ((size_t)len != got.len || memcmp(want, got.ptr, got.len) != 0)
            fprintf(stderr, "ours: %.*s\nlibxml2: %.*s\n", (int)got.len, got.ptr, len,
                    (const char *)want);
        CLAIM((size_t)len == got.len && memcmp(want, got.ptr, got.len) == 0);
    }
    xmlFree(want);
    xmlFreeDoc(doc);
    return 0;
}
