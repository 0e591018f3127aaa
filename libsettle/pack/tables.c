/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/tables.h"

#define COLUMN_SPEC(prefix, name, csv, kind) {csv, kind},
#define META_SPEC(NAME, columns)                                                                   \
    static const stl_column_spec NAME##_COLUMNS_[] = {columns(COLUMN_SPEC)};
META_SPEC(PACK, STL_META_PACK)
META_SPEC(REGION, STL_META_REGION)
META_SPEC(SCHEME, STL_META_SCHEME)
META_SPEC(INCLUDE, STL_META_INCLUDE)
META_SPEC(POLICY, STL_META_POLICY)
META_SPEC(PARAM, STL_META_PARAM)
META_SPEC(TEXT, STL_META_TEXT)
META_SPEC(COUNT, STL_META_COUNT)

#define META_TABLE(NAME, name)                                                                     \
    { name, "pack.xml", NAME##_COLUMNS_, sizeof NAME##_COLUMNS_ / sizeof NAME##_COLUMNS_[0] }
static const stl_table_spec META_SPECS[] = {
    META_TABLE(PACK, "pack"),        META_TABLE(REGION, "region"),
    META_TABLE(SCHEME, "scheme"),    META_TABLE(INCLUDE, "include"),
    META_TABLE(POLICY, "policy"),    META_TABLE(PARAM, "policy_param"),
    META_TABLE(TEXT, "policy_text"), META_TABLE(COUNT, "row_count"),
};

static const stl_table_key KEYS[STL_PACK_TABLES] = {
    [STL_T_CATALOGUE] = {{STL_CAT_CODE, -1}, STL_CAT_BEGIN, STL_CAT_END},
    [STL_T_CAPS] = {{STL_CAP_CODE, STL_CAP_LV, STL_CAP_ADMDVS, -1}, STL_CAP_BEGIN, STL_CAP_END},
    [STL_T_FREQUENCY] = {{STL_FREQ_CODE, STL_FREQ_UNIT, -1}, STL_FREQ_BEGIN, STL_FREQ_END},
    [STL_T_CYCLE] = {{STL_CYC_CODE, STL_CYC_DAYS, -1}, STL_CYC_BEGIN, STL_CYC_END},
    [STL_T_PAIRS] = {{STL_PAIR_MAIN, STL_PAIR_COMPONENT, STL_PAIR_PERIOD, -1},
                     STL_PAIR_BEGIN,
                     STL_PAIR_END},
    [STL_T_SEX] = {{STL_SEX_CODE, STL_SEX_GEND, -1}, STL_SEX_BEGIN, STL_SEX_END},
    [STL_T_EXCLUSIONS] = {{STL_EXC_CODE, -1}, STL_EXC_BEGIN, STL_EXC_END},
    [STL_T_BEDS] = {{STL_BED_CODE, -1}, -1, -1},
    [STL_T_UNITS] = {{STL_UNIT_UNIT, -1}, -1, -1},
    [STL_T_MANDATORY] = {{STL_MAND_RECORD, STL_MAND_FIELD, -1}, -1, -1},
    [STL_T_ACTIONS] = {{STL_ACT_RULE, -1}, -1, -1},
    [STL_T_COURSE] = {{STL_COURSE_CODE, -1}, STL_COURSE_BEGIN, STL_COURSE_END},
    [STL_T_GRADE] = {{STL_GRADE_CODE, -1}, STL_GRADE_BEGIN, STL_GRADE_END},
    [STL_T_VISIT] = {{STL_VISIT_CODE, -1}, STL_VISIT_BEGIN, STL_VISIT_END},
    [STL_T_SCHEME] = {{STL_SCHEME_CODE, -1}, STL_SCHEME_BEGIN, STL_SCHEME_END},
    [STL_T_AGE] = {{STL_AGE_CODE, STL_AGE_GROUP, -1}, STL_AGE_BEGIN, STL_AGE_END},
    [STL_T_DISCOUNT] = {{STL_DISC_CODE, STL_DISC_GROUP, -1}, STL_DISC_BEGIN, STL_DISC_END},
    [STL_T_TCM] = {{STL_TCM_CODE, -1}, STL_TCM_BEGIN, STL_TCM_END},
    [STL_T_HINTS] = {{STL_HINT_CODE, STL_HINT_CLASS, STL_HINT_KP, -1},
                     STL_HINT_BEGIN,
                     STL_HINT_END},
    [STL_T_RETIRED] = {{STL_RET_CODE, STL_RET_CLASS, STL_RET_KP, -1}, -1, -1},
    [STL_T_AGE_GROUPS] = {{STL_AGRP_GROUP, -1}, -1, -1},
    [STL_T_PARAMETERS] = {{STL_PAR_RULE, STL_PAR_NAME, -1}, STL_PAR_BEGIN, STL_PAR_END},
    [STL_T_LISTS] = {{STL_LIST_LIST, STL_LIST_ITEM, -1}, STL_LIST_BEGIN, STL_LIST_END},
    [STL_T_SURCHARGES] = {{STL_SUR_CODE, STL_SUR_KIND, STL_SUR_WHEN, STL_SUR_VALUE, -1},
                          STL_SUR_BEGIN,
                          STL_SUR_END},
    [STL_T_STANDARDS] = {{STL_STD_METHOD, STL_STD_CODE, STL_STD_MEDINS, STL_STD_LV, -1},
                         STL_STD_BEGIN,
                         STL_STD_END},
    [STL_T_ICD10] = {{STL_ICD_CODE, -1}, -1, -1},
    [STL_T_ICD9] = {{STL_ICD_CODE, -1}, -1, -1},
    [STL_T_DICT] = {{STL_DICT_NAME, STL_DICT_VALUE, -1}, -1, -1},
    [STL_T_PATHWAYS] = {{STL_PW_ID, -1}, -1, -1},
    [STL_T_PATHWAY_ENTRY] = {{STL_PWE_ID, STL_PWE_CRITERION, STL_PWE_FIRST, STL_PWE_LAST, -1},
                             -1,
                             -1},
    [STL_T_PATHWAY_CATEGORY] = {{STL_PWC_CATEGORY, STL_PWC_ID, -1}, -1, -1},
    [STL_T_PATHWAY_EXAM] = {{STL_PWX_ID, STL_PWX_EXAM, STL_PWX_CODE, -1}, -1, -1},
    [STL_T_PATHWAY_DRUG] = {{STL_PWD_ID, STL_PWD_DRUG, -1}, -1, -1},
    [STL_T_PATHWAY_NOTE] = {{STL_PWN_ID, STL_PWN_PART, STL_PWN_NOTE, -1}, -1, -1},
    [STL_M_PACK] = {{STL_META_PACK_KEY, -1}, -1, -1},
    [STL_M_REGION] = {{STL_META_REGION_ADMDVS, -1}, -1, -1},
    [STL_M_SCHEME] = {{STL_META_SCHEME_INSUTYPE, -1}, -1, -1},
    [STL_M_INCLUDE] = {{STL_META_INCLUDE_PATH, -1}, -1, -1},
    [STL_M_POLICY] = {{STL_META_POLICY_SEQ, -1}, -1, -1},
    [STL_M_PARAM] = {{STL_META_PARAM_SEQ, STL_META_PARAM_NAME, -1}, -1, -1},
    [STL_M_TEXT] = {{STL_META_TEXT_DIGEST, -1}, -1, -1},
    [STL_M_COUNTS] = {{STL_META_COUNT_TABLE, -1}, -1, -1},
};

/* A value that ends in '*' stands for all that begin so. */
static const stl_cell_rule RULES[] = {
    {STL_T_CATALOGUE, STL_CAT_LV, "01 02 03", 0, 0, false},
    {STL_T_CATALOGUE, STL_CAT_SELFPAY, NULL, 0, STL_RATIO_ONE, true},
    {STL_T_CATALOGUE, STL_CAT_LMT_USED, "0 1", 0, 0, false},
    {STL_T_CAPS, STL_CAP_LV, "1 2 3 3+", 0, 0, true},
    {STL_T_CAPS, STL_CAP_KIND, "refuse pay-to-cap", 0, 0, false},
    {STL_T_CAPS, STL_CAP_PRICE, NULL, 0, STL_DECIMAL_MAX, true},
    {STL_T_FREQUENCY, STL_FREQ_LIMIT, NULL, 1, STL_DECIMAL_MAX, false},
    {STL_T_CYCLE, STL_CYC_LIMIT, NULL, 1, STL_DECIMAL_MAX, false},
    {STL_T_CYCLE, STL_CYC_DAYS, NULL, 1, 3660, false},
    {STL_T_PAIRS, STL_PAIR_PERIOD, "day visit hour 6h", 0, 0, false},
    {STL_T_SEX, STL_SEX_GEND, "1 2", 0, 0, false},
    {STL_T_UNITS, STL_UNIT_DAY_LIMIT, NULL, 1, STL_DECIMAL_MAX, false},
    {STL_T_UNITS, STL_UNIT_MINUTES, NULL, 1, 1440, true},
    {STL_T_MANDATORY, STL_MAND_RECORD, "stays charges diagnoses operations mapping", 0, 0, false},
    {STL_T_MANDATORY, STL_MAND_REQUIRED, "0 1 discharge", 0, 0, false},
    {STL_T_MANDATORY, STL_MAND_FORM, "medins doctor admdvs med-list icd10 icd9cm3 digits dict:*", 0,
     0, true},
    {STL_T_COURSE, STL_COURSE_DAYS, NULL, 1, 3660, false},
    {STL_T_COURSE, STL_COURSE_INTERVAL, NULL, 1, 3660, true},
    {STL_T_GRADE, STL_GRADE_LV, "1 2 3", 0, 0, false},
    {STL_T_VISIT, STL_VISIT_MODE, "inpatient emergency-inpatient", 0, 0, false},
    {STL_T_SCHEME, STL_SCHEME_KIND, "work-injury maternity", 0, 0, false},
    {STL_T_DISCOUNT, STL_DISC_PROP, NULL, 0, STL_RATIO_ONE, false},
    {STL_T_TCM, STL_TCM_USE, "single any", 0, 0, false},
    {STL_T_RETIRED, STL_RET_WHY, "superseded dropped", 0, 0, false},
    {STL_T_AGE_GROUPS, STL_AGRP_MIN_DAYS, NULL, 0, 60000, true},
    {STL_T_AGE_GROUPS, STL_AGRP_MAX_DAYS, NULL, 0, 60000, true},
    {STL_T_AGE_GROUPS, STL_AGRP_MIN_YEARS, NULL, 0, 200, true},
    {STL_T_AGE_GROUPS, STL_AGRP_MAX_YEARS, NULL, 0, 200, true},
    {STL_T_SURCHARGES, STL_SUR_KIND, "add most-add pay-at other", 0, 0, false},
    {STL_T_SURCHARGES, STL_SUR_WHEN, "age<=* filed:* each at-once:* with:*", 0, 0, true},
    {STL_T_SURCHARGES, STL_SUR_MAX, "0 1", 0, 0, false},
    {STL_T_SURCHARGES, STL_SUR_UNIT, "percent yuan", 0, 0, true},
    {STL_T_STANDARDS, STL_STD_LV, "1 2 3", 0, 0, true},
    {STL_T_STANDARDS, STL_STD_AMOUNT, NULL, 0, STL_DECIMAL_MAX, false},
    {STL_T_ACTIONS, STL_ACT_ACTION, "shadow hint warn hold block", 0, 0, false},
};

const stl_table_spec *stl_pack_spec(size_t table) {
    return table < STL_T_COUNT ? &STL_TABLE_SPECS[table] : &META_SPECS[table - STL_T_COUNT];
}

void stl_pack_name_order(size_t out[static STL_PACK_TABLES]) {
    for (size_t i = 0; i < STL_PACK_TABLES; i++) {
        size_t at = i;
        for (; at > 0 && strcmp(stl_pack_spec(out[at - 1])->name, stl_pack_spec(i)->name) > 0; at--)
            out[at] = out[at - 1];
        out[at] = i;
    }
}

stl_table_key stl_pack_key(size_t table) {
    return KEYS[table];
}

const stl_cell_rule *stl_pack_cell_rule(size_t table, size_t column) {
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++)
        if (RULES[i].table == table && RULES[i].column == column)
            return &RULES[i];
    return NULL;
}

stl_str stl_pack_number_text(stl_field_kind kind, int64_t value,
                             char scratch[static STL_DECIMAL_TEXT_MAX]) {
    static const int SCALES[] = {
        [STL_F_MONEY] = STL_SCALE_MONEY,
        [STL_F_PRICE] = STL_SCALE_PRICE,
        [STL_F_QTY] = STL_SCALE_QTY,
        [STL_F_RATIO] = STL_SCALE_RATIO,
        [STL_F_INT] = 0,
    };
    if (value == STL_NONE)
        return STL_STR("");
    if (kind == STL_F_DAY)
        return (stl_str){scratch, stl_day_format(value, scratch)};
    if (kind == STL_F_INSTANT)
        return (stl_str){scratch, stl_instant_format(value, scratch)};
    return (stl_str){scratch, stl_decimal_format(value, SCALES[kind], scratch)};
}
