/* SPDX-License-Identifier: Apache-2.0 */
/* One description of each kind of record serves every reader and writer: CSV, XML, JSON, ledger. */
#ifndef STL_MODEL_RECORD_H
#define STL_MODEL_RECORD_H

#include "base/date.h"
#include "base/mem.h"

typedef enum stl_field_kind {
    STL_F_TEXT,    /* stl_str */
    STL_F_MONEY,   /* stl_money, STL_NONE when empty */
    STL_F_PRICE,   /* stl_price */
    STL_F_QTY,     /* stl_qty */
    STL_F_RATIO,   /* stl_ratio */
    STL_F_INT,     /* int64_t */
    STL_F_INSTANT, /* stl_instant */
    STL_F_DAY,     /* stl_day */
} stl_field_kind;

enum {
    STL_FIELD_IDENTITY = 1, /* empty: INPUT_MISSING, the record cannot be placed */
    STL_FIELD_PERSONAL = 2, /* the value never appears in a message or log */
    STL_FIELD_COLUMN = 4,   /* the column must be there: INPUT_COLUMN_MISSING */
};

typedef struct stl_field {
    const char *name; /* national field name */
    stl_field_kind kind;
    uint16_t offset;  /* in the record's struct */
    uint16_t max_len; /* text: characters (code points), 0 means 200 */
    uint16_t flags;
} stl_field;

typedef struct stl_record_type {
    const char *stem; /* "charges": the CSV's base name, the array's name in JSON and XML */
    const char *item; /* "charge": the element's name in XML */
    const stl_field *fields;
    size_t n_fields;
    size_t size; /* of the struct */
} stl_record_type;

/* A column that libsettle does not know: kept with its record and reported. */
typedef struct stl_extra {
    const stl_record_type *type;
    size_t index; /* of the record in its array */
    stl_str name;
    stl_str value;
} stl_extra;

/* Decimals of a kind of number; -1: no number. */
int stl_field_scale(stl_field_kind kind);

/* Finds a field by name; -1: unknown. */
int stl_record_field(const stl_record_type *type, stl_str name);

/* Parses one cell into the record (text copied into the arena). An empty cell gives the empty
 * text or STL_NONE. The error's place has field and, unless personal, value; the caller adds file
 * and line. */
settle_status stl_record_set(const stl_record_type *type, size_t field, stl_str text, void *record,
                             stl_arena *arena, stl_error *err) STL_MUST_CHECK;

/* The canonical text of a field into `out` (borrowed from record or `scratch`). */
stl_str stl_record_get(const stl_record_type *type, size_t field, const void *record,
                       char scratch[static STL_DECIMAL_TEXT_MAX]);

/* Equal content, field by field. */
bool stl_record_same(const stl_record_type *type, const void *a, const void *b);

/* Sets every number, instant and day to STL_NONE. */
void stl_record_init(const stl_record_type *type, void *record);

/* INPUT_MISSING at the first identity field that is empty. */
settle_status stl_record_require(const stl_record_type *type, const void *record,
                                 stl_error *err) STL_MUST_CHECK;

#endif
