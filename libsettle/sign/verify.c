/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/collect.h"
#include "sign/trust.h"

#include <openssl/bio.h>

enum { MAX_DEPTH = 32, TAIL = 64 * 1024 };

typedef enum phase { BEFORE, INSIDE, AFTER } phase;

typedef struct verifier {
    const char *name;
    phase phase;
    int depth; /* of open elements */
    stl_collector collector;
    stl_c14n *c14n; /* of all but the Signature */
    stl_digest *digest;
    unsigned char computed[STL_DIGEST_LEN];
    const stl_xml_handler *content; /* NULL: nobody listens (any more) */
    settle_status content_status; /* what the listener refused, told only if the signature holds */
    stl_error content_error;
} verifier;

static void verifier_cleanup(verifier *v) {
    stl_collector_free(&v->collector);
    stl_c14n_free(v->c14n);
    stl_digest_free(v->digest);
}

static settle_status refuse(const verifier *v, int64_t line, const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_SIG_STRUCTURE, .file = v->name, .line = line, .field = "Signature",
                .detail = detail);
}

static settle_status hash(void *user, const void *bytes, size_t len, stl_error *err) {
    verifier *v = user;
    if (!stl_digest_add(v->digest, bytes, len))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "the digest failed");
    return SETTLE_OK;
}

static void keep(verifier *v, settle_status status) {
    if (status == SETTLE_OK)
        return;
    v->content_status = status;
    v->content = NULL;
}

static settle_status open_content(verifier *v, const stl_xml_element *element, stl_error *err) {
    if (v->phase == AFTER)
        return refuse(v, element->line, "it is not the last child of the root", err);
    TRY(stl_c14n_open(v->c14n, element, err));
    if (v->content != NULL && v->content->open != NULL)
        keep(v, v->content->open(v->content->user, element, &v->content_error));
    return SETTLE_OK;
}

static settle_status on_open(void *user, const stl_xml_element *element, stl_error *err) {
    verifier *v = user;
    int depth = v->depth++;
    if (v->phase == INSIDE)
        return stl_collector_open(&v->collector, element, depth - 1, err);
    if (!stl_str_is(element->name.uri, STL_DS_NS))
        return open_content(v, element, err);
    if (depth != 1 || v->phase == AFTER)
        return refuse(v, element->line, "only one, as the last child of the root, is allowed", err);
    v->phase = INSIDE;
    return stl_collector_open(&v->collector, element, 0, err);
}

static settle_status on_text(void *user, stl_str text, stl_error *err) {
    verifier *v = user;
    if (v->phase == INSIDE)
        return stl_collector_text(&v->collector, text, err);
    if (v->phase == AFTER && !stl_is_white_space(text))
        return refuse(v, v->collector.line, "text follows it", err);
    TRY(stl_c14n_text(v->c14n, text, err));
    if (v->content != NULL && v->content->text != NULL)
        keep(v, v->content->text(v->content->user, text, &v->content_error));
    return SETTLE_OK;
}

static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    verifier *v = user;
    v->depth = depth;
    if (v->phase == INSIDE) {
        if (depth == 1)
            v->phase = AFTER;
        return stl_collector_close(&v->collector, name, depth - 1, err);
    }
    TRY(stl_c14n_close(v->c14n, name, err));
    if (v->content != NULL && v->content->close != NULL)
        keep(v, v->content->close(v->content->user, name, depth, &v->content_error));
    return SETTLE_OK;
}

static settle_status on_pi(void *user, stl_str target, stl_str data, stl_error *err) {
    verifier *v = user;
    if (v->phase == INSIDE || (v->phase == AFTER && v->depth > 0))
        return refuse(v, v->collector.line, "a processing instruction in or after it", err);
    TRY(stl_c14n_pi(v->c14n, target, data, err));
    if (v->content != NULL && v->content->pi != NULL)
        keep(v, v->content->pi(v->content->user, target, data, &v->content_error));
    return SETTLE_OK;
}

