/* SPDX-License-Identifier: Apache-2.0 */
/* A signer, and the texts of its Signature that never change. */
#ifndef STL_SIGN_SIGNER_H
#define STL_SIGN_SIGNER_H

#include "sign/crypto.h"
#include "sign/profile.h"

struct stl_signer {
    stl_profile profile;
    EVP_PKEY *private_key;
    EVP_PKEY *public_key; /* of the certificate: what others will verify with */
    STACK_OF(X509) * chain;
    stl_buf info;      /* canonical SignedInfo of the last signature; the fixed head stays */
    size_t info_fixed; /* its length up to the DigestValue */
    size_t value_len;  /* of a raw value */
    unsigned char made_digest[STL_DIGEST_LEN]; /* of the last signature made, and its value: both */
    unsigned char made[STL_MAX_VALUE];         /* verified with the certificate's public key */
    size_t made_len;                           /* 0: none yet */
    stl_buf key_info;                          /* "</ds:SignatureValue>" to "</ds:Signature>" */
};

#define STL_SIG_OPEN "<ds:Signature xmlns:ds=\"" STL_DS_NS "\">"
#define STL_INFO_OPEN "<ds:SignedInfo xmlns:ds=\"" STL_DS_NS "\">"
#define STL_INFO_OPEN_INSIDE "<ds:SignedInfo>" /* the namespace stands on the Signature */
#define STL_INFO_END "</ds:DigestValue></ds:Reference></ds:SignedInfo>"
#define STL_VALUE_OPEN "<ds:SignatureValue>"

/* Completes signer->info for the digest: exactly what exclusive c14n makes of the SignedInfo. */
settle_status stl_signer_info(stl_signer *signer, const unsigned char digest[static STL_DIGEST_LEN],
                              stl_error *err) STL_MUST_CHECK;

#endif
