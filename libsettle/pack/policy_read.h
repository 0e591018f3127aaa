/* SPDX-License-Identifier: Apache-2.0 */
/* policy.xml (schemas/policy-1.0.xsd, docs/policy.md) into model/policy.h. */
#ifndef STL_PACK_POLICY_READ_H
#define STL_PACK_POLICY_READ_H

#include "base/mem.h"
#include "model/policy.h"

/* A number that the text leaves open and the including pack sets. */
struct stl_policy_param {
    stl_str name, value;
};

struct stl_policy_source {
    stl_str xml;
    const char *file; /* stands in errors */
    const struct stl_policy_param *params;
    size_t n_params;
    stl_str insutype_for; /* "": as the policy says; else its layers pay these schemes only */
    stl_str codes; /* of the pack's dictionaries: "psn_type=11 psn_type=12 ..."; "": not checked */
};

typedef struct stl_policy_param stl_policy_param;
typedef struct stl_policy_source stl_policy_source;

/* Reads the sources into one policy: layers in the order of the sources; line stage, rounding,
 * insurance year and account from the first source that has the element. Everything is checked:
 * PACK_POLICY with file, line and element, the reason as detail; INPUT_XML when it is not XML.
 * The result lives in `arena`. */
settle_status stl_policy_read(const stl_policy_source *sources, size_t n, stl_arena *arena,
                              const stl_policy **out, stl_error *err) STL_MUST_CHECK;

#endif
