/* SPDX-License-Identifier: Apache-2.0 */
/* Where stays come from: an adapter reads files or tables and hands out whole stays, in the order
 * of stays.csv. The adapters csv, xml and json are compiled in; others are layouts (data) or
 * modules (docs/adapters.md). */
#ifndef STL_LOAD_SOURCE_H
#define STL_LOAD_SOURCE_H

#include "base/text.h"
#include "model/stay.h"

typedef struct stl_source_report {
    size_t declared; /* records the input declares (0: the format declares none) */
    size_t read[STL_R_KINDS];
    size_t kept[STL_R_KINDS];
    size_t repeated[STL_R_KINDS]; /* equal content, skipped */
    const char **unknown_columns; /* "charges.csv:remark" ...; owned by the source */
    size_t n_unknown;
    const char **passed_over; /* files that are no input of the adapter: "planted.csv" */
    size_t n_passed_over;
} stl_source_report;

typedef struct stl_source stl_source;

/* What a site sets for adapters, of settle.ini: [adapter NAME] and [institution]. */
typedef struct stl_site_option {
    stl_str section, name, value; /* "adapter zlhis", "date", "occur" */
} stl_site_option;

typedef struct stl_adapter_site {
    stl_str home; /* its adapters.d/ has layouts of the site; "" no home */
    const stl_site_option *options;
    size_t n_options;
    int64_t utc_offset_s; /* zone of the institution */
} stl_adapter_site;

/* What is to be read. */
typedef struct stl_adapter_ask {
    const char *const *paths; /* files, directories */
    size_t n_paths;
    stl_encoding encoding;
    const char *const *stays;     /* keys of the stays wanted, in the words of the source */
    size_t n_stays;               /* 0: all */
    bool whole_tables;            /* no stays are read: a database is asked without keys */
    const stl_adapter_site *site; /* NULL: nothing is set */
} stl_adapter_ask;

typedef struct stl_adapter {
    const char *name; /* csv, xml, json */
    /* Reads everything asked for and checks: duplicates, orphans, counts. Nothing is handed out
     * before the whole input is sound. */
    settle_status (*open)(const stl_adapter_ask *ask, stl_source **out, stl_error *err);
} stl_adapter;

/* One of the adapters compiled in; NULL: none of that name. */
const stl_adapter *stl_adapter_find(const char *name);

/* Reads by the adapter of a name, be it compiled in, a layout or a module. ARG_VALUE: unknown. */
settle_status stl_adapter_open(const char *name, const stl_adapter_ask *ask, stl_source **out,
                               stl_error *err) STL_MUST_CHECK;

/* The option `name` of a section, "" when it is not set. */
stl_str stl_site_option_of(const stl_adapter_site *site, const char *section, const char *name);

/* Zone of the site; that of China where nothing is set. */
int64_t stl_adapter_offset(const stl_adapter_site *site);

size_t stl_source_count(const stl_source *source);
/* Hands out stay i, borrowed until it is released or the source is freed. ARG_STATE: it was handed
 * over; INPUT_CHANGED: a large input was changed since. */
settle_status stl_source_read(stl_source *source, size_t i, stl_stay **out,
                              stl_error *err) STL_MUST_CHECK;
/* Stay i is not wanted for now: what can be read again, and was not lent, leaves memory. */
void stl_source_release(stl_source *source, size_t i);
/* Lends stay i until the source is freed, NULL where stl_source_read fails. */
stl_stay *stl_source_stay(stl_source *source, size_t i);
/* Hands stay i over to the caller (stl_stay_free). What stl_source_read answers; NO_MEMORY. */
settle_status stl_source_take(stl_source *source, size_t i, stl_stay **out,
                              stl_error *err) STL_MUST_CHECK;
/* Leaves only the stays of these keys (mdtrt_id), in their order; to be called before any is handed
 * out. INPUT_STAY_UNKNOWN. */
settle_status stl_source_keep(stl_source *source, const char *const *keys, size_t n_keys,
                              stl_error *err) STL_MUST_CHECK;
const stl_source_report *stl_source_report_of(const stl_source *source);
void stl_source_free(stl_source *source);
void stl_source_cleanup(stl_source **source);
#define SCOPED_SOURCE __attribute__((cleanup(stl_source_cleanup))) stl_source

/* --- for adapters: a builder shared by all formats ---------------------------------------------
 */

typedef struct stl_source_builder stl_source_builder;
stl_source_builder *stl_source_builder_new(void);
void stl_source_builder_free(stl_source_builder *builder);
/* From now on a record that comes again with other content replaces what stood, as in a later
 * import of a stay that goes on (discharge time, diagnosis by its number, accumulators). Charges
 * never: they stay INPUT_DUPLICATE. */
