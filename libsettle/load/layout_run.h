/* SPDX-License-Identifier: Apache-2.0 */
/* A layout at work: tables in memory, a row and what its names lead to, records that wait. */
#ifndef STL_LOAD_LAYOUT_RUN_H
#define STL_LOAD_LAYOUT_RUN_H

#include "load/layout.h"
#include "load/rational.h"
#include "load/tables.h"
#include "load/text_map.h"

enum { STL_LAYOUT_JOINS = 16, STL_LAYOUT_LETS = 40 };

typedef struct stl_table_row {
    stl_str *cells;    /* of table->columns; .ptr NULL: SQL NULL */
    const char *place; /* where it stands, for errors */
    int64_t line;
} stl_table_row;

typedef struct stl_table_data {
    const stl_layout_table *table;
    bool read, there;
    stl_table_row *rows;
    size_t n_rows, cap_rows;
} stl_table_data;

typedef struct stl_layout_run {
    const stl_layout *layout;
    const stl_adapter_ask *ask;
    stl_arena *arena;
    stl_tables *tables;
    stl_table_data *data; /* of layout->tables */
    stl_source_builder *builder;
    const char *date_policy;
    stl_text_map ranked[STL_R_KINDS]; /* mdtrt_id: the rank that supplies it */
    stl_text_map sums;                /* mdtrt_id: fen of its charges */
    stl_text_map summed;              /* mdtrt_id and feedetl_sn of those charges */
    stl_text_map stays, persons;      /* mdtrt_id and psn_no of what was read */
    stl_text_map former;              /* mdtrt_id of stays of the history beside it */
} stl_layout_run;

/* A row and all that its names may lead to. */
typedef struct stl_layout_row {
    const stl_layout_run *run;
    const stl_layout_records *records;
    const stl_table_data *data;
    size_t at; /* of the row in data */
    const stl_str *base;
    const stl_str *joined[STL_LAYOUT_JOINS]; /* NULL: no such row */
    stl_str lets[STL_LAYOUT_LETS];
} stl_layout_row;

/* The table as it is wanted, read once. TABLE_MISSING unless `optional`. */
settle_status stl_layout_load(stl_layout_run *run, size_t table, bool optional,
                              const stl_table_data **out, stl_error *err) STL_MUST_CHECK;

/* What is asked of a table for the stays that are wanted: those columns that are `there`. */
settle_status stl_layout_query(const stl_layout_run *run, const stl_layout_table *table,
                               const bool *there, settle_table_query **out,
                               stl_error *err) STL_MUST_CHECK;

/* Room for one row more, without cells; NULL: out of memory. */
stl_table_row *stl_table_data_row(stl_table_data *data, stl_arena *arena);
stl_str *stl_table_data_cells(const stl_table_data *data, stl_arena *arena);

/* The failure of a row: its table, key and line. `value` NULL: none or personal. */
settle_status stl_layout_row_fail(const stl_layout_row *row, settle_status status, stl_str column,
                                  const stl_str *value, const char *detail, stl_error *err);

/* Whether a column feeds a field of a person: messages do not show it. */
bool stl_layout_is_personal(const stl_layout_records *records, stl_str column);
/* Table and key of a row, for errors. */
void stl_layout_row_place(const stl_layout_row *row, char *out, size_t cap);

stl_str stl_layout_get(const stl_layout_row *row, const stl_layout_ref *ref);
/* Their texts in one, divided by a byte that no text holds; .ptr NULL: out of memory. */
stl_str stl_layout_key(const stl_layout_row *row, const stl_layout_refs *refs);
/* Texts each ended by a byte that no text holds. */
stl_str stl_layout_joined(const stl_str *parts, size_t n, stl_arena *arena);
bool stl_names_have(const stl_names *names, const stl_layout_run *run, stl_str text);

/* Whether the row is kept; other states than those listed are refused. */
settle_status stl_layout_state_of(const stl_layout_row *row, const stl_layout_states *states,
                                  bool *keep, stl_error *err) STL_MUST_CHECK;

/* The text of a value. INPUT_DATE, INPUT_CODE, INPUT_NUMBER, INPUT_RANGE. *exact (may be NULL, then
 * it is refused): false when decimals of the field were lost. */
settle_status stl_layout_eval(const stl_layout_row *row, const stl_layout_value *value, bool *exact,
                              stl_str *out, stl_error *err) STL_MUST_CHECK;

/* The values that <let> names. */
settle_status stl_layout_let(stl_layout_row *row, stl_error *err) STL_MUST_CHECK;
/* What stands in messages for a value: its first column. */
stl_str stl_layout_column_of(const stl_layout_value *value);

/* A record that waits for the others of its table. */
typedef struct stl_layout_made {
    stl_str *texts; /* of the fields of the record; .ptr NULL: not told */
    stl_str mdtrt_id, sn, init_sn, pair, group;
    stl_qty cnt;
    stl_price pric;
    stl_money amount;
    size_t preferred;
    size_t at; /* of its row, in the data of all */
    int64_t line;
    const char *place;
    bool takes_back;
    stl_qty left_cnt; /* not yet taken back */
} stl_layout_made;

typedef struct stl_layout_mades {
    stl_layout_made *items;
    size_t count, cap;
    const stl_table_data *data; /* whose rows they were */
    bool any_back;              /* one of them takes back */
} stl_layout_mades;

/* The records of one table. */
settle_status stl_layout_make(stl_layout_run *run, const stl_layout_records *records,
                              stl_layout_mades *out, stl_error *err) STL_MUST_CHECK;

/* Leads each row that takes back to its charge; one of several charges becomes several records. */
settle_status stl_layout_net(const stl_layout_run *run, const stl_layout_records *records,
                             stl_layout_mades *mades, stl_error *err) STL_MUST_CHECK;

/* Canonical files beside the tables, of kinds that the layout does not make. */
settle_status stl_layout_beside(stl_layout_run *run, stl_error *err) STL_MUST_CHECK;

/* Rows that are one record, as one. */
settle_status stl_layout_merge(const stl_layout_run *run, const stl_layout_records *records,
                               const stl_table_data *data, const stl_table_data **out,
                               stl_error *err) STL_MUST_CHECK;

#endif
