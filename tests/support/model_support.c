/* SPDX-License-Identifier: Apache-2.0 */
#include "model_support.h"

#include <stdio.h>
#include <stdlib.h>

enum { ITEMS = STL_T_COUNT, MAPPING, TABLES, MAX_COLS = 20 };

typedef struct table {
    char **rows; /* field texts */
    size_t count, cap;
} table;

struct test_world {
    stl_stay *stay;
    stl_arena *arena;
    table tables[TABLES];
    stl_policy policy;
    stl_case_site site;
    int32_t lang;
    stl_index index;
    stl_region region;
    stl_mapping mapping;
    stl_case c;
};

static void fail_error(const char *what, const stl_error *err) {
    char text[512];
    stl_error_render(err, SETTLE_LANG_EN, text, sizeof text);
    fail_msg("%s: %s", what, text);
}

/* Takes the next "name=value" from *at; '_' of the value become blanks, '^' underscores. */
static bool next_field(const char **at, stl_str *name, char *value, size_t cap) {
    while (**at == ' ')
        (*at)++;
    if (**at == '\0')
        return false;
    const char *equals = strchr(*at, '=');
    if (equals == NULL)
        fail_msg("no '=' in \"%s\"", *at);
    *name = (stl_str){*at, (size_t)(equals - *at)};
    size_t len = strcspn(equals + 1, " ");
    assert_true(len < cap);
    memcpy(value, equals + 1, len);
    value[len] = '\0';
    for (char *c = value; *c != '\0'; c++)
        *c = *c == '_' ? ' ' : *c == '^' ? '_' : *c;
    *at = equals + 1 + len;
    return true;
}

static bool names_field(const char *fields, const char *name) {
    stl_str found;
    char value[512];
    while (next_field(&fields, &found, value, sizeof value))
        if (stl_str_is(found, name))
            return true;
    return false;
}

static void set_fields(test_world *w, stl_record_kind kind, void *record, const char *fields) {
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    stl_str name;
    char value[512];
    while (next_field(&fields, &name, value, sizeof value)) {
        int field = stl_record_field(type, name);
        if (field < 0)
            fail_msg("%s has no field %.*s", type->stem, (int)name.len, name.ptr);
        stl_error err = {0};
        if (stl_record_set(type, (size_t)field, stl_str_of(value), record, w->stay->arena, &err) !=
            SETTLE_OK)
            fail_error(type->stem, &err);
    }
}

test_world *test_world_new(void) {
    test_world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->stay = stl_stay_new();
    w->arena = stl_arena_new();
    assert_non_null(w->stay);
    assert_non_null(w->arena);
    w->lang = SETTLE_LANG_EN;
    w->policy = (stl_policy){.id = STL_STR("test"),
                             .rounding = STL_ROUND_HALF_UP,
                             .line_tolerance = 1,
                             .year_month = 1,
                             .year_day = 1};
    test_stay(w, "mdtrt_id=T1 fixmedins_code=H99990100001 fixmedins_name=测试市第一医院 "
                 "medins_lv=3 hosp_lv=02 psn_no=99990100000000000001 psn_cert_type=01 "
                 "certno=999901196705140039 mdtrt_cert_type=02 psn_name=测试甲 gend=1 "
                 "brdy=1967-05-14 insuplc_admdvs=999901 mdtrtarea_admvs=999901 insutype=310 "
                 "psn_type=11 med_type=2101 begntime=2025-03-01T08:00:00 "
                 "endtime=2025-03-05T10:00:00 setl_time=2025-03-05T10:00:00 dscg_way=1 refl_flag=0 "
                 "acct_used_flag=0 balc=0.00 adm_dept_codg=A03.01 adm_dept_name=呼吸内科 "
                 "atddr_no=D990101 atddr_name=测试医师01 medrcdno=T99000001 "
                 "dscg_maindiag_code=J15.902 dscg_maindiag_name=社区获得性肺炎");
    return w;
}

void test_world_free(test_world *w) {
    for (size_t t = 0; t < TABLES; t++) {
        for (size_t i = 0; i < w->tables[t].count; i++)
            free(w->tables[t].rows[i]);
        free(w->tables[t].rows);
    }
    stl_arena_free(w->arena);
    stl_stay_free(w->stay);
    free(w);
}

void test_stay(test_world *w, const char *fields) {
    set_fields(w, STL_R_STAY, &w->stay->head, fields);
}

void test_given(test_world *w, stl_record_kind kind) {
    w->stay->given[kind] = true;
}

static void set_if_known(test_world *w, stl_record_kind kind, void *record, const char *name,
                         stl_str value) {
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    int field = stl_record_field(type, stl_str_of(name));
    if (field >= 0)
        assert_int_equal(stl_record_set(type, (size_t)field, value, record, w->stay->arena, NULL),
                         SETTLE_OK);
}

