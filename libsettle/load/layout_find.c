/* SPDX-License-Identifier: Apache-2.0 */
#include "load/layout_find.h"

#include "base/file.h"

#include <dlfcn.h>
#include <errno.h>

enum { NAME_MAX_LEN = 40, LAYOUT_MAX_BYTES = 4 * 1024 * 1024 };

/* A name, never a path. */
static bool is_name(const char *name) {
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    return len > 0 && len <= NAME_MAX_LEN && name[len] == '\0';
}

static settle_status read_file(const char *path, stl_buf *out, bool *there, stl_error *err) {
    struct stat about = {0};
    *there = stat(path, &about) == 0 || (errno != ENOENT && errno != ENOTDIR);
    if (!*there)
        return SETTLE_OK;
    if (about.st_size >= LAYOUT_MAX_BYTES)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path, .native = EFBIG,
                    .detail = strerrordesc_np(EFBIG));
    return stl_file_read(path, path, SETTLE_E_ADAPTER_OPEN, out, NULL, err);
}

static settle_status read_in(const char *dir, size_t dir_len, const char *below, const char *name,
                             stl_arena *arena, stl_layout **out, stl_error *err) {
    SCOPED_BUF path = {0}, text = {0};
    bool there;
    stl_buf_printf(&path, "%.*s/%s/%s.adapter", (int)dir_len, dir, below, name);
    if (!stl_buf_ok(&path))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY(read_file(path.ptr, &text, &there, err));
    if (!there)
        return SETTLE_OK;
    const char *base = strrchr(path.ptr, '/') + 1;
    TRY(stl_layout_read((stl_str){text.ptr, text.len}, base, arena, out, err));
    if (!stl_str_is((*out)->name, name))
        return FAIL(err, SETTLE_E_ADAPTER_LAYOUT, .file = base, .field = "adapter",
                    .value = (*out)->name.ptr, .detail = "its name is not that of the file");
    return SETTLE_OK;
}

settle_status stl_layout_find(const char *name, const stl_adapter_site *site, stl_arena *arena,
                              stl_layout **out, stl_error *err) {
    Dl_info library;
    if (!is_name(name))
        return SETTLE_OK;
    if (site != NULL && !stl_str_empty(site->home))
        TRY(read_in(site->home.ptr, site->home.len, "adapters.d", name, arena, out, err));
    if (*out != NULL || dladdr((void *)(uintptr_t)stl_layout_find, &library) == 0 ||
        library.dli_fname == NULL)
        return SETTLE_OK;
    const char *slash = strrchr(library.dli_fname, '/');
    if (slash == NULL)
        return SETTLE_OK;
    return read_in(library.dli_fname, (size_t)(slash - library.dli_fname), "settle/adapters", name,
                   arena, out, err);
}
