/* SPDX-License-Identifier: Apache-2.0 */
/* The Signature element, held against the one shape allowed while its events pass. */
#ifndef STL_SIGN_COLLECT_H
#define STL_SIGN_COLLECT_H

#include "sign/crypto.h"
#include "sign/profile.h"
#include "xml/c14n.h"

typedef struct stl_collector {
    const char *name; /* of the document, for messages */
    stl_sign_uris uris;
    size_t next;    /* place in the expected order */
    int64_t line;   /* of the element last opened */
    bool in_info;   /* inside SignedInfo */
    stl_c14n *c14n; /* of SignedInfo */
    stl_buf info;   /* its canonical bytes */
    stl_buf *value; /* text of the element being read goes here; NULL: only white space may come */
    stl_buf method_uri, digest_uri;
    stl_buf digest, signature; /* base64 */
    stl_buf certs[STL_MAX_CHAIN];
    size_t n_certs;
} stl_collector;

settle_status stl_collector_begin(stl_collector *c, const char *name, stl_sign_uris uris,
                                  stl_error *err) STL_MUST_CHECK;
void stl_collector_free(stl_collector *c);
bool stl_is_white_space(stl_str text); /* what may stand between elements */
/* `depth` counts from the Signature, 0. */
settle_status stl_collector_open(stl_collector *c, const stl_xml_element *element, int depth,
                                 stl_error *err) STL_MUST_CHECK;
settle_status stl_collector_text(stl_collector *c, stl_str text, stl_error *err) STL_MUST_CHECK;
settle_status stl_collector_close(stl_collector *c, stl_xml_name name, int depth,
                                  stl_error *err) STL_MUST_CHECK;

#endif
