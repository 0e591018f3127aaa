/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The interface between libsettle and an adapter module: a shared object that reads what a hospital
 * system hands over and emits canonical records (docs/adapters.md).
 *
 * A module exports one symbol, settle_adapter(), which answers its table; libsettle hands it the
 * host's table. Both tables begin with the same head. Tables only grow at their end: a member
 * beyond `struct_size` of the other side is not there. No memory crosses for the other side to
 * free: what is emitted is copied, what is handed in is *borrowed until the call returns* unless
 * said otherwise. Every call is made by the thread that called settle_adapter.read(), which may run
 * in several threads at once, each with a job of its own.
 */
#ifndef SETTLE_ADAPTER_H
#define SETTLE_ADAPTER_H

#include <settle/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SETTLE_ADAPTER_MAGIC UINT32_C(0x4154534C)
#define SETTLE_ADAPTER_ABI_MAJOR 1 /**< another major: the module is refused */
#define SETTLE_ADAPTER_ABI_MINOR 0 /**< grows with each member appended */
#define SETTLE_ADAPTER_SYMBOL "settle_adapter"

/** UTF-8 text, not terminated. */
typedef struct settle_text {
    const char *ptr;
    uint64_t len_bytes;
} settle_text;

/** How both tables begin. */
typedef struct settle_adapter_head {
    uint32_t magic;       /**< SETTLE_ADAPTER_MAGIC */
    uint32_t struct_size; /**< sizeof the whole table */
    uint16_t abi_major;
    uint16_t abi_minor;
    uint32_t flags; /**< 0 */
    const char
        *name; /**< of the adapter: a-z, 0-9 and '-', as in `-a NAME`; of the host: "libsettle" */
    const char *version; /**< for people */
} settle_adapter_head;

/** Kinds of record, with the names of the canonical input. New kinds are appended. */
#define SETTLE_RECORD_STAYS 0
#define SETTLE_RECORD_CHARGES 1
#define SETTLE_RECORD_DIAGNOSES 2
#define SETTLE_RECORD_OPERATIONS 3
#define SETTLE_RECORD_IDENTITIES 4
#define SETTLE_RECORD_ACCUMULATORS 5
#define SETTLE_RECORD_HISTORY 6
#define SETTLE_RECORD_HISTORY_ITEMS 7
#define SETTLE_RECORD_ORDERS 8
#define SETTLE_RECORD_APPROVALS 9
#define SETTLE_RECORD_CONSENTS 10
#define SETTLE_RECORD_PATHWAY 11
#define SETTLE_RECORD_ENTITLEMENTS 12
#define SETTLE_RECORD_DEPOSITS 13

/** One field of a record: national field name, text as in the canonical input ("1200.00"). */
typedef struct settle_cell {
    settle_text name, text;
} settle_cell;

/** One reading; opaque, the host's. */
typedef struct settle_adapter_job settle_adapter_job;

/** A file of the input: one that the user named, or one of a directory that
 * settle_adapter_module.mine() took. */
typedef struct settle_adapter_file {
    const char *path, *base; /**< *borrowed until the job ends* */
    int32_t named;           /**< 1: given itself; 0: found in a directory */
    int32_t reserved;
} settle_adapter_file;

/** Room for an instant as the canonical input writes it, "2025-03-03 09:42:00", terminated. */
#define SETTLE_INSTANT_ROOM 20
/** Room for a number of at most 16 digits with sign and point, terminated. */
#define SETTLE_NUMBER_ROOM 24

/** One step to the rows of a stay: `column` IN (SELECT in_column FROM in_table WHERE the next
 * step). In the last step `in_table` is NULL: `column` is one of the texts of the query. */
typedef struct settle_table_step {
    const char *column, *in_table, *in_column;
} settle_table_step;

/** What is asked of one table. No steps: all rows. More rows than asked for may come. */
typedef struct settle_table_query {
    uint32_t struct_size;
    uint32_t n_columns;
    const char *table;
    const char *const *columns;
    const settle_table_step *steps;
    const settle_text *texts;
    uint32_t n_steps;
    uint32_t n_texts;
    const char *const *order; /**< columns by which a database sorts; files keep their order */
    uint32_t n_order;
    uint32_t reserved;
} settle_table_query;

