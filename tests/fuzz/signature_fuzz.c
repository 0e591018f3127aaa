/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever is done to a signed document: if it still verifies, what is signed is what was signed.
 * SETTLE_FUZZ_DIR holds what tests/interop/documents.c makes: ca.pem and doc.xml. */
#include "sign/sign.h"
#include "xml/c14n.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const stl_sign_uris URIS = {
    .sm2_sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3", 51},
    .sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm3", 47},
};
enum { MAX_DOC = 64 * 1024, YEAR_S = 365 * 86400 };

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

/* What the listener saw, in canonical form; false when the document does not verify. */
static bool verified_content(const stl_trust *trust, stl_str doc, stl_buf *out) {
    stl_error err = {0};
    stl_signature_info info;
    stl_c14n *c14n = stl_c14n_new(on_bytes, out);
    const stl_xml_handler listener = {on_open, on_text, on_close, on_pi, c14n};
    const char *at = getenv("SETTLE_FUZZ_TIME");
    settle_status status = stl_sign_verify(
        doc, "fuzz", trust, URIS, at == NULL ? 0 : strtoll(at, NULL, 10), &listener, &info, &err);
    if (status == SETTLE_OK)
        status = stl_c14n_flush(c14n, &err);
    stl_c14n_free(c14n);
    return status == SETTLE_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static stl_trust *trust;
    static stl_buf original;
    if (trust == NULL) {
        static char doc[MAX_DOC];
        char path[512];
        stl_error err = {0};
        const char *dir = getenv("SETTLE_FUZZ_DIR");
        snprintf(path, sizeof path, "%s/ca.pem", dir == NULL ? "." : dir);
        if (stl_trust_open(path, &trust, &err) != SETTLE_OK)
            abort();
        snprintf(path, sizeof path, "%s/doc.xml", dir == NULL ? "." : dir);
        FILE *file = fopen(path, "rb");
        size_t len = file == NULL ? 0 : fread(doc, 1, sizeof doc, file);
        if (len == 0 || fclose(file) != 0 ||
            !verified_content(trust, (stl_str){doc, len}, &original))
            abort();
    }
    SCOPED_BUF content = {0};
    if (verified_content(trust, (stl_str){(const char *)data, size}, &content) &&
        (content.len != original.len || memcmp(content.ptr, original.ptr, content.len) != 0))
        abort();
    return 0;
}
