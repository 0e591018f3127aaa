/* SPDX-License-Identifier: Apache-2.0 */
/* Departments, doctors, items and units recur from line to line: a text that the same field of the
 * same stay had a short while ago is not stored (or checked) again. */
#include "load/builder.h"

#include <stdlib.h>

static size_t slot_of(stl_record_kind kind, size_t field, stl_str text) {
    uint64_t head = 0, tail = 0;
    size_t n = text.len < sizeof head ? text.len : sizeof head;
    memcpy(&head, text.ptr, n);
    memcpy(&tail, text.ptr + text.len - n, n);
    uint64_t hash = (head ^ (tail << 7) ^ text.len ^ ((uint64_t)field << 32) ^ (uint64_t)kind) *
                    0x9E3779B97F4A7C15u;
    return (size_t)(hash >> (64 - STL_LOAD_WORD_BITS));
}

/* A few charges of a running stay are not worth the table. */
static settle_status make_words(stl_source_builder *b, stl_error *err) {
    if (b->words == NULL && b->keys.count >= STL_LOAD_WORDS_FROM) {
        b->words = calloc((size_t)1 << STL_LOAD_WORD_BITS, sizeof *b->words);
        TRY_ALLOC(err, b->words);
    }
    return SETTLE_OK;
}

settle_status stl_load_set(stl_source_builder *b, int32_t stay, stl_record_kind kind, size_t field,
                           stl_str text, void *record, stl_error *err) {
    const stl_record_type *type = &STL_RECORD_TYPES[kind];
    stl_arena *arena = stl_load_holder(b, stay)->arena;
    TRY(make_words(b, err));
    if (type->fields[field].kind != STL_F_TEXT || b->words == NULL)
        return stl_record_set(type, field, text, record, arena, err);
    stl_load_word *word = &b->words[slot_of(kind, field, text)];
    stl_str *at = (stl_str *)(void *)((char *)record + type->fields[field].offset);
    if (word->stay == stay && word->kind == (uint16_t)kind && word->field == (uint16_t)field &&
        word->text.ptr != NULL && stl_str_eq(word->text, text)) {
        *at = word->text;
        return SETTLE_OK;
    }
    TRY(stl_record_set(type, field, text, record, arena, err));
    *word = (stl_load_word){*at, stay, (uint16_t)kind, (uint16_t)field};
    return SETTLE_OK;
}
