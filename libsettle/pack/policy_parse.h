/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the policy reader: what is being read, and typed access to attributes. */
#ifndef STL_PACK_POLICY_PARSE_H
#define STL_PACK_POLICY_PARSE_H

#include "pack/policy_read.h"
#include "xml/reader.h"

/* A growing array in the arena. */
typedef struct stl_policy_list {
    void *items;
    size_t count, cap;
} stl_policy_list;

typedef struct stl_policy_reader {
    const stl_policy_source *source;
    stl_arena *arena;
    stl_policy *policy;
    stl_policy_list params; /* of stl_policy_param: this source's, as overridden */
    stl_policy_list layers, prepays, amounts, bands, ratios, adjusts;
    stl_layer *layer;    /* being read */
    const char *element; /* being read: stands in errors */
    int64_t line, container_line, layer_line;
    bool in_ceiling;
    bool line_here, line_seen, rounding_seen, year_seen, date_seen, account_seen;
} stl_policy_reader;

/* PACK_POLICY at the element that is being read; `value` may be empty. */
settle_status stl_policy_fail(const stl_policy_reader *r, stl_str value, const char *detail,
                              stl_error *err) STL_MUST_CHECK;

/* The attribute's value with "{param}" replaced, copied; empty when absent. */
settle_status stl_policy_attr(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                              stl_str *out, stl_error *err) STL_MUST_CHECK;
/* Fixed-point number within [min, max]; STL_NONE when absent. */
settle_status stl_policy_attr_number(stl_policy_reader *r, const stl_xml_element *e,
                                     const char *name, int scale, int64_t min, int64_t max,
                                     int64_t *out, stl_error *err) STL_MUST_CHECK;
/* One of `words` (NULL-terminated) as its position; `absent` when absent. */
settle_status stl_policy_attr_word(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                                   const char *const *words, int absent, int *out,
                                   stl_error *err) STL_MUST_CHECK;
settle_status stl_policy_attr_switch(stl_policy_reader *r, const stl_xml_element *e,
                                     const char *name, bool absent, bool *out,
                                     stl_error *err) STL_MUST_CHECK;
settle_status stl_policy_condition(stl_policy_reader *r, const stl_xml_element *e,
                                   stl_condition *out, stl_error *err) STL_MUST_CHECK;
bool stl_policy_unconditional(const stl_condition *when);

/* Declares a param of the source: overridden by the including pack, within its limits. */
settle_status stl_policy_param_read(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) STL_MUST_CHECK;
/* Every value that the including pack sets is a param of the policy. */
settle_status stl_policy_params_known(const stl_policy_reader *r, stl_error *err) STL_MUST_CHECK;

/* What only the whole layer shows. */
settle_status stl_policy_check_layer(stl_policy_reader *r, stl_error *err) STL_MUST_CHECK;

#endif
