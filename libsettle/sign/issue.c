/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/issue.h"

#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

enum { SERIAL_LEN = 16, RSA_BITS = 2048 };

EVP_PKEY *stl_issue_key(stl_sign_alg alg) {
    switch (alg) {
    case STL_ALG_ECDSA:
        return EVP_EC_gen("P-256");
    case STL_ALG_RSA:
        return EVP_RSA_gen(RSA_BITS);
    case STL_ALG_SM2:
        return EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
    }
    return NULL;
}

static bool put_serial(X509 *cert) {
    unsigned char serial[SERIAL_LEN];
    if (RAND_bytes(serial, sizeof serial) != 1)
        return false;
    serial[0] = (unsigned char)((serial[0] & 0x3F) | 0x40);
    ASN1_INTEGER *number = X509_get_serialNumber(cert);
    return ASN1_STRING_set(number, serial, sizeof serial) == 1;
}

static bool put_names(X509 *cert, const stl_issue *issue) {
    X509_NAME *name = X509_get_subject_name(cert);
    return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                      (const unsigned char *)issue->subject, -1, -1, 0) == 1 &&
           X509_set_issuer_name(
               cert, issue->issuer == NULL ? name : X509_get_subject_name(issue->issuer)) == 1;
}

static bool put_extension(X509 *cert, X509V3_CTX *ctx, int nid, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, ctx, nid, value);
    bool done = extension != NULL && X509_add_ext(cert, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return done;
}

static bool put_extensions(X509 *cert, const stl_issue *issue) {
    X509V3_CTX ctx;
    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, issue->issuer == NULL ? cert : (X509 *)(uintptr_t)issue->issuer, cert,
                   NULL, NULL, 0);
    return put_extension(cert, &ctx, NID_basic_constraints,
                         issue->ca ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
           put_extension(cert, &ctx, NID_subject_key_identifier, "hash") &&
           put_extension(cert, &ctx, NID_authority_key_identifier, "keyid:always") &&
           (issue->key_usage == NULL || put_extension(cert, &ctx, NID_key_usage, issue->key_usage));
}

static bool sign_cert(X509 *cert, EVP_PKEY *key) {
    EVP_PKEY_CTX *key_ctx = NULL; /* belongs to ctx */
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool sm2 = EVP_PKEY_is_a(key, "SM2");
    bool done =
        ctx != NULL &&
        EVP_DigestSignInit(ctx, &key_ctx, sm2 ? EVP_sm3() : EVP_sha256(), NULL, key) == 1 &&
        (!sm2 || EVP_PKEY_CTX_set1_id(key_ctx, STL_SM2_ID, (int)sizeof STL_SM2_ID - 1) > 0) &&
        X509_sign_ctx(cert, ctx) > 0;
    EVP_MD_CTX_free(ctx);
    return done;
}

X509 *stl_issue_cert(const stl_issue *issue) {
    X509 *cert = X509_new();
    if (cert == NULL)
        return NULL;
    if (X509_set_version(cert, X509_VERSION_3) != 1 || !put_serial(cert) ||
        X509_time_adj(X509_getm_notBefore(cert), 0, &(time_t){issue->from_utc}) == NULL ||
        X509_time_adj(X509_getm_notAfter(cert), 0, &(time_t){issue->until_utc}) == NULL ||
        !put_names(cert, issue) || X509_set_pubkey(cert, issue->key) != 1 ||
        !put_extensions(cert, issue) ||
        !sign_cert(cert, issue->issuer_key == NULL ? issue->key : issue->issuer_key)) {
        X509_free(cert);
        return NULL;
    }
    return cert;
}
