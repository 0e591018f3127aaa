/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that libsettle does not know: each is told once, and its name kept once. */
#include "load/builder.h"

settle_status stl_load_unknown_name(stl_source_builder *b, stl_record_kind kind, stl_str name,
                                    const char *file, stl_str *out, stl_error *err) {
    size_t slot = 0;
    for (; slot < STL_LOAD_UNKNOWN_MAX && b->unknown[slot].name.ptr != NULL; slot++)
        if (b->unknown[slot].kind == kind && stl_str_eq(b->unknown[slot].name, name)) {
            *out = b->unknown[slot].name;
            return SETTLE_OK;
        }
    *out = stl_arena_str(b->arena, name);
    TRY_ALLOC(err, out->ptr);
    if (slot == STL_LOAD_UNKNOWN_MAX)
        return SETTLE_OK;
    b->unknown[slot] = (stl_load_unknown){kind, *out};
    SCOPED_BUF place = {0};
    stl_buf_text(&place, file);
    stl_buf_bytes(&place, ":", 1);
    stl_buf_str(&place, name);
    stl_buf_bytes(&place, "", 1);
    if (!stl_buf_ok(&place))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    stl_load_report_unknown(b, place.ptr);
    return SETTLE_OK;
}

settle_status stl_load_unknown_column(stl_source_builder *b, stl_record_kind kind, stl_str name,
                                      const char *file, stl_error *err) {
    stl_str kept;
    TRY(stl_load_unknown_name(b, kind, name, file, &kept, err));
    if (b->unknown[STL_LOAD_UNKNOWN_MAX - 1].name.ptr != NULL)
        return FAIL(err, SETTLE_E_INPUT_TOO_LONG, .file = file, .field = kept.ptr);
    return SETTLE_OK;
}
