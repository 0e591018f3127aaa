/* SPDX-License-Identifier: Apache-2.0 */
/* The calls that libsettle offers a module. A module may pass anything: what it passes is looked at
 * first. */
#include "load/job.h"

#include "load/builder.h"
#include "load/foreign_date.h"
#include "load/rational.h"

enum { CELLS_MAX = 512 };

static settle_status keep(settle_adapter_job *job, settle_status status) {
    if (job->failed == SETTLE_OK)
        job->failed = status;
    return status;
}

static settle_status misuse(settle_adapter_job *job, const char *call, const char *detail) {
    return keep(job, FAIL(job->err, SETTLE_E_ADAPTER_ABI, .file = job->adapter, .field = call,
                          .detail = detail));
}

static stl_str str_of(const settle_text *text) {
    return (stl_str){text->ptr == NULL ? "" : text->ptr,
                     text->ptr == NULL ? 0 : (size_t)text->len_bytes};
}

static bool is_record(int32_t record) {
    return record >= 0 && record < STL_R_KINDS;
}

/* Text as the canonical input has it: UTF-8 without a NUL. */
static settle_status check_text(settle_adapter_job *job, const stl_cell *cell, const char *place,
                                int64_t line) {
    bool nul = cell->text.len > 0 && memchr(cell->text.ptr, '\0', cell->text.len) != NULL;
    if (!nul && stl_utf8_valid(cell->text.ptr, cell->text.len) == cell->text.len)
        return SETTLE_OK;
    stl_str name = stl_arena_str(job->arena, cell->name);
    TRY_ALLOC(job->err, name.ptr);
    return FAIL(job->err, SETTLE_E_INPUT_ENCODING, .file = place, .line = line, .field = name.ptr,
                .detail = nul ? "a NUL byte" : "not UTF-8");
}

static settle_status take_cells(settle_adapter_job *job, const settle_cell *cells, uint32_t n_cells,
                                const char *place, int64_t line) {
    if (job->cells == NULL)
        job->cells = stl_arena_alloc(job->arena, CELLS_MAX * sizeof *job->cells);
    TRY_ALLOC(job->err, job->cells);
    for (uint32_t i = 0; i < n_cells; i++) {
        stl_cell *cell = &job->cells[i];
        *cell = (stl_cell){str_of(&cells[i].name), str_of(&cells[i].text)};
        if (stl_str_empty(cell->name) ||
            stl_utf8_valid(cell->name.ptr, cell->name.len) != cell->name.len)
            return FAIL(job->err, SETTLE_E_ADAPTER_ABI, .file = place, .line = line,
                        .field = "emit", .detail = "a field without a name in UTF-8");
        TRY(check_text(job, cell, place, line));
    }
    return SETTLE_OK;
}

static settle_status on_emit(settle_adapter_job *job, int32_t record, const settle_cell *cells,
                             uint32_t n_cells, const char *place, int64_t line) {
    TRY(job->failed);
    if (job->builder == NULL || place == NULL || !is_record(record))
        return misuse(job, "emit", "no such kind of record, or no place");
    if (n_cells > CELLS_MAX || (cells == NULL && n_cells > 0))
        return misuse(job, "emit", "no fields, or more than 512");
    TRY(keep(job, take_cells(job, cells, n_cells, place, line)));
    return keep(job, stl_source_builder_add(job->builder, (stl_record_kind)record, job->cells,
                                            n_cells, place, line, job->err));
}

static settle_status on_declare(settle_adapter_job *job, int32_t record, uint64_t records,
                                const char *place) {
    TRY(job->failed);
    if (job->builder == NULL || place == NULL || !is_record(record))
        return misuse(job, "declare", "no such kind of record, or no place");
    stl_source_builder_declare(job->builder, (stl_record_kind)record, (size_t)records, place);
    return SETTLE_OK;
}

