/* SPDX-License-Identifier: Apache-2.0 */
/* A region pack as rules and payment see it: typed tables of dated rows, and the policy. The same
 * table descriptions drive the pack builder (CSV -> SQLite + index). */
#ifndef STL_MODEL_REGION_H
#define STL_MODEL_REGION_H

#include "base/date.h"
#include "base/index.h"
#include "model/policy.h"
#include "model/record.h"
#include "model/tables.h"

#define STL_COLUMN_ENUM(prefix, name, csv, kind) STL_##prefix##_##name,
#define STL_PATHWAY_FILES "pathways/*.xml" /* one file fills all tables of pathways */
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
    X(COURSE, "course", "rules/course.csv", STL_COURSE_COLUMNS)                                    \
    X(GRADE, "institution_grade", "rules/institution-grade.csv", STL_GRADE_COLUMNS)                \
    X(VISIT, "visit_mode", "rules/visit-mode.csv", STL_VISIT_COLUMNS)                              \
    X(SCHEME, "insurance_type", "rules/insurance-type.csv", STL_SCHEME_COLUMNS)                    \
    X(AGE, "age", "rules/age.csv", STL_AGE_COLUMNS)                                                \
    X(AGE_GROUPS, "age_group", "rules/age-groups.csv", STL_AGE_GROUP_COLUMNS)                      \
    X(DISCOUNT, "surgery_discount", "rules/surgery-discount.csv", STL_DISCOUNT_COLUMNS)            \
    X(TCM, "tcm_pieces", "rules/tcm-pieces.csv", STL_TCM_COLUMNS)                                  \
    X(HINTS, "text_hints", "rules/text-hints.csv", STL_HINT_COLUMNS)                               \
    X(RETIRED, "retired", "rules/retired.csv", STL_RETIRED_COLUMNS)                                \
    X(PARAMETERS, "parameters", "rules/parameters.csv", STL_PARAMETER_COLUMNS)                     \
    X(LISTS, "lists", "rules/lists.csv", STL_LIST_COLUMNS)                                         \
    X(SURCHARGES, "surcharges", "surcharges.csv", STL_SURCHARGE_COLUMNS)                           \
    X(STANDARDS, "standards", "rules/standards.csv", STL_STANDARD_COLUMNS)                         \
    X(ICD10, "icd10", "dictionaries/icd10.csv", STL_ICD_COLUMNS)                                   \
    X(ICD9, "icd9cm3", "dictionaries/icd9cm3.csv", STL_ICD_COLUMNS)                                \
    X(DICT, "dictionary", "dictionaries/codes.csv", STL_DICT_COLUMNS)                              \
    X(PATHWAYS, "pathway", STL_PATHWAY_FILES, STL_PATHWAY_COLUMNS)                                 \
    X(PATHWAY_ENTRY, "pathway_entry", STL_PATHWAY_FILES, STL_PATHWAY_ENTRY_COLUMNS)                \
    X(PATHWAY_CATEGORY, "pathway_category", STL_PATHWAY_FILES, STL_PATHWAY_CATEGORY_COLUMNS)       \
    X(PATHWAY_EXAM, "pathway_exam", STL_PATHWAY_FILES, STL_PATHWAY_EXAM_COLUMNS)                   \
    X(PATHWAY_DRUG, "pathway_drug", STL_PATHWAY_FILES, STL_PATHWAY_DRUG_COLUMNS)                   \
    X(PATHWAY_NOTE, "pathway_note", STL_PATHWAY_FILES, STL_PATHWAY_NOTE_COLUMNS)

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
enum { STL_COURSE_COLUMNS(STL_COLUMN_ENUM) STL_COURSE_COLS };
enum { STL_GRADE_COLUMNS(STL_COLUMN_ENUM) STL_GRADE_COLS };
enum { STL_VISIT_COLUMNS(STL_COLUMN_ENUM) STL_VISIT_COLS };
enum { STL_SCHEME_COLUMNS(STL_COLUMN_ENUM) STL_SCHEME_COLS };
enum { STL_AGE_COLUMNS(STL_COLUMN_ENUM) STL_AGE_COLS };
enum { STL_AGE_GROUP_COLUMNS(STL_COLUMN_ENUM) STL_AGRP_COLS };
enum { STL_DISCOUNT_COLUMNS(STL_COLUMN_ENUM) STL_DISC_COLS };
enum { STL_TCM_COLUMNS(STL_COLUMN_ENUM) STL_TCM_COLS };
enum { STL_HINT_COLUMNS(STL_COLUMN_ENUM) STL_HINT_COLS };
enum { STL_RETIRED_COLUMNS(STL_COLUMN_ENUM) STL_RET_COLS };
enum { STL_PARAMETER_COLUMNS(STL_COLUMN_ENUM) STL_PAR_COLS };
enum { STL_LIST_COLUMNS(STL_COLUMN_ENUM) STL_LIST_COLS };
enum { STL_SURCHARGE_COLUMNS(STL_COLUMN_ENUM) STL_SUR_COLS };
enum { STL_STANDARD_COLUMNS(STL_COLUMN_ENUM) STL_STD_COLS };
enum { STL_ICD_COLUMNS(STL_COLUMN_ENUM) STL_ICD_COLS };
enum { STL_DICT_COLUMNS(STL_COLUMN_ENUM) STL_DICT_COLS };
enum { STL_PATHWAY_COLUMNS(STL_COLUMN_ENUM) STL_PW_COLS };
enum { STL_PATHWAY_ENTRY_COLUMNS(STL_COLUMN_ENUM) STL_PWE_COLS };
enum { STL_PATHWAY_CATEGORY_COLUMNS(STL_COLUMN_ENUM) STL_PWC_COLS };
enum { STL_PATHWAY_EXAM_COLUMNS(STL_COLUMN_ENUM) STL_PWX_COLS };
enum { STL_PATHWAY_DRUG_COLUMNS(STL_COLUMN_ENUM) STL_PWD_COLS };
enum { STL_PATHWAY_NOTE_COLUMNS(STL_COLUMN_ENUM) STL_PWN_COLS };

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

/* The text of a rule's parameter on a day; "": the pack does not give it. */
stl_str stl_region_parameter(const stl_region *region, const char *rule_id, const char *name,
                             stl_day day);

/* The row of a list (rules/lists.csv) in force on the day to which `item` belongs, by equal text or
 * the longest prefix that ends in '*'; NULL: none. */
const int64_t *stl_region_listed(const stl_region *region, stl_str list, stl_str item, stl_day day);

static inline bool stl_row_in_force(const int64_t *row, size_t begin_col, size_t end_col,
                                    stl_day day) {
    return (row[begin_col] == STL_NONE || row[begin_col] <= day) &&
           (row[end_col] == STL_NONE || day <= row[end_col]);
}

#endif
