/* SPDX-License-Identifier: Apache-2.0 */
/* Attributes of a layout, and the names in them. */
#ifndef STL_LOAD_LAYOUT_PARSE_H
#define STL_LOAD_LAYOUT_PARSE_H

#include "load/layout.h"
#include "xml/reader.h"

typedef struct stl_layout_reader {
    stl_arena *arena;
    stl_layout *layout;
    const char *element;
    int64_t line;
    stl_layout_records records; /* as they are read */
    stl_layout_join join;
    stl_layout_unit unit;
    bool in_join, in_unit;
    stl_money tolerance;
} stl_layout_reader;

settle_status stl_layout_fail(const stl_layout_reader *r, stl_str value, const char *detail,
                              stl_error *err);
bool stl_layout_has(const stl_xml_element *e, const char *name);

/* "" when the attribute is not there; copied into the arena. */
settle_status stl_layout_attr(stl_layout_reader *r, const stl_xml_element *e, const char *name,
                              stl_str *out, stl_error *err) STL_MUST_CHECK;
/* Its words, divided by blanks. */
settle_status stl_layout_attr_names(stl_layout_reader *r, const stl_xml_element *e,
                                    const char *name, stl_names *out,
                                    stl_error *err) STL_MUST_CHECK;
settle_status stl_layout_int(const stl_layout_reader *r, stl_str text, int64_t *out,
                             stl_error *err) STL_MUST_CHECK;

/* Its words as names: "@option", "join.column", a let of the records, else a column of their table
 * (of the joined table inside a join), which the layout uses from now on. */
settle_status stl_layout_attr_refs(stl_layout_reader *r, const stl_xml_element *e, const char *name,
                                   stl_layout_refs *out, stl_error *err) STL_MUST_CHECK;
settle_status stl_layout_attr_ref(stl_layout_reader *r, const stl_xml_element *e, const char *name,
                                  stl_layout_ref *out, stl_error *err) STL_MUST_CHECK;

/* The table of a name, made when it is new. */
settle_status stl_layout_table_of(stl_layout_reader *r, stl_str name, size_t *out,
                                  stl_error *err) STL_MUST_CHECK;

/* A field or let. */
settle_status stl_layout_value_of(stl_layout_reader *r, const stl_xml_element *e,
                                  stl_layout_value *out, stl_error *err) STL_MUST_CHECK;
settle_status stl_layout_keep(stl_layout_reader *r, stl_layout_values *values,
                              const stl_layout_value *made, stl_error *err) STL_MUST_CHECK;

#endif
