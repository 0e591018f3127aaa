/* SPDX-License-Identifier: Apache-2.0 */
/* pack.xml (schemas/pack-1.0.xsd, docs/packs.md). */
#ifndef STL_PACK_MANIFEST_H
#define STL_PACK_MANIFEST_H

#include "base/mem.h"
#include "model/region.h"
#include "pack/policy_read.h"

typedef struct stl_manifest_value {
    stl_str text;
    int64_t line;
} stl_manifest_value;

typedef struct stl_manifest_list {
    stl_manifest_value *items;
    size_t n, cap;
} stl_manifest_list;

typedef struct stl_manifest_policy {
    bool given;
    int64_t line;
    stl_str insutype; /* "": no restriction */
    stl_policy_param *params;
    size_t n, cap;
} stl_manifest_policy;

typedef struct stl_manifest_include {
    stl_str path;
    int64_t line;
    bool tables[STL_T_COUNT];
    bool pathways;
    stl_manifest_policy policy;
} stl_manifest_include;

typedef struct stl_manifest {
    stl_str id, version, name;
    stl_day begndate, enddate; /* enddate STL_NONE: open */
    stl_manifest_list regions, schemes;
    stl_manifest_policy policy;
    stl_manifest_include *includes;
    size_t n_includes, cap_includes;
} stl_manifest;

/* PACK_SOURCE with file `name`, line and element or attribute. Texts live in `arena`. */
settle_status stl_manifest_read(stl_str xml, const char *name, stl_arena *arena, stl_manifest *out,
                                stl_error *err) STL_MUST_CHECK;

#endif
