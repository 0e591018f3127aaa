/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json_tree.h"

#include "base/decimal.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEPTH_MAX = 40, FEW = 64 }; /* names of an object that are compared with each other */

typedef struct building {
    stl_arena *arena;
    stl_json_place at;
    stl_json_node *open[DEPTH_MAX];  /* containers */
    stl_json_node **slot[DEPTH_MAX]; /* where the next child of each goes */
    uint64_t seen[DEPTH_MAX];        /* bits of the names that each has */
    size_t count[DEPTH_MAX];         /* its children */
    int depth;
    stl_str key;
    const stl_json_node *root;
} building;

static settle_status keep(building *b, stl_str text, stl_str *out, stl_error *err) {
    /* What lies in the input stays there; yajl hands out unescaped texts of its own. */
    bool inside = text.ptr >= b->at.input.ptr && text.ptr < b->at.input.ptr + b->at.input.len;
    *out = inside ? text : stl_arena_str(b->arena, text);
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

static settle_status refuse_twice(stl_str name, stl_error *err) {
    char shown[64];
    snprintf(shown, sizeof shown, "%.*s", (int)name.len, name.ptr);
    return FAIL(err, SETTLE_E_INPUT_COLUMN_TWICE, .field = shown);
}

/* Most names are told from those before them by their bit alone. */
static bool stands_twice(building *b, stl_str name) {
    const stl_json_node *object = b->open[b->depth];
    if (object->kind != STL_JSON_OBJECT)
        return false;
    size_t last = name.len == 0 ? 0 : name.len - 1;
    uint64_t bit = name.len == 0 ? 1
                                 : (uint64_t)1 << ((name.len * 7 + (unsigned char)name.ptr[0] * 3u +
                                                    (unsigned char)name.ptr[last / 2] * 5u +
                                                    (unsigned char)name.ptr[last]) %
                                                   64);
    bool maybe = (b->seen[b->depth] & bit) != 0;
    b->seen[b->depth] |= bit;
    return maybe && b->count[b->depth] < FEW && stl_json_member(object, name) != NULL;
}

static int by_name(const void *a, const void *b) {
    const stl_json_node *x = *(const stl_json_node *const *)a,
                        *y = *(const stl_json_node *const *)b;
    int order = stl_str_cmp(x->name, y->name);
    return order != 0 ? order : stl_compare(x->line, y->line);
}

/* The names of an object that has many, once it ends. */
static settle_status check_many(building *b, stl_error *err) {
    const stl_json_node *object = b->open[b->depth];
    size_t count = b->count[b->depth], n = 0;
    if (object->kind != STL_JSON_OBJECT || count <= FEW)
        return SETTLE_OK;
    const stl_json_node **names = stl_arena_alloc(b->arena, count * sizeof *names);
    TRY_ALLOC(err, names);
    for (const stl_json_node *m = object->first; m != NULL; m = m->next)
        names[n++] = m;
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 1; i < n; i++)
        if (stl_str_eq(names[i]->name, names[i - 1]->name)) {
            b->at.line = names[i]->line;
            return refuse_twice(names[i]->name, err);
        }
    return SETTLE_OK;
}

static settle_status add(building *b, stl_json_event kind, stl_str text, stl_error *err) {
    stl_json_node *node = stl_arena_alloc(b->arena, sizeof *node);
    TRY_ALLOC(err, node);
    *node = (stl_json_node){.kind = kind, .name = b->key, .line = b->at.line};
    if (b->open[b->depth] != NULL && stands_twice(b, node->name))
        return refuse_twice(node->name, err);
    b->key = (stl_str){0};
    if (kind == STL_JSON_STRING || kind == STL_JSON_NUMBER)
        TRY(keep(b, text, &node->text, err));
    *b->slot[b->depth] = node;
    b->slot[b->depth] = (stl_json_node **)(uintptr_t)&node->next;
    b->count[b->depth]++;
    if (kind == STL_JSON_OBJECT || kind == STL_JSON_ARRAY) {
        b->open[++b->depth] = node;
        b->slot[b->depth] = (stl_json_node **)(uintptr_t)&node->first;
        b->seen[b->depth] = 0;
        b->count[b->depth] = 0;
    }
    return SETTLE_OK;
}

static settle_status on_event(void *user, stl_json_event event, stl_str text, stl_error *err) {
    building *b = user;
    if (event == STL_JSON_KEY || event == STL_JSON_STRING || event == STL_JSON_NUMBER)
        stl_json_follow(&b->at, text);
    if (event == STL_JSON_KEY)
        return keep(b, text, &b->key, err);
    if (event == STL_JSON_OBJECT_END || event == STL_JSON_ARRAY_END) {
        TRY(check_many(b, err));
        b->depth--;
        return SETTLE_OK;
    }
    return add(b, event, text, err);
}

static settle_status read_one(building *b, stl_str text, int64_t line, const char *file,
                              stl_error *err) {
    const stl_json_reader reader = {on_event, b};
    b->at = stl_json_begin(text, line);
    settle_status status = stl_json_read(text, &reader, err);
    if ((status == SETTLE_E_INPUT_JSON || status == SETTLE_E_INPUT_COLUMN_TWICE) && err != NULL) {
        stl_text_show(stl_str_of(file), err->file, sizeof err->file);
        err->line = b->at.line;
    }
    return status;
}

/* Whether each line that is not empty begins a value of its own. */
static bool is_lines(stl_str text) {
    const char *end = text.ptr + text.len, *stop = memchr(text.ptr, '\n', text.len);
    while (stop != NULL && stop + 1 < end && (stop[1] == '\n' || stop[1] == '\r'))
        stop++;
    return stop != NULL && stop + 1 < end && text.ptr[0] == '{' && stop[1] == '{';
}

static settle_status read_lines(building *b, stl_str text, const char *file, stl_error *err) {
    const char *at = text.ptr, *end = text.ptr + text.len;
    for (int64_t line = 1; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stl_str one = {at, (size_t)((stop == NULL ? end : stop) - at)};
        at = stop == NULL ? end : stop + 1;
        if (one.len > 0 && !stl_str_is(one, "\r"))
            TRY(read_one(b, one, line, file, err));
    }
    return SETTLE_OK;
}

settle_status stl_json_tree(stl_str text, const char *file, stl_arena *arena,
                            const stl_json_node **out, stl_error *err) {
    building b = {.arena = arena};
    b.slot[0] = (stl_json_node **)(uintptr_t)&b.root;
    if (text.len > 0 && is_lines(text))
        TRY(read_lines(&b, text, file, err));
    else
        TRY(read_one(&b, text, 1, file, err));
    *out = b.root;
    return SETTLE_OK;
}

const stl_json_node *stl_json_member(const stl_json_node *object, stl_str name) {
    if (!stl_json_is(object, STL_JSON_OBJECT))
        return NULL;
    for (const stl_json_node *m = object->first; m != NULL; m = m->next)
        if (stl_str_eq(m->name, name))
            return m;
    return NULL;
}

stl_str stl_json_text(const stl_json_node *node) {
    if (node == NULL)
        return STL_STR("");
    if (node->kind == STL_JSON_TRUE)
        return STL_STR("1");
    if (node->kind == STL_JSON_FALSE)
        return STL_STR("0");
    return node->kind == STL_JSON_STRING || node->kind == STL_JSON_NUMBER ? node->text
                                                                          : STL_STR("");
}
