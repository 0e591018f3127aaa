/* SPDX-License-Identifier: Apache-2.0 */
#include "load/layout_find.h"

#include "base/file.h"
#include "load/beside.h"

#include <errno.h>

enum { LAYOUT_MAX_BYTES = 4 * 1024 * 1024 };

static settle_status read_file(const char *path, stl_buf *out, bool *there, stl_error *err) {
    struct stat about = {0};
    *there = stat(path, &about) == 0 || (errno != ENOENT && errno != ENOTDIR);
    if (!*there)
        return SETTLE_OK;
    if (about.st_size >= LAYOUT_MAX_BYTES)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path, .native = EFBIG,
                    .detail = strerrordesc_np(EFBIG));
    TRY(stl_adapter_check_open(path, err));
    return stl_file_read(path, path, SETTLE_E_ADAPTER_OPEN, out, NULL, err);
}

static settle_status read_layout(const char *path, const char *name, stl_arena *arena,
                                 stl_layout **out, stl_error *err) {
    SCOPED_BUF text = {0};
    bool there;
    TRY(read_file(path, &text, &there, err));
    if (!there)
        return SETTLE_OK;
    const char *base = strrchr(path, '/') + 1;
    TRY(stl_layout_read((stl_str){text.ptr, text.len}, base, arena, out, err));
    if (!stl_str_is((*out)->name, name))
        return FAIL(err, SETTLE_E_ADAPTER_LAYOUT, .file = base, .field = "adapter",
                    .value = (*out)->name.ptr, .detail = "its name is not that of the file");
    return SETTLE_OK;
}

static settle_status read_of_home(stl_str home, const char *name, stl_arena *arena,
                                  stl_layout **out, stl_error *err) {
    SCOPED_BUF path = {0};
    stl_buf_str(&path, home);
    stl_buf_printf(&path, "/adapters.d/%s.adapter", name);
    SCOPED_FREE char *text = stl_buf_take(&path);
    TRY_ALLOC(err, text);
    return read_layout(text, name, arena, out, err);
}

settle_status stl_layout_find(const char *name, const stl_adapter_site *site, stl_arena *arena,
                              stl_layout **out, stl_error *err) {
    stl_str path;
    if (!stl_adapter_is_name(name))
        return SETTLE_OK;
    if (site != NULL && !stl_str_empty(site->home))
        TRY(read_of_home(site->home, name, arena, out, err));
    if (*out != NULL)
        return SETTLE_OK;
    TRY(stl_adapter_beside(name, ".adapter", arena, &path, err));
    return path.ptr == NULL ? SETTLE_OK : read_layout(path.ptr, name, arena, out, err);
}
