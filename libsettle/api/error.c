/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"

static const stl_error *record(const settle_error *error) {
    return (const stl_error *)error;
}

settle_status settle_error_status(const settle_error *error) {
    return error == NULL ? SETTLE_OK : record(error)->status;
}

const char *settle_error_file(const settle_error *error) {
    return error == NULL ? "" : record(error)->file;
}

int64_t settle_error_line(const settle_error *error) {
    return error == NULL ? 0 : record(error)->line;
}

const char *settle_error_field(const settle_error *error) {
    return error == NULL ? "" : record(error)->field;
}

int64_t settle_error_native(const settle_error *error) {
    return error == NULL ? 0 : record(error)->native;
}

settle_status settle_error_text(const settle_error *error, int32_t lang, char *out_text,
                                size_t cap_bytes) {
    if (out_text == NULL)
        return SETTLE_E_ARG_NULL;
    if (cap_bytes == 0)
        return SETTLE_E_ARG_VALUE;
    if (error == NULL)
        out_text[0] = '\0';
    else
        stl_error_render(record(error), lang, out_text, cap_bytes);
    return SETTLE_OK;
}
