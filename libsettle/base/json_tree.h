/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON text as a tree in an arena: numbers stay the text they are. */
#ifndef STL_BASE_JSON_TREE_H
#define STL_BASE_JSON_TREE_H

#include "base/json.h"
#include "base/mem.h"

typedef struct stl_json_node stl_json_node;
struct stl_json_node {
    stl_json_event kind; /* OBJECT, ARRAY, STRING, NUMBER, TRUE, FALSE, NULL */
    stl_str name;        /* in an object */
    stl_str text;        /* of a string or number */
    int64_t line;
    const stl_json_node *first, *next;
};

/* All values of a text: one, or several one behind the other (a line each, as NDJSON). *out: the
 * first, its `next` the others. INPUT_JSON with the line; INPUT_COLUMN_TWICE with line and name. */
settle_status stl_json_tree(stl_str text, const char *file, stl_arena *arena,
                            const stl_json_node **out, stl_error *err) STL_MUST_CHECK;

/* The member of a name; NULL: none, or not an object. */
const stl_json_node *stl_json_member(const stl_json_node *object, stl_str name);
static inline bool stl_json_is(const stl_json_node *node, stl_json_event kind) {
    return node != NULL && node->kind == kind;
}
/* A string, a number, "1" and "0" of booleans; "" of anything else and of NULL. */
stl_str stl_json_text(const stl_json_node *node);

#endif