static settle_status on_given(settle_adapter_job *job, int32_t record) {
    TRY(job->failed);
    if (job->builder == NULL || !is_record(record))
        return misuse(job, "given", "no such kind of record, or no place");
    stl_source_builder_given(job->builder, (stl_record_kind)record);
    return SETTLE_OK;
}

static settle_status on_passed_over(settle_adapter_job *job, const char *file) {
    TRY(job->failed);
    if (job->builder == NULL || file == NULL)
        return misuse(job, "passed_over", "no name of a file");
    stl_source_builder_passed_over(job->builder, file);
    return SETTLE_OK;
}

static settle_status on_refuse(settle_adapter_job *job, settle_status status, const char *place,
                               int64_t line, const char *field, const settle_text *value,
                               const char *detail) {
    TRY(job->failed);
    if (settle_status_exit_code(status) != settle_status_exit_code(SETTLE_E_INPUT_MESSAGE) &&
        settle_status_exit_code(status) != settle_status_exit_code(SETTLE_E_ADAPTER_OPTION))
        return misuse(job, "refuse", "a status that an adapter cannot have");
    SCOPED_BUF text = {0};
    if (value != NULL && stl_utf8_valid(str_of(value).ptr, str_of(value).len) == str_of(value).len)
        stl_buf_str(&text, str_of(value));
    SCOPED_FREE char *shown = value == NULL ? NULL : stl_buf_take(&text);
    return keep(job, FAIL(job->err, status, .file = place, .line = line, .field = field,
                          .value = shown, .detail = detail));
}

static uint32_t on_file_count(settle_adapter_job *job) {
    return (uint32_t)job->files.count;
}

static settle_status on_file(settle_adapter_job *job, uint32_t index, settle_adapter_file *out) {
    if (out == NULL || index >= job->files.count)
        return misuse(job, "file", "no file of that number");
    const stl_input_file *file = &job->files.items[index];
    *out = (settle_adapter_file){file->path, file->base, file->named, 0};
    return SETTLE_OK;
}

static settle_status read_text(settle_adapter_job *job, uint32_t index) {
    SCOPED_BUF text = {0};
    if (job->texts == NULL)
        job->texts = stl_arena_alloc(job->arena, (job->files.count + 1) * sizeof *job->texts);
    TRY_ALLOC(job->err, job->texts);
    if (job->texts[index].ptr != NULL)
        return SETTLE_OK;
    TRY(stl_input_text(&job->files.items[index], job->ask->encoding, &text, job->err));
    job->texts[index] = stl_arena_str(job->arena, (stl_str){text.ptr, text.len});
    TRY_ALLOC(job->err, job->texts[index].ptr);
    return SETTLE_OK;
}

static settle_status on_file_text(settle_adapter_job *job, uint32_t index, settle_text *out) {
    TRY(job->failed);
    if (out == NULL || index >= job->files.count)
        return misuse(job, "file_text", "no file of that number");
    TRY(keep(job, read_text(job, index)));
    *out = (settle_text){job->texts[index].ptr, job->texts[index].len};
    return SETTLE_OK;
}

static const char *on_option(settle_adapter_job *job, const char *name) {
    SCOPED_BUF section = {0};
    stl_buf_printf(&section, "adapter %s", job->adapter);
    SCOPED_FREE char *text = stl_buf_take(&section);
    stl_str value = STL_STR("");
    if (name != NULL && text != NULL)
        value = stl_site_option_of(job->ask->site, text, name);
    if (name != NULL && stl_str_empty(value))
        value = stl_site_option_of(job->ask->site, "institution", name);
    return value.ptr;
}

static uint32_t on_stay_count(settle_adapter_job *job) {
    return (uint32_t)job->ask->n_stays;
}

static const char *on_stay_key(settle_adapter_job *job, uint32_t index) {
    return index < job->ask->n_stays ? job->ask->stays[index] : NULL;
}

static settle_status open_tables(settle_adapter_job *job) {
    return job->tables == NULL ? stl_tables_open(job->ask, STL_STR(""), &job->tables, job->err)
                               : SETTLE_OK;
}

