/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/table_csv.h"

#include <settle/status.h>
#include <stdio.h>

typedef struct column {
    size_t at; /* in the CSV */
    const stl_cell_rule *rule;
    int64_t last_id; /* of the row before: neighbours often repeat a text */
} column;

typedef struct reading {
    const stl_table_csv *csv;
    stl_pool *pool;
    stl_rowset *set;
    uint32_t file;
    column columns[STL_COLUMNS_MAX];
} reading;

typedef struct cell {
    const reading *in;
    size_t column;
    stl_str text;
    int64_t line;
} cell;

/* The cell's text lies in the pool or is short: errors want a terminated copy. */
static settle_status refuse(const cell *c, const char *detail, stl_error *err) {
    char value[256]; /* longer than an error keeps, which cuts at a character */
    snprintf(value, sizeof value, "%.*s", c->text.len < 255 ? (int)c->text.len : 255, c->text.ptr);
    return FAIL(err, c->in->csv->failure, .file = c->in->csv->name, .line = c->line,
                .field = c->in->set->spec->columns[c->column].csv,
                .value = c->text.len == 0 ? NULL : value, .detail = detail);
}

/* Where base/csv or base/decimal found the fault, as a fault of this table. */
static settle_status restate(const stl_table_csv *csv, settle_status cause, stl_error *err) {
    if (cause == SETTLE_OK || cause == csv->failure || cause == SETTLE_E_NO_MEMORY)
        return cause;
    stl_error was = *err;
    char detail[256];
    snprintf(detail, sizeof detail, "%s%s%.180s", settle_status_text(cause, SETTLE_LANG_EN),
             was.detail[0] == '\0' ? "" : ": ", was.detail);
    return FAIL(err, csv->failure, .file = csv->name, .line = was.line, .field = was.field,
                .value = was.value, .detail = detail, .native = was.native);
}

static settle_status refuse_header(const stl_table_csv *csv, const stl_csv_row *row,
                                   const char *field, const char *detail, stl_error *err) {
    return FAIL(err, csv->failure, .file = csv->name, .line = row->line, .field = field,
                .detail = detail);
}

/* base/csv has refused a column that stands twice. */
static bool find_column(const stl_csv_row *row, const char *name, size_t *out) {
    for (*out = 0; *out < row->count; ++*out)
        if (stl_str_is(row->cells[*out], name))
            return true;
    return false;
}

static bool known_column(const stl_table_spec *spec, stl_str name) {
    for (size_t i = 0; i < spec->n_columns; i++)
        if (stl_str_is(name, spec->columns[i].csv))
            return true;
    return false;
}

static settle_status refuse_others(const reading *in, const stl_csv_row *row, stl_error *err) {
    for (size_t i = 0; i < row->count; i++) {
        if (known_column(in->set->spec, row->cells[i]))
            continue;
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)(row->cells[i].len < 63 ? row->cells[i].len : 63),
                 row->cells[i].len == 0 ? "" : row->cells[i].ptr);
        return refuse_header(in->csv, row, name, "no such column in this table", err);
    }
    return SETTLE_OK;
}

static settle_status take_header(void *user, const stl_csv_row *row, stl_error *err) {
    reading *in = user;
    const stl_table_spec *spec = in->set->spec;
    for (size_t c = 0; c < spec->n_columns; c++) {
        if (!find_column(row, spec->columns[c].csv, &in->columns[c].at))
            return refuse_header(in->csv, row, spec->columns[c].csv, "the column is missing", err);
        in->columns[c].last_id = -1;
        in->columns[c].rule = in->csv->rule == NULL ? NULL : in->csv->rule(in->csv->table, c);
    }
    return in->csv->tolerant ? SETTLE_OK : refuse_others(in, row, err);
}

static bool has_control(stl_str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte < 0x20 || byte == 0x7f)
            return true;
        if (byte == 0xc2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xa0)
            return true;
    }
    return false;
}

static bool is_one_of(stl_str text, const char *values) {
    for (const char *at = values; *at != '\0';) {
        size_t len = strcspn(at, " ");
        bool open = at[len - 1] == '*';
        if (open ? text.len > len - 1 && memcmp(text.ptr, at, len - 1) == 0
                 : stl_str_eq(text, (stl_str){at, len}))
            return true;
        at += len;
        at += *at == ' ';
    }
    return false;
}

