/* SPDX-License-Identifier: Apache-2.0 */
/* Every table of a pack: those of the rules (model/region.h) and those that describe the pack;
 * their keys, and what may stand in a cell. */
#ifndef STL_PACK_TABLES_H
#define STL_PACK_TABLES_H

#include "model/region.h"

#define STL_META_PACK(X)                                                                           \
    X(META_PACK, KEY, "key", STL_F_TEXT)                                                           \
    X(META_PACK, VALUE, "value", STL_F_TEXT)
#define STL_META_REGION(X) X(META_REGION, ADMDVS, "admdvs", STL_F_TEXT)
#define STL_META_SCHEME(X) X(META_SCHEME, INSUTYPE, "insutype", STL_F_TEXT)
#define STL_META_INCLUDE(X)                                                                        \
    X(META_INCLUDE, PATH, "path", STL_F_TEXT)                                                      \
    X(META_INCLUDE, ID, "id", STL_F_TEXT)                                                          \
    X(META_INCLUDE, VERSION, "version", STL_F_TEXT)                                                \
    X(META_INCLUDE, TAKES, "takes", STL_F_TEXT)                                                    \
    X(META_INCLUDE, DIGEST, "digest", STL_F_TEXT)
/* seq orders the policies, "01" first; digest is that of the XML, which stands in policy_text */
#define STL_META_POLICY(X)                                                                         \
    X(META_POLICY, SEQ, "seq", STL_F_TEXT)                                                         \
    X(META_POLICY, FILE, "file", STL_F_TEXT)                                                       \
    X(META_POLICY, INSUTYPE, "insutype", STL_F_TEXT)                                               \
    X(META_POLICY, DIGEST, "digest", STL_F_TEXT)
#define STL_META_PARAM(X)                                                                          \
    X(META_PARAM, SEQ, "seq", STL_F_TEXT)                                                          \
    X(META_PARAM, NAME, "name", STL_F_TEXT)                                                        \
    X(META_PARAM, VALUE, "value", STL_F_TEXT)
#define STL_META_TEXT(X)                                                                           \
    X(META_TEXT, DIGEST, "digest", STL_F_TEXT)                                                     \
    X(META_TEXT, XML, "xml", STL_F_TEXT)
#define STL_META_COUNT(X)                                                                          \
    X(META_COUNT, TABLE, "name", STL_F_TEXT)                                                       \
    X(META_COUNT, ROWS, "rows", STL_F_INT)

enum { STL_META_PACK(STL_COLUMN_ENUM) STL_META_PACK_COLS };
enum { STL_META_REGION(STL_COLUMN_ENUM) STL_META_REGION_COLS };
enum { STL_META_SCHEME(STL_COLUMN_ENUM) STL_META_SCHEME_COLS };
enum { STL_META_INCLUDE(STL_COLUMN_ENUM) STL_META_INCLUDE_COLS };
enum { STL_META_POLICY(STL_COLUMN_ENUM) STL_META_POLICY_COLS };
enum { STL_META_PARAM(STL_COLUMN_ENUM) STL_META_PARAM_COLS };
enum { STL_META_TEXT(STL_COLUMN_ENUM) STL_META_TEXT_COLS };
enum { STL_META_COUNT(STL_COLUMN_ENUM) STL_META_COUNT_COLS };

enum {
    STL_M_PACK = STL_T_COUNT,
    STL_M_REGION,
    STL_M_SCHEME,
    STL_M_INCLUDE,
    STL_M_POLICY,
    STL_M_PARAM,
    STL_M_TEXT, /* the only one without a part in the pack digest: its key is a digest itself */
    STL_M_COUNTS,
    STL_PACK_TABLES,
    STL_COLUMNS_MAX = 16,
};

const stl_table_spec *stl_pack_spec(size_t table);
/* Tables in byte order of their names, the order of the canonical rows. */
void stl_pack_name_order(size_t out[static STL_PACK_TABLES]);

/* Two rows of equal key columns must not be in force on one day; -1 ends the columns. */
typedef struct stl_table_key {
    int columns[5];
    int begin, end; /* -1: the key is unique */
} stl_table_key;
stl_table_key stl_pack_key(size_t table);

/* What may stand in a cell. `one_of`: blank-separated values; else numbers from `least` to `most`.
 */
typedef struct stl_cell_rule {
    size_t table, column;
    const char *one_of;
    int64_t least, most; /* of a text: at most so many characters, 0 any number */
    bool may_be_empty;
} stl_cell_rule;
/* NULL: anything. */
const stl_cell_rule *stl_pack_cell_rule(size_t table, size_t column);

/* The canonical text of a number, day or instant cell: empty for STL_NONE. */
stl_str stl_pack_number_text(stl_field_kind kind, int64_t value,
                             char scratch[static STL_DECIMAL_TEXT_MAX]);

#endif