void *test_record(test_world *w, stl_record_kind kind, const char *fields) {
    void *record = stl_stay_add(w->stay, kind);
    assert_non_null(record);
    stl_record_init(&STL_RECORD_TYPES[kind], record);
    set_if_known(w, kind, record, "mdtrt_id", w->stay->head.mdtrt_id);
    set_if_known(w, kind, record, "psn_no", w->stay->head.psn_no);
    set_fields(w, kind, record, fields);
    test_given(w, kind);
    return record;
}

uint32_t test_charge(test_world *w, const char *item, const char *at, const char *cnt,
                     const char *pric, const char *more) {
    uint32_t index = (uint32_t)stl_stay_n_charges(w->stay);
    char fields[512];
    snprintf(fields, sizeof fields,
             "feedetl_sn=%u medins_list_codg=%s medins_list_name=%s fee_ocur_time=%s entry_time=%s "
             "cnt=%s pric=%s prcunt=次 drord_no=O%u bilg_dept_codg=A03.01 bilg_dept_name=呼吸内科 "
             "bilg_dr_codg=D990102 bilg_dr_name=测试医师0102 dscg_tkdrug_flag=0",
             index + 1, item, item, at, at, cnt, pric, index + 1);
    stl_charge *charge = test_record(w, STL_R_CHARGE, fields);
    assert_int_equal(
        stl_money_of(charge->cnt, charge->pric, STL_ROUND_HALF_UP, &charge->det_item_fee_sumamt),
        SETTLE_OK);
    charge->line = index + 2;
    set_fields(w, STL_R_CHARGE, charge, more);
    return index;
}

static const stl_table_spec *spec_of(size_t t) {
    return t == ITEMS ? &STL_ITEM_TABLE : t == MAPPING ? &STL_MAPPING_TABLE : &STL_TABLE_SPECS[t];
}

/* `fields` after defaults: of two values for a column the last counts. */
static void add_row(test_world *w, size_t t, const char *defaults, const char *fields) {
    table *rows = &w->tables[t];
    if (rows->count == rows->cap) {
        rows->cap = rows->cap == 0 ? 8 : rows->cap * 2;
        rows->rows = realloc(rows->rows, rows->cap * sizeof *rows->rows);
        assert_non_null(rows->rows);
    }
    char *text;
    assert_true(asprintf(&text, "%s %s", defaults, fields) > 0);
    rows->rows[rows->count++] = text;
}

void test_item(test_world *w, const char *fields) {
    add_row(w, ITEMS, "prcunt=次 item_kind=service", fields);
}

void test_map(test_world *w, const char *fields) {
    add_row(w, MAPPING,
            "list_type=诊疗项目 prcunt=次 med_list_unit=次 factor_num=1 factor_den=1 "
            "chrgitm_lv=01 status=active",
            fields);
}

void test_row(test_world *w, stl_table_id t, const char *fields) {
    const char *defaults = t == STL_T_CATALOGUE ? "list_type=201 med_list_unit=次 lmt_used_flag=0"
                           : t == STL_T_CAPS    ? "kind=refuse unit=次"
                                                : "";
    add_row(w, t, defaults, fields);
}

void test_service(test_world *w, const char *item, const char *code, const char *lv) {
    char fields[512];
    snprintf(fields, sizeof fields, "medins_list_codg=%s medins_list_name=%s pric_list_codg=%s",
             item, item, item);
    test_item(w, fields);
    snprintf(fields, sizeof fields,
             "medins_list_codg=%s medins_list_name=%s map_id=M%s med_list_codg=%s "
             "med_list_name=N%s chrgitm_lv=%s",
             item, item, item, code, code, lv);
    test_map(w, fields);
    snprintf(fields, sizeof fields, "med_list_codg=%s med_list_name=N%s chrgitm_lv=%s%s", code,
             code, lv, strcmp(lv, "02") == 0 ? " selfpay_prop=0.1" : "");
    test_row(w, STL_T_CATALOGUE, fields);
}

stl_policy *test_policy(test_world *w) {
    return &w->policy;
}

stl_stay *test_the_stay(test_world *w) {
    return w->stay;
}

stl_arena *test_arena(test_world *w) {
    return w->arena;
}

void test_lang(test_world *w, int32_t lang) {
    w->lang = lang;
}

void test_site(test_world *w, stl_case_site site) {
    w->site = site;
}

