/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/trust.h"

#include "sign/signer.h"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

/* 112 bits and more: no SHA-1, no RSA below 2048 anywhere in a chain. */
enum { AUTH_LEVEL = 2 };

struct stl_trust {
    X509_STORE *store;
};

static settle_status fill(stl_trust *trust, STACK_OF(X509) * anchors, stl_error *err) {
    trust->store = X509_STORE_new();
    TRY_ALLOC(err, trust->store);
    for (int i = 0; i < sk_X509_num(anchors); i++)
        if (X509_STORE_add_cert(trust->store, sk_X509_value(anchors, i)) != 1)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    X509_VERIFY_PARAM *param = X509_STORE_get0_param(trust->store);
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_auth_level(param, AUTH_LEVEL);
    X509_VERIFY_PARAM_set_depth(param, STL_MAX_CHAIN);
    return SETTLE_OK;
}

settle_status stl_trust_open(const char *path, stl_trust **out, stl_error *err) {
    SCOPED_MARK(mark);
    if (path == NULL || path[0] == '\0')
        return FAIL(err, SETTLE_E_NO_TRUST_ANCHOR, .field = NULL);
    SCOPED_CHAIN *anchors = NULL;
    TRY(stl_certs_read(path, &anchors, err));
    if (sk_X509_num(anchors) == 0)
        return FAIL(err, SETTLE_E_NO_TRUST_ANCHOR, .file = path, .detail = "no certificate in PEM");
    stl_trust *trust = calloc(1, sizeof *trust);
    TRY_ALLOC(err, trust);
    settle_status status = fill(trust, anchors, err);
    if (status != SETTLE_OK) {
        stl_trust_free(trust);
        return status;
    }
    *out = trust;
    return SETTLE_OK;
}

void stl_trust_free(stl_trust *trust) {
    if (trust == NULL)
        return;
    X509_STORE_free(trust->store);
    free(trust);
}

static settle_status status_of(int reason) {
    switch (reason) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return SETTLE_E_CERT_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return SETTLE_E_CERT_NOT_YET;
    case X509_V_ERR_OUT_OF_MEM:
        return SETTLE_E_NO_MEMORY;
    default:
        return SETTLE_E_CERT_CHAIN;
    }
}

static void store_ctx_cleanup(X509_STORE_CTX **ctx) {
    X509_STORE_CTX_free(*ctx);
}

settle_status stl_signer_check_trust(const stl_signer *signer, const stl_trust *trust,
                                     const char *name, int64_t at_utc, stl_error *err) {
    SCOPED_MARK(mark);
    return stl_trust_check(trust, signer->chain, name, at_utc, err);
}

settle_status stl_trust_check(const stl_trust *trust, STACK_OF(X509) * chain, const char *name,
                              int64_t at_utc, stl_error *err) {
    X509 *signer = sk_X509_value(chain, 0);
    __attribute__((cleanup(store_ctx_cleanup))) X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    if (ctx == NULL || X509_STORE_CTX_init(ctx, trust->store, signer, chain) != 1)
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = name);
    X509_STORE_CTX_set_time(ctx, 0, (time_t)at_utc);
    if (X509_verify_cert(ctx) != 1) {
        int reason = X509_STORE_CTX_get_error(ctx);
        return FAIL(err, status_of(reason), .file = name, .field = "X509Certificate",
                    .native = reason, .detail = X509_verify_cert_error_string(reason));
    }
    if ((X509_get_key_usage(signer) & KU_DIGITAL_SIGNATURE) == 0)
        return FAIL(err, SETTLE_E_CERT_CHAIN, .file = name, .field = "X509Certificate",
                    .detail = "the certificate's key usage is not digital signature");
    return SETTLE_OK;
}
