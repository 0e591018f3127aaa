/* SPDX-License-Identifier: Apache-2.0 */
/* A vendor's own mapping table, read as proposals. */
#ifndef STL_FLOW_MAP_IMPORT_H
#define STL_FLOW_MAP_IMPORT_H

#include "flow/map_complete.h"
#include "load/source.h"

typedef struct stl_map_rows { /* in an arena */
    stl_map_row *items;
    size_t count, cap;
    int64_t unmapped,
        inactive; /* rows of the file without a code, or with another status than active */
} stl_map_rows;

/* A CSV with the columns of mapping.csv, or with other names for them: "med_list_codg=YBBM,...".
 * Needed are medins_list_codg and med_list_codg; what is empty is completed as of `day`. Errors
 * name file, line, column: INPUT_*; ARG_VALUE for `columns`. */
settle_status stl_flow_map_read(const stl_site *site, const char *path, stl_str columns,
                                stl_day day, stl_arena *arena, stl_map_rows *out,
                                stl_error *err) STL_MUST_CHECK;

/* The same of a JSON array of objects by the columns of mapping.csv: errors count its rows from 1.
 * Other members are INPUT_JSON. */
settle_status stl_flow_map_read_json(const stl_site *site, stl_str json, stl_day day,
                                     stl_arena *arena, stl_map_rows *out,
                                     stl_error *err) STL_MUST_CHECK;
/* The same of what a layout says is the system's own mapping. ARG_VALUE: no layout has the name. */
settle_status stl_flow_map_read_tables(const stl_site *site, const char *adapter,
                                       const stl_adapter_ask *ask, stl_day day, stl_arena *arena,
                                       stl_map_rows *out, stl_error *err) STL_MUST_CHECK;

#endif
