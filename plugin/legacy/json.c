/* SPDX-License-Identifier: Apache-2.0 */
#include "legacy.h"

#include <stdlib.h>
#include <string.h>

const char *json_text(yajl_val value) {
    if (YAJL_IS_STRING(value))
        return YAJL_GET_STRING(value);
    return YAJL_IS_NUMBER(value) ? YAJL_GET_NUMBER(value) : "";
}

yajl_val json_member(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    return YAJL_IS_OBJECT(object) ? yajl_tree_get(object, path, yajl_t_any) : NULL;
}

const char *json_at(yajl_val object, const char *key) {
    return json_text(json_member(object, key));
}

size_t json_count(yajl_val node) {
    if (YAJL_IS_ARRAY(node))
        return YAJL_GET_ARRAY(node)->len;
    return YAJL_IS_OBJECT(node) ? 1 : 0;
}

yajl_val json_row(yajl_val node, size_t i) {
    if (!YAJL_IS_ARRAY(node))
        return node;
    return i < json_count(node) ? YAJL_GET_ARRAY(node)->values[i] : NULL;
}

void put_text(yajl_gen gen, const char *text) {
    yajl_gen_string(gen, (const unsigned char *)text, strlen(text));
}

void put_key(yajl_gen gen, const char *key) {
    put_text(gen, key);
}

void put(yajl_gen gen, const char *key, const char *text) {
    if (text == NULL)
        return;
    put_text(gen, key);
    put_text(gen, text);
}

static void put_object(yajl_gen gen, yajl_val value) {
    yajl_gen_map_open(gen);
    for (size_t i = 0; i < YAJL_GET_OBJECT(value)->len; i++) {
        put_text(gen, YAJL_GET_OBJECT(value)->keys[i]);
        put_value(gen, YAJL_GET_OBJECT(value)->values[i]);
    }
    yajl_gen_map_close(gen);
}

void put_value(yajl_gen gen, yajl_val value) {
    if (YAJL_IS_OBJECT(value)) {
        put_object(gen, value);
    } else if (YAJL_IS_ARRAY(value)) {
        yajl_gen_array_open(gen);
        for (size_t i = 0; i < json_count(value); i++)
            put_value(gen, json_row(value, i));
        yajl_gen_array_close(gen);
    } else if (YAJL_IS_STRING(value)) {
        put_text(gen, YAJL_GET_STRING(value));
    } else if (YAJL_IS_NUMBER(value)) {
        yajl_gen_number(gen, YAJL_GET_NUMBER(value), strlen(YAJL_GET_NUMBER(value)));
    } else if (YAJL_IS_TRUE(value) || YAJL_IS_FALSE(value)) {
        yajl_gen_bool(gen, YAJL_IS_TRUE(value));
    } else {
        yajl_gen_null(gen);
    }
}

void put_member(yajl_gen gen, yajl_val object, const char *from, const char *to) {
    yajl_val value = json_member(object, from);
    if (value != NULL)
        put(gen, to, json_text(value));
}

yajl_gen put_begin(void) {
    return yajl_gen_alloc(NULL);
}

char *put_end(yajl_gen gen) {
    const unsigned char *text;
    size_t len;
    char *copy = NULL;
    if (yajl_gen_get_buf(gen, &text, &len) == yajl_gen_status_ok)
        copy = strndup((const char *)text, len);
    yajl_gen_free(gen);
    return copy;
}
