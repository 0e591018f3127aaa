/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes: the one place outside sign/ that uses OpenSSL. */
#ifndef STL_BASE_DIGEST_H
#define STL_BASE_DIGEST_H

#include "base/error.h"
#include <stdbool.h>

typedef enum stl_digest_kind { STL_SHA256, STL_SM3 } stl_digest_kind;
enum { STL_DIGEST_LEN = 32, STL_DIGEST_HEX = 65 };

typedef struct stl_digest stl_digest;

stl_digest *stl_digest_new(stl_digest_kind kind); /* NULL: out of memory or not offered */
void stl_digest_free(stl_digest *digest);
/* Begins again; the object is reusable. False: the hash library failed. */
bool stl_digest_reset(stl_digest *digest);
bool stl_digest_add(stl_digest *digest, const void *bytes, size_t len);
/* `to` (of the same kind) goes on from where `from` stands. */
bool stl_digest_fork(const stl_digest *from, stl_digest *to);
bool stl_digest_end(stl_digest *digest, unsigned char out[static STL_DIGEST_LEN]);

/* In one go. */
settle_status stl_digest_of(stl_digest_kind kind, const void *bytes, size_t len,
                            unsigned char out[static STL_DIGEST_LEN],
                            stl_error *err) STL_MUST_CHECK;
void stl_hex(const unsigned char *bytes, size_t len, char *out); /* 2 len + 1 bytes, lower case */

#endif
