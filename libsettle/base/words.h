/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of words in one text, separated by single blanks. */
#ifndef STL_BASE_WORDS_H
#define STL_BASE_WORDS_H

#include "base/str.h"

/* Takes the first word off `rest`; false: none is left. */
bool stl_words_next(stl_str *rest, stl_str *word);
bool stl_words_have(stl_str words, stl_str word);
/* `text` begins with one of the words. */
bool stl_words_begin(stl_str words, stl_str text);
/* `text` equals one of the words, or begins with one that ends in '*'. */
bool stl_words_fit(stl_str patterns, stl_str text);

#endif
