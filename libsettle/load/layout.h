/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of a hospital system, read from NAME.adapter (schemas/adapter-1.0.xsd). Everything
 * lives in the arena of the layout. */
#ifndef STL_LOAD_LAYOUT_H
#define STL_LOAD_LAYOUT_H

#include "load/source.h"

enum { STL_LAYOUT_KEY = 16 }; /* columns of a key at most */

typedef struct stl_names {
    stl_str *items;
    size_t count, cap;
} stl_names;

typedef struct stl_layout_option {
    stl_str name, fallback, says, value; /* value: what the site set, or the fallback */
    bool has_fallback;
    stl_names values;
} stl_layout_option;

typedef struct stl_layout_code {
    stl_str from, to;
} stl_layout_code;

typedef enum stl_otherwise { STL_CODES_REFUSE, STL_CODES_KEEP, STL_CODES_EMPTY } stl_otherwise;

typedef struct stl_layout_codes {
    stl_str name;
    stl_otherwise otherwise;
    stl_layout_code *items;
    size_t count, cap;
} stl_layout_codes;

typedef struct stl_layout_column {
    stl_str name;
    bool newer; /* may be missing: empty then */
} stl_layout_column;

typedef struct stl_layout_table {
    stl_str name;
    stl_str stay;       /* column of the stay's key; "" none */
    stl_str by, in, of; /* by IN (SELECT of FROM in ...); "" none */
    stl_names newer;
    stl_layout_column *columns; /* those that the layout uses */
    size_t n_columns, cap_columns;
} stl_layout_table;

/* Where a name in a layout leads. */
typedef enum stl_ref_kind {
    STL_REF_COLUMN,
    STL_REF_JOINED,
    STL_REF_LET,
    STL_REF_OPTION
} stl_ref_kind;

typedef struct stl_layout_ref {
    stl_ref_kind kind;
    size_t index;  /* JOINED: which join; LET, OPTION: which of them */
    size_t column; /* COLUMN, JOINED: of the table's columns */
    stl_str name;
} stl_layout_ref;

typedef struct stl_layout_refs {
    stl_layout_ref *items;
    size_t count, cap;
} stl_layout_refs;

typedef enum stl_date_form { STL_DATE_NONE, STL_DATE_CIVIL, STL_DATE_HOROLOG } stl_date_form;

typedef struct stl_layout_value {
    stl_str name;
    int field; /* of the record; -1: a let */
    stl_layout_refs columns;
    stl_str text, join;
    bool has_text, has_join;
    const stl_layout_codes *codes;
    stl_layout_refs when; /* none or one */
    stl_names is;
    stl_date_form date;
    stl_layout_refs times, per, less;
    int64_t modulo;     /* 0 none */
    int round;          /* decimals; -1: exact or refused */
    const char *policy; /* the date policy that it is for; NULL: any */
} stl_layout_value;

typedef struct stl_layout_values {
    stl_layout_value *items;
    size_t count, cap;
} stl_layout_values;

typedef struct stl_layout_state {
    stl_layout_ref column;
    stl_names keep, drop;
    stl_layout_refs worth; /* none or one */
} stl_layout_state;

typedef struct stl_layout_states {
    stl_layout_state *items;
    size_t count, cap;
} stl_layout_states;

typedef struct stl_layout_join {
    stl_str as;
    size_t table;
    stl_layout_refs key; /* columns of the joined table */
    stl_layout_refs on;
    stl_layout_states states; /* of the joined rows */
    stl_layout_refs prefer;   /* of several rows; none or one */
    stl_names prefer_order;
    bool optional;
} stl_layout_join;

typedef struct stl_layout_unit {
    stl_layout_refs when;
    stl_names is;
    stl_layout_values fields;
    int reprice; /* decimals; -1 never */
} stl_layout_unit;

/* Fields that the engine itself looks at, in the fields of the record; -1: it has no such field. */
typedef struct stl_layout_slots {
    int mdtrt_id, psn_no, feedetl_sn, init_feedetl_sn, cnt, pric, amount, sum, nwb_flag, drord_no;
} stl_layout_slots;

typedef struct stl_layout_records {
    stl_record_kind kind; /* of a mapping: none */
    const stl_record_type *type;
    stl_layout_slots slots;
    size_t table;
    stl_layout_refs key;
    int64_t rank; /* STL_NONE: always read */
    bool optional;
    stl_layout_states states;
    stl_layout_refs merge_by, merge_sum, merge_same;
    stl_layout_join *joins;
    size_t n_joins, cap_joins;
    stl_layout_values lets, fields;
    stl_layout_states onlys; /* keep only */
    stl_layout_refs prefer;  /* none or one */
    stl_names prefer_order;
    stl_layout_unit *units;
    size_t n_units, cap_units;
    stl_layout_refs pair, group;
    bool nets; /* <refunds> stands */
} stl_layout_records;

typedef struct stl_layout_total {
    stl_layout_records records; /* fields mdtrt_id and medfee_sumamt */
    stl_money tolerance;
} stl_layout_total;

typedef struct stl_layout {
    const char *file; /* base name, for errors */
    stl_str name, title, dialect;
    stl_str source; /* messages of a standard; "": tables */
    stl_names never;
    stl_layout_option *options;
    size_t n_options, cap_options;
    stl_layout_codes *codes;
    size_t n_codes, cap_codes;
    stl_layout_table *tables;
    size_t n_tables, cap_tables;
    stl_layout_records *records;
    size_t n_records, cap_records;
    stl_layout_total *totals;
    size_t n_totals, cap_totals;
    stl_layout_records *mappings; /* the system's own table of catalogue codes */
    size_t n_mappings, cap_mappings;
} stl_layout;

/* Reads and checks a layout: its schema, that every name leads somewhere, fields of the record.
 * ADAPTER_LAYOUT with file, line, element. */
settle_status stl_layout_read(stl_str xml, const char *file, stl_arena *arena, stl_layout **out,
                              stl_error *err) STL_MUST_CHECK;

/* Takes what the site sets. ADAPTER_OPTION: one that must be set is not, or none of its values. */
settle_status stl_layout_configure(stl_layout *layout, const stl_adapter_site *site,
                                   stl_error *err) STL_MUST_CHECK;

/* Reads by a layout that was configured. */
settle_status stl_layout_open(const stl_layout *layout, const stl_adapter_ask *ask,
                              stl_source **out, stl_error *err) STL_MUST_CHECK;

#endif
