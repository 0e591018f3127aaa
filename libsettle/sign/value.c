/* SPDX-License-Identifier: Apache-2.0 */
/* Signature values: making and checking them, and r||s against DER. */
#include "sign/crypto.h"

#include <openssl/ec.h>

enum { HALF = STL_RAW_EC_LEN / 2, DER_INTEGER = 2, DER_SEQUENCE = 0x30 };

/* One DER INTEGER of at most 32 significant bytes at *from; moves on. */
static bool take_integer(const unsigned char **from, const unsigned char *end,
                         unsigned char *half) {
    const unsigned char *at = *from;
    if (end - at < 3 || at[0] != DER_INTEGER || at[1] == 0 || at[1] > end - at - 2)
        return false;
    size_t len = at[1];
    at += 2;
    *from = at + len;
    if (at[0] >= 0x80 || (len > 1 && at[0] == 0 && at[1] < 0x80))
        return false;
    if (at[0] == 0) {
        at++;
        len--;
    }
    if (len > HALF)
        return false;
    memset(half, 0, HALF - len);
    memcpy(half + HALF - len, at, len);
    return true;
}

bool stl_value_from_der(const unsigned char *der, size_t len,
                        unsigned char out[static STL_RAW_EC_LEN]) {
    const unsigned char *end = der + len;
    if (len < 2 || len > 80 || der[0] != DER_SEQUENCE || der[1] != len - 2)
        return false;
    const unsigned char *at = der + 2;
    return take_integer(&at, end, out) && take_integer(&at, end, out + HALF) && at == end;
}

static size_t put_integer(const unsigned char *half, unsigned char *out) {
    size_t skip = 0;
    while (skip < HALF - 1 && half[skip] == 0)
        skip++;
    size_t pad = half[skip] >= 0x80 ? 1 : 0;
    size_t len = HALF - skip;
    out[0] = DER_INTEGER;
    out[1] = (unsigned char)(len + pad);
    out[2] = 0;
    memcpy(out + 2 + pad, half + skip, len);
    return 2 + pad + len;
}

size_t stl_value_to_der(const unsigned char *value, size_t len, unsigned char out[static 80]) {
    if (len != STL_RAW_EC_LEN)
        return 0;
    size_t body = put_integer(value, out + 2);
    body += put_integer(value + HALF, out + 2 + body);
    out[0] = DER_SEQUENCE;
    out[1] = (unsigned char)body;
    return body + 2;
}

static void md_cleanup(EVP_MD_CTX **ctx) {
    EVP_MD_CTX_free(*ctx);
}
#define SCOPED_MD __attribute__((cleanup(md_cleanup))) EVP_MD_CTX

static const EVP_MD *md_of(stl_sign_alg alg) {
    return alg == STL_ALG_SM2 ? EVP_sm3() : EVP_sha256();
}

/* After init, before the first byte: then it enters the Z that SM2 hashes first. */
static bool set_id(EVP_PKEY_CTX *ctx, stl_sign_alg alg) {
    return alg != STL_ALG_SM2 ||
           EVP_PKEY_CTX_set1_id(ctx, STL_SM2_ID, (int)sizeof STL_SM2_ID - 1) > 0;
}

bool stl_value_make(EVP_PKEY *key, stl_sign_alg alg, stl_str text,
                    unsigned char out[static STL_MAX_VALUE], size_t *out_len) {
    unsigned char made[STL_MAX_VALUE];
    size_t len = sizeof made;
    EVP_PKEY_CTX *key_ctx = NULL; /* belongs to ctx */
    SCOPED_MD *ctx = EVP_MD_CTX_new();
    if (ctx == NULL || EVP_DigestSignInit(ctx, &key_ctx, md_of(alg), NULL, key) <= 0 ||
        !set_id(key_ctx, alg) ||
        EVP_DigestSign(ctx, made, &len, (const unsigned char *)text.ptr, text.len) <= 0)
        return false;
    *out_len = alg == STL_ALG_RSA ? len : STL_RAW_EC_LEN;
    if (alg == STL_ALG_RSA)
        memcpy(out, made, len);
    return alg == STL_ALG_RSA || stl_value_from_der(made, len, out);
}

bool stl_value_check(EVP_PKEY *key, stl_sign_alg alg, stl_str text, const unsigned char *value,
                     size_t len) {
    unsigned char der[80];
    EVP_PKEY_CTX *key_ctx = NULL; /* belongs to ctx */
    if (alg != STL_ALG_RSA) {
        len = stl_value_to_der(value, len, der);
        value = der;
    }
    if (len == 0)
        return false;
    SCOPED_MD *ctx = EVP_MD_CTX_new();
    return ctx != NULL && EVP_DigestVerifyInit(ctx, &key_ctx, md_of(alg), NULL, key) > 0 &&
           set_id(key_ctx, alg) &&
           EVP_DigestVerify(ctx, value, len, (const unsigned char *)text.ptr, text.len) == 1;
}
