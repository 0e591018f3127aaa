/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, certificates and raw values: what signer and verifier share. */
#ifndef STL_SIGN_CRYPTO_H
#define STL_SIGN_CRYPTO_H

#include "sign/sign.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

enum { STL_RAW_EC_LEN = 64, STL_MAX_VALUE = 1024, STL_MAX_CHAIN = 8, STL_MAX_CERT = 16 * 1024 };

/* The distinguishing id of GB/T 35276, set on every SM2 operation: OpenSSL's own default is empty.
 */
#define STL_SM2_ID "1234567812345678"

void stl_pkey_cleanup(EVP_PKEY **key);
void stl_chain_cleanup(STACK_OF(X509) * *chain);
void stl_bio_cleanup(BIO **bio);
void stl_marked_cleanup(int *mark);
#define SCOPED_PKEY __attribute__((cleanup(stl_pkey_cleanup))) EVP_PKEY
#define SCOPED_CHAIN __attribute__((cleanup(stl_chain_cleanup))) STACK_OF(X509)
#define SCOPED_BIO __attribute__((cleanup(stl_bio_cleanup))) BIO
/* OpenSSL's error queue belongs to the host: what is added while in scope is taken off again. */
#define SCOPED_MARK(name)                                                                          \
    __attribute__((cleanup(stl_marked_cleanup), unused)) int name = stl_mark_errors()
int stl_mark_errors(void);

/* The last OpenSSL failure in this scope: static text, and its code. */
const char *stl_ssl_reason(void);
int64_t stl_ssl_code(void);

/* P-256, RSA >= 2048 or SM2; false for every other key. */
bool stl_key_kind(const EVP_PKEY *key, stl_sign_alg *out);
settle_status stl_key_read(const char *path, EVP_PKEY **out, stl_error *err) STL_MUST_CHECK;

/* All certificates of a PEM file; an empty stack when it holds none. */
settle_status stl_certs_read(const char *path, STACK_OF(X509) * *out,
                             stl_error *err) STL_MUST_CHECK;
/* NULL: not exactly one certificate. */
X509 *stl_cert_decode(const unsigned char *der, size_t len);

/* The raw value as XML-DSig has it: r||s of 32 bytes each, or RSA's block. */
bool stl_value_make(EVP_PKEY *key, stl_sign_alg alg, stl_str text,
                    unsigned char out[static STL_MAX_VALUE], size_t *out_len);
bool stl_value_check(EVP_PKEY *key, stl_sign_alg alg, stl_str text, const unsigned char *value,
                     size_t len);

/* DER <-> r||s. To DER: 0 unless the value is 64 bytes. */
bool stl_value_from_der(const unsigned char *der, size_t len,
                        unsigned char out[static STL_RAW_EC_LEN]);
size_t stl_value_to_der(const unsigned char *value, size_t len, unsigned char out[static 80]);

/* One line, padded, nothing else. Decoding answers -1 for any other spelling of the bytes. */
void stl_base64_put(stl_buf *out, const unsigned char *bytes, size_t len);
int64_t stl_base64_get(stl_str text, unsigned char *out, size_t cap);

#endif
