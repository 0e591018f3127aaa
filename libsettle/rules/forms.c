/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/forms.h"

static bool is_digit(char ch) {
    return ch >= '0' && ch <= '9';
}

static bool is_letter(char ch) {
    return ch >= 'A' && ch <= 'Z';
}

static bool is_code(char ch) {
    return is_digit(ch) || is_letter(ch);
}

/* Takes the longest run of a class from the front; its length. */
static size_t take(stl_str *text, bool (*is)(char)) {
    size_t n = 0;
    while (n < text->len && is(text->ptr[n]))
        n++;
    text->ptr += n;
    text->len -= n;
    return n;
}

static bool take_char(stl_str *text, char ch) {
    if (text->len == 0 || text->ptr[0] != ch)
        return false;
    text->ptr++;
    text->len--;
    return true;
}

static bool take_letter(stl_str *text) {
    if (text->len == 0 || !is_letter(text->ptr[0]))
        return false;
    text->ptr++;
    text->len--;
    return true;
}

static bool only_digits(stl_str text, size_t least, size_t most) {
    size_t n = take(&text, is_digit);
    return n >= least && n <= most && text.len == 0;
}

static bool holds_digits(stl_str text) {
    return only_digits(text, 1, SIZE_MAX);
}

static bool holds_medins(stl_str text) {
    return (take_char(&text, 'H') || take_char(&text, 'P')) && only_digits(text, 11, 11);
}

static bool holds_doctor(stl_str text) {
    return take_char(&text, 'D') && only_digits(text, 6, 12);
}

static bool holds_admdvs(stl_str text) {
    return only_digits(text, 6, 6);
}

static bool holds_med_list(stl_str text) {
    if (take_char(&text, 'T'))
        return only_digits(text, 9, 9);
    if (take_char(&text, 'C'))
        return only_digits(text, 19, 19);
    if (take_char(&text, 'X') || take_char(&text, 'Z')) {
        size_t n = take(&text, is_code);
        return (n == 19 || n == 22) && text.len == 0;
    }
    return only_digits(text, 15, 15);
}

/* An extension "x" with so many digits, or nothing more. */
static bool ends_or_extends(stl_str text, size_t least, size_t most) {
    return text.len == 0 || (take_char(&text, 'x') && only_digits(text, least, most));
}

static bool holds_icd10_first(stl_str text) {
    stl_str rest = text;
    if (!take_letter(&rest) || take(&rest, is_digit) != 2 || !take_char(&rest, '.'))
        return false;
    if (take_char(&rest, 'x'))
        return take(&rest, is_digit) == 2 && ends_or_extends(rest, 3, 3);
    return take(&rest, is_digit) == 3 && ends_or_extends(rest, 3, 3);
}

/* The manifestation behind "+": of any length, ended by "*". */
static bool holds_icd10_second(stl_str text) {
    if (!take_letter(&text) || take(&text, is_digit) != 2)
        return false;
    if (take_char(&text, '.') && take(&text, is_digit) == 0 && text.len < 2)
        return false;
    stl_str rest = text;
    if (take_char(&rest, 'x') && take(&rest, is_digit) > 0)
        text = rest;
    return take_char(&text, '*') && text.len == 0;
}

static bool holds_icd10(stl_str text) {
    const char *plus = text.len == 0 ? NULL : memchr(text.ptr, '+', text.len);
    if (plus == NULL)
        return holds_icd10_first(text);
    stl_str first = {text.ptr, (size_t)(plus - text.ptr)};
    stl_str second = {plus + 1, text.len - first.len - 1};
    return holds_icd10_first(first) && holds_icd10_second(second);
}

static bool holds_icd9cm3(stl_str text) {
    if (take(&text, is_digit) != 2 || !take_char(&text, '.'))
        return false;
    size_t n = take(&text, is_code);
    if (n == 1 && text.len > 1 && text.ptr[0] == 'x' && is_code(text.ptr[1])) {
        take_char(&text, 'x');
        n += 1 + take(&text, is_code);
    }
    return n >= 3 && n <= 6 && ends_or_extends(text, 3, 4);
}

static const struct {
    const char *name;
    bool (*holds)(stl_str text);
    const char *chinese;
    stl_table_id codes; /* STL_T_COUNT: none; an empty table demands nothing */
} FORMS[] = {
    {"", NULL, "", STL_T_COUNT},
    {"medins", holds_medins, "国家机构编码（H 或 P 加 11 位数字）", STL_T_COUNT},
    {"doctor", holds_doctor, "国家医师编码（D 加 6 至 12 位数字）", STL_T_COUNT},
    {"admdvs", holds_admdvs, "6 位区划代码", STL_T_COUNT},
    {"med-list", holds_med_list, "国家医保目录编码", STL_T_COUNT},
    {"icd10", holds_icd10, "国家医保版 ICD-10 编码", STL_T_ICD10},
    {"icd9cm3", holds_icd9cm3, "国家医保版 ICD-9-CM-3 编码", STL_T_ICD9},
    {"digits", holds_digits, "全数字", STL_T_COUNT},
};

bool stl_form_of(const stl_case *c, stl_str name, stl_form *out) {
    *out = (stl_form){0};
    stl_str dict = STL_STR("dict:");
    if (stl_str_starts(name, dict)) {
        out->is_dictionary = true;
        out->chinese = "字典所列代码";
        out->table = stl_rules_table(c, STL_T_DICT);
        out->values =
            stl_index_get(out->table, (stl_str){name.ptr + dict.len, name.len - dict.len});
        return out->values.count > 0;
    }
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        if (!stl_str_is(name, FORMS[i].name))
            continue;
        out->holds = FORMS[i].holds;
        out->chinese = FORMS[i].chinese;
        if (FORMS[i].codes != STL_T_COUNT && stl_rules_table(c, FORMS[i].codes)->n_rows > 0)
            out->codes = stl_rules_table(c, FORMS[i].codes);
        return true;
    }
    return false;
}

bool stl_form_holds(stl_form *form, stl_str text) {
    if (!form->is_dictionary)
        return (form->holds == NULL || form->holds(text)) &&
               (form->codes == NULL || stl_index_get(form->codes, text).count > 0);
    if (stl_str_eq(text, form->last))
        return true;
    for (size_t i = 0; i < form->values.count; i++) {
        int64_t value = form->values.rows[i * STL_DICT_COLS + STL_DICT_VALUE];
        if (stl_str_eq(text, stl_index_text(form->table, value))) {
            form->last = text;
            return true;
        }
    }
    return false;
}
