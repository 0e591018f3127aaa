/* SPDX-License-Identifier: Apache-2.0 */
/* A vendor's own mapping table, read as proposals. */
#ifndef STL_FLOW_MAP_IMPORT_H
#define STL_FLOW_MAP_IMPORT_H

#include "flow/map_complete.h"

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

#endif
