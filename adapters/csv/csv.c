/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical input: one CSV file a kind of record, known by its base name. A large one is not
 * kept in memory. */
#include "load/builtin.h"

#include "csv_input.h"

#include <sys/stat.h>

enum { WHOLE_MAX = 8 * 1024 * 1024 }; /* bytes of an input that is read whole */

/* A file named by the user is read or refused; what else lies in a directory is reported. */
static settle_status sort_out(stl_source_builder *builder, const stl_input_files *files,
                              stl_error *err) {
    size_t known = 0;
    for (size_t i = 0; i < files->count; i++) {
        const stl_input_file *file = &files->items[i];
        if (stl_csv_kind(file->base) >= 0)
            known++;
        else if (file->named && !stl_input_of_site(file->base))
            return FAIL(err, SETTLE_E_INPUT_FILE_UNKNOWN, .file = file->base);
        else
            stl_source_builder_passed_over(builder, file->base);
    }
    if (known == 0)
        return FAIL(err, SETTLE_E_INPUT_FILE_UNKNOWN,
                    .file = files->count == 0 ? NULL : files->items[0].base);
    return SETTLE_OK;
}

/* Stays first, then the other kinds: whatever order the paths had, an error is the same. */
static settle_status read_whole(stl_source_builder *builder, const stl_input_files *files,
                                stl_encoding encoding, stl_source **out, stl_error *err) {
    for (int kind = 0; kind < STL_R_KINDS; kind++)
        for (size_t i = 0; i < files->count; i++)
            if (stl_csv_kind(files->items[i].base) == kind)
                TRY(stl_csv_read_records(builder, &files->items[i], (stl_record_kind)kind, encoding,
                                         err));
    return stl_source_builder_finish(builder, out, err);
}

/* Bytes of the records; what is no regular file cannot be read twice. */
static bool is_large(const stl_input_files *files) {
    int64_t bytes = 0;
    for (size_t i = 0; i < files->count; i++) {
        struct stat st;
        if (stl_csv_kind(files->items[i].base) < 0)
            continue;
        if (stat(files->items[i].path, &st) != 0 || !S_ISREG(st.st_mode))
            return false;
        bytes += st.st_size;
    }
    return bytes > WHOLE_MAX;
}

typedef settle_status opening(stl_source_builder *builder, const stl_input_files *files,
                              stl_encoding encoding, stl_source **out, stl_error *err);

static settle_status open_by(opening *read, const stl_input_files *files, stl_encoding encoding,
                             stl_source **out, stl_error *err) {
    SCOPED_BUILDER *builder = stl_source_builder_new();
    TRY_ALLOC(err, builder);
    TRY(sort_out(builder, files, err));
    return read(builder, files, encoding, out, err);
}

static settle_status open_csv(const stl_adapter_ask *ask, stl_source **out, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_input_files files;
    TRY(stl_input_list(ask->paths, ask->n_paths, arena, &files, err));
    if (is_large(&files)) {
        stl_error wrong = {0};
        settle_status status = open_by(stl_csv_open_large, &files, ask->encoding, out, &wrong);
        if (status == SETTLE_OK)
            return status;
        if (status == SETTLE_E_NO_MEMORY)
            return FAIL(err, status, .field = NULL);
    }
    return open_by(read_whole, &files, ask->encoding, out, err);
}

const stl_adapter STL_ADAPTER_CSV = {"csv", open_csv};
