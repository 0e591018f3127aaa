/* SPDX-License-Identifier: Apache-2.0 */
/* The hospital's own side: item master (items.csv) and mapping to catalogue codes (mapping.csv),
 * compiled into keyed tables by hospital item. */
#ifndef STL_MODEL_MAPPING_H
#define STL_MODEL_MAPPING_H

#include "base/date.h"
#include "base/index.h"
#include "model/region.h"

#define STL_ITEM_COLUMNS(X)                                                                        \
    X(ITEM, CODE, "medins_list_codg", STL_F_TEXT)                                                  \
    X(ITEM, NAME, "medins_list_name", STL_F_TEXT)                                                  \
    X(ITEM, SPEC, "spec", STL_F_TEXT)                                                              \
    X(ITEM, UNIT, "prcunt", STL_F_TEXT)                                                            \
    X(ITEM, KIND, "item_kind", STL_F_TEXT)                                                         \
    X(ITEM, PRICE_CODE, "pric_list_codg", STL_F_TEXT)
/* national quantity = hospital quantity x factor_num / factor_den */
#define STL_MAPPING_COLUMNS(X)                                                                     \
    X(MAP, ITEM, "medins_list_codg", STL_F_TEXT)                                                   \
    X(MAP, ID, "map_id", STL_F_TEXT)                                                               \
    X(MAP, ITEM_NAME, "medins_list_name", STL_F_TEXT)                                              \
    X(MAP, LIST_TYPE, "list_type", STL_F_TEXT)                                                     \
    X(MAP, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(MAP, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(MAP, CODE_SOURCE, "code_source", STL_F_TEXT)                                                 \
    X(MAP, UNIT, "prcunt", STL_F_TEXT)                                                             \
    X(MAP, LIST_UNIT, "med_list_unit", STL_F_TEXT)                                                 \
    X(MAP, NUM, "factor_num", STL_F_INT)                                                           \
    X(MAP, DEN, "factor_den", STL_F_INT)                                                           \
    X(MAP, LV, "chrgitm_lv", STL_F_TEXT)                                                           \
    X(MAP, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(MAP, END, "enddate", STL_F_DAY)                                                              \
    X(MAP, STATUS, "status", STL_F_TEXT)                                                           \
    X(MAP, REMARK, "remark", STL_F_TEXT)

enum { STL_ITEM_COLUMNS(STL_COLUMN_ENUM) STL_ITEM_COLS };
enum { STL_MAPPING_COLUMNS(STL_COLUMN_ENUM) STL_MAP_COLS };

extern const stl_table_spec STL_ITEM_TABLE;
extern const stl_table_spec STL_MAPPING_TABLE;

/* Columns that decide where a row sends its item, and as how much of it. */
enum { STL_MAPPING_DECIDE = 6 };
extern const int STL_MAPPING_DECIDING[STL_MAPPING_DECIDE];

typedef struct stl_mapping {
    stl_index_table items;
    stl_index_table rows;
    char digest[65]; /* hex SHA-256 of the two source files */
} stl_mapping;

#endif
