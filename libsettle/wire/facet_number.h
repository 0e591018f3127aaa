/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STL_WIRE_FACET_NUMBER_H
#define STL_WIRE_FACET_NUMBER_H

#include "wire/facet.h"

/* Digits and bounds of a text that is known to be a decimal: exact, whatever its length. */
bool stl_facet_number_ok(const stl_simple_type *type, stl_str text);

#endif
