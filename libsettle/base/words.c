/* SPDX-License-Identifier: Apache-2.0 */
#include "base/words.h"

bool stl_words_next(stl_str *rest, stl_str *word) {
    while (rest->len > 0 && *rest->ptr == ' ')
        *rest = (stl_str){rest->ptr + 1, rest->len - 1};
    if (rest->len == 0)
        return false;
    const char *blank = memchr(rest->ptr, ' ', rest->len);
    *word = (stl_str){rest->ptr, blank == NULL ? rest->len : (size_t)(blank - rest->ptr)};
    *rest = (stl_str){rest->ptr + word->len, rest->len - word->len};
    return true;
}

bool stl_words_have(stl_str words, stl_str word) {
    stl_str next;
    while (stl_words_next(&words, &next))
        if (stl_str_eq(next, word))
            return true;
    return false;
}

bool stl_words_begin(stl_str words, stl_str text) {
    stl_str next;
    while (stl_words_next(&words, &next))
        if (stl_str_starts(text, next))
            return true;
    return false;
}

bool stl_words_fit(stl_str patterns, stl_str text) {
    stl_str next;
    while (stl_words_next(&patterns, &next)) {
        stl_str prefix = {next.ptr, next.len - 1};
        if (next.ptr[prefix.len] == '*' ? stl_str_starts(text, prefix) : stl_str_eq(text, next))
            return true;
    }
    return false;
}
