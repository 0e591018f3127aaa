/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STL_SCHEMAS_SUBSET_H
#define STL_SCHEMAS_SUBSET_H

#include "compiler.h"

/* State 0 is dead, 1 the start; not minimal. */
dfa subset_dfa(const nfa *a);

#endif