static settle_status on_rows(settle_adapter_job *job, const settle_table_query *query,
                             settle_table_row_fn each, void *user) {
    TRY(job->failed);
    if (query == NULL || query->struct_size < sizeof *query || query->table == NULL ||
        each == NULL || job->builder == NULL)
        return misuse(job, "rows", "not a whole query");
    TRY(keep(job, open_tables(job)));
    return keep(job, stl_tables_rows(job->tables, query, each, user, job->err));
}

typedef struct columns {
    settle_table_row_fn each;
    void *user;
    const char *table;
    settle_status status;
} columns;

static void on_column(void *user, stl_str column) {
    columns *c = user;
    settle_text text = {column.ptr, column.len};
    if (c->status == SETTLE_OK)
        c->status = c->each(c->user, &text, 1, c->table, 0);
}

static settle_status on_columns(settle_adapter_job *job, const char *table,
                                settle_table_row_fn each, void *user, int32_t *out_there) {
    TRY(job->failed);
    if (table == NULL || each == NULL || out_there == NULL || job->builder == NULL)
        return misuse(job, "columns", "no table, or nothing to call");
    columns c = {each, user, table, SETTLE_OK};
    bool there;
    TRY(keep(job, open_tables(job)));
    TRY(keep(job, stl_tables_columns(job->tables, table, on_column, &c, &there, job->err)));
    *out_there = there;
    return keep(job, c.status);
}

static settle_status on_instant(settle_adapter_job *job, const settle_text *text, char *out) {
    stl_instant at;
    if (text == NULL || out == NULL)
        return misuse(job, "instant", "no text, or no room");
    if (!stl_foreign_instant(str_of(text), stl_adapter_offset(job->ask->site), &at))
        return SETTLE_E_INPUT_DATE;
    stl_instant_format(at, out);
    return SETTLE_OK;
}

static settle_status on_ratio(settle_adapter_job *job, const settle_text *a, const settle_text *b,
                              const settle_text *c, int32_t decimals, char *out,
                              int32_t *out_exact) {
    if (a == NULL || b == NULL || c == NULL || out == NULL || out_exact == NULL || decimals < 0 ||
        decimals > STL_SCALE_PRICE)
        return misuse(job, "ratio", "three texts, 0 to 6 decimals, and room");
    const settle_text *given[] = {a, b, c};
    stl_rational number[3], product, quotient;
    for (int i = 0; i < 3; i++) {
        stl_str text = str_of(given[i]);
        if (!stl_rational_parse(stl_str_empty(text) ? STL_STR("1") : text, &number[i]))
            return SETTLE_E_INPUT_NUMBER;
    }
    int64_t fixed;
    bool exact;
    if (!stl_rational_mul(number[0], number[1], &product) ||
        !stl_rational_div(product, number[2], &quotient) ||
        !stl_rational_fixed(quotient, decimals, &fixed, &exact))
        return SETTLE_E_INPUT_RANGE;
    stl_decimal_format(fixed, decimals, out);
    *out_exact = exact;
    return SETTLE_OK;
}

const settle_adapter_host STL_ADAPTER_HOST = {
    .head = {.magic = SETTLE_ADAPTER_MAGIC,
             .struct_size = sizeof(settle_adapter_host),
             .abi_major = SETTLE_ADAPTER_ABI_MAJOR,
             .abi_minor = SETTLE_ADAPTER_ABI_MINOR,
             .name = "libsettle",
             .version = STL_VERSION},
    .emit = on_emit,
    .declare = on_declare,
    .given = on_given,
    .passed_over = on_passed_over,
    .refuse = on_refuse,
    .file_count = on_file_count,
    .file = on_file,
    .file_text = on_file_text,
    .option = on_option,
    .stay_count = on_stay_count,
    .stay_key = on_stay_key,
    .rows = on_rows,
    .columns = on_columns,
    .instant = on_instant,
    .ratio = on_ratio,
};
