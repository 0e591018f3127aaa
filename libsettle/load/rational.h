/* SPDX-License-Identifier: Apache-2.0 */
/* Exact numbers while a layout computes: a price per pack over the factor of the pack. */
#ifndef STL_LOAD_RATIONAL_H
#define STL_LOAD_RATIONAL_H

#include "base/decimal.h"

typedef __int128 stl_wide;

typedef struct stl_rational {
    stl_wide num, den; /* lowest terms, den > 0 */
} stl_rational;

/* Digits with an optional sign and decimals, ".5" and "5." too; no exponent. False: no number. */
bool stl_rational_parse(stl_str text, stl_rational *out);

/* False: too large, or divided by zero. */
bool stl_rational_mul(stl_rational a, stl_rational b, stl_rational *out);
bool stl_rational_div(stl_rational a, stl_rational b, stl_rational *out);
bool stl_rational_add(stl_rational a, stl_rational b, stl_rational *out);

/* The nearest number of `scale` decimals, ties away from zero; *exact: it is the number itself.
 * False: more than 16 digits. */
bool stl_rational_fixed(stl_rational a, int scale, int64_t *out, bool *exact);

#endif
