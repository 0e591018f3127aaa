/* SPDX-License-Identifier: Apache-2.0 */
/* Scopes of OpenSSL objects and of its error queue. */
#include "sign/crypto.h"

#include <openssl/bio.h>
#include <openssl/err.h>

void stl_pkey_cleanup(EVP_PKEY **key) {
    EVP_PKEY_free(*key);
}

void stl_chain_cleanup(STACK_OF(X509) * *chain) {
    sk_X509_pop_free(*chain, X509_free);
}

void stl_bio_cleanup(BIO **bio) {
    BIO_free(*bio);
}

int stl_mark_errors(void) {
    return ERR_set_mark();
}

void stl_marked_cleanup(int *mark) {
    (void)mark;
    ERR_pop_to_mark();
}

const char *stl_ssl_reason(void) {
    return ERR_reason_error_string(ERR_peek_last_error());
}

int64_t stl_ssl_code(void) {
    return (int64_t)ERR_peek_last_error();
}
