/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/pack.h"

#include "pack/mapping_cache.h"
#include "pack/mapping_source.h"
#include <stdlib.h>

struct stl_mapping_file {
    stl_mapping mapping;
    stl_cached cached; /* the tables lie in it, */
    stl_buf image;     /* or here */
};

static settle_status use(stl_mapping_file *file, const void *image, size_t len,
                         const unsigned char *digest, stl_error *err) {
    stl_hex(digest, STL_DIGEST_LEN, file->mapping.digest);
    return stl_mapping_tables(image, len, &file->mapping, err);
}

static settle_status use_cached(stl_mapping_file *file, stl_error *err) {
    return use(file, file->cached.image, file->cached.image_len, file->cached.digest, err);
}

/* The sources had only just been written when they were read: one more look, now that time has
 * passed, spares the next opening the reading. */
static void look_again(const char *hospital_dir, stl_mapping_source *source) {
    if (stl_look_settled(&source->look))
        return;
    stl_mapping_source again = {.digest = {0}};
    if (stl_mapping_source_read(hospital_dir, &again, NULL) == SETTLE_OK &&
        memcmp(again.digest, source->digest, sizeof again.digest) == 0)
        source->look = again.look;
    stl_mapping_source_free(&again);
}

static settle_status refresh(stl_mapping_file *file, const char *hospital_dir,
                             const char *cache_dir, bool have_cache, stl_mapping_source *source,
                             stl_error *err) {
    TRY(stl_mapping_source_read(hospital_dir, source, err));
    if (have_cache && memcmp(source->digest, file->cached.digest, STL_DIGEST_LEN) == 0) {
        stl_mapping_cache_store(cache_dir, source, file->cached.image, file->cached.image_len);
        return use_cached(file, err);
    }
    TRY(stl_mapping_compile(source, &file->image, err));
    look_again(hospital_dir, source);
    stl_mapping_cache_store(cache_dir, source, file->image.ptr, file->image.len);
    return use(file, file->image.ptr, file->image.len, source->digest, err);
}

static settle_status open_file(stl_mapping_file *file, const char *hospital_dir,
                               const char *cache_dir, stl_error *err) {
    bool have_cache = stl_mapping_cache_open(cache_dir, hospital_dir, &file->cached);
    stl_look now;
    TRY(stl_mapping_look(hospital_dir, &now, err));
    if (have_cache && stl_look_settled(&file->cached.look) &&
        stl_look_same(&file->cached.look, &now))
        return use_cached(file, err);
    stl_mapping_source source = {.digest = {0}};
    settle_status status = refresh(file, hospital_dir, cache_dir, have_cache, &source, err);
    stl_mapping_source_free(&source);
    return status;
}

settle_status stl_mapping_open(const char *hospital_dir, const char *cache_dir,
                               stl_mapping_file **out, stl_error *err) {
    stl_mapping_file *file = calloc(1, sizeof *file);
    TRY_ALLOC(err, file);
    settle_status status = open_file(file, hospital_dir, cache_dir, err);
    if (status != SETTLE_OK) {
        stl_mapping_close(file);
        return status;
    }
    *out = file;
    return SETTLE_OK;
}

void stl_mapping_close(stl_mapping_file *file) {
    if (file == NULL)
        return;
    stl_file_unmap(&file->cached.file);
    stl_buf_free(&file->image);
    free(file);
}

const stl_mapping *stl_mapping_of(const stl_mapping_file *file) {
    return &file->mapping;
}
