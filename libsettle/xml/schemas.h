/* SPDX-License-Identifier: Apache-2.0 */
/* The released schemas, embedded at build by schemas/embed.sh. */
#ifndef STL_XML_SCHEMAS_H
#define STL_XML_SCHEMAS_H

#include "base/str.h"

extern const stl_str STL_SCHEMA_SETTLEMENT_1_0;
extern const stl_str STL_SCHEMA_STAY_1_0;
extern const stl_str STL_SCHEMA_POLICY_1_0;
extern const stl_str STL_SCHEMA_PACK_1_0;
extern const stl_str STL_SCHEMA_PATHWAY_1_0;
extern const stl_str STL_SCHEMA_ADAPTER_1_0;

#endif
