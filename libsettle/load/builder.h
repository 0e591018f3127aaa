/* SPDX-License-Identifier: Apache-2.0 */
/* The builder from inside: stays as they grow, rows of persons that wait for their stays, keys. */
#ifndef STL_LOAD_BUILDER_H
#define STL_LOAD_BUILDER_H

#include "load/source.h"

enum {
    STL_LOAD_SHARED = -1, /* place of rows that belong to persons, not yet to a stay */
    STL_LOAD_KEY_FIELDS = 4,
    STL_LOAD_HINTS = 64,
    STL_LOAD_UNKNOWN_MAX = 256,
    STL_LOAD_MENTION = STL_R_KINDS, /* kind of the key that finds a stay by its mdtrt_id */
};

/* Fields that a record inside a stay may leave to it. */
enum { STL_LOAD_MDTRT_ID, STL_LOAD_PSN_NO, STL_LOAD_INSUTYPE, STL_LOAD_SCOPE_FIELDS };

/* Where a record was read and where it lies now. */
typedef struct stl_load_key {
    uint64_t hash;
    int64_t line;
    const char *file;
    int32_t stay; /* index or STL_LOAD_SHARED */
    uint32_t kind;
    size_t index;
} stl_load_key;

typedef struct stl_load_keys { /* open addressing over an array */
    stl_load_key *items;
    size_t count, cap;
    uint32_t *slots; /* 1 + index, 0 empty */
    size_t n_slots;
} stl_load_keys;

typedef struct stl_load_stay {
    stl_stay *stay;
    stl_str id;
    const char *file; /* of the head, NULL while only mentioned */
    size_t rank;      /* order of the heads */
} stl_load_stay;

typedef struct stl_load_unknown {
    stl_record_kind kind;
    stl_str name;
} stl_load_unknown;

struct stl_source_builder {
    stl_arena *arena;
    stl_stay *shared;
    stl_load_stay *stays;
    size_t n_stays, cap_stays, n_heads;
    int32_t last_stay; /* most records follow one of the same stay */
    stl_load_keys keys;
    bool update_heads;
    bool declared[STL_R_KINDS];
    size_t declared_count[STL_R_KINDS];
    const char *declared_file[STL_R_KINDS];
    int16_t key_fields[STL_R_KINDS][STL_LOAD_KEY_FIELDS]; /* -1 ends */
    int16_t scope_fields[STL_R_KINDS][STL_LOAD_SCOPE_FIELDS];
    uint64_t column_fields[STL_R_KINDS];
    int16_t hints[STL_R_KINDS][STL_LOAD_HINTS]; /* field that the cell at this place had before */
    stl_load_unknown unknown[STL_LOAD_UNKNOWN_MAX];
    const char *last_file;
    stl_source_report report;
    size_t cap_unknown;
};

struct stl_source {
    stl_arena *arena;
    stl_stay *shared; /* texts of persons' rows live in its arena */
    stl_stay **stays;
    size_t n_stays;
    stl_source_report report;
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
} stl_load_record;

/* Rows bound to a stay by psn_no (history-items: by the history's mdtrt_id). */
static inline bool stl_load_of_person(stl_record_kind kind) {
    return kind == STL_R_IDENTITY || kind == STL_R_ACCUMULATOR || kind == STL_R_HISTORY ||
           kind == STL_R_HISTORY_ITEM;
}

stl_stay *stl_load_holder(stl_source_builder *b, int32_t stay);

/* Opens the place of a stay by its mdtrt_id. */
settle_status stl_load_find(stl_source_builder *b, stl_str mdtrt_id, const char *file, int64_t line,
                            int32_t *out_stay, stl_error *err) STL_MUST_CHECK;

/* Adds to the stay `scope`, whatever its kind (STL_LOAD_SHARED: the record itself says where).
 * Fields mdtrt_id, psn_no and insutype that the record lacks are those of the scope. */
settle_status stl_load_add(stl_source_builder *b, int32_t scope, stl_record_kind kind,
                           const stl_cell *cells, size_t n_cells, const char *file, int64_t line,
                           stl_error *err) STL_MUST_CHECK;

/* --- keys ------------------------------------------------------------------------------------ */

bool stl_load_keys_init(stl_load_keys *keys);
void stl_load_keys_free(stl_load_keys *keys);
/* Walks the entries of one hash: *cursor begins at 0; NULL: no more. */
const stl_load_key *stl_load_keys_next(const stl_load_keys *keys, uint64_t hash, size_t *cursor);
bool stl_load_keys_put(stl_load_keys *keys, stl_load_key key);

/* Adds file and line to an error that has none, and passes the status on. */
settle_status stl_load_at(settle_status status, stl_error *err, const char *file, int64_t line);

#endif
