/* SPDX-License-Identifier: Apache-2.0 */
/* pathways/<ID>.xml (schemas/pathway-1.0.xsd, docs/pathways.md) into the tables of pathways. */
#ifndef STL_PACK_PATHWAY_READ_H
#define STL_PACK_PATHWAY_READ_H

#include "base/mem.h"
#include "pack/rowset.h"

typedef struct stl_pathway_source {
    stl_str xml;
    const char *name;   /* stands in errors; its last part is <ID>.xml */
    stl_str digest;     /* of the XML, in hex */
    stl_arena *arena;   /* for what is needed while reading */
    stl_pool *pool;     /* of the texts of the rows */
    stl_rowset *tables; /* STL_PACK_TABLES; rows of the tables of pathways are added */
} stl_pathway_source;

/* PACK_SOURCE with file, line and element or attribute. */
settle_status stl_pathway_read(const stl_pathway_source *source, stl_error *err) STL_MUST_CHECK;

#endif