void stl_source_builder_update(stl_source_builder *builder);
/* From now on a head of a stay says only what changes of it. */
void stl_source_builder_patch(stl_source_builder *builder);
/* A file that was passed over, for the report. */
void stl_source_builder_passed_over(stl_source_builder *builder, const char *file);
/* Says that a kind of record is supplied, be it without rows. */
void stl_source_builder_given(stl_source_builder *builder, stl_record_kind kind);
/* The input declares so many records of a kind: fewer or more read is INPUT_COUNT. */
void stl_source_builder_declare(stl_source_builder *builder, stl_record_kind kind, size_t records,
                                const char *file);
/* Adds one record as texts by field name (unknown names are kept as extras). Records may come
 * before their stay. Equal repetition is counted, different content under one key is
 * INPUT_DUPLICATE naming both places. */
typedef struct stl_cell {
    stl_str name, text;
} stl_cell;
settle_status stl_source_builder_add(stl_source_builder *builder, stl_record_kind kind,
                                     const stl_cell *cells, size_t n_cells, const char *file,
                                     int64_t line, stl_error *err) STL_MUST_CHECK;
/* Binds records to stays: INPUT_ORPHAN; records read = kept + repeated or INPUT_COUNT. Hands the
 * builder's content over. */
settle_status stl_source_builder_finish(stl_source_builder *builder, stl_source **out,
                                        stl_error *err) STL_MUST_CHECK;

/* A source that was finished with heads and rows of persons alone: the rest of a stay is read when
 * it is asked for. `report` counts what is read, NULL: counted before. */
typedef struct stl_source_later {
    void *user;
    settle_status (*read)(void *user, const stl_stay *begun, size_t number, stl_stay **out,
                          stl_source_report *report, stl_error *err);
    void (*release)(void *user, stl_stay *stay); /* takes a stay back */
    void (*free)(void *user);
} stl_source_later;
void stl_source_read_later(stl_source *source, stl_source_later later);

/* Regular files behind the paths: a directory's in byte order of their names, not those below. */
typedef struct stl_input_file {
    const char *path, *base; /* in the arena */
    bool named;              /* given itself, not found in a directory */
    bool used;               /* a table was read from it */
} stl_input_file;
typedef struct stl_input_files {
    stl_input_file *items;
    size_t count, cap;
} stl_input_files;
settle_status stl_input_list(const char *const *paths, size_t n_paths, stl_arena *arena,
                             stl_input_files *out, stl_error *err) STL_MUST_CHECK;

/* Files that describe the hospital, not stays: passed over even when they are named. */
bool stl_input_of_site(const char *base);

/* The whole text of a file as UTF-8. */
settle_status stl_input_text(const stl_input_file *file, stl_encoding encoding, stl_buf *out,
                             stl_error *err) STL_MUST_CHECK;

/* "UTF-8", "GB18030" or "ASCII", by what was declared or what the file holds. */
settle_status stl_input_encoding(const stl_input_file *file, stl_encoding declared,
                                 const char **out, stl_error *err) STL_MUST_CHECK;

/* A format whose files hold records of any kind: one whose base name is `mine`, and one that the
 * user named himself, is read; what else lies in a directory is reported. */
typedef struct stl_file_format {
    bool (*mine)(const char *base);
    settle_status (*read)(stl_source_builder *builder, const stl_input_file *file,
                          stl_encoding encoding, stl_error *err);
} stl_file_format;
/* INPUT_FILE_UNKNOWN when no file is. */
settle_status stl_source_open_files(const stl_file_format *format, const stl_adapter_ask *ask,
                                    stl_source **out, stl_error *err) STL_MUST_CHECK;

void stl_source_builder_cleanup(stl_source_builder **builder);
#define SCOPED_BUILDER __attribute__((cleanup(stl_source_builder_cleanup))) stl_source_builder

/* One stay as the JSON object of `settle batch`, and back. */
void stl_stay_to_json(const stl_stay *stay, stl_buf *out);
settle_status stl_stay_from_json(stl_str json, const char *name, int64_t line, stl_source **out,
                                 stl_error *err) STL_MUST_CHECK;
/* Several parts of one stay (ledger) merged by the same rules as files. */
settle_status stl_source_builder_add_json(stl_source_builder *builder, stl_str json,
                                          const char *name, int64_t line,
                                          stl_error *err) STL_MUST_CHECK;

/* More of the first stay of the builder: arrays, and "stay" only where the head changes. */
settle_status stl_source_builder_add_more(stl_source_builder *builder, stl_str json,
                                          const char *name, int64_t line,
                                          stl_error *err) STL_MUST_CHECK;

/* The same of a stay that the builder does not hold: what is read hangs on nothing else yet, and is
 * not finished. *out is borrowed from the builder, its head that of `head`; given[] says which
 * kinds the text brings, STL_R_STAY for a head. */
settle_status stl_source_builder_part(stl_source_builder *builder, const stl_admission *head,
                                      stl_str json, const char *name, int64_t line,
                                      const stl_stay **out, stl_error *err) STL_MUST_CHECK;

#endif
