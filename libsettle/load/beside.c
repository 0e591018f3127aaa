/* SPDX-License-Identifier: Apache-2.0 */
#include "load/beside.h"

#include "base/buf.h"

#include <dlfcn.h>
#include <errno.h>
#include <sys/stat.h>

enum { NAME_MAX_LEN = 40 };

bool stl_adapter_is_name(const char *name) {
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    return len > 0 && len <= NAME_MAX_LEN && name[len] == '\0';
}

static settle_status check_one(const char *path, mode_t allowed, stl_error *err) {
    struct stat about;
    if (stat(path, &about) != 0)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path, .native = errno,
                    .detail = strerrordesc_np(errno));
    if ((about.st_mode & S_IWOTH) != 0 && (about.st_mode & allowed) == 0)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path, .detail = "everyone may write to it");
    return SETTLE_OK;
}

settle_status stl_adapter_check_open(const char *path, stl_error *err) {
    SCOPED_BUF text = {0};
    const char *slash = strrchr(path, '/');
    TRY(check_one(path, 0, err));
    stl_buf_bytes(&text, path, (size_t)(slash - path));
    stl_buf_text(&text, "/");
    SCOPED_FREE char *directory = stl_buf_take(&text);
    TRY_ALLOC(err, directory);
    return check_one(directory, S_ISVTX, err);
}

settle_status stl_adapter_check_site(const stl_adapter_site *site, stl_error *err) {
    SCOPED_BUF text = {0};
    if (site == NULL || stl_str_empty(site->home))
        return SETTLE_OK;
    stl_buf_str(&text, site->home);
    stl_buf_text(&text, "/settle.ini");
    SCOPED_FREE char *path = stl_buf_take(&text);
    TRY_ALLOC(err, path);
    return stl_adapter_check_open(path, err);
}

settle_status stl_adapter_beside(const char *name, const char *ending, stl_arena *arena,
                                 stl_str *out, stl_error *err) {
    Dl_info library;
    *out = (stl_str){0};
    if (dladdr((void *)(uintptr_t)stl_adapter_beside, &library) == 0 || library.dli_fname == NULL)
        return SETTLE_OK;
    const char *slash = strrchr(library.dli_fname, '/');
    if (slash == NULL)
        return SETTLE_OK;
    SCOPED_BUF path = {0};
    stl_buf_printf(&path, "%.*s/settle/adapters/%s%s", (int)(slash - library.dli_fname),
                   library.dli_fname, name, ending);
    if (!stl_buf_ok(&path))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    *out = stl_arena_str(arena, (stl_str){path.ptr, path.len});
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}
