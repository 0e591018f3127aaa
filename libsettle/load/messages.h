/* SPDX-License-Identifier: Apache-2.0 */
/* Messages as tables: what a format finds in its files is handed out row by row, for a layout with
 * source="hl7", "fhir" or "nhsa" to say what it means. A column is looked up in each row: what is
 * not there is empty. */
#ifndef STL_LOAD_MESSAGES_H
#define STL_LOAD_MESSAGES_H

#include "load/tables.h"

/* A file that was read and decoded; `text` and `file` live as long as the messages. */
typedef struct stl_message_file {
    const char *file; /* base name */
    stl_str text;
} stl_message_file;

typedef struct stl_message_format {
    const char *name;
    /* Whether a file of a directory is one of messages. */
    bool (*mine)(const char *base);
    /* Reads files in their order. What lives as long as the messages comes from `arena`. */
    settle_status (*open)(const stl_message_file *files, size_t n_files, stl_arena *arena,
                          void **out, stl_error *err);
    bool (*has)(const void *messages, stl_str table);
    /* The rows of a table; their texts live as long as the messages.
     * INPUT_COLUMN_MISSING: no such column can be. */
    settle_status (*rows)(const void *messages, const settle_table_query *query,
                          settle_table_row_fn each, void *user, stl_error *err);
} stl_message_format;

extern const stl_message_format STL_MESSAGES_HL7, STL_MESSAGES_FHIR, STL_MESSAGES_NHSA;

/* NULL: none of that name. */
const stl_message_format *stl_message_format_named(stl_str name);

#endif
