/* SPDX-License-Identifier: Apache-2.0 */
/* What a proposed mapping leaves open: filled from items.csv and the catalogue, else told. */
#ifndef STL_FLOW_MAP_COMPLETE_H
#define STL_FLOW_MAP_COMPLETE_H

#include "flow/map_row.h"
#include "flow/site.h"

typedef enum stl_map_lack {
    STL_MAP_LACKS_NOTHING,
    STL_MAP_LACKS_CATALOGUE, /* no catalogue in force has the code */
    STL_MAP_LACKS_FACTOR,    /* the units differ and nothing says by how much */
} stl_map_lack;

/* Fills empty cells: name and unit of the item, what the catalogue says of the code, the day, and
 * the factor 1 where both units are the same. */
settle_status stl_map_complete(const stl_site *site, stl_day day, stl_arena *arena,
                               stl_map_row *row, stl_error *err) STL_MUST_CHECK;
/* On the later of its first day and `day`. */
stl_map_lack stl_map_lacks(const stl_site *site, stl_day day, const stl_map_row *row);
/* "", "catalogue", "factor". */
const char *stl_map_lack_word(stl_map_lack lack);

#endif
