/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/profile.h"

#define MORE "http://www.w3.org/2001/04/xmldsig-more#"

const char *stl_sign_alg_name(stl_sign_alg alg) {
    static const char *const names[] = {"ecdsa-sha256", "rsa-sha256", "sm2-sm3"};
    return names[alg];
}

stl_profile stl_profile_of(stl_sign_alg alg, stl_sign_uris uris) {
    const stl_str sha256 = STL_STR("http://www.w3.org/2001/04/xmlenc#sha256");
    switch (alg) {
    case STL_ALG_ECDSA:
        return (stl_profile){alg, STL_SHA256, STL_STR(MORE "ecdsa-sha256"), sha256};
    case STL_ALG_RSA:
        return (stl_profile){alg, STL_SHA256, STL_STR(MORE "rsa-sha256"), sha256};
    case STL_ALG_SM2:
        break;
    }
    return (stl_profile){STL_ALG_SM2, STL_SM3, uris.sm2_sm3, uris.sm3};
}

bool stl_profile_find(stl_str method_uri, stl_str digest_uri, stl_sign_uris uris,
                      stl_profile *out) {
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++) {
        *out = stl_profile_of((stl_sign_alg)alg, uris);
        if (method_uri.len > 0 && stl_str_eq(method_uri, out->method_uri))
            return stl_str_eq(digest_uri, out->digest_uri);
    }
    return false;
}
