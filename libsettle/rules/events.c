/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/events.h"

enum { HOUR_MINUTES = 60 };

static stl_qty hours_summed(const stl_case *c, uint32_t line) {
    const stl_line *l = &c->lines[line];
    stl_qty qty = stl_line_national(c, line), hours;
    int64_t minutes = stl_rules_minutes(c, stl_rules_map_cell(c, l, STL_MAP_LIST_UNIT));
    return stl_decimal_mul_div(qty, minutes, HOUR_MINUTES, STL_ROUND_HALF_UP, &hours) ==
                       SETTLE_OK &&
                   hours > STL_QTY_ONE
               ? hours
               : 0;
}

static settle_status add(const stl_case *c, stl_events *out, stl_event event, stl_error *err) {
    void *at = out->at;
    stl_event *place = stl_arena_push(c->arena, &at, &out->count, &out->cap, sizeof *place);
    TRY_ALLOC(err, place);
    out->at = at;
    *place = event;
    return SETTLE_OK;
}

settle_status stl_events_of(const stl_case *c, uint32_t code, stl_day begin, stl_day end,
                            stl_events *out, stl_error *err) {
    out->count = 0;
    for (size_t i = c->code_first[code]; i < c->code_first[code + 1]; i++) {
        uint32_t line = c->by_code[i];
        const stl_line *l = &c->lines[line];
        stl_instant at = stl_case_charge(c, line)->fee_ocur_time;
        if (!stl_line_live(l) || at == STL_NONE || l->day < begin ||
            (end != STL_NONE && l->day > end))
            continue;
        TRY(add(c, out, (stl_event){line, l->day, at, hours_summed(c, line)}, err));
    }
    return SETTLE_OK;
}

settle_status stl_events_moments(const stl_case *c, const stl_event *events, size_t count,
                                 stl_events *out, stl_error *err) {
    *out = (stl_events){0};
    for (size_t i = 0; i < count; i++)
        if (events[i].hours == 0)
            TRY(add(c, out, events[i], err));
    return SETTLE_OK;
}
