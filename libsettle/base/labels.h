/* SPDX-License-Identifier: Apache-2.0 */
/* Chinese names of national fields, for messages. */
#ifndef STL_BASE_LABELS_H
#define STL_BASE_LABELS_H

#include "base/str.h"

const char *stl_field_label(stl_str field); /* "" where there is none */

#endif
