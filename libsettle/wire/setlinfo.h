/* SPDX-License-Identifier: Apache-2.0 */
/* Where the attributes of setlinfo stand in stl_setlinfo, for writer and reader. */
#ifndef STL_WIRE_SETLINFO_H
#define STL_WIRE_SETLINFO_H

#include "model/settlement.h"

typedef struct stl_wire_sum {
    unsigned attribute;
    size_t offset;
} stl_wire_sum;

/* In the order of the attributes. */
extern const stl_wire_sum STL_WIRE_SUMS[];
extern const size_t STL_WIRE_N_SUMS;

/* Names of rounding modes as the document has them, by stl_rounding. */
extern const char *const STL_WIRE_ROUNDING[];
enum { STL_WIRE_N_ROUNDING = STL_ROUND_DOWN + 1 };

#endif
