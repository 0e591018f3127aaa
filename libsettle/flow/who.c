/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/who.h"

#include "base/text.h"
#include "match/fold.h"
#include "wire/wire.h"

stl_override stl_flow_who(const stl_override *given) {
    return (stl_override){.approval = stl_str_trimmed(given->approval),
                          .by = stl_str_trimmed(given->by),
                          .role = stl_str_trimmed(given->role),
                          .second = stl_str_trimmed(given->second),
                          .reason = stl_str_trimmed(given->reason)};
}

static void fold_number(stl_str text, stl_folded *out) {
    size_t n = 0;
    stl_fold(text, out);
    for (size_t i = 0; i < out->n; i++)
        if (out->at[i] != STL_FOLD_GAP)
            out->at[n++] = out->at[i];
    out->n = n;
}

bool stl_flow_same_person(stl_str a, stl_str b) {
    stl_folded x, y;
    fold_number(a, &x);
    fold_number(b, &y);
    return x.n == y.n && memcmp(x.at, y.at, x.n * sizeof *x.at) == 0;
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
        if (!stl_text_printable(TEXTS[i].value))
            return FAIL(err, SETTLE_E_ARG_VALUE, .field = TEXTS[i].field,
                        .detail = "not UTF-8, or with control characters");
    const char *field;
    if (!stl_wire_override_fits(o, &field))
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = field, .detail = "empty or too long");
    return SETTLE_OK;
}
