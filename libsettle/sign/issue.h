/* SPDX-License-Identifier: Apache-2.0 */
/* Making keys and certificates: for demonstration homes and for tests, never for production. */
#ifndef STL_SIGN_ISSUE_H
#define STL_SIGN_ISSUE_H

#include "sign/crypto.h"

EVP_PKEY *stl_issue_key(stl_sign_alg alg); /* NULL: OpenSSL failed */

typedef struct stl_issue {
    const char *subject;   /* common name, UTF-8, at most 64 characters */
    EVP_PKEY *key;         /* of the subject */
    const X509 *issuer;    /* NULL: self-signed */
    EVP_PKEY *issuer_key;  /* NULL: the subject's */
    const char *key_usage; /* as in openssl.cnf; NULL: no such extension */
    bool ca;
    int64_t from_utc, until_utc;
} stl_issue;

X509 *stl_issue_cert(const stl_issue *issue); /* NULL: OpenSSL failed */

#endif
