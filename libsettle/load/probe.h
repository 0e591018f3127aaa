/* SPDX-License-Identifier: Apache-2.0 */
/* What a layout finds at a site before anything is imported: tables, columns, words, dates,
 * statements. Nothing is kept of the rows but counts and the words of columns that a layout knows
 * the words of. */
#ifndef STL_LOAD_PROBE_H
#define STL_LOAD_PROBE_H

#include "load/layout.h"
#include "load/tables.h"

typedef struct stl_probe_word {
    stl_str text;
    size_t rows;
    bool known; /* to the layout */
} stl_probe_word;

typedef struct stl_probe_column {
    const stl_layout_column *column;
    bool there, has_words, has_dates;
    size_t filled, longest; /* rows with a text; characters of the longest */
    size_t dates, never, undated;
    stl_probe_word *words; /* at most STL_PROBE_WORDS, in the order met */
    size_t n_words, cap_words;
    bool more_words;
} stl_probe_column;

enum { STL_PROBE_WORDS = 40 };

typedef struct stl_probe_table {
    const stl_layout_table *table;
    bool there, needed;
    const char *file;     /* NULL: a database, or nowhere */
    const char *encoding; /* of the file; NULL as above */
    size_t rows;
    stl_str statement;
    stl_error unasked;         /* why its rows could not be asked for; OK: they were */
    stl_probe_column *columns; /* those of table->columns */
} stl_probe_table;

typedef struct stl_probe {
    const stl_layout *layout;
    const char *product; /* of the database; NULL: files, or nothing was asked */
    stl_probe_table *tables;
} stl_probe;

/* No paths in `ask`: only the statements, for whom the layout says it is. */
settle_status stl_probe_layout(const stl_layout *layout, const stl_adapter_ask *ask,
                               stl_arena *arena, stl_probe *out, stl_error *err) STL_MUST_CHECK;

#endif
