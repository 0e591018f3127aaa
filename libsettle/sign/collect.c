/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/collect.h"

enum { MAX_TEXT = STL_MAX_CERT / 3 * 4 + 4 };

typedef enum content { ELEMENTS, DIGEST, VALUE, CERTIFICATE } content;

/* In document order; the last may come again. A name at a depth can only stand where it belongs,
 * since what is open above it was itself expected there. */
static const struct {
    const char *name;
    int depth;
    const char *attribute; /* the only one, without a namespace; NULL none */
    const char *allowed;   /* its value; NULL: taken down and judged by the profile */
    settle_status refusal;
    content content;
} expected[] = {
    {"Signature", 0, NULL, NULL, SETTLE_OK, ELEMENTS},
    {"SignedInfo", 1, NULL, NULL, SETTLE_OK, ELEMENTS},
    {"CanonicalizationMethod", 2, "Algorithm", STL_DS_EXCLUSIVE, SETTLE_E_SIG_ALGORITHM, ELEMENTS},
    {"SignatureMethod", 2, "Algorithm", NULL, SETTLE_OK, ELEMENTS},
    {"Reference", 2, "URI", "", SETTLE_E_SIG_STRUCTURE, ELEMENTS},
    {"Transforms", 3, NULL, NULL, SETTLE_OK, ELEMENTS},
    {"Transform", 4, "Algorithm", STL_DS_ENVELOPED, SETTLE_E_SIG_ALGORITHM, ELEMENTS},
    {"Transform", 4, "Algorithm", STL_DS_EXCLUSIVE, SETTLE_E_SIG_ALGORITHM, ELEMENTS},
    {"DigestMethod", 3, "Algorithm", NULL, SETTLE_OK, ELEMENTS},
    {"DigestValue", 3, NULL, NULL, SETTLE_OK, DIGEST},
    {"SignatureValue", 1, NULL, NULL, SETTLE_OK, VALUE},
    {"KeyInfo", 1, NULL, NULL, SETTLE_OK, ELEMENTS},
    {"X509Data", 2, NULL, NULL, SETTLE_OK, ELEMENTS},
    {"X509Certificate", 3, NULL, NULL, SETTLE_OK, CERTIFICATE},
};
enum { N_EXPECTED = sizeof expected / sizeof expected[0], SIGNED_INFO = 1, SIGNATURE_METHOD = 3 };

static settle_status keep_info(void *user, const void *bytes, size_t len, stl_error *err) {
    stl_buf *info = user;
    stl_buf_bytes(info, bytes, len);
    if (!stl_buf_ok(info))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

settle_status stl_collector_begin(stl_collector *c, const char *name, stl_sign_uris uris,
                                  stl_error *err) {
    *c = (stl_collector){.name = name, .uris = uris};
    c->c14n = stl_c14n_new(keep_info, &c->info);
    TRY_ALLOC(err, c->c14n);
    return SETTLE_OK;
}

void stl_collector_free(stl_collector *c) {
    stl_c14n_free(c->c14n);
    stl_buf_free(&c->info);
    stl_buf_free(&c->method_uri);
    stl_buf_free(&c->digest_uri);
    stl_buf_free(&c->digest);
    stl_buf_free(&c->signature);
    for (size_t i = 0; i < STL_MAX_CHAIN; i++)
        stl_buf_free(&c->certs[i]);
}

static settle_status refuse(const stl_collector *c, settle_status status, const char *field,
                            const char *detail, stl_error *err) {
    return FAIL(err, status, .file = c->name, .line = c->line, .field = field, .detail = detail);
}

static settle_status check_attribute(stl_collector *c, const stl_xml_element *element, size_t place,
                                     stl_error *err) {
    const char *name = expected[place].name;
    size_t wanted = expected[place].attribute == NULL ? 0 : 1;
    const stl_xml_attribute *attribute = element->attributes;
    if (element->n_attributes != wanted ||
        (wanted == 1 && (attribute->name.uri.len > 0 ||
                         !stl_str_is(attribute->name.local, expected[place].attribute))))
        return refuse(c, SETTLE_E_SIG_STRUCTURE, name, "attributes are missing or not allowed",
                      err);
    if (wanted == 0)
        return SETTLE_OK;
    if (expected[place].allowed == NULL)
        stl_buf_str(place == SIGNATURE_METHOD ? &c->method_uri : &c->digest_uri, attribute->value);
    else if (!stl_str_is(attribute->value, expected[place].allowed))
        return refuse(c, expected[place].refusal, name, "not what the profile says", err);
    return SETTLE_OK;
}

static settle_status choose_value(stl_collector *c, content content, stl_error *err) {
    c->value = content == DIGEST ? &c->digest : content == VALUE ? &c->signature : NULL;
    if (content != CERTIFICATE)
        return SETTLE_OK;
    if (c->n_certs == STL_MAX_CHAIN)
        return refuse(c, SETTLE_E_SIG_STRUCTURE, "X509Certificate", "too many certificates", err);
    c->value = &c->certs[c->n_certs++];
    return SETTLE_OK;
}

settle_status stl_collector_open(stl_collector *c, const stl_xml_element *element, int depth,
                                 stl_error *err) {
    size_t place = c->next < N_EXPECTED ? c->next++ : N_EXPECTED - 1;
    c->line = element->line;
    if (!stl_str_is(element->name.uri, STL_DS_NS) || depth != expected[place].depth ||
        !stl_str_is(element->name.local, expected[place].name))
        return refuse(c, SETTLE_E_SIG_STRUCTURE, expected[place].name,
                      "another element stands in its place", err);
    TRY(check_attribute(c, element, place, err));
    TRY(choose_value(c, expected[place].content, err));
    c->in_info = c->in_info || place == SIGNED_INFO;
    return c->in_info ? stl_c14n_open(c->c14n, element, err) : SETTLE_OK;
}

bool stl_is_white_space(stl_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' && text.ptr[i] != '\n' && text.ptr[i] != '\t' && text.ptr[i] != '\r')
            return false;
    return true;
}

settle_status stl_collector_text(stl_collector *c, stl_str text, stl_error *err) {
    if (c->value == NULL && !stl_is_white_space(text))
        return refuse(c, SETTLE_E_SIG_STRUCTURE, "Signature", "text between its elements", err);
    if (c->value != NULL && c->value->len + text.len > MAX_TEXT)
        return refuse(c, SETTLE_E_SIG_STRUCTURE, "Signature", "a value is too long", err);
    if (c->value != NULL)
        stl_buf_str(c->value, text);
    return c->in_info ? stl_c14n_text(c->c14n, text, err) : SETTLE_OK;
}

static bool out_of_memory(const stl_collector *c) {
    bool failed =
        c->method_uri.failed || c->digest_uri.failed || c->digest.failed || c->signature.failed;
    for (size_t i = 0; i < c->n_certs; i++)
        failed = failed || c->certs[i].failed;
    return failed;
}

settle_status stl_collector_close(stl_collector *c, stl_xml_name name, int depth, stl_error *err) {
    c->value = NULL;
    if (c->in_info)
        TRY(stl_c14n_close(c->c14n, name, err));
    if (depth == expected[SIGNED_INFO].depth && c->in_info) {
        c->in_info = false;
        TRY(stl_c14n_flush(c->c14n, err));
    }
    if (out_of_memory(c))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = c->name);
    if (depth == 0 && c->next < N_EXPECTED)
        return refuse(c, SETTLE_E_SIG_STRUCTURE, expected[c->next].name, "it is missing", err);
    return SETTLE_OK;
}
