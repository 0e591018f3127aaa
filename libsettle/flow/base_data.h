/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules read, and what of it a pack has. */
#ifndef STL_FLOW_BASE_DATA_H
#define STL_FLOW_BASE_DATA_H

#include "base/json.h"
#include "rules/rules.h"

/* One of what a rule reads: "rules/lists.csv V9.drug" is a list in a file of the pack. */
typedef struct stl_rule_read {
    stl_str file, item; /* item "": the whole file */
    bool optional;
} stl_rule_read;

/* The next of `*at` (stl_rule.reads, NULL none); false at the end. */
bool stl_rule_read_next(const char **at, stl_rule_read *out);
/* Its rows in the pack; -1: it is no part of a pack. */
int64_t stl_rule_read_rows(const stl_region *region, const char *rule_id,
                           const stl_rule_read *read);

/* The parameter stale_after, when its day is gone by or it is no day; "" else. */
stl_str stl_flow_stale(const stl_region *region, const char *rule_id, stl_day day);

/* Member "base_data": rules whose data the pack lacks, or whose data is stale on the day. */
void stl_flow_put_base_data(stl_json *j, const stl_region *region, stl_day day, int32_t lang);

#endif
