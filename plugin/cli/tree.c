/* SPDX-License-Identifier: Apache-2.0 */
#include "render.h"

#include <stdio.h>
#include <stdlib.h>

yajl_val tree_parse(char *json) {
    char why[256];
    yajl_val tree = yajl_tree_parse(json, why, sizeof why);
    settle_free(json);
    if (tree == NULL) {
        fprintf(stderr, "settle: %s\n", why);
        exit(6);
    }
    return tree;
}

const char *tree_text(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    const char *text = YAJL_GET_STRING(yajl_tree_get(object, path, yajl_t_string));
    return text == NULL ? "" : text;
}

long long tree_number(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    yajl_val value = yajl_tree_get(object, path, yajl_t_number);
    return value != NULL && YAJL_IS_INTEGER(value) ? YAJL_GET_INTEGER(value) : 0;
}

long long tree_fen(yajl_val object, const char *key) {
    const char *text = tree_text(object, key);
    bool below = text[0] == '-';
    long long fen = 0;
    for (const char *at = text; *at != '\0'; at++)
        if (*at >= '0' && *at <= '9')
            fen = fen * 10 + (*at - '0');
    return below ? -fen : fen;
}

yajl_val tree_array(yajl_val object, const char *key, size_t *out_len) {
    const char *path[] = {key, NULL};
    yajl_val array = yajl_tree_get(object, path, yajl_t_array);
    *out_len = YAJL_IS_ARRAY(array) ? array->u.array.len : 0;
    return array;
}

const char *layer_text(yajl_val object) {
    /* translators: the member of the JSON that names a layer in your language */
    const char *text = tree_text(object, _("layer"));
    return text[0] == '\0' ? tree_text(object, "layer") : text;
}

void put_padded(const char *text, int width) {
    int columns = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if ((*at & 0xC0u) != 0x80u)
            columns += *at >= 0xE2u ? 2 : 1;
    }
    printf("%s%*s", text, columns < width ? width - columns : 0, "");
}
