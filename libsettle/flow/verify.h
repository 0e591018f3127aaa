/* SPDX-License-Identifier: Apache-2.0 */
/* A settlement document from anywhere: schema, signature, chain, sums; what was signed, as JSON. */
#ifndef STL_FLOW_VERIFY_H
#define STL_FLOW_VERIFY_H

#include "flow/session.h"

typedef struct stl_verify_options {
    const char *trust_path; /* NULL: the home's */
    const char *at;         /* civil time; NULL: now */
} stl_verify_options;

settle_status stl_flow_verify(stl_session *session, stl_str document, const char *name,
                              stl_verify_options options, char **out_json,
                              stl_error *err) STL_MUST_CHECK;

#endif
