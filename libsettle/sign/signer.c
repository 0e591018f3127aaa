/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/signer.h"

#include "xml/writer.h"

#include <stdlib.h>

static void put_algorithm(stl_buf *out, const char *name, stl_str uri) {
    stl_buf_text(out, "<ds:");
    stl_buf_text(out, name);
    stl_buf_text(out, " Algorithm=\"");
    stl_xml_escape_attr(out, uri);
    stl_buf_text(out, "\"></ds:");
    stl_buf_text(out, name);
    stl_buf_text(out, ">");
}

static settle_status prepare_info(stl_signer *signer, stl_error *err) {
    stl_buf *out = &signer->info;
    stl_buf_text(out, STL_INFO_OPEN);
    put_algorithm(out, "CanonicalizationMethod", STL_STR(STL_DS_EXCLUSIVE));
    put_algorithm(out, "SignatureMethod", signer->profile.method_uri);
    stl_buf_text(out, "<ds:Reference URI=\"\"><ds:Transforms>");
    put_algorithm(out, "Transform", STL_STR(STL_DS_ENVELOPED));
    put_algorithm(out, "Transform", STL_STR(STL_DS_EXCLUSIVE));
    stl_buf_text(out, "</ds:Transforms>");
    put_algorithm(out, "DigestMethod", signer->profile.digest_uri);
    stl_buf_text(out, "<ds:DigestValue>");
    signer->info_fixed = out->len;
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

static settle_status prepare_key_info(stl_signer *signer, stl_error *err) {
    stl_buf *out = &signer->key_info;
    stl_buf_text(out, "</ds:SignatureValue><ds:KeyInfo><ds:X509Data>");
    for (int i = 0; i < sk_X509_num(signer->chain); i++) {
        unsigned char *der = NULL;
        int len = i2d_X509(sk_X509_value(signer->chain, i), &der);
        if (len <= 0)
            return FAIL(err, SETTLE_E_CERT_READ, .detail = "a certificate cannot be encoded");
        stl_buf_text(out, "<ds:X509Certificate>");
        stl_base64_put(out, der, (size_t)len);
        stl_buf_text(out, "</ds:X509Certificate>");
        OPENSSL_free(der);
        if (len > STL_MAX_CERT)
            return FAIL(err, SETTLE_E_CERT_READ, .detail = "a certificate is too large");
    }
    stl_buf_text(out, "</ds:X509Data></ds:KeyInfo></ds:Signature>");
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

static settle_status read_chain(stl_signer *signer, const char *path, stl_error *err) {
    TRY(stl_certs_read(path, &signer->chain, err));
    int n = sk_X509_num(signer->chain);
    if (n == 0 || n > STL_MAX_CHAIN)
        return FAIL(err, SETTLE_E_CERT_READ, .file = path,
                    .detail = n == 0 ? "no certificate in PEM" : "more than 8 certificates");
    signer->public_key = X509_get0_pubkey(sk_X509_value(signer->chain, 0));
    if (signer->public_key == NULL)
        return FAIL(err, SETTLE_E_CERT_READ, .file = path, .detail = "its key cannot be read");
    return SETTLE_OK;
}

static settle_status open_signer(stl_signer *signer, const char *key_path, const char *chain_path,
                                 stl_sign_uris uris, stl_error *err) {
    stl_sign_alg alg;
    TRY(stl_key_read(key_path, &signer->private_key, err));
    if (!stl_key_kind(signer->private_key, &alg))
        return FAIL(err, SETTLE_E_KEY_KIND, .file = key_path);
    TRY(read_chain(signer, chain_path, err));
    if (EVP_PKEY_eq(signer->private_key, signer->public_key) != 1)
        return FAIL(err, SETTLE_E_KEY_MISMATCH, .file = chain_path, .field = NULL,
                    .detail = "the first certificate is not the key's");
    signer->profile = stl_profile_of(alg, uris);
    signer->value_len =
        alg == STL_ALG_RSA ? (size_t)EVP_PKEY_get_size(signer->private_key) : STL_RAW_EC_LEN;
    TRY(prepare_info(signer, err));
    return prepare_key_info(signer, err);
}

settle_status stl_signer_open(const char *key_path, const char *chain_path, stl_sign_uris uris,
                              stl_signer **out, stl_error *err) {
    SCOPED_MARK(mark);
    stl_signer *signer = calloc(1, sizeof *signer);
    TRY_ALLOC(err, signer);
    settle_status status = open_signer(signer, key_path, chain_path, uris, err);
    if (status != SETTLE_OK) {
        stl_signer_free(signer);
        return status;
    }
    *out = signer;
    return SETTLE_OK;
}

void stl_signer_free(stl_signer *signer) {
    if (signer == NULL)
        return;
    EVP_PKEY_free(signer->private_key);
    sk_X509_pop_free(signer->chain, X509_free);
    stl_buf_free(&signer->info);
    stl_buf_free(&signer->key_info);
    free(signer);
}

stl_digest_kind stl_signer_digest_kind(const stl_signer *signer) {
    return signer->profile.digest;
}

stl_sign_alg stl_signer_alg(const stl_signer *signer) {
    return signer->profile.alg;
}

settle_status stl_signer_check_time(const stl_signer *signer, int64_t at_utc, stl_error *err) {
    const X509 *cert = sk_X509_value(signer->chain, 0);
    time_t at = (time_t)at_utc;
    if (X509_cmp_time(X509_get0_notBefore(cert), &at) >= 0)
        return FAIL(err, SETTLE_E_CERT_NOT_YET, .detail = "the signer's certificate");
    if (X509_cmp_time(X509_get0_notAfter(cert), &at) <= 0)
        return FAIL(err, SETTLE_E_CERT_EXPIRED, .detail = "the signer's certificate");
    return SETTLE_OK;
}

settle_status stl_signer_info(stl_signer *signer, const unsigned char digest[static STL_DIGEST_LEN],
                              stl_error *err) {
    signer->info.len = signer->info_fixed;
    stl_base64_put(&signer->info, digest, STL_DIGEST_LEN);
    stl_buf_text(&signer->info, STL_INFO_END);
    if (!stl_buf_ok(&signer->info))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

settle_status stl_signer_append(stl_signer *signer,
                                const unsigned char digest[static STL_DIGEST_LEN], stl_buf *doc,
                                stl_error *err) {
    SCOPED_MARK(mark);
    unsigned char value[STL_MAX_VALUE];
    size_t len = 0;
    TRY(stl_signer_info(signer, digest, err));
    stl_str info = {signer->info.ptr, signer->info.len};
    if (!stl_value_make(signer->private_key, signer->profile.alg, info, value, &len))
        return FAIL(err, SETTLE_E_SIGN_FAILED, .native = stl_ssl_code(),
                    .detail = stl_ssl_reason());
    if (len != signer->value_len ||
        !stl_value_check(signer->public_key, signer->profile.alg, info, value, len))
        return FAIL(err, SETTLE_E_SIGN_FAILED,
                    .detail = "the value just made does not verify with the certificate");
    memcpy(signer->made_digest, digest, STL_DIGEST_LEN);
    memcpy(signer->made, value, len);
    signer->made_len = len;
    stl_buf_text(doc, STL_SIG_OPEN STL_INFO_OPEN_INSIDE);
    stl_buf_bytes(doc, info.ptr + sizeof STL_INFO_OPEN - 1, info.len - (sizeof STL_INFO_OPEN - 1));
    stl_buf_text(doc, STL_VALUE_OPEN);
    stl_base64_put(doc, value, len);
    stl_buf_bytes(doc, signer->key_info.ptr, signer->key_info.len);
    if (!stl_buf_ok(doc))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}
