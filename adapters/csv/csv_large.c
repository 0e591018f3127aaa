/* SPDX-License-Identifier: Apache-2.0 */
/* A large input: where the rows of each stay lie is noted once, and they are read when the stay is
 * asked for. */
#include "csv_input.h"

#include "base/csv_rows.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NO_RUN = UINT32_MAX };

/* Rows of one stay that follow each other in a file. */
typedef struct run {
    stl_csv_place place;
    uint32_t file, next; /* of the same stay, in the order of kinds and files */
} run;

typedef struct large_file {
    stl_csv_file csv;
    stl_record_kind kind;
    struct stat stat; /* as it was when its rows were found */
} large_file;

typedef struct runs_of_stay {
    uint32_t first, last;
} runs_of_stay;

typedef struct large {
    stl_arena *arena;
    large_file *files;
    size_t n_files, cap_files;
    run *runs;
    size_t n_runs, cap_runs;
    runs_of_stay *stays; /* in the order of their heads */
    size_t n_stays;
    stl_csv_place *places; /* room for those of one stay in one file */
    size_t cap_places;
    stl_source_builder *builder; /* of the stay that is read */
    stl_load_unknown unknown[STL_LOAD_UNKNOWN_MAX];
} large;

static void large_free(void *user) {
    large *l = user;
    for (size_t i = 0; i < l->n_files; i++)
        close(l->files[i].csv.fd);
    stl_source_builder_free(l->builder);
    stl_arena_free(l->arena);
    free(l->files);
    free(l->runs);
    free(l->stays);
    free(l->places);
    free(l);
}

static void large_cleanup(large **l) {
    if (*l != NULL)
        large_free(*l);
}

static settle_status large_new(large **out, stl_error *err) {
    large *l = *out = calloc(1, sizeof *l);
    TRY_ALLOC(err, l);
    l->arena = stl_arena_new();
    TRY_ALLOC(err, l->arena);
    l->builder = stl_source_builder_new();
    TRY_ALLOC(err, l->builder);
    return SETTLE_OK;
}

static settle_status make_room(void **items, size_t *cap, size_t wanted, size_t size,
                               stl_error *err) {
    if (wanted <= *cap)
        return SETTLE_OK;
    size_t more = wanted < 64 ? 64 : wanted + wanted / 2;
    void *grown = more > UINT32_MAX - 1 ? NULL : realloc(*items, more * size);
    TRY_ALLOC(err, grown);
    *items = grown;
    *cap = more;
    return SETTLE_OK;
}

/* --- finding ---------------------------------------------------------------------------------- */

typedef struct finding {
    large *l;
    stl_source_builder *builder;
    int32_t stay; /* of the run that grows */
    bool growing;
    size_t rows;
} finding;

static settle_status new_run(finding *f, const stl_csv_place *place, stl_error *err) {
    large *l = f->l;
    TRY(make_room((void **)&l->runs, &l->cap_runs, l->n_runs + 1, sizeof *l->runs, err));
    uint32_t number = (uint32_t)l->n_runs++;
    l->runs[number] = (run){*place, (uint32_t)(l->n_files - 1), NO_RUN};
    runs_of_stay *stay = &l->stays[f->stay];
    if (stay->first == NO_RUN)
        stay->first = number;
    else
        l->runs[stay->last].next = number;
    stay->last = number;
    return SETTLE_OK;
}

