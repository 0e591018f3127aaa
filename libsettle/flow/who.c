/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/who.h"

#include "base/text.h"
#include "wire/wire.h"

static stl_str trimmed(stl_str text) {
    while (text.len > 0 && text.ptr[0] == ' ')
        text = (stl_str){text.ptr + 1, text.len - 1};
    while (text.len > 0 && text.ptr[text.len - 1] == ' ')
        text.len--;
    return text;
}

static bool printable(stl_str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7F)
            return false;
    return stl_utf8_valid(text.ptr, text.len) == text.len;
}

stl_override stl_flow_who(const stl_override *given) {
    return (stl_override){.approval = trimmed(given->approval),
                          .by = trimmed(given->by),
                          .role = trimmed(given->role),
                          .second = trimmed(given->second),
                          .reason = trimmed(given->reason)};
}

/* The values may name persons: no message repeats them. */
settle_status stl_flow_check_who(const stl_override *o, stl_error *err) {
    const struct {
        const char *field;
        stl_str value;
    } TEXTS[] = {{"approval", o->approval},
                 {"by", o->by},
                 {"role", o->role},
                 {"reason", o->reason},
                 {"second", o->second}};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        if (!printable(TEXTS[i].value))
            return FAIL(err, SETTLE_E_ARG_VALUE, .field = TEXTS[i].field,
                        .detail = "not UTF-8, or with control characters");
    const char *field;
    if (!stl_wire_override_fits(o, &field))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = field, .detail = "empty or too long");
    return SETTLE_OK;
}