/* The Signature comes last, so the digest method is known only after all has been hashed: a look at
 * the end of the document guesses it, and a wrong guess costs a second pass. */
static stl_digest_kind guess_kind(stl_str document, stl_sign_uris uris) {
    size_t len = document.len < TAIL ? document.len : TAIL;
    const char *tail = document.ptr + document.len - len;
    bool sm3 = uris.sm3.len > 0 && memmem(tail, len, uris.sm3.ptr, uris.sm3.len) != NULL;
    return sm3 ? STL_SM3 : STL_SHA256;
}

static settle_status pass(verifier *v, stl_str document, const char *name, stl_sign_uris uris,
                          stl_digest_kind kind, stl_error *err) {
    const stl_xml_handler handler = {on_open, on_text, on_close, on_pi, v};
    const stl_xml_limits limits = {.max_depth = MAX_DEPTH, .utf8_only = true};
    v->name = name;
    TRY(stl_collector_begin(&v->collector, name, uris, err));
    v->c14n = stl_c14n_new(hash, v);
    v->digest = stl_digest_new(kind);
    if (v->c14n == NULL || v->digest == NULL)
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = name);
    if (!stl_digest_reset(v->digest))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "the digest failed");
    TRY(stl_xml_parse(document, name, limits, &handler, err));
    if (v->phase == BEFORE)
        return FAIL(err, SETTLE_E_SIG_MISSING, .file = name);
    TRY(stl_c14n_flush(v->c14n, err));
    if (!stl_digest_end(v->digest, v->computed))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "the digest failed");
    return SETTLE_OK;
}

static settle_status find_profile(const verifier *v, stl_profile *out, stl_error *err) {
    const stl_collector *c = &v->collector;
    if (!stl_profile_find((stl_str){c->method_uri.ptr, c->method_uri.len},
                          (stl_str){c->digest_uri.ptr, c->digest_uri.len}, c->uris, out))
        return FAIL(err, SETTLE_E_SIG_ALGORITHM, .file = v->name, .line = c->line,
                    .field = "SignatureMethod",
                    .detail = "method and digest are not of the profile");
    return SETTLE_OK;
}

static settle_status check_digest(const verifier *v, stl_digest_kind kind, stl_str document,
                                  stl_digest_kind guessed, stl_error *err) {
    const stl_collector *c = &v->collector;
    unsigned char stated[STL_DIGEST_LEN];
    __attribute__((cleanup(verifier_cleanup))) verifier again = {0};
    const unsigned char *computed = v->computed;
    if (stl_base64_get((stl_str){c->digest.ptr, c->digest.len}, stated, sizeof stated) !=
        STL_DIGEST_LEN)
        return refuse(v, c->line, "the digest is not 32 bytes of base64 on one line", err);
    if (kind != guessed) {
        TRY(pass(&again, document, v->name, c->uris, kind, err));
        computed = again.computed;
    }
    if (memcmp(stated, computed, STL_DIGEST_LEN) != 0)
        return FAIL(err, SETTLE_E_SIG_DIGEST, .file = v->name, .field = "DigestValue");
    return SETTLE_OK;
}

static settle_status decode_chain(const verifier *v, STACK_OF(X509) * chain, stl_error *err) {
    const stl_collector *c = &v->collector;
    for (size_t i = 0; i < c->n_certs; i++) {
        unsigned char der[STL_MAX_CERT];
        int64_t len = stl_base64_get((stl_str){c->certs[i].ptr, c->certs[i].len}, der, sizeof der);
        X509 *cert = len <= 0 ? NULL : stl_cert_decode(der, (size_t)len);
        if (cert == NULL)
            return FAIL(err, SETTLE_E_CERT_READ, .file = v->name, .line = c->line,
                        .field = "X509Certificate",
                        .detail = "not one certificate in base64 on one line");
        if (sk_X509_push(chain, cert) <= 0) {
            X509_free(cert);
            return FAIL(err, SETTLE_E_NO_MEMORY, .file = v->name);
        }
    }
    return SETTLE_OK;
}