/** One row: as many texts as columns were asked for; `ptr` NULL: SQL NULL. @p place and @p row name
 * it in errors. Answers SETTLE_OK, or a failure that ends the reading. */
typedef settle_status (*settle_table_row_fn)(void *user, const settle_text *texts, uint32_t n_texts,
                                             const char *place, int64_t row);

/** What libsettle offers a module. A failure that a call answered ends the reading: pass it on. A
 * module that goes on regardless changes nothing, its reading has failed. */
typedef struct settle_adapter_host {
    settle_adapter_head head;
    /**
     * Emits a record (*copied*). Records may come before their stay. The same key with equal
     * content is counted and skipped. Returns: SETTLE_OK; SETTLE_E_INPUT_* with the place;
     * SETTLE_E_NO_MEMORY. Pass a failure on.
     */
    settle_status (*emit)(settle_adapter_job *job, int32_t record, const settle_cell *cells,
                          uint32_t n_cells, const char *place, int64_t line);
    /** The input declares so many records of a kind; more or fewer emitted is SETTLE_E_INPUT_COUNT.
     */
    settle_status (*declare)(settle_adapter_job *job, int32_t record, uint64_t records,
                             const char *place);
    /** The input supplies this kind, be it without a row: checks that need it need not say "not
     * evaluated". */
    settle_status (*given)(settle_adapter_job *job, int32_t record);
    /** A file that is no input of the adapter, for the report. */
    settle_status (*passed_over)(settle_adapter_job *job, const char *file);
    /**
     * Gives birth to an error: what is wrong (@p status, of SETTLE_E_INPUT_*), where, with which
     * value (never of a personal field; may be NULL). @p detail in English says what was expected,
     * may be NULL. Returns: @p status, to be passed on.
     */
    settle_status (*refuse)(settle_adapter_job *job, settle_status status, const char *place,
                            int64_t line, const char *field, const settle_text *value,
                            const char *detail);
    /** Number of files of the input, those of a directory in byte order of their names. The others
     * of a directory are passed over already. */
    uint32_t (*file_count)(settle_adapter_job *job);
    /** File number @p index (from 0). Returns: SETTLE_OK; SETTLE_E_ARG_VALUE past the end. */
    settle_status (*file)(settle_adapter_job *job, uint32_t index, settle_adapter_file *out_file);
    /** Its whole text as UTF-8, decoded from what was declared or detected; *borrowed until the job
     * ends*. Returns: SETTLE_OK; SETTLE_E_INPUT_OPEN, SETTLE_E_INPUT_ENCODING with the line;
     * SETTLE_E_NO_MEMORY. */
    settle_status (*file_text)(settle_adapter_job *job, uint32_t index, settle_text *out_text);
    /** Option of settle.ini, section [adapter NAME]; "" when it is not set. *Borrowed until the job
     * ends*. */
    const char *(*option)(settle_adapter_job *job, const char *name);
    /** Number of stays asked for (`--stay KEY`); 0: all. */
    uint32_t (*stay_count)(settle_adapter_job *job);
    /** Key number @p index; NULL past the end. *Borrowed until the job ends*. */
    const char *(*stay_key)(settle_adapter_job *job, uint32_t index);
    /** Rows of a table, from files TABLE.csv, .json, .xml or from the database that the paths name,
     * in the order of the source. Returns: SETTLE_OK; SETTLE_E_INPUT_TABLE_MISSING,
     * SETTLE_E_INPUT_COLUMN_MISSING, SETTLE_E_INPUT_DATABASE; what @p each answered. */
    settle_status (*rows)(settle_adapter_job *job, const settle_table_query *query,
                          settle_table_row_fn each, void *user);
    /** Calls @p each with one text, the name, for every column of a table. @p out_there (not NULL):
     * 1 there is such a table, 0 there is none, which is no failure. */
    settle_status (*columns)(settle_adapter_job *job, const char *table, settle_table_row_fn each,
                             void *user, int32_t *out_there);
    /** A date or instant in any of the forms that hospital systems and messages use
     * (docs/adapters.md), as the canonical input writes it; one with a zone is turned into the zone
     * of the institution. @p out has SETTLE_INSTANT_ROOM bytes. Returns: SETTLE_OK;
     * SETTLE_E_INPUT_DATE without a place, which is no failure of the reading yet: give it one with
     * refuse(). */
    settle_status (*instant)(settle_adapter_job *job, const settle_text *text, char *out);
    /** @p a x @p b / @p c, exactly, as a number of @p decimals; an empty text stands for 1. @p out
     * has SETTLE_NUMBER_ROOM bytes; @p out_exact: 0 it was rounded, half away from zero. Returns:
     * SETTLE_OK; SETTLE_E_INPUT_NUMBER, SETTLE_E_INPUT_RANGE as instant() does. */
    settle_status (*ratio)(settle_adapter_job *job, const settle_text *a, const settle_text *b,
                           const settle_text *c, int32_t decimals, char *out, int32_t *out_exact);
} settle_adapter_host;

