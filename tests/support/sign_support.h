/* SPDX-License-Identifier: Apache-2.0 */
/* A hospital that signs, its trust anchor, and documents that are mended after they were broken. */
#ifndef STL_TESTS_SIGN_SUPPORT_H
#define STL_TESTS_SIGN_SUPPORT_H

#include "base/buf.h"
#include "sign/crypto.h"
#include "sign/issue.h"
#include "sign/profile.h"
#include "support/base_support.h"

enum { TEST_FROM = 1735660800, TEST_DAYS = 365, TEST_AT = TEST_FROM + 100 * 86400 };

typedef struct test_signing {
    char dir[64];
    stl_sign_alg alg;
    stl_signer *signer;
    stl_trust *trust;
} test_signing;

extern const stl_sign_uris TEST_URIS;

/* A directory with demonstration keys, valid from TEST_FROM for TEST_DAYS. */
test_signing *test_signing_new(stl_sign_alg alg);
void test_signing_free(test_signing *s);
/* "dir/name", good for the next fifteen calls. */
const char *test_signing_path(const test_signing *s, const char *name);
void test_signing_write(const test_signing *s, const char *name, const char *text, unsigned mode);

/* A small settlement; `test_signed` with its signature. To be freed with stl_buf_free. */
#define TEST_CONTENT                                                                               \
    "<settlement xmlns=\"urn:libsettle:settlement:1.0\" msgid=\"M1\">"                             \
    "<stay mdtrt_id=\"A1\"></stay><lines n=\"2\"><line cnt=\"1.0000\" feedetl_sn=\"1\"></line>"    \
    "<line cnt=\"2.0000\" feedetl_sn=\"2\">\xE5\xBA\x8A\xE4\xBD\x8D &amp; "                        \
    "&lt;b&gt;</line></lines>"
#define TEST_END "</settlement>"
stl_buf test_signed(const test_signing *s);

/* A copy with the first `from` replaced; fails the test when it does not occur. */
stl_buf test_replaced(stl_buf doc, const char *from, const char *to);
/* What stands between two texts, NUL-terminated, to be freed with free(). */
char *test_between(stl_buf doc, const char *from, const char *to);
/* Removes the first Signature; fails when there is none. */
stl_buf test_unsigned(stl_buf doc);

/* The value made anew over the SignedInfo as it stands in the document (ds: prefix, no line
 * breaks), with any key, DER-encoded if so wished, and with these certificates. */
stl_buf test_resigned(stl_buf doc, EVP_PKEY *key, stl_sign_alg alg, X509 *const *certs, size_t n);
/* The document with this raw value. */
stl_buf test_with_value(stl_buf doc, const unsigned char *value, size_t len);
/* The reference digest made anew for the content as it stands, which must be canonical. */
stl_buf test_redigested(stl_buf doc, stl_digest_kind kind);

settle_status test_verify_at(const test_signing *s, stl_buf doc, int64_t at, stl_error *err);
settle_status test_verify(const test_signing *s, stl_buf doc, stl_error *err);

#endif