static bool is_ascii(stl_str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

static settle_status on_place(void *user, stl_str mdtrt_id, const stl_csv_place *place,
                              stl_error *err) {
    finding *f = user;
    f->rows++;
    if (f->growing && stl_str_eq(mdtrt_id, f->builder->stays[f->stay].id)) {
        stl_csv_place *open = &f->l->runs[f->l->n_runs - 1].place;
        open->len = (size_t)(place->offset - open->offset) + place->len;
        return SETTLE_OK;
    }
    if (!is_ascii(mdtrt_id)) /* it would have to be decoded */
        return FAIL(err, SETTLE_E_INPUT_ENCODING, .field = "mdtrt_id");
    const char *name = f->l->files[f->l->n_files - 1].csv.name;
    TRY(stl_load_find(f->builder, mdtrt_id, name, place->line, &f->stay, err));
    if ((size_t)f->stay >= f->l->n_stays)
        return FAIL(err, SETTLE_E_INPUT_ORPHAN, .file = name, .line = place->line,
                    .field = "mdtrt_id");
    f->growing = true;
    return new_run(f, place, err);
}

static settle_status no_row(void *user, const stl_csv_row *row, stl_error *err) {
    (void)user;
    (void)row;
    (void)err;
    return SETTLE_OK;
}

/* Columns that are not known are told once for a file with rows, not by each stay. */
static settle_status check_header(stl_source_builder *builder, const large_file *file,
                                  bool has_rows, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_csv_records records = {
        .builder = builder, .kind = file->kind, .file = file->csv.name, .arena = arena};
    stl_csv_reader reader = stl_csv_records_reader(&records);
    reader.row = no_row;
    TRY(stl_csv_read_places(&file->csv, NULL, 0, &reader, err));
    for (size_t i = 0; has_rows && i < records.n_cells; i++)
        if (stl_record_field(&STL_RECORD_TYPES[file->kind], records.cells[i].name) < 0)
            TRY(stl_load_unknown_column(builder, file->kind, records.cells[i].name, file->csv.name,
                                        err));
    return SETTLE_OK;
}

/* The file that is now the last. */
static settle_status open_file(large *l, const stl_input_file *file, stl_record_kind kind,
                               stl_encoding encoding, stl_error *err) {
    stl_str name = stl_arena_str(l->arena, stl_str_of(file->base));
    TRY_ALLOC(err, name.ptr);
    large_file opened = {.csv = {.name = name.ptr, .encoding = encoding}, .kind = kind};
    TRY(make_room((void **)&l->files, &l->cap_files, l->n_files + 1, sizeof *l->files, err));
    opened.csv.fd = open(file->path, O_RDONLY | O_CLOEXEC);
    if (opened.csv.fd < 0)
        return FAIL(err, SETTLE_E_INPUT_OPEN, .file = name.ptr, .native = errno);
    l->files[l->n_files++] = opened;
    if (fstat(opened.csv.fd, &l->files[l->n_files - 1].stat) != 0)
        return FAIL(err, SETTLE_E_INPUT_OPEN, .file = name.ptr, .native = errno);
    return SETTLE_OK;
}

static settle_status find_rows(large *l, stl_source_builder *builder, const stl_input_file *file,
                               stl_record_kind kind, stl_encoding encoding, size_t *rows,
                               stl_error *err) {
    SCOPED_BUF header = {0};
    TRY(open_file(l, file, kind, encoding, err));
    large_file *slot = &l->files[l->n_files - 1];
    finding f = {.l = l, .builder = builder};
    const stl_csv_walker walker = {"mdtrt_id", on_place, &f};
    TRY(stl_csv_walk(slot->csv.fd, &slot->csv.encoding, &walker, &header, err));
    slot->csv.header = stl_arena_str(l->arena, (stl_str){header.ptr, header.len});
    TRY_ALLOC(err, slot->csv.header.ptr);
    stl_source_builder_given(builder, kind);
    *rows += f.rows;
    return check_header(builder, slot, f.rows > 0, err);
}

static settle_status begin_stays(large *l, const stl_source_builder *builder, stl_error *err) {
    l->n_stays = builder->n_stays;
    l->stays = malloc((l->n_stays + 1) * sizeof *l->stays);
    TRY_ALLOC(err, l->stays);
    for (size_t i = 0; i < l->n_stays; i++)
        l->stays[i] = (runs_of_stay){NO_RUN, NO_RUN};
    return SETTLE_OK;
}

/* In the order of kinds, as who reads all whole. */
static settle_status find_all(large *l, stl_source_builder *builder, const stl_input_files *files,
                              stl_encoding encoding, size_t *rows, stl_error *err) {
    for (stl_record_kind kind = 0; kind < STL_R_KINDS; kind++) {
        for (size_t i = 0; i < files->count; i++) {
            const stl_input_file *file = &files->items[i];
            if (stl_csv_kind(file->base) != (int)kind)
                continue;
            if (kind == STL_R_STAY || stl_load_of_person(kind))
                TRY(stl_csv_read_records(builder, file, kind, encoding, err));
            else
                TRY(find_rows(l, builder, file, kind, encoding, &rows[kind], err));
        }
        if (kind == STL_R_STAY)
            TRY(begin_stays(l, builder, err));
    }
    memcpy(l->unknown, builder->unknown, sizeof l->unknown);
    return SETTLE_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool has_changed(const large_file *file) {
    struct stat now;
    return fstat(file->csv.fd, &now) != 0 || now.st_size != file->stat.st_size ||
           now.st_mtim.tv_sec != file->stat.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != file->stat.st_mtim.tv_nsec;
}

/* Reads the runs from `*number` on that lie in one file. */
static settle_status read_runs(large *l, uint32_t *number, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    const large_file *file = &l->files[l->runs[*number].file];
    size_t n = 0;
    for (; *number != NO_RUN && &l->files[l->runs[*number].file] == file;
         *number = l->runs[*number].next) {
        TRY(make_room((void **)&l->places, &l->cap_places, n + 1, sizeof *l->places, err));
        l->places[n++] = l->runs[*number].place;
    }
    stl_csv_records records = {
        .builder = l->builder, .kind = file->kind, .file = file->csv.name, .arena = arena};
    stl_csv_reader reader = stl_csv_records_reader(&records);
    settle_status status = stl_csv_read_places(&file->csv, l->places, n, &reader, err);
    if (status == SETTLE_E_NO_MEMORY || !has_changed(file))
        return status;
    return FAIL(err, SETTLE_E_INPUT_CHANGED, .file = file->csv.name);
}

static settle_status read_stay(void *user, const stl_stay *begun, size_t number, stl_stay **out,
                               stl_source_report *report, stl_error *err) {
    large *l = user;
    TRY(stl_load_begin(l->builder, begun, l->unknown, err));
    for (uint32_t at = l->stays[number].first; at != NO_RUN;)
        TRY(read_runs(l, &at, err));
    return stl_load_end(l->builder, out, report, err);
}

static void release_stay(void *user, stl_stay *stay) {
    stl_load_back(((large *)user)->builder, stay);
}

/* Reads every stay and keeps none. Whether nothing was lost is asked of the rows found. */
static settle_status check_all(stl_source *source, const size_t *rows, stl_error *err) {
    for (size_t i = 0; i < stl_source_count(source); i++) {
        stl_stay *stay;
        TRY(stl_source_read(source, i, &stay, err));
        stl_source_release(source, i);
    }
    for (stl_record_kind kind = 0; kind < STL_R_KINDS; kind++)
        if (rows[kind] > 0 && stl_source_report_of(source)->read[kind] != rows[kind])
            return FAIL(err, SETTLE_E_INPUT_COUNT, .field = STL_RECORD_TYPES[kind].stem);
    return SETTLE_OK;
}

settle_status stl_csv_open_large(stl_source_builder *builder, const stl_input_files *files,
                                 stl_encoding encoding, stl_source **out, stl_error *err) {
    __attribute__((cleanup(large_cleanup))) large *l = NULL;
    SCOPED_SOURCE *source = NULL;
    size_t rows[STL_R_KINDS] = {0};
    TRY(large_new(&l, err));
    TRY(find_all(l, builder, files, encoding, rows, err));
    TRY(stl_source_builder_finish(builder, &source, err));
    stl_source_read_later(source, (stl_source_later){l, read_stay, release_stay, large_free});
    l = NULL;
    TRY(check_all(source, rows, err));
    *out = source;
    source = NULL;
    return SETTLE_OK;
}