/** A table that the adapter reads, for `settle adapter probe`. The list ends with a NULL name. */
typedef struct settle_adapter_table {
    const char *name;
    const char *const *columns; /**< ends with NULL */
} settle_adapter_table;

/** A way to tables that libsettle itself does not have, such as a database driver. A call that
 * fails says why with settle_adapter_host.refuse() and SETTLE_E_INPUT_DATABASE. Statements, names
 * and texts are in the character set of the database: libsettle converts them. */
typedef struct settle_table_driver {
    uint32_t struct_size;
    uint32_t reserved;
    /** Opens for reading only. @p connection is what settle.ini says, with the password put in.
     * @p out_handle is given to the other calls. A refusal never repeats the connection. */
    settle_status (*open)(const settle_adapter_host *host, settle_adapter_job *job,
                          const char *connection, void **out_handle);
    /** Runs one SELECT with a text for each `?`. */
    settle_status (*select)(const settle_adapter_host *host, settle_adapter_job *job, void *handle,
                            const char *statement, const settle_text *texts, uint32_t n_texts,
                            settle_table_row_fn each, void *user);
    /** Calls @p each with five texts, catalog, schema, table, column and type, for every column of
     * tables whose name is @p table, whatever its case. @p schema: "" any, "schema", or
     * "catalog.schema". */
    settle_status (*columns)(const settle_adapter_host *host, settle_adapter_job *job, void *handle,
                             const char *schema, const char *table, settle_table_row_fn each,
                             void *user);
    /** Name of the database product, such as "PostgreSQL"; *borrowed until close*. */
    const char *(*product)(void *handle);
    /** What stands before and behind a name in a statement, such as "\""; *borrowed until close*.
     */
    const char *(*quote)(void *handle);
    void (*close)(void *handle);
} settle_table_driver;

/** What a module offers: `read`, or `driver`, or both. libsettle copies the table when the module
 * is loaded. */
typedef struct settle_adapter_module {
    settle_adapter_head head;
    /** One line that says what is read. */
    const char *title;
    /** 1: a file of this base name, found in a directory, is input. NULL: only files that are
     * named. */
    int32_t (*mine)(const char *base);
    /** Reads the whole input of the job and emits its records. Returns: SETTLE_OK, or the failure
     * that a call of the host answered. */
    settle_status (*read)(const settle_adapter_host *host, settle_adapter_job *job);
    /** Tables it asks for; NULL: none, it reads files. */
    const settle_adapter_table *tables;
    const settle_table_driver *driver;
} settle_adapter_module;

#if defined(__GNUC__)
#define SETTLE_MODULE_API __attribute__((visibility("default")))
#else
#define SETTLE_MODULE_API
#endif

/** What a module exports: its table, which must live as long as the process. @p host lives as long.
 * Since: 0.1 */
SETTLE_MODULE_API const settle_adapter_module *settle_adapter(const settle_adapter_host *host);

#ifdef __cplusplus
}
#endif
#endif
