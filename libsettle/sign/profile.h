/* SPDX-License-Identifier: Apache-2.0 */
/* The one profile: URIs of XML-DSig and the algorithms allowed. */
#ifndef STL_SIGN_PROFILE_H
#define STL_SIGN_PROFILE_H

#include "sign/sign.h"

#define STL_DS_NS "http://www.w3.org/2000/09/xmldsig#"
#define STL_DS_ENVELOPED STL_DS_NS "enveloped-signature"
#define STL_DS_EXCLUSIVE "http://www.w3.org/2001/10/xml-exc-c14n#"

typedef struct stl_profile {
    stl_sign_alg alg;
    stl_digest_kind digest;
    stl_str method_uri;
    stl_str digest_uri;
} stl_profile;

stl_profile stl_profile_of(stl_sign_alg alg, stl_sign_uris uris);
/* False: not allowed, or not that digest with that method. */
bool stl_profile_find(stl_str method_uri, stl_str digest_uri, stl_sign_uris uris, stl_profile *out);

#endif