static settle_status check_value(const verifier *v, X509 *signer, stl_sign_alg alg,
                                 stl_error *err) {
    const stl_collector *c = &v->collector;
    unsigned char value[STL_MAX_VALUE];
    stl_sign_alg key_alg;
    EVP_PKEY *key = X509_get0_pubkey(signer);
    if (key == NULL || !stl_key_kind(key, &key_alg) || key_alg != alg)
        return FAIL(err, SETTLE_E_SIG_ALGORITHM, .file = v->name, .line = c->line,
                    .field = "X509Certificate", .detail = "its key is not one for the method");
    int64_t len =
        stl_base64_get((stl_str){c->signature.ptr, c->signature.len}, value, sizeof value);
    if (len < 0)
        return refuse(v, c->line, "the value is not base64 on one line", err);
    if (!stl_value_check(key, alg, (stl_str){c->info.ptr, c->info.len}, value, (size_t)len))
        return FAIL(err, SETTLE_E_SIG_VALUE, .file = v->name, .field = "SignatureValue");
    return SETTLE_OK;
}

static void put_subject(X509 *cert, char *out, size_t cap) {
    SCOPED_BIO *bio = BIO_new(BIO_s_mem());
    const char *text = NULL;
    if (bio == NULL || X509_NAME_print_ex(bio, X509_get_subject_name(cert), 0,
                                          XN_FLAG_RFC2253 & ~(unsigned)ASN1_STRFLGS_ESC_MSB) < 0)
        return;
    long got = BIO_get_mem_data(bio, &text);
    size_t len = got < 0 ? 0 : (size_t)got;
    if (len >= cap) {
        len = cap - 1;
        while (len > 0 && ((unsigned char)text[len] & 0xC0u) == 0x80u)
            len--;
    }
    memcpy(out, text, len);
    out[len] = '\0';
}

static settle_status describe(const verifier *v, X509 *signer, stl_sign_alg alg,
                              stl_signature_info *out, stl_error *err) {
    unsigned char digest[STL_DIGEST_LEN], *der = NULL;
    *out = (stl_signature_info){.alg = alg};
    put_subject(signer, out->subject, sizeof out->subject);
    int len = i2d_X509(signer, &der);
    if (len <= 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = v->name);
    settle_status status = stl_digest_of(STL_SHA256, der, (size_t)len, digest, err);
    OPENSSL_free(der);
    TRY(status);
    stl_hex(digest, sizeof digest, out->cert_sha256);
    stl_base64_get((stl_str){v->collector.digest.ptr, v->collector.digest.len}, digest,
                   sizeof digest);
    stl_hex(digest, sizeof digest, out->content_digest);
    return SETTLE_OK;
}

settle_status stl_sign_verify(stl_str document, const char *name, const stl_trust *trust,
                              stl_sign_uris uris, int64_t at_utc, const stl_xml_handler *content,
                              stl_signature_info *out, stl_error *err) {
    SCOPED_MARK(mark);
    stl_profile profile;
    stl_digest_kind guessed = guess_kind(document, uris);
    __attribute__((cleanup(verifier_cleanup))) verifier v = {.content = content};
    SCOPED_CHAIN *chain = sk_X509_new_null();
    TRY_ALLOC(err, chain);
    TRY(pass(&v, document, name, uris, guessed, err));
    TRY(find_profile(&v, &profile, err));
    TRY(check_digest(&v, profile.digest, document, guessed, err));
    TRY(decode_chain(&v, chain, err));
    X509 *signer = sk_X509_value(chain, 0);
    TRY(check_value(&v, signer, profile.alg, err));
    TRY(stl_trust_check(trust, chain, name, at_utc, err));
    if (v.content_status != SETTLE_OK && err != NULL)
        *err = v.content_error;
    TRY(v.content_status);
    return describe(&v, signer, profile.alg, out, err);
}
