/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct stl_digest {
    EVP_MD *md;
    EVP_MD_CTX *ctx;
    bool open;
};

static const char *const NAME[] = {[STL_SHA256] = "SHA256", [STL_SM3] = "SM3"};

stl_digest *stl_digest_new(stl_digest_kind kind) {
    stl_digest *digest = calloc(1, sizeof *digest);
    if (digest == NULL)
        return NULL;
    digest->md = EVP_MD_fetch(NULL, NAME[kind], NULL);
    digest->ctx = EVP_MD_CTX_new();
    if (digest->md != NULL && digest->ctx != NULL && stl_digest_reset(digest))
        return digest;
    stl_digest_free(digest);
    return NULL;
}

void stl_digest_free(stl_digest *digest) {
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->ctx);
    EVP_MD_free(digest->md);
    free(digest);
}

bool stl_digest_reset(stl_digest *digest) {
    digest->open = EVP_DigestInit_ex2(digest->ctx, digest->md, NULL) == 1;
    return digest->open;
}

bool stl_digest_add(stl_digest *digest, const void *bytes, size_t len) {
    return digest->open && (len == 0 || EVP_DigestUpdate(digest->ctx, bytes, len) == 1);
}

bool stl_digest_fork(const stl_digest *from, stl_digest *to) {
    to->open = from->open && EVP_MD_CTX_copy_ex(to->ctx, from->ctx) == 1;
    return to->open;
}

bool stl_digest_end(stl_digest *digest, unsigned char out[static STL_DIGEST_LEN]) {
    unsigned len = 0;
    bool done = digest->open && EVP_DigestFinal_ex(digest->ctx, out, &len) == 1;
    digest->open = false;
    return done && len == STL_DIGEST_LEN;
}

settle_status stl_digest_of(stl_digest_kind kind, const void *bytes, size_t len,
                            unsigned char out[static STL_DIGEST_LEN], stl_error *err) {
    stl_digest *digest = stl_digest_new(kind);
    TRY_ALLOC(err, digest);
    bool done = stl_digest_add(digest, bytes, len) && stl_digest_end(digest, out);
    stl_digest_free(digest);
    if (!done)
        return FAIL(err, SETTLE_E_INTERNAL, .detail = NAME[kind]);
    return SETTLE_OK;
}

void stl_hex(const unsigned char *bytes, size_t len, char *out) {
    static const char DIGIT[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = DIGIT[bytes[i] >> 4];
        out[2 * i + 1] = DIGIT[bytes[i] & 15];
    }
    out[2 * len] = '\0';
}
