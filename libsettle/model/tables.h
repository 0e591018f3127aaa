/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of each table of a region pack: X(PREFIX, NAME, "csv column", kind). Column 0 is the
 * key of look-ups. Reference for those who edit them: docs/packs.md. */
#ifndef STL_MODEL_TABLES_H
#define STL_MODEL_TABLES_H

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
    X(MAND, REQUIRED, "required", STL_F_TEXT) /* 1: must not be empty; discharge: unless the stay  \
                                                 goes on (interim settlement); 0: only its form */ \
    X(MAND, FORM, "form", STL_F_TEXT)                                                              \
    X(MAND, SOURCE, "source", STL_F_TEXT)
/* rules/actions.csv: what a broken rule does here: shadow | hint | warn | hold | block */
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

/* rules/course.csv: paid for at most `days`; at least `min_interval_days` between two */
#define STL_COURSE_COLUMNS(X)                                                                      \
    X(COURSE, CODE, "med_list_codg", STL_F_TEXT)                                                   \
    X(COURSE, NAME, "med_list_name", STL_F_TEXT)                                                   \
    X(COURSE, DAYS, "days", STL_F_INT)                                                             \
    X(COURSE, INTERVAL, "min_interval_days", STL_F_INT)                                            \
    X(COURSE, TEXT, "text", STL_F_TEXT)                                                            \
    X(COURSE, BEGIN, "begndate", STL_F_DAY)                                                        \
    X(COURSE, END, "enddate", STL_F_DAY)                                                           \
    X(COURSE, GZ, "gz_code", STL_F_TEXT)                                                           \
    X(COURSE, KP, "kp_id", STL_F_TEXT)
/* rules/institution-grade.csv: only at institutions of that level or higher */
#define STL_GRADE_COLUMNS(X)                                                                       \
    X(GRADE, CODE, "med_list_codg", STL_F_TEXT)                                                    \
    X(GRADE, NAME, "med_list_name", STL_F_TEXT)                                                    \
    X(GRADE, LV, "min_medins_lv", STL_F_TEXT)                                                      \
    X(GRADE, TEXT, "text", STL_F_TEXT)                                                             \
    X(GRADE, BEGIN, "begndate", STL_F_DAY)                                                         \
    X(GRADE, END, "enddate", STL_F_DAY)                                                            \
    X(GRADE, GZ, "gz_code", STL_F_TEXT)                                                            \
    X(GRADE, KP, "kp_id", STL_F_TEXT)
/* rules/visit-mode.csv: only for inpatients, or for them and emergencies */
#define STL_VISIT_COLUMNS(X)                                                                       \
    X(VISIT, CODE, "med_list_codg", STL_F_TEXT)                                                    \
    X(VISIT, NAME, "med_list_name", STL_F_TEXT)                                                    \
    X(VISIT, MODE, "visit_mode", STL_F_TEXT)                                                       \
    X(VISIT, TEXT, "text", STL_F_TEXT)                                                             \
    X(VISIT, BEGIN, "begndate", STL_F_DAY)                                                         \
    X(VISIT, END, "enddate", STL_F_DAY)                                                            \
    X(VISIT, GZ, "gz_code", STL_F_TEXT)                                                            \
    X(VISIT, KP, "kp_id", STL_F_TEXT)
/* rules/insurance-type.csv: only under work-injury or maternity insurance */
#define STL_SCHEME_COLUMNS(X)                                                                      \
    X(SCHEME, CODE, "med_list_codg", STL_F_TEXT)                                                   \
    X(SCHEME, NAME, "med_list_name", STL_F_TEXT)                                                   \
    X(SCHEME, KIND, "insurance", STL_F_TEXT)                                                       \
    X(SCHEME, TEXT, "text", STL_F_TEXT)                                                            \
    X(SCHEME, BEGIN, "begndate", STL_F_DAY)                                                        \
    X(SCHEME, END, "enddate", STL_F_DAY)                                                           \
    X(SCHEME, GZ, "gz_code", STL_F_TEXT)                                                           \
    X(SCHEME, KP, "kp_id", STL_F_TEXT)
