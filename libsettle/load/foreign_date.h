/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as hospital systems write them. */
#ifndef STL_LOAD_FOREIGN_DATE_H
#define STL_LOAD_FOREIGN_DATE_H

#include "base/date.h"

/* YYYY-MM-DD and YYYY/MM/DD with an optional time (blank or T, H:MM, H:MM:SS, fractions are cut),
 * YYYYMMDD, YYYYMMDDHHMM, YYYYMMDDHHMMSS, YYYYMMDDHH:MM:SS, and Oracle's DD-MON-RR or DD-M月 -RR; a
 * time with a zone (Z, +HH:MM, +HHMM) is turned into that of `utc_offset_s`. False: none of them,
 * or no such date. */
bool stl_foreign_instant(stl_str text, int64_t utc_offset_s, stl_instant *out);

/* Days since 1840-12-31, and after a comma or blank seconds of the day or H:MM[:SS]. */
bool stl_horolog_instant(stl_str text, stl_instant *out);

#endif