static settle_status parse_number(stl_field_kind kind, stl_str text, int64_t *out) {
    switch (kind) {
    case STL_F_DAY:
        return stl_day_parse(text, out);
    case STL_F_INSTANT:
        return stl_instant_parse(text, out);
    case STL_F_PRICE:
        return stl_decimal_parse(text, STL_SCALE_PRICE, out);
    case STL_F_QTY:
    case STL_F_RATIO:
        return stl_decimal_parse(text, STL_SCALE_QTY, out);
    case STL_F_MONEY:
        return stl_decimal_parse(text, STL_SCALE_MONEY, out);
    default:
        return stl_decimal_parse(text, 0, out);
    }
}

static settle_status take_number(const cell *c, const stl_cell_rule *rule, int64_t *out,
                                 stl_error *err) {
    if (c->text.len == 0) {
        *out = STL_NONE;
        return rule == NULL || rule->may_be_empty ? SETTLE_OK : refuse(c, "must not be empty", err);
    }
    settle_status status = parse_number(c->in->set->spec->columns[c->column].kind, c->text, out);
    if (status != SETTLE_OK)
        return refuse(c, settle_status_text(status, SETTLE_LANG_EN), err);
    if (rule != NULL && (*out < rule->least || *out > rule->most))
        return refuse(c, "the number is out of the range of this column", err);
    return SETTLE_OK;
}

static settle_status take_text(reading *in, const cell *c, const stl_cell_rule *rule, int64_t *out,
                               stl_error *err) {
    column *col = &in->columns[c->column];
    if (col->last_id >= 0 && stl_str_eq(stl_pool_text(in->pool, (uint32_t)col->last_id), c->text)) {
        *out = col->last_id;
        return SETTLE_OK;
    }
    if (has_control(c->text))
        return refuse(c, "a control character", err);
    if (c->text.len > 0 && (c->text.ptr[0] == ' ' || c->text.ptr[c->text.len - 1] == ' '))
        return refuse(c, "a blank at the begin or end", err);
    if (c->text.len == 0 && (c->column == 0 || (rule != NULL && !rule->may_be_empty)))
        return refuse(c, "must not be empty", err);
    if (c->text.len > 0 && rule != NULL && rule->one_of != NULL &&
        !is_one_of(c->text, rule->one_of))
        return refuse(c, rule->one_of, err);
    if (rule != NULL && rule->most > 0 && stl_utf8_count(c->text) > (uint64_t)rule->most)
        return refuse(c, "longer than the settlement document has room for", err);
    uint32_t id;
    TRY(stl_pool_add(in->pool, c->text, &id, err));
    *out = col->last_id = id;
    return SETTLE_OK;
}

static settle_status take_row(void *user, const stl_csv_row *row, stl_error *err) {
    reading *in = user;
    const stl_table_spec *spec = in->set->spec;
    int64_t cells[STL_COLUMNS_MAX];
    for (size_t i = 0; i < spec->n_columns; i++) {
        const stl_cell_rule *rule = in->columns[i].rule;
        stl_str text = row->cells[in->columns[i].at];
        cell c = {in, i, in->csv->tolerant ? stl_str_trimmed(text) : text, row->line};
        TRY(spec->columns[i].kind == STL_F_TEXT ? take_text(in, &c, rule, &cells[i], err)
                                                : take_number(&c, rule, &cells[i], err));
    }
    int begin = in->csv->begin, end = in->csv->end;
    if (begin >= 0 && cells[end] != STL_NONE && cells[begin] > cells[end]) {
        cell c = {in, (size_t)end, row->cells[in->columns[end].at], row->line};
        return refuse(&c, "ends before it begins", err);
    }
    return stl_rowset_add(in->set, cells, (stl_origin){in->file, (uint32_t)row->line}, err);
}

settle_status stl_table_csv_read(const stl_table_csv *csv, stl_str text, stl_pool *pool,
                                 stl_rowset *set, stl_error *err) {
    reading in = {.csv = csv, .pool = pool, .set = set};
    TRY(stl_pool_add(pool, stl_str_of(csv->name), &in.file, err));
    const stl_csv_reader reader = {.header = take_header, .row = take_row, .user = &in};
    stl_error local;
    stl_error *kept = err == NULL ? &local : err;
    return restate(csv, stl_csv_read_memory(text, csv->name, csv->encoding, &reader, kept), kept);
}
