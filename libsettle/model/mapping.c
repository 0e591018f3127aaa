/* SPDX-License-Identifier: Apache-2.0 */
#include "model/mapping.h"

#define COLUMN_SPEC(prefix, name, csv, kind) {csv, kind},

static const stl_column_spec ITEM_SPECS[] = {STL_ITEM_COLUMNS(COLUMN_SPEC)};
static const stl_column_spec MAPPING_SPECS[] = {STL_MAPPING_COLUMNS(COLUMN_SPEC)};

const stl_table_spec STL_ITEM_TABLE = {"items", "items.csv", ITEM_SPECS, STL_ITEM_COLS};
const stl_table_spec STL_MAPPING_TABLE = {"mapping", "mapping.csv", MAPPING_SPECS, STL_MAP_COLS};

const int STL_MAPPING_DECIDING[STL_MAPPING_DECIDE] = {STL_MAP_CODE, STL_MAP_NUM,       STL_MAP_DEN,
                                                      STL_MAP_UNIT, STL_MAP_LIST_UNIT, STL_MAP_LV};
