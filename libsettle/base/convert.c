/* SPDX-License-Identifier: Apache-2.0 */
#include "base/convert.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

enum { GROWTH = 4 }; /* bytes that one byte becomes at most */

struct stl_converter {
    stl_encoding from;
    bool same;
    iconv_t handle;
};

static const char *name_of(stl_encoding encoding) {
    return encoding == STL_ENC_GB18030 ? "GB18030" : "UTF-8";
}

settle_status stl_converter_new(stl_encoding from, stl_encoding to, stl_converter **out,
                                stl_error *err) {
    stl_converter *made = calloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    *made = (stl_converter){.from = from, .same = from == to};
    made->handle = made->same ? (iconv_t)-1 : iconv_open(name_of(to), name_of(from));
    if (!made->same && made->handle == (iconv_t)-1) {
        int why = errno;
        free(made);
        return FAIL(err, SETTLE_E_INPUT_ENCODING, .native = why,
                    .detail = "this system's iconv does not know GB18030");
    }
    *out = made;
    return SETTLE_OK;
}

void stl_converter_free(stl_converter *converter) {
    if (converter != NULL && !converter->same)
        iconv_close(converter->handle);
    free(converter);
}

static bool is_ascii(stl_str text) {
    unsigned char all = 0;
    for (size_t i = 0; i < text.len; i++)
        all |= (unsigned char)text.ptr[i];
    return all < 0x80;
}

static settle_status refuse(const stl_converter *c, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_ENCODING,
                .detail = c->from == STL_ENC_GB18030 ? "not GB18030" : "not UTF-8");
}

settle_status stl_converter_text(stl_converter *c, stl_str text, stl_buf *out, stl_error *err) {
    if (is_ascii(text) || (c->same && stl_utf8_valid(text.ptr, text.len) == text.len)) {
        stl_buf_str(out, text);
    } else if (c->same) {
        return refuse(c, err);
    } else {
        stl_buf_reserve(out, text.len * GROWTH);
        if (!stl_buf_ok(out))
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        char *in = (char *)(uintptr_t)text.ptr, *to = out->ptr + out->len;
        size_t in_left = text.len, room = out->cap - out->len;
        iconv(c->handle, NULL, NULL, NULL, NULL);
        if (iconv(c->handle, &in, &in_left, &to, &room) == (size_t)-1 || in_left > 0)
            return refuse(c, err);
        out->len = (size_t)(to - out->ptr);
    }
    return stl_buf_ok(out) ? SETTLE_OK : FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
}
