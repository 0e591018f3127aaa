/* SPDX-License-Identifier: Apache-2.0 */
#include "load/beside.h"

#include "base/buf.h"

#include <dlfcn.h>

enum { NAME_MAX_LEN = 40 };

bool stl_adapter_is_name(const char *name) {
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    return len > 0 && len <= NAME_MAX_LEN && name[len] == '\0';
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
