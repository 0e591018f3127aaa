/* SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"

/* Days from civil and back: the proleptic Gregorian calendar in 400-year eras, March first. */
stl_day stl_day_of(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

stl_civil stl_civil_of(stl_instant at) {
    stl_day day = stl_instant_day(at);
    int64_t second = at - day * STL_DAY_SECONDS;
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;
    return (stl_civil){
        .year = (int)(yoe + era * 400 + (month <= 2)),
        .month = (int)month,
        .day = (int)(doy - (153 * mp + 2) / 5 + 1),
        .hour = (int)(second / 3600),
        .minute = (int)(second / 60 % 60),
        .second = (int)(second % 60),
    };
}

/* Reads exactly `width` digits; -1 otherwise. */
static int digits(const char *at, int width) {
    int value = 0;
    for (int i = 0; i < width; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

static int month_length(int year, int month) {
    static const int LENGTH[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : LENGTH[month - 1];
}

settle_status stl_day_parse(stl_str text, stl_day *out) {
    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
        return SETTLE_E_INPUT_DATE;
    int year = digits(text.ptr, 4);
    int month = digits(text.ptr + 5, 2);
    int day = digits(text.ptr + 8, 2);
    if (year < 1900 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return SETTLE_E_INPUT_DATE;
    *out = stl_day_of(year, month, day);
    return SETTLE_OK;
}

settle_status stl_instant_parse(stl_str text, stl_instant *out) {
    stl_day day;
    if (text.len == 10) {
        TRY(stl_day_parse(text, &day));
        *out = day * STL_DAY_SECONDS;
        return SETTLE_OK;
    }
    if (text.len != 19 || (text.ptr[10] != ' ' && text.ptr[10] != 'T') || text.ptr[13] != ':' ||
        text.ptr[16] != ':')
        return SETTLE_E_INPUT_DATE;
    TRY(stl_day_parse((stl_str){text.ptr, 10}, &day));
    int hour = digits(text.ptr + 11, 2);
    int minute = digits(text.ptr + 14, 2);
    int second = digits(text.ptr + 17, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return SETTLE_E_INPUT_DATE;
    *out = day * STL_DAY_SECONDS + hour * 3600 + minute * 60 + second;
    return SETTLE_OK;
}

static void put(char *at, int value, int width) {
    for (int i = width - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
}

static bool has_text(stl_day day) {
    return day >= STL_DAY_FIRST && day <= STL_DAY_FOREVER;
}

static void put_date(char *out, stl_civil c) {
    put(out, c.year, 4);
    out[4] = '-';
    put(out + 5, c.month, 2);
    out[7] = '-';
    put(out + 8, c.day, 2);
}

size_t stl_day_format(stl_day day, char out[static STL_DATE_TEXT_MAX]) {
    out[0] = '\0';
    if (!has_text(day))
        return 0;
    put_date(out, stl_civil_of(day * STL_DAY_SECONDS));
    out[10] = '\0';
    return 10;
}

size_t stl_instant_format(stl_instant at, char out[static STL_DATE_TEXT_MAX]) {
    out[0] = '\0';
    if (!has_text(stl_instant_day(at)))
        return 0;
    stl_civil c = stl_civil_of(at);
    put_date(out, c);
    out[10] = ' ';
    put(out + 11, c.hour, 2);
    out[13] = ':';
    put(out + 14, c.minute, 2);
    out[16] = ':';
    put(out + 17, c.second, 2);
    out[19] = '\0';
    return 19;
}

int64_t stl_age_years(stl_day birth, stl_day on) {
    stl_civil b = stl_civil_of(birth * STL_DAY_SECONDS);
    stl_civil o = stl_civil_of(on * STL_DAY_SECONDS);
    bool before_birthday = o.month < b.month || (o.month == b.month && o.day < b.day);
    return o.year - b.year - (before_birthday ? 1 : 0);
}
