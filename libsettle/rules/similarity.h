/* SPDX-License-Identifier: Apache-2.0 */
/* How alike two names are, in percent. */
#ifndef STL_RULES_SIMILARITY_H
#define STL_RULES_SIMILARITY_H

#include "base/str.h"

/* The share of the shorter text's pairs of neighbouring characters that the longer one has, after
 * full-width forms, case, brackets, signs and blanks were made equal; 100: the one contains all of
 * the other's, or nothing is left to compare. Only the first 64 characters count. */
int stl_similarity(stl_str a, stl_str b);

#endif