int64_t test_number(stl_field_kind kind, const char *text) {
    int64_t value = STL_NONE;
    static const int SCALES[] = {[STL_F_MONEY] = STL_SCALE_MONEY,
                                 [STL_F_PRICE] = STL_SCALE_PRICE,
                                 [STL_F_QTY] = STL_SCALE_QTY,
                                 [STL_F_RATIO] = STL_SCALE_RATIO,
                                 [STL_F_INT] = 0};
    stl_str str = stl_str_of(text);
    settle_status status = kind == STL_F_DAY       ? stl_day_parse(str, &value)
                           : kind == STL_F_INSTANT ? stl_instant_parse(str, &value)
                                                   : stl_decimal_parse(str, SCALES[kind], &value);
    if (status != SETTLE_OK)
        fail_msg("%s is no number of kind %d", text, (int)kind);
    return value;
}

static void set_cells(stl_index_writer *writer, const stl_table_spec *spec, const char *fields,
                      int64_t *cells) {
    for (size_t i = 0; i < spec->n_columns; i++) {
        cells[i] = STL_NONE;
        if (spec->columns[i].kind == STL_F_TEXT)
            assert_int_equal(stl_index_writer_text(writer, STL_STR(""), &cells[i], NULL),
                             SETTLE_OK);
    }
    stl_str name;
    char value[512];
    while (next_field(&fields, &name, value, sizeof value)) {
        size_t col = 0;
        while (col < spec->n_columns && !stl_str_is(name, spec->columns[col].csv))
            col++;
        if (col == spec->n_columns)
            fail_msg("%s has no column %.*s", spec->file, (int)name.len, name.ptr);
        if (spec->columns[col].kind == STL_F_TEXT)
            assert_int_equal(stl_index_writer_text(writer, stl_str_of(value), &cells[col], NULL),
                             SETTLE_OK);
        else
            cells[col] = value[0] == '\0' ? STL_NONE : test_number(spec->columns[col].kind, value);
    }
}

static void write_tables(test_world *w, stl_index_writer *writer, stl_error *err) {
    for (size_t t = 0; t < TABLES; t++) {
        const stl_table_spec *spec = spec_of(t);
        assert_true(spec->n_columns <= MAX_COLS);
        assert_int_equal(stl_index_writer_table(writer, spec->name, spec->n_columns, err),
                         SETTLE_OK);
        for (size_t i = 0; i < w->tables[t].count; i++) {
            int64_t cells[MAX_COLS];
            set_cells(writer, spec, w->tables[t].rows[i], cells);
            if (!names_field(w->tables[t].rows[i], spec->columns[0].csv))
                fail_msg("a row of %s has no key", spec->file);
            assert_int_equal(stl_index_writer_row(writer, cells, err), SETTLE_OK);
        }
    }
}

static void build_tables(test_world *w) {
    stl_error err = {0};
    stl_index_writer *writer = stl_index_writer_new();
    assert_non_null(writer);
    write_tables(w, writer, &err);
    SCOPED_BUF image = {0};
    if (stl_index_writer_finish(writer, &image, &err) != SETTLE_OK)
        fail_error("index", &err);
    void *kept = stl_arena_alloc(w->arena, image.len); /* cases built before stay valid */
    assert_non_null(kept);
    memcpy(kept, image.ptr, image.len);
    if (stl_index_open(kept, image.len, &w->index, &err) != SETTLE_OK)
        fail_error("index", &err);
    stl_index_writer_free(writer);
    for (size_t t = 0; t < TABLES; t++) {
        stl_index_table *place = t == ITEMS     ? &w->mapping.items
                                 : t == MAPPING ? &w->mapping.rows
                                                : &w->region.tables[t];
        const stl_table_spec *spec = spec_of(t);
        if (stl_index_find_table(&w->index, spec->name, spec->n_columns, place, &err) != SETTLE_OK)
            fail_error(spec->name, &err);
    }
    w->region.id = "test";
    w->region.version = "1";
    w->region.policy = &w->policy;
    memset(w->region.digest, '0', sizeof w->region.digest - 1);
    memset(w->mapping.digest, '1', sizeof w->mapping.digest - 1);
}

const stl_region *test_region(test_world *w) {
    build_tables(w);
    return &w->region;
}

const stl_mapping *test_mapping(test_world *w) {
    build_tables(w);
    return &w->mapping;
}

const stl_region *test_built_region(const test_world *w) {
    return &w->region;
}

const stl_mapping *test_built_mapping(const test_world *w) {
    return &w->mapping;
}

stl_case *test_case(test_world *w) {
    build_tables(w);
    stl_error err = {0};
    if (stl_case_build(w->stay, &w->region, &w->mapping, w->site, w->lang, w->arena, &w->c, &err) !=
        SETTLE_OK)
        fail_error("case", &err);
    return &w->c;
}

void test_error_is(const stl_error *err, settle_status status, int64_t line, const char *field) {
    assert_string_equal(settle_status_name(err->status), settle_status_name(status));
    assert_int_equal(err->line, line);
    assert_string_equal(err->field, field == NULL ? "" : field);
}