/* rules/age.csv: only for an age group of rules/age-groups.csv */
#define STL_AGE_COLUMNS(X)                                                                         \
    X(AGE, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(AGE, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(AGE, GROUP, "age_group", STL_F_TEXT)                                                         \
    X(AGE, TEXT, "text", STL_F_TEXT)                                                               \
    X(AGE, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(AGE, END, "enddate", STL_F_DAY)                                                              \
    X(AGE, GZ, "gz_code", STL_F_TEXT)                                                              \
    X(AGE, KP, "kp_id", STL_F_TEXT)
/* rules/surgery-discount.csv: second operation of a group by one incision at `pay_prop` of the
 * price */
#define STL_DISCOUNT_COLUMNS(X)                                                                    \
    X(DISC, CODE, "med_list_codg", STL_F_TEXT)                                                     \
    X(DISC, NAME, "med_list_name", STL_F_TEXT)                                                     \
    X(DISC, GROUP, "group", STL_F_TEXT)                                                            \
    X(DISC, PROP, "pay_prop", STL_F_RATIO)                                                         \
    X(DISC, TEXT, "text", STL_F_TEXT)                                                              \
    X(DISC, BEGIN, "begndate", STL_F_DAY)                                                          \
    X(DISC, END, "enddate", STL_F_DAY)                                                             \
    X(DISC, GZ, "gz_code", STL_F_TEXT)                                                             \
    X(DISC, KP, "kp_id", STL_F_TEXT)
/* rules/tcm-pieces.csv: decoction pieces not paid alone, or never (`use` single | any) */
#define STL_TCM_COLUMNS(X)                                                                         \
    X(TCM, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(TCM, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(TCM, USE, "use", STL_F_TEXT)                                                                 \
    X(TCM, TEXT, "text", STL_F_TEXT)                                                               \
    X(TCM, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(TCM, END, "enddate", STL_F_DAY)                                                              \
    X(TCM, GZ, "gz_code", STL_F_TEXT)                                                              \
    X(TCM, KP, "kp_id", STL_F_TEXT)
/* rules/text-hints.csv: restrictions that only a person can judge: shown, never a verdict */
#define STL_HINT_COLUMNS(X)                                                                        \
    X(HINT, CODE, "med_list_codg", STL_F_TEXT)                                                     \
    X(HINT, NAME, "med_list_name", STL_F_TEXT)                                                     \
    X(HINT, CLASS, "rule_class", STL_F_TEXT)                                                       \
    X(HINT, TEXT, "text", STL_F_TEXT)                                                              \
    X(HINT, BEGIN, "begndate", STL_F_DAY)                                                          \
    X(HINT, END, "enddate", STL_F_DAY)                                                             \
    X(HINT, GZ, "gz_code", STL_F_TEXT)                                                             \
    X(HINT, KP, "kp_id", STL_F_TEXT)
/* rules/retired.csv: library records that were superseded or dropped: kept, read by no rule */
#define STL_RETIRED_COLUMNS(X)                                                                     \
    X(RET, CODE, "med_list_codg", STL_F_TEXT)                                                      \
    X(RET, NAME, "med_list_name", STL_F_TEXT)                                                      \
    X(RET, CLASS, "rule_class", STL_F_TEXT)                                                        \
    X(RET, WHY, "why", STL_F_TEXT)                                                                 \
    X(RET, TEXT, "text", STL_F_TEXT)                                                               \
    X(RET, GZ, "gz_code", STL_F_TEXT)                                                              \
    X(RET, KP, "kp_id", STL_F_TEXT)
/* rules/age-groups.csv: inclusive bounds in days or in completed years; one pair may be empty */
#define STL_AGE_GROUP_COLUMNS(X)                                                                   \
    X(AGRP, GROUP, "age_group", STL_F_TEXT)                                                        \
    X(AGRP, MIN_DAYS, "min_days", STL_F_INT)                                                       \
    X(AGRP, MAX_DAYS, "max_days", STL_F_INT)                                                       \
    X(AGRP, MIN_YEARS, "min_years", STL_F_INT)                                                     \
    X(AGRP, MAX_YEARS, "max_years", STL_F_INT)                                                     \
    X(AGRP, SOURCE, "source", STL_F_TEXT)
/* rules/parameters.csv: a number or word that a rule needs, such as V8 days 15 */
#define STL_PARAMETER_COLUMNS(X)                                                                   \
    X(PAR, RULE, "rule_id", STL_F_TEXT)                                                            \
    X(PAR, NAME, "name", STL_F_TEXT)                                                               \
    X(PAR, VALUE, "value", STL_F_TEXT)                                                             \
    X(PAR, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(PAR, END, "enddate", STL_F_DAY)                                                              \
    X(PAR, SOURCE, "source", STL_F_TEXT)
/* rules/lists.csv: what belongs to a list of a rule; an item that ends in * stands for all that
 * begin so; `value` says more where the rule wants it */
#define STL_LIST_COLUMNS(X)                                                                        \
    X(LIST, LIST, "list", STL_F_TEXT)                                                              \
    X(LIST, ITEM, "item", STL_F_TEXT)                                                              \
    X(LIST, VALUE, "value", STL_F_TEXT)                                                            \
    X(LIST, NAME, "name", STL_F_TEXT)                                                              \
    X(LIST, BEGIN, "begndate", STL_F_DAY)                                                          \
    X(LIST, END, "enddate", STL_F_DAY)                                                             \
    X(LIST, SOURCE, "source", STL_F_TEXT)
/* rules/standards.csv: what a method of payment (policy.xml) pays for a disease, group or
 * department; a `code` that ends in * stands for all that begin so, an empty one for all */
#define STL_STANDARD_COLUMNS(X)                                                                    \
    X(STD, METHOD, "method", STL_F_TEXT)                                                           \
    X(STD, CODE, "code", STL_F_TEXT)                                                               \
    X(STD, NAME, "name", STL_F_TEXT)                                                               \
    X(STD, MEDINS, "fixmedins_code", STL_F_TEXT)                                                   \
    X(STD, LV, "medins_lv", STL_F_TEXT)                                                            \
    X(STD, AMOUNT, "amount", STL_F_MONEY)                                                          \
    X(STD, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(STD, END, "enddate", STL_F_DAY)                                                              \
    X(STD, SOURCE, "source", STL_F_TEXT)
/* surcharges.csv: what a note of the price list adds to a maximum; the item or heading by prefix */
#define STL_SURCHARGE_COLUMNS(X)                                                                   \
    X(SUR, CODE, "pric_list_codg", STL_F_TEXT)                                                     \
    X(SUR, KIND, "kind", STL_F_TEXT)                                                               \
    X(SUR, VALUE, "value", STL_F_QTY)                                                              \
    X(SUR, UNIT, "unit", STL_F_TEXT)                                                               \
    X(SUR, WHEN, "condition", STL_F_TEXT)                                                          \
    X(SUR, MAX, "at_most", STL_F_TEXT)                                                             \
    X(SUR, BEGIN, "begndate", STL_F_DAY)                                                           \
    X(SUR, END, "enddate", STL_F_DAY)                                                              \
    X(SUR, TEXT, "text", STL_F_TEXT)                                                               \
    X(SUR, SOURCE, "source", STL_F_TEXT)
/* --- pathways, read from pathways/<ID>.xml ------------------------------------------------------
 */
#define STL_PATHWAY_COLUMNS(X)                                                                     \
    X(PW, ID, "pathway_id", STL_F_TEXT)                                                            \
    X(PW, NAME, "name", STL_F_TEXT)                                                                \
    X(PW, EDITION, "edition", STL_F_TEXT)                                                          \
    X(PW, BEGIN, "begndate", STL_F_DAY)                                                            \
    X(PW, END, "enddate", STL_F_DAY)                                                               \
    X(PW, STAY_MIN, "stay_min", STL_F_INT) /* nights */                                            \
    X(PW, STAY_MAX, "stay_max", STL_F_INT)                                                         \
    X(PW, STAY_READ, "stay_read", STL_F_TEXT)                                                      \
    X(PW, OPRN_MIN, "operation_day_min", STL_F_INT) /* the day of admission is day 1 */            \
    X(PW, OPRN_MAX, "operation_day_max", STL_F_INT)                                                \
    X(PW, OPRN_READ, "operation_day_read", STL_F_TEXT)                                             \
    X(PW, COST_MIN, "cost_min", STL_F_MONEY)                                                       \
    X(PW, COST_MAX, "cost_max", STL_F_MONEY)                                                       \
    X(PW, COMPLETE, "complete", STL_F_TEXT) /* prefixes of price-list codes it lists wholly */     \
    X(PW, WHEN, "examined_when", STL_F_TEXT)                                                       \
    X(PW, DIGEST, "digest", STL_F_TEXT) /* of the XML, which stands in policy_text */
/* Codes of equal criterion are alternatives, every criterion must hold. */
#define STL_PATHWAY_ENTRY_COLUMNS(X)                                                               \
    X(PWE, ID, "pathway_id", STL_F_TEXT)                                                           \
    X(PWE, CRITERION, "criterion", STL_F_TEXT)                                                     \
    X(PWE, KIND, "kind", STL_F_TEXT) /* principal | other | any | operation */                     \
    X(PWE, FIRST, "first", STL_F_TEXT)                                                             \
    X(PWE, LAST, "last", STL_F_TEXT)                                                               \
    X(PWE, PRINTED, "printed", STL_F_TEXT)                                                         \
    X(PWE, BASIS, "basis", STL_F_TEXT)
/* From the category of a code (J15, 36) to the pathways that name codes of it. */
#define STL_PATHWAY_CATEGORY_COLUMNS(X)                                                            \
    X(PWC, CATEGORY, "category", STL_F_TEXT)                                                       \
    X(PWC, ID, "pathway_id", STL_F_TEXT)
/* One row an item; items of equal exam stand together. */
#define STL_PATHWAY_EXAM_COLUMNS(X)                                                                \
    X(PWX, ID, "pathway_id", STL_F_TEXT)                                                           \
    X(PWX, EXAM, "exam", STL_F_TEXT)                                                               \
    X(PWX, NEED, "need", STL_F_TEXT) /* required | optional */                                     \
    X(PWX, NAME, "name", STL_F_TEXT)                                                               \
    X(PWX, MATCH, "match", STL_F_TEXT) /* all | any */                                             \
    X(PWX, UNLESS, "unless", STL_F_TEXT)                                                           \
    X(PWX, CODE, "pric_list_codg", STL_F_TEXT) /* empty: the exam has no item */                   \
    X(PWX, ITEM, "item_name", STL_F_TEXT)
#define STL_PATHWAY_DRUG_COLUMNS(X)                                                                \
    X(PWD, ID, "pathway_id", STL_F_TEXT)                                                           \
    X(PWD, DRUG, "drug", STL_F_TEXT)                                                               \
    X(PWD, NAME, "name", STL_F_TEXT)                                                               \
    X(PWD, CODES, "med_list_codg", STL_F_TEXT) /* prefixes, blank-separated */                     \
    X(PWD, USE, "use", STL_F_TEXT)             /* expected | allowed | excluded */                 \
    X(PWD, HOURS, "within_hours", STL_F_INT)   /* of admission, the first one */                   \
    X(PWD, DAYS, "max_days", STL_F_INT)                                                            \
    X(PWD, BASIS, "basis", STL_F_TEXT)
/* What only a person can judge. part: entry | drugs | discharge | variation | source */
#define STL_PATHWAY_NOTE_COLUMNS(X)                                                                \
    X(PWN, ID, "pathway_id", STL_F_TEXT)                                                           \
    X(PWN, PART, "part", STL_F_TEXT)                                                               \
    X(PWN, NOTE, "note", STL_F_TEXT)                                                               \
    X(PWN, TEXT, "text", STL_F_TEXT)

#endif
