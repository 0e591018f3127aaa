/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/workload.h"

#include "bench/support.h"
#include "load/builtin.h"

#include <stdarg.h>
#include <sys/stat.h>

#define MODEL_STAY "S01"

static const stl_stay *model_stay(stl_source *source) {
    for (size_t i = 0; i < stl_source_count(source); i++)
        if (stl_str_is(stl_source_stay(source, i)->head.mdtrt_id, MODEL_STAY))
            return stl_source_stay(source, i);
    bench_die("the example has no stay " MODEL_STAY);
}

static void copy_text(stl_arena *arena, stl_str *text) {
    if (text->len > 0)
        *text = stl_arena_str(arena, *text);
}

void *bench_stay_copy(stl_stay *to, stl_record_kind kind, const void *from) {
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    char *record = kind == STL_R_STAY ? (char *)&to->head : stl_stay_add(to, kind);
    memcpy(record, from, type->size);
    for (size_t i = 0; i < type->n_fields; i++)
        if (type->fields[i].kind == STL_F_TEXT)
            copy_text(to->arena, (stl_str *)(void *)(record + type->fields[i].offset));
    return record;
}

stl_str bench_stay_text(stl_stay *stay, const char *fmt, ...) {
    char text[128];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return stl_arena_str(stay->arena, stl_str_of(text));
}

static void add_charge(stl_stay *stay, const stl_charge *from, size_t round, int64_t shift) {
    stl_charge *charge = bench_stay_copy(stay, STL_R_CHARGE, from);
    size_t ordinal = stl_stay_n_charges(stay);
    charge->feedetl_sn = bench_stay_text(stay, "9%08zu", ordinal);
    charge->drord_no =
        bench_stay_text(stay, "%.*s.%03zu", (int)from->drord_no.len, from->drord_no.ptr, round);
    charge->fee_ocur_time += shift;
    if (charge->entry_time != STL_NONE)
        charge->entry_time += shift;
    charge->line = (int64_t)ordinal + 1;
}

static void close_stay(stl_stay *stay, int64_t shift) {
    stay->head.endtime += shift;
    stay->head.setl_time += shift;
    stl_accumulator *accumulators = stay->rows[STL_R_ACCUMULATOR].items;
    for (size_t i = 0; i < stay->rows[STL_R_ACCUMULATOR].count; i++)
        accumulators[i].year = bench_stay_text(stay, "%d", stl_civil_of(stay->head.endtime).year);
}

stl_stay *bench_stay(const char *example_stays, size_t n_lines) {
    SCOPED_SOURCE *source = NULL;
    stl_error err = {0};
    bench_must(STL_ADAPTER_CSV.open(&(stl_adapter_ask){.paths = &example_stays, .n_paths = 1},
                                    &source, &err),
               &err);
    const stl_stay *model = model_stay(source);
    stl_stay *stay = stl_stay_new();
    bench_stay_copy(stay, STL_R_STAY, &model->head);
    memcpy(stay->given, model->given, sizeof stay->given);
    for (int kind = STL_R_DIAGNOSIS; kind < STL_R_KINDS; kind++)
        for (size_t i = 0; i < model->rows[kind].count; i++)
            bench_stay_copy(stay, (stl_record_kind)kind,
                            (const char *)model->rows[kind].items +
                                i * STL_RECORD_TYPES[kind].size);
    int64_t days = stl_instant_day(model->head.endtime) - stl_instant_day(model->head.begntime) + 1;
    stl_rows *charges = &stay->rows[STL_R_CHARGE]; /* as long as it will be: growing leaves gaps */
    charges->cap = n_lines;
    charges->items = stl_arena_alloc(stay->arena, n_lines * sizeof(stl_charge));
    size_t n_model = stl_stay_n_charges(model), round = 0;
    for (size_t i = 0; i < n_lines; i++) {
        round = i / n_model;
        add_charge(stay, &stl_stay_charges(model)[i % n_model], round,
                   (int64_t)round * days * STL_DAY_SECONDS);
    }
    close_stay(stay, (int64_t)round * days * STL_DAY_SECONDS);
    return stay;
}

static void set_all(stl_stay *stay, const char *name, stl_str value) {
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        int field = stl_record_field(type, stl_str_of(name));
        size_t n = kind == STL_R_STAY ? 1 : stay->rows[kind].count;
        char *rows = kind == STL_R_STAY ? (char *)&stay->head : stay->rows[kind].items;
        for (size_t i = 0; i < n && field >= 0; i++)
            *(stl_str *)(void *)(rows + i * type->size + type->fields[field].offset) = value;
    }
}

void bench_stay_rename(stl_stay *stay, int number) {
    set_all(stay, "mdtrt_id", bench_stay_text(stay, "B%07d", number));
    set_all(stay, "psn_no", bench_stay_text(stay, "9999019%013d", number));
}

static void write_cell(FILE *out, stl_str text) {
    fputc('"', out);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            fputc('"', out);
        fputc(text.ptr[i], out);
    }
    fputc('"', out);
}

static void write_record(FILE *out, const stl_record_type *type, const void *record) {
    char scratch[STL_DECIMAL_TEXT_MAX];
    for (size_t i = 0; i < type->n_fields; i++) {
        if (i > 0)
            fputc(',', out);
        if (record == NULL)
            fputs(type->fields[i].name, out);
        else
            write_cell(out, stl_record_get(type, i, record, scratch));
    }
    fputc('\n', out);
}

void bench_stay_write_csv(const stl_stay *stay, const char *dir) {
    if (mkdir(dir, 0700) != 0)
        bench_die("%s cannot be made", dir);
    for (int kind = 0; kind < STL_R_KINDS; kind++) {
        const stl_record_type *type = &STL_RECORD_TYPES[kind];
        size_t n = kind == STL_R_STAY ? 1 : stay->rows[kind].count;
        const char *rows = kind == STL_R_STAY ? (const char *)&stay->head : stay->rows[kind].items;
        char path[512];
        snprintf(path, sizeof path, "%s/%s.csv", dir, type->stem);
        if (!stay->given[kind])
            continue;
        FILE *out = fopen(path, "w");
        if (out == NULL)
            bench_die("%s cannot be written", path);
        write_record(out, type, NULL);
        for (size_t i = 0; i < n; i++)
            write_record(out, type, rows + i * type->size);
        fclose(out);
    }
}
