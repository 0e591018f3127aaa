/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "load/builder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static settle_status add_file(stl_arena *arena, stl_str path, bool named, stl_input_files *out,
                              stl_error *err) {
    stl_input_file *file =
        stl_arena_push(arena, (void **)&out->items, &out->count, &out->cap, sizeof *file);
    TRY_ALLOC(err, file);
    stl_str copy = stl_arena_str(arena, path);
    TRY_ALLOC(err, copy.ptr);
    const char *slash = strrchr(copy.ptr, '/');
    *file = (stl_input_file){
        .path = copy.ptr, .base = slash == NULL ? copy.ptr : slash + 1, .named = named};
    return SETTLE_OK;
}

static int by_base(const void *a, const void *b) {
    return strcmp(((const stl_input_file *)a)->base, ((const stl_input_file *)b)->base);
}

/* Whatever it is: a link that leads nowhere is refused by its name, not passed over in silence. */
static settle_status read_entries(DIR *dir, const char *path, stl_arena *arena,
                                  stl_input_files *out, stl_error *err) {
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL && errno != 0)
            return FAIL(err, SETTLE_E_INPUT_OPEN, .file = path, .native = errno);
        if (entry == NULL)
            return SETTLE_OK;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        SCOPED_BUF full = {0};
        stl_buf_printf(&full, "%s/%s", path, entry->d_name);
        if (!stl_buf_ok(&full))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        TRY(add_file(arena, (stl_str){full.ptr, full.len}, false, out, err));
    }
}

static settle_status add_directory(const char *path, stl_arena *arena, stl_input_files *out,
                                   stl_error *err) {
    DIR *dir = opendir(path);
    if (dir == NULL)
        return FAIL(err, SETTLE_E_INPUT_OPEN, .file = path, .native = errno,
                    .detail = strerrordesc_np(errno));
    size_t first = out->count;
    settle_status status = read_entries(dir, path, arena, out, err);
    closedir(dir);
    if (status == SETTLE_OK && out->count - first > 1)
        qsort(out->items + first, out->count - first, sizeof *out->items, by_base);
    return status;
}

bool stl_input_of_site(const char *base) {
    return strcmp(base, "items.csv") == 0 || strcmp(base, "mapping.csv") == 0;
}

settle_status stl_input_list(const char *const *paths, size_t n_paths, stl_arena *arena,
                             stl_input_files *out, stl_error *err) {
    *out = (stl_input_files){0};
    for (size_t i = 0; i < n_paths; i++) {
        struct stat st;
        if (stat(paths[i], &st) != 0)
            return FAIL(err, SETTLE_E_INPUT_OPEN, .file = paths[i], .native = errno,
                        .detail = strerrordesc_np(errno));
        if (S_ISDIR(st.st_mode))
            TRY(add_directory(paths[i], arena, out, err));
        else
            TRY(add_file(arena, stl_str_of(paths[i]), true, out, err));
    }
    return SETTLE_OK;
}

static settle_status decode(const stl_input_file *file, stl_encoding declared, stl_buf *out,
                            stl_encoding *used, stl_error *err) {
    SCOPED_BUF bytes = {0};
    stl_decoder *decoder;
    TRY(stl_file_read(file->path, file->base, SETTLE_E_INPUT_OPEN, &bytes, NULL, err));
    TRY(stl_decoder_new(declared, &decoder, err));
    settle_status status = stl_decoder_feed(decoder, bytes.ptr, bytes.len, true, out, err);
    *used = stl_decoder_encoding(decoder);
    stl_decoder_free(decoder);
    if (status == SETTLE_OK && !stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return stl_load_at(status, err, file->base, 0);
}

settle_status stl_input_text(const stl_input_file *file, stl_encoding encoding, stl_buf *out,
                             stl_error *err) {
    stl_encoding used;
    return decode(file, encoding, out, &used, err);
}

settle_status stl_input_encoding(const stl_input_file *file, stl_encoding declared,
                                 const char **out, stl_error *err) {
    static const char *const NAMES[] = {
        [STL_ENC_DETECT] = "ASCII", [STL_ENC_UTF8] = "UTF-8", [STL_ENC_GB18030] = "GB18030"};
    SCOPED_BUF text = {0};
    stl_encoding used;
    TRY(decode(file, declared, &text, &used, err));
    *out = NAMES[used];
    return SETTLE_OK;
}

settle_status stl_source_open_files(const stl_file_format *format, const stl_adapter_ask *ask,
                                    stl_source **out, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUILDER *builder = stl_source_builder_new();
    TRY_ALLOC(err, arena);
    TRY_ALLOC(err, builder);
    stl_input_files files;
    TRY(stl_input_list(ask->paths, ask->n_paths, arena, &files, err));
    size_t known = 0;
    for (size_t i = 0; i < files.count; i++) {
        if (files.items[i].named || format->mine(files.items[i].base)) {
            TRY(format->read(builder, &files.items[i], ask->encoding, err));
            known++;
        } else {
            stl_source_builder_passed_over(builder, files.items[i].base);
        }
    }
    if (known == 0)
        return FAIL(err, SETTLE_E_INPUT_FILE_UNKNOWN, .field = NULL);
    return stl_source_builder_finish(builder, out, err);
}
