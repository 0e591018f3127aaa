/* SPDX-License-Identifier: Apache-2.0 */
/* Reading keys and certificates. */
#include "sign/crypto.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <sys/stat.h>

enum { MAX_FILE = 1024 * 1024, LEAST_RSA_BITS = 2048, MOST_RSA_BITS = 8 * STL_MAX_VALUE };

bool stl_key_kind(const EVP_PKEY *key, stl_sign_alg *out) {
    char group[32] = "";
    if (EVP_PKEY_is_a(key, "RSA")) {
        *out = STL_ALG_RSA;
        return EVP_PKEY_get_bits(key) >= LEAST_RSA_BITS && EVP_PKEY_get_bits(key) <= MOST_RSA_BITS;
    }
    if (EVP_PKEY_get_group_name(key, group, sizeof group, NULL) != 1)
        return false;
    *out = EVP_PKEY_is_a(key, "SM2") ? STL_ALG_SM2 : STL_ALG_ECDSA;
    return strcmp(group, *out == STL_ALG_SM2 ? "SM2" : "prime256v1") == 0;
}

static void file_cleanup(FILE **file) {
    if (*file != NULL)
        fclose(*file);
}
#define SCOPED_FILE __attribute__((cleanup(file_cleanup))) FILE

/* The key stays in OpenSSL's buffers only, so the stream has none. */
static BIO *bio_of(FILE *file) {
    setvbuf(file, NULL, _IONBF, 0);
    return BIO_new_fp(file, BIO_NOCLOSE);
}

/* Without it OpenSSL would ask on the terminal. */
static int no_password(char *out, int cap, int writing, void *user) {
    (void)out, (void)cap, (void)writing, (void)user;
    return -1;
}

settle_status stl_key_read(const char *path, EVP_PKEY **out, stl_error *err) {
    SCOPED_MARK(mark);
    struct stat info;
    SCOPED_FILE *file = fopen(path, "rbe");
    if (file == NULL || fstat(fileno(file), &info) != 0)
        return FAIL(err, SETTLE_E_KEY_READ, .file = path, .native = errno,
                    .detail = strerrordesc_np(errno));
    if (!S_ISREG(info.st_mode) || info.st_size > MAX_FILE)
        return FAIL(err, SETTLE_E_KEY_READ, .file = path, .detail = "not a key file");
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return FAIL(err, SETTLE_E_KEY_MODE, .file = path);
    SCOPED_BIO *bio = bio_of(file);
    TRY_ALLOC(err, bio);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
    if (key == NULL)
        return FAIL(err, SETTLE_E_KEY_READ, .file = path, .native = stl_ssl_code(),
                    .detail = "no private key in PEM, or it needs a password");
    *out = key;
    return SETTLE_OK;
}

/* So that X509_verify uses it when this certificate's own signature is checked. */
static bool set_id(X509 *cert) {
    if (X509_get_signature_nid(cert) != NID_SM2_with_SM3)
        return true;
    ASN1_OCTET_STRING *id = ASN1_OCTET_STRING_new();
    if (id == NULL || ASN1_OCTET_STRING_set(id, (const unsigned char *)STL_SM2_ID,
                                            (int)sizeof STL_SM2_ID - 1) != 1) {
        ASN1_OCTET_STRING_free(id);
        return false;
    }
    X509_set0_distinguishing_id(cert, id);
    return true;
}

X509 *stl_cert_decode(const unsigned char *der, size_t len) {
    const unsigned char *at = der;
    if (len > STL_MAX_CERT)
        return NULL;
    X509 *cert = d2i_X509(NULL, &at, (long)len);
    if (cert != NULL && (at != der + len || !set_id(cert))) {
        X509_free(cert);
        return NULL;
    }
    return cert;
}

settle_status stl_certs_read(const char *path, STACK_OF(X509) * *out, stl_error *err) {
    SCOPED_MARK(mark);
    struct stat info;
    SCOPED_FILE *file = fopen(path, "rbe");
    if (file == NULL || fstat(fileno(file), &info) != 0)
        return FAIL(err, SETTLE_E_CERT_READ, .file = path, .native = errno,
                    .detail = strerrordesc_np(errno));
    if (!S_ISREG(info.st_mode) || info.st_size > MAX_FILE)
        return FAIL(err, SETTLE_E_CERT_READ, .file = path, .detail = "not a certificate file");
    SCOPED_BIO *bio = BIO_new_fp(file, BIO_NOCLOSE);
    SCOPED_CHAIN *chain = sk_X509_new_null();
    if (bio == NULL || chain == NULL)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    for (X509 *cert; (cert = PEM_read_bio_X509(bio, NULL, no_password, NULL)) != NULL;) {
        if (sk_X509_push(chain, cert) <= 0 || !set_id(cert))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
        return FAIL(err, SETTLE_E_CERT_READ, .file = path, .native = stl_ssl_code(),
                    .detail = stl_ssl_reason());
    *out = chain;
    chain = NULL;
    return SETTLE_OK;
}
