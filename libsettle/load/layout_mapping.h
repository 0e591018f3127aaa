/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue codes that a hospital system itself keeps for its items. */
#ifndef STL_LOAD_LAYOUT_MAPPING_H
#define STL_LOAD_LAYOUT_MAPPING_H

#include "load/layout.h"
#include "model/mapping.h"

/* A record of the columns of mapping.csv. */
extern const stl_record_type STL_MAPPING_RECORD;

/* A row as texts by those columns, .ptr NULL where the layout does not tell one; borrowed in the
 * call. */
typedef settle_status (*stl_layout_mapping_fn)(void *user, const stl_str *texts, const char *place,
                                               int64_t line, stl_error *err);
/* All rows of the tables that the layout names; its stays are not read. ADAPTER_LAYOUT when it
 * names none. */
settle_status stl_layout_mapping(const stl_layout *layout, const stl_adapter_ask *ask,
                                 stl_layout_mapping_fn each, void *user,
                                 stl_error *err) STL_MUST_CHECK;

#endif
