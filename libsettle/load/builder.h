/* SPDX-License-Identifier: Apache-2.0 */
/* The builder from inside: stays as they grow, rows of persons that wait for their stays, keys. */
#ifndef STL_LOAD_BUILDER_H
#define STL_LOAD_BUILDER_H

#include "load/keys.h"
#include "load/source.h"

enum {
    STL_LOAD_SHARED = -1, /* place of rows that belong to persons, not yet to a stay */
    STL_LOAD_KEY_FIELDS = 4,
    STL_LOAD_HINTS = 64,
    STL_LOAD_UNKNOWN_MAX = 256,
    STL_LOAD_WORD_BITS = 10,
    STL_LOAD_WORDS_FROM = 32,       /* records from which on texts are looked for */
    STL_LOAD_MENTION = STL_R_KINDS, /* kind of the key that finds a stay by its mdtrt_id */
};

/* Fields that a record inside a stay may leave to it. */
enum { STL_LOAD_MDTRT_ID, STL_LOAD_PSN_NO, STL_LOAD_INSUTYPE, STL_LOAD_SCOPE_FIELDS };

typedef struct stl_load_stay {
    stl_stay *stay;
    stl_str id;
    const char *file; /* of the head, NULL while only mentioned */
    size_t rank;      /* order of the heads */
    uint32_t loose;   /* kinds whose rows do not yet lie in the stay's arena */
} stl_load_stay;

typedef struct stl_load_unknown {
    stl_record_kind kind;
    stl_str name;
} stl_load_unknown;

typedef struct stl_load_word { /* a text stored lately */
    stl_str text;
    int32_t stay;
    uint16_t kind, field;
} stl_load_word;

struct stl_source_builder {
    stl_arena *arena;
    stl_stay *shared;
    uint32_t shared_loose;
    stl_load_stay *stays;
    size_t n_stays, cap_stays, n_heads;
    stl_stay *spare;            /* its memory serves the next stay */
    stl_rows room[STL_R_KINDS]; /* for rows that grow */
    int32_t last_stay;          /* most records follow one of the same stay */
    stl_load_keys keys;
    bool updates, patches;
    bool failed; /* a note for the report found no memory: told at the end */
    bool declared[STL_R_KINDS];
    size_t declared_count[STL_R_KINDS];
    const char *declared_file[STL_R_KINDS];
    int16_t key_fields[STL_R_KINDS][STL_LOAD_KEY_FIELDS]; /* -1 ends */
    int16_t scope_fields[STL_R_KINDS][STL_LOAD_SCOPE_FIELDS];
    uint64_t column_fields[STL_R_KINDS];
    int16_t hints[STL_R_KINDS][STL_LOAD_HINTS]; /* field that the cell at this place had before */
    stl_load_word *words; /* 1 << STL_LOAD_WORD_BITS; NULL while there are few records */
    stl_load_unknown unknown[STL_LOAD_UNKNOWN_MAX];
    const char *last_file;
    stl_source_report report;
    size_t cap_unknown, cap_passed_over;
};

typedef struct stl_source_entry {
    stl_stay *stay;  /* whole, or what is known before its rows are read; NULL: handed over */
    stl_stay *whole; /* with its rows, while they are wanted */
    size_t number;   /* in the order of the input */
    bool counted, lent;
} stl_source_entry;

struct stl_source {
    stl_arena *arena;
    stl_stay *shared; /* texts of persons' rows live in its arena */
    stl_source_entry *entries;
    size_t n_stays;
    stl_source_report report;
    stl_source_later later; /* .read == NULL: stays are whole */
};

typedef union stl_load_record { /* room for any record */
    stl_admission stay;
    stl_charge charge;
    stl_diagnosis diagnosis;
    stl_operation operation;
    stl_identity identity;
    stl_accumulator accumulator;
    stl_history history;
    stl_history_item history_item;
    stl_order order;
    stl_approval approval;
    stl_consent consent;
    stl_pathway_event pathway;
    stl_entitlement entitlement;
    stl_deposit deposit;
} stl_load_record;

/* Rows bound to a stay by psn_no (history-items: by the history's mdtrt_id). */
static inline bool stl_load_of_person(stl_record_kind kind) {
    return kind == STL_R_IDENTITY || kind == STL_R_ACCUMULATOR || kind == STL_R_HISTORY ||
           kind == STL_R_HISTORY_ITEM || kind == STL_R_ENTITLEMENT;
}

void stl_load_repeated(stl_source_builder *b, stl_record_kind kind); /* a row that is not added */
void stl_load_report_unknown(stl_source_builder *b, const char *place);
stl_stay *stl_load_holder(stl_source_builder *b, int32_t stay);
/* A row more. While a stay grows its rows lie in memory that can be given back: an arena would keep
 * every smaller array that they have outgrown. */
void *stl_load_push(stl_source_builder *b, int32_t stay, stl_record_kind kind);
void stl_load_free_rows(stl_source_builder *b);  /* those that were not moved */
void stl_load_drop_stays(stl_source_builder *b); /* and their rows */
/* Moves the rows of a stay to where they belong. */
settle_status stl_load_settle_rows(stl_source_builder *b, int32_t stay,
                                   stl_error *err) STL_MUST_CHECK;

/* Sets one field, of a stay or (STL_LOAD_SHARED) of a person's row. */
settle_status stl_load_set(stl_source_builder *b, int32_t stay, stl_record_kind kind, size_t field,
                           stl_str text, void *record, stl_error *err) STL_MUST_CHECK;

/* Opens the place of a stay by its mdtrt_id. */
settle_status stl_load_find(stl_source_builder *b, stl_str mdtrt_id, const char *file, int64_t line,
                            int32_t *out_stay, stl_error *err) STL_MUST_CHECK;

/* Adds to the stay `scope`, whatever its kind (STL_LOAD_SHARED: the record itself says where).
 * Fields mdtrt_id, psn_no and insutype that the record lacks are those of the scope. */
settle_status stl_load_add(stl_source_builder *b, int32_t scope, stl_record_kind kind,
                           const stl_cell *cells, size_t n_cells, const char *file, int64_t line,
                           stl_error *err) STL_MUST_CHECK;

/* The name of a column that is not known, kept in the builder and told in the report. */
settle_status stl_load_unknown_name(stl_source_builder *b, stl_record_kind kind, stl_str name,
                                    const char *file, stl_str *out, stl_error *err) STL_MUST_CHECK;

/* Notes a column that is not known, for the report and for stl_load_begin. INPUT_TOO_LONG: too
 * many. */
settle_status stl_load_unknown_column(stl_source_builder *b, stl_record_kind kind, stl_str name,
                                      const char *file, stl_error *err) STL_MUST_CHECK;

/* The builder begins anew, for the rows of one stay whose head and rows of persons are known: their
 * texts stay where they are, as do the names of unknown columns. */
settle_status stl_load_begin(stl_source_builder *b, const stl_stay *begun,
                             const stl_load_unknown *unknown, stl_error *err) STL_MUST_CHECK;
/* Hands the stay over and adds to the counts of `report`, NULL: none. INPUT_ORPHAN: a row is not of
 * this stay. */
settle_status stl_load_end(stl_source_builder *b, stl_stay **out, stl_source_report *report,
                           stl_error *err) STL_MUST_CHECK;

/* A stay that it handed over and that is not wanted any more: its memory serves the next. */
void stl_load_back(stl_source_builder *b, stl_stay *stay);

/* Adds file and line to an error that has none, and passes the status on. */
settle_status stl_load_at(settle_status status, stl_error *err, const char *file, int64_t line);

#endif
