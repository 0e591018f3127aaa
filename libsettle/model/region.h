/* SPDX-License-Identifier: Apache-2.0 */
/* A region pack as rules and payment see it: typed tables of dated rows, and the policy. The same
 * table descriptions drive the pack builder (CSV -> SQLite + index). */
#ifndef STL_MODEL_REGION_H
#define STL_MODEL_REGION_H

#include "base/date.h"
#include "base/index.h"
#include "model/policy.h"
#include "model/record.h"

/* Columns: X(NAME, "csv column", kind). Column 0 is the key. */
#define STL_CATALOGUE_COLUMNS(X)                                                                   \
    X(CAT, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(CAT, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(CAT, LIST_TYPE, "list_type", STL_F_TEXT)                                                     \
    X(CAT, UNIT, "med_list_unit", STL_F_TEXT)                                                      \
    X(CAT, LV, "chrgitm_lv", STL_F_TEXT)                                                           \
    X(CAT, SELFPAY, "selfpay_prop", STL_F_RATIO)                                                   \
    X(CAT, LMT_USED, "lmt_used_flag", STL_F_TEXT)                                                  \
    X(CAT, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(CAT, END, "enddate", STL_F_DAY)                                                              \
    X(CAT, SOURCE, "source", STL_F_TEXT)
/* kind: refuse | pay-to-cap. An empty price: listed without a price, there is no cap. */
#define STL_CAP_COLUMNS(X)                                                                         \
    X(CAP, CODE, "pric_list_codg", STL_F_TEXT)                                                     \
    X(CAP, LV, "medins_lv", STL_F_TEXT)                                                            \
    X(CAP, ADMDVS, "admdvs", STL_F_TEXT)                                                           \
    X(CAP, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(CAP, END, "enddate", STL_F_DAY)                                                              \
    X(CAP, KIND, "kind", STL_F_TEXT)                                                               \
    X(CAP, PRICE, "pric_uplmt_amt", STL_F_PRICE)                                                   \
    X(CAP, UNIT, "unit", STL_F_TEXT)                                                               \
    X(CAP, SOURCE, "source", STL_F_TEXT)
/* rules/frequency.csv: at most `limit` of `unit` a civil day */
#define STL_FREQUENCY_COLUMNS(X)                                                                   \
    X(FREQ, CODE, "med_list_codg", STL_F_TEXT)                                                     \
    X(FREQ, NAME, "med_list_name", STL_F_TEXT)                                                     \
    X(FREQ, LIMIT, "limit", STL_F_QTY)                                                             \
    X(FREQ, UNIT, "unit", STL_F_TEXT)                                                              \
    X(FREQ, BEGIN, "begndate", STL_F_DAY)                                                          \
    X(FREQ, END, "enddate", STL_F_DAY)                                                             \
    X(FREQ, GZ, "gz_code", STL_F_TEXT)                                                             \
    X(FREQ, KP, "kp_id", STL_F_TEXT)
/* rules/cycle.csv: at most `limit` in `days` days */
#define STL_CYCLE_COLUMNS(X)                                                                       \
    X(CYC, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(CYC, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(CYC, LIMIT, "limit", STL_F_QTY)                                                              \
    X(CYC, DAYS, "days", STL_F_INT)                                                                \
    X(CYC, BASIS, "basis", STL_F_TEXT)                                                             \
    X(CYC, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(CYC, END, "enddate", STL_F_DAY)                                                              \
    X(CYC, GZ, "gz_code", STL_F_TEXT)                                                              \
    X(CYC, KP, "kp_id", STL_F_TEXT)
/* rules/repeat-charge.csv: component not beside main within period day|visit|hour|6h */
#define STL_PAIR_COLUMNS(X)                                                                        \
    X(PAIR, MAIN, "main_code", STL_F_TEXT)                                                         \
    X(PAIR, MAIN_NAME, "main_name", STL_F_TEXT)                                                    \
    X(PAIR, COMPONENT, "component_code", STL_F_TEXT)                                               \
    X(PAIR, COMPONENT_NAME, "component_name", STL_F_TEXT)                                          \
    X(PAIR, PERIOD, "frequency", STL_F_TEXT)                                                       \
    X(PAIR, REMARK, "remark", STL_F_TEXT)                                                          \
    X(PAIR, BEGIN, "begndate", STL_F_DAY)                                                          \
    X(PAIR, END, "enddate", STL_F_DAY)                                                             \
    X(PAIR, GZ, "gz_code", STL_F_TEXT)                                                             \
    X(PAIR, KP, "kp_id", STL_F_TEXT)
/* rules/sex.csv: drugs and services of one sex, gend 1 male, 2 female */
#define STL_SEX_COLUMNS(X)                                                                         \
    X(SEX, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(SEX, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(SEX, GEND, "gend", STL_F_TEXT)                                                               \
    X(SEX, TEXT, "text", STL_F_TEXT)                                                               \
    X(SEX, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(SEX, END, "enddate", STL_F_DAY)                                                              \
    X(SEX, GZ, "gz_code", STL_F_TEXT)                                                              \
    X(SEX, KP, "kp_id", STL_F_TEXT)
/* rules/exclusions.csv: never paid by the fund (V25); by code, or by price-list fee class */
#define STL_EXCLUSION_COLUMNS(X)                                                                   \
    X(EXC, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(EXC, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(EXC, REASON, "reason", STL_F_TEXT)                                                           \
    X(EXC, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(EXC, END, "enddate", STL_F_DAY)                                                              \
    X(EXC, SOURCE, "source", STL_F_TEXT)
/* rules/beds.csv: codes whose quantity counts as bed-days of the patient (V4) */
#define STL_BED_COLUMNS(X)                                                                         \
    X(BED, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(BED, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(BED, SOURCE, "source", STL_F_TEXT)
/* rules/units.csv: at most `day_limit` of a unit fits into a civil day (V2) */
#define STL_UNIT_COLUMNS(X)                                                                        \
    X(UNIT, UNIT, "unit", STL_F_TEXT)                                                              \
    X(UNIT, DAY_LIMIT, "day_limit", STL_F_QTY)                                                     \
    X(UNIT, MINUTES, "minutes", STL_F_INT) /* length of one unit; empty: not a time */             \
    X(UNIT, SOURCE, "source", STL_F_TEXT)
/* rules/mandatory.csv: fields that a discharge must bear (V26) and their form (S9); record is the
 * stem of the CSV, form a code form (docs/packs.md), empty: any value */
#define STL_MANDATORY_COLUMNS(X)                                                                   \
    X(MAND, RECORD, "record", STL_F_TEXT)                                                          \
    X(MAND, FIELD, "field", STL_F_TEXT)                                                            \
    X(MAND, REQUIRED, "required", STL_F_TEXT) /* 1: must not be empty; 0: only its form */         \
    X(MAND, FORM, "form", STL_F_TEXT)                                                              \
    X(MAND, SOURCE, "source", STL_F_TEXT)
/* rules/actions.csv: what a broken rule does here: hint | warn | hold | block */
#define STL_ACTION_COLUMNS(X)                                                                      \
    X(ACT, RULE, "rule_id", STL_F_TEXT)                                                            \
    X(ACT, ACTION, "action", STL_F_TEXT)                                                           \
    X(ACT, SOURCE, "source", STL_F_TEXT)
/* dictionaries/icd10.csv and icd9cm3.csv: names of diagnosis and operation codes */
#define STL_ICD_COLUMNS(X)                                                                         \
    X(ICD, CODE, "code", STL_F_TEXT)                                                               \
    X(ICD, NAME, "name", STL_F_TEXT)
/* dictionaries/codes.csv: values of national dictionaries, key = dictionary name */
#define STL_DICT_COLUMNS(X)                                                                        \
    X(DICT, NAME, "dict", STL_F_TEXT)                                                              \
    X(DICT, VALUE, "value", STL_F_TEXT)                                                            \
    X(DICT, LABEL, "label", STL_F_TEXT)

#define STL_COLUMN_ENUM(prefix, name, csv, kind) STL_##prefix##_##name,
#define STL_TABLES(X)                                                                              \
    X(CATALOGUE, "catalogue", "catalogue.csv", STL_CATALOGUE_COLUMNS)                              \
    X(CAPS, "caps", "caps.csv", STL_CAP_COLUMNS)                                                   \
    X(FREQUENCY, "frequency", "rules/frequency.csv", STL_FREQUENCY_COLUMNS)                        \
    X(CYCLE, "cycle", "rules/cycle.csv", STL_CYCLE_COLUMNS)                                        \
    X(PAIRS, "repeat_charge", "rules/repeat-charge.csv", STL_PAIR_COLUMNS)                         \
    X(SEX, "sex", "rules/sex.csv", STL_SEX_COLUMNS)                                                \
    X(EXCLUSIONS, "exclusions", "rules/exclusions.csv", STL_EXCLUSION_COLUMNS)                     \
    X(BEDS, "beds", "rules/beds.csv", STL_BED_COLUMNS)                                             \
    X(UNITS, "units", "rules/units.csv", STL_UNIT_COLUMNS)                                         \
    X(MANDATORY, "mandatory", "rules/mandatory.csv", STL_MANDATORY_COLUMNS)                        \
    X(ACTIONS, "actions", "rules/actions.csv", STL_ACTION_COLUMNS)                                 \
    X(ICD10, "icd10", "dictionaries/icd10.csv", STL_ICD_COLUMNS)                                   \
    X(ICD9, "icd9cm3", "dictionaries/icd9cm3.csv", STL_ICD_COLUMNS)                                \
    X(DICT, "dictionary", "dictionaries/codes.csv", STL_DICT_COLUMNS)

enum { STL_CATALOGUE_COLUMNS(STL_COLUMN_ENUM) STL_CAT_COLS };
enum { STL_CAP_COLUMNS(STL_COLUMN_ENUM) STL_CAP_COLS };
enum { STL_FREQUENCY_COLUMNS(STL_COLUMN_ENUM) STL_FREQ_COLS };
enum { STL_CYCLE_COLUMNS(STL_COLUMN_ENUM) STL_CYC_COLS };
enum { STL_PAIR_COLUMNS(STL_COLUMN_ENUM) STL_PAIR_COLS };
enum { STL_SEX_COLUMNS(STL_COLUMN_ENUM) STL_SEX_COLS };
enum { STL_EXCLUSION_COLUMNS(STL_COLUMN_ENUM) STL_EXC_COLS };
enum { STL_BED_COLUMNS(STL_COLUMN_ENUM) STL_BED_COLS };
enum { STL_UNIT_COLUMNS(STL_COLUMN_ENUM) STL_UNIT_COLS };
enum { STL_MANDATORY_COLUMNS(STL_COLUMN_ENUM) STL_MAND_COLS };
enum { STL_ACTION_COLUMNS(STL_COLUMN_ENUM) STL_ACT_COLS };
enum { STL_ICD_COLUMNS(STL_COLUMN_ENUM) STL_ICD_COLS };
enum { STL_DICT_COLUMNS(STL_COLUMN_ENUM) STL_DICT_COLS };

#define STL_TABLE_ENUM(id, name, file, columns) STL_T_##id,
typedef enum stl_table_id { STL_TABLES(STL_TABLE_ENUM) STL_T_COUNT } stl_table_id;

typedef struct stl_column_spec {
    const char *csv;
    stl_field_kind kind;
} stl_column_spec;

typedef struct stl_table_spec {
    const char *name; /* in SQLite and in the index */
    const char *file; /* in the source tree */
    const stl_column_spec *columns;
    size_t n_columns;
} stl_table_spec;

extern const stl_table_spec STL_TABLE_SPECS[STL_T_COUNT];

typedef struct stl_region {
    const char *id;      /* pack id, "sample-999901" */
    const char *version; /* of the pack */
    char digest[65];     /* hex SHA-256 over the sorted canonical rows */
    stl_index_table tables[STL_T_COUNT];
    const stl_policy *policy;
} stl_region;

/* The row of a key in force on a day, by two date columns (inclusive days, empty: open); NULL:
 * none. The latest begin wins. */
const int64_t *stl_region_row_on(const stl_index_table *table, stl_str key, size_t begin_col,
                                 size_t end_col, stl_day day);

/* Inclusive days during which an answer stays the same, so that it can be kept for other days. */
typedef struct stl_span {
    stl_day first, last;
} stl_span;
#define STL_SPAN_ALWAYS ((stl_span){INT64_MIN, INT64_MAX})

/* Narrows the span to the days on which the interval is in force, or is not, as on `day`. */
void stl_span_narrow(stl_span *span, int64_t begin, int64_t end, stl_day day);

/* As stl_region_row_on; `span` is narrowed to the days with the same answer. */
const int64_t *stl_region_row_within(const stl_index_table *table, stl_str key, size_t begin_col,
                                     size_t end_col, stl_day day, stl_span *span);

static inline bool stl_row_in_force(const int64_t *row, size_t begin_col, size_t end_col,
                                    stl_day day) {
    return (row[begin_col] == STL_NONE || row[begin_col] <= day) &&
           (row[end_col] == STL_NONE || day <= row[end_col]);
}

#endif
