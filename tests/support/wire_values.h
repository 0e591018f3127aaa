/* SPDX-License-Identifier: Apache-2.0 */
/* Values near the edge of a simple type, from a seed. */
#ifndef STL_TESTS_WIRE_VALUES_H
#define STL_TESTS_WIRE_VALUES_H

#include "wire/facet.h"

enum { WIRE_VALUE_MAX = 20000 };

typedef struct wire_random {
    uint64_t state;
} wire_random;

uint32_t wire_random_below(wire_random *r, uint32_t bound);

/* A value, often of the type, often nearly: only characters that XML allows. NUL-terminated. */
stl_str wire_value(wire_random *r, const stl_simple_type *type, char out[static WIRE_VALUE_MAX]);

#endif
