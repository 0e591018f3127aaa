/* SPDX-License-Identifier: Apache-2.0 */
#include "load/foreign_date.h"

typedef struct reader {
    stl_str text;
    size_t at;
} reader;

static bool at_end(const reader *r) {
    return r->at == r->text.len;
}

static bool is_digit(const reader *r) {
    return !at_end(r) && r->text.ptr[r->at] >= '0' && r->text.ptr[r->at] <= '9';
}

static bool skip(reader *r, const char *any) {
    if (at_end(r) || strchr(any, r->text.ptr[r->at]) == NULL)
        return false;
    r->at++;
    return true;
}

static bool number(reader *r, int least, int most, int *out) {
    int digits = 0;
    for (*out = 0; digits < most && is_digit(r); digits++)
        *out = *out * 10 + (r->text.ptr[r->at++] - '0');
    return digits >= least;
}

/* HHMM[SS]; a message may end with the minute. */
static bool packed_clock(reader *r, stl_civil *c) {
    if (!number(r, 2, 2, &c->hour) || (skip(r, ":"), !number(r, 2, 2, &c->minute)))
        return false;
    bool seconds = skip(r, ":") || is_digit(r);
    return !seconds || number(r, 2, 2, &c->second);
}

/* H:MM[:SS[.fraction]], or HHMM[SS[.fraction]] where `packed`; nothing at all is midnight. */
static bool clock_of(reader *r, bool packed, stl_civil *c) {
    if (at_end(r))
        return true;
    if (packed && !packed_clock(r, c))
        return false;
    if (!packed && (!number(r, 1, 2, &c->hour) || !skip(r, ":") || !number(r, 2, 2, &c->minute) ||
                    (skip(r, ":") && !number(r, 2, 2, &c->second))))
        return false;
    if (skip(r, "."))
        while (is_digit(r))
            r->at++;
    return at_end(r);
}

/* Takes "Z", "+HH:MM" or "+HHMM" behind a time away. */
static bool zone_of(stl_str *text, int64_t *offset_s, bool *zoned) {
    *zoned = text->len > 11 && text->ptr[text->len - 1] == 'Z';
    *offset_s = 0;
    if (*zoned) {
        text->len--;
        return true;
    }
    for (size_t width = 5; width <= 6 && text->len > 10 + width; width++) {
        reader r = {*text, text->len - width};
        int hours, minutes;
        bool west = r.text.ptr[r.at] == '-';
        if (!skip(&r, "+-") || !number(&r, 2, 2, &hours) || (width == 6 && !skip(&r, ":")) ||
            !number(&r, 2, 2, &minutes) || !at_end(&r))
            continue;
        *zoned = true;
        *offset_s = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
        text->len -= width;
        return hours < 15 && minutes < 60;
    }
    return true;
}

static bool finish(const stl_civil *c, stl_instant *out) {
    if (c->year < 1 || c->month < 1 || c->month > 12 || c->day < 1 || c->hour > 23 ||
        c->minute > 59 || c->second > 59)
        return false;
    static const char DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;
    stl_day day = stl_day_of(c->year, c->month, c->day);
    *out = day * STL_DAY_SECONDS + c->hour * 3600 + c->minute * 60 + c->second;
    return c->day <= DAYS[c->month - 1] + (leap && c->month == 2);
}

static bool month_of(reader *r, int *out) {
    static const char NAMES[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    if (is_digit(r)) { /* "3月 " */
        if (!number(r, 1, 2, out) || r->text.len - r->at < 3 ||
            memcmp(r->text.ptr + r->at, "月", 3) != 0)
            return false;
        r->at += 3;
        skip(r, " ");
        return true;
    }
    for (*out = 1; *out <= 12 && r->text.len - r->at >= 3; ++*out)
        if (stl_str_eq_nocase((stl_str){NAMES + 3 * (*out - 1), 3},
                              (stl_str){r->text.ptr + r->at, 3})) {
            r->at += 3;
            return true;
        }
    return false;
}

/* DD-MON-RR: years 50 to 99 lie in the last century. */
static bool oracle(reader r, stl_instant *out) {
    stl_civil c = {0};
    if (!number(&r, 1, 2, &c.day) || !skip(&r, "-") || !month_of(&r, &c.month) || !skip(&r, "-") ||
        !number(&r, 2, 2, &c.year))
        return false;
    c.year += c.year < 50 ? 2000 : 1900;
    if (!at_end(&r) && !skip(&r, " "))
        return false;
    return clock_of(&r, false, &c) && finish(&c, out);
}

static bool without_zone(stl_str text, stl_instant *out) {
    reader r = {text, 0};
    stl_civil c = {0};
    if (!number(&r, 4, 4, &c.year))
        return oracle((reader){text, 0}, out);
    bool packed = is_digit(&r);
    if (!packed && !skip(&r, "-/"))
        return false;
    if (!number(&r, packed ? 2 : 1, 2, &c.month) || (!packed && !skip(&r, "-/")) ||
        !number(&r, packed ? 2 : 1, 2, &c.day))
        return false;
    if (!packed && !at_end(&r) && !skip(&r, " T"))
        return false;
    if (packed)
        skip(&r, " ");
    return clock_of(&r, packed, &c) && finish(&c, out);
}

bool stl_foreign_instant(stl_str text, int64_t utc_offset_s, stl_instant *out) {
    int64_t offset_s;
    bool zoned;
    if (!zone_of(&text, &offset_s, &zoned) || !without_zone(text, out))
        return false;
    *out += zoned ? utc_offset_s - offset_s : 0;
    return true;
}

bool stl_horolog_instant(stl_str text, stl_instant *out) {
    reader r = {text, 0};
    int days, seconds = 0;
    stl_civil c = {0};
    if (!number(&r, 1, 6, &days))
        return false;
    *out = (stl_day_of(1840, 12, 31) + days) * STL_DAY_SECONDS;
    if (at_end(&r))
        return true;
    if (!skip(&r, ", ") || at_end(&r))
        return false;
    reader clock = r;
    if (number(&r, 1, 5, &seconds) && at_end(&r) && seconds < STL_DAY_SECONDS) {
        *out += seconds;
        return true;
    }
    bool good = clock_of(&clock, false, &c) && c.hour < 24 && c.minute < 60 && c.second < 60;
    *out += c.hour * 3600 + c.minute * 60 + c.second;
    return good;
}
