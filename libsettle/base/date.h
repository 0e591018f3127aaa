/* SPDX-License-Identifier: Apache-2.0 */
/* Civil time of the pack's zone, as numbers: no time zone, no locale, no clock. */
#ifndef STL_BASE_DATE_H
#define STL_BASE_DATE_H

#include "base/decimal.h"

typedef int64_t stl_day;     /* civil days since 1970-01-01 */
typedef int64_t stl_instant; /* civil seconds since 1970-01-01 00:00:00 */

enum { STL_DAY_SECONDS = 86400, STL_DATE_TEXT_MAX = 20 };
#define STL_DAY_FOREVER 2932896 /* 9999-12-31 */
#define STL_DAY_FIRST (-719162) /* 0001-01-01 */

typedef struct stl_civil {
    int year, month, day, hour, minute, second;
} stl_civil;

/* "YYYY-MM-DD"; years 1900 to 9999. INPUT_DATE without a place. Untouched on failure. */
settle_status stl_day_parse(stl_str text, stl_day *out) STL_MUST_CHECK;
/* "YYYY-MM-DD HH:MM:SS" (or 'T' between), or a date alone meaning 00:00:00. 24:00:00 is refused. */
settle_status stl_instant_parse(stl_str text, stl_instant *out) STL_MUST_CHECK;

/* Empty text for what lies outside 0001-01-01 to 9999-12-31, such as STL_NONE. */
size_t stl_day_format(stl_day day, char out[static STL_DATE_TEXT_MAX]);
size_t stl_instant_format(stl_instant at, char out[static STL_DATE_TEXT_MAX]); /* with a blank */

stl_day stl_day_of(int year, int month, int day);
stl_civil stl_civil_of(stl_instant at);
static inline stl_day stl_instant_day(stl_instant at) {
    return at >= 0 ? at / STL_DAY_SECONDS : (at + 1) / STL_DAY_SECONDS - 1;
}
/* Whole years from birth to the day. */
int64_t stl_age_years(stl_day birth, stl_day on);

#endif
