/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STL_SIGN_TRUST_H
#define STL_SIGN_TRUST_H

#include "sign/crypto.h"

/* The chain, signer first, up to an anchor, with every signature, validity and key usage, at a
 * time. CERT_EXPIRED, CERT_NOT_YET, CERT_CHAIN. */
settle_status stl_trust_check(const stl_trust *trust, STACK_OF(X509) * chain, const char *name,
                              int64_t at_utc, stl_error *err) STL_MUST_CHECK;

#endif
