/* SPDX-License-Identifier: Apache-2.0 */
/* Enveloped XML-DSig in the one profile of the contract: one Reference URI="", enveloped-signature
 * and exclusive c14n, ECDSA P-256/SHA-256, RSA >= 2048/SHA-256 or SM2/SM3, KeyInfo = X509Data. */
#ifndef STL_SIGN_SIGN_H
#define STL_SIGN_SIGN_H

#include "base/buf.h"
#include "base/digest.h"
#include "xml/reader.h"

typedef enum stl_sign_alg { STL_ALG_ECDSA, STL_ALG_RSA, STL_ALG_SM2 } stl_sign_alg;
const char *stl_sign_alg_name(stl_sign_alg alg); /* "ecdsa-sha256", "rsa-sha256", "sm2-sm3" */

/* Method URIs of SM2/SM3: no national ones are published, so the site states them. */
typedef struct stl_sign_uris {
    stl_str sm2_sm3; /* signature method */
    stl_str sm3;     /* digest method */
} stl_sign_uris;

typedef struct stl_signer stl_signer;

/* Private key (PEM, mode not readable by group or others: KEY_MODE) and chain (PEM, signer first).
 * KEY_READ, KEY_KIND, KEY_MISMATCH, CERT_READ. One signer may be used by one thread at a time. */
settle_status stl_signer_open(const char *key_path, const char *chain_path, stl_sign_uris uris,
                              stl_signer **out, stl_error *err) STL_MUST_CHECK;
void stl_signer_free(stl_signer *signer);
stl_digest_kind stl_signer_digest_kind(const stl_signer *signer);
stl_sign_alg stl_signer_alg(const stl_signer *signer);

/* CERT_EXPIRED or CERT_NOT_YET when the signer certificate is not valid at `at_utc` (seconds). */
settle_status stl_signer_check_time(const stl_signer *signer, int64_t at_utc,
                                    stl_error *err) STL_MUST_CHECK;

/* Appends <ds:Signature> to `doc`, which ends just before the root's end tag, for the digest of the
 * document without it. The value is verified with the certificate's public key before it is
 * appended (tokens are known to return empty or wrong signatures): SIGN_FAILED. */
settle_status stl_signer_append(stl_signer *signer,
                                const unsigned char digest[static STL_DIGEST_LEN], stl_buf *doc,
                                stl_error *err) STL_MUST_CHECK;

/* --- verification ---------------------------------------------------------------------------- */

typedef struct stl_trust stl_trust;
/* Anchors: a PEM file of one or more certificates. NO_TRUST_ANCHOR, CERT_READ. */
settle_status stl_trust_open(const char *path, stl_trust **out, stl_error *err) STL_MUST_CHECK;
void stl_trust_free(stl_trust *trust);

/* Whether what this signer signs will be trusted: chain, validity, key usage. CERT_* with `name`.
 */
settle_status stl_signer_check_trust(const stl_signer *signer, const stl_trust *trust,
                                     const char *name, int64_t at_utc,
                                     stl_error *err) STL_MUST_CHECK;

typedef struct stl_signature_info {
    stl_sign_alg alg;
    char subject[256]; /* of the signer certificate, RFC 2253 */
    char cert_sha256[65];
    char content_digest[65]; /* hex of the Reference's digest */
} stl_signature_info;

/* Parses hardened, canonicalises and hashes while parsing, checks structure, algorithms, digest,
 * value, chain and validity at `at_utc`. `content` gets the events of what is signed (everything
 * but the Signature) as they pass: use what it made only when this returns SETTLE_OK. SIG_MISSING,
 * SIG_STRUCTURE, SIG_ALGORITHM, SIG_DIGEST, SIG_VALUE, CERT_*, INPUT_XML. */
settle_status stl_sign_verify(stl_str document, const char *name, const stl_trust *trust,
                              stl_sign_uris uris, int64_t at_utc, const stl_xml_handler *content,
                              stl_signature_info *out, stl_error *err) STL_MUST_CHECK;

/* Fast read-back check of bytes this signer has just made and stored: digest and value. Answers the
 * SHA-256 of all the bytes as well, which the same pass gives; untouched on failure. */
settle_status stl_signer_recheck(stl_signer *signer, stl_str document,
                                 unsigned char out_sha256[static STL_DIGEST_LEN],
                                 stl_error *err) STL_MUST_CHECK;

/* --- demonstration keys ---------------------------------------------------------------------- */

/* Makes a CA and a signer certificate under it (ECDSA P-256, or SM2 with the id set): writes
 * ca.pem, signer.pem (signer + CA) and signer.key (0600) into dir. `subject` is the common name. */
settle_status stl_sign_make_demo(const char *dir, stl_sign_alg alg, const char *subject,
                                 int64_t from_utc, int days, stl_error *err) STL_MUST_CHECK;

#endif
