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
    stl_policy_list payers, items, item_lines, newborns, shares, first_pays, fors, methods, laters,
        counts, withholds;
    size_t laters_before; /* of the policies read already */
    stl_layer *layer;     /* being read */
    stl_item_row item;    /* being read */
    const char *element;  /* being read: stands in errors */
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
/* Codes separated by single blanks. */
settle_status stl_policy_attr_codes(stl_policy_reader *r, const stl_xml_element *e,
                                    const char *name, stl_str *out, stl_error *err) STL_MUST_CHECK;
/* The same, each one a value of that dictionary where the pack has it. */
settle_status stl_policy_attr_known(stl_policy_reader *r, const stl_xml_element *e,
                                    const char *name, const char *dictionary, stl_str *out,
                                    stl_error *err) STL_MUST_CHECK;
/* A ratio from 0 to 1; an amount that is not negative. */
settle_status stl_policy_ratio(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                               stl_ratio *out, stl_error *err) STL_MUST_CHECK;
settle_status stl_policy_money(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                               stl_money *out, stl_error *err) STL_MUST_CHECK;
/* A new item of a list; `out` is a pointer to the pointer to it. */
settle_status stl_policy_push(stl_policy_reader *r, stl_policy_list *list, size_t size, void *out,
                              stl_error *err) STL_MUST_CHECK;
/* A row behind one for everybody could never be reached. Rows begin with their condition. */
settle_status stl_policy_reachable(const stl_policy_reader *r, const stl_policy_list *list,
                                   size_t size, stl_error *err) STL_MUST_CHECK;
/* Keeps a row behind those with conditions. */
settle_status stl_policy_keep_ratio(stl_policy_reader *r, const stl_ratio_row *row,
                                    stl_policy_list *list, stl_error *err) STL_MUST_CHECK;
/* The payer of that id, the hospital included; false: none. */
bool stl_policy_payer(const stl_policy_reader *r, stl_str id, size_t *out);
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
