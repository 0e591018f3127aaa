/* SPDX-License-Identifier: Apache-2.0 */
/* The schemas as tables, made by schemas/compiler: simple types of all of them, structure of the
 * settlement document. */
#ifndef STL_WIRE_FACET_H
#define STL_WIRE_FACET_H

#include "base/str.h"

typedef enum stl_variety {
    STL_VARIETY_TEXT, /* any characters, so many */
    STL_VARIETY_RUN,  /* bytes of one set, so many */
    STL_VARIETY_DFA,
    STL_VARIETY_LIST,
    STL_VARIETY_UNION,
} stl_variety;

typedef enum stl_space { STL_SPACE_PRESERVE, STL_SPACE_REPLACE, STL_SPACE_COLLAPSE } stl_space;

/* A row a state: for each class of bytes the offset of the next row, then 1 if the state accepts.
 * Row 0 is dead, the start is the row after it. */
typedef struct stl_dfa {
    const uint8_t *classes; /* by byte */
    const uint16_t *rows;
    uint16_t width, n_classes;
} stl_dfa;

typedef struct stl_simple_type {
    const char *schema, *name;
    uint32_t ordinal; /* of the xs:simpleType in its file; UINT32_MAX: built in */
    uint8_t variety, space;
    uint32_t min_len, max_len; /* characters; of a list: items */
    bool number;
    int32_t total_digits, fraction_digits; /* -1 none */
    const char *min, *max;                 /* bounds, NULL none */
    bool min_open, max_open;
    bool scaled; /* an integer of `fraction_digits` decimals within [low, high] is a value when
                    written canonically (stl_decimal_format) */
    int64_t low, high;
    const uint8_t *outside; /* RUN: by byte, 1 not in the set */
    const stl_dfa *dfa;
    const struct stl_simple_type *item;
    const struct stl_simple_type *const *members;
    size_t n_members;
} stl_simple_type;

extern const stl_simple_type STL_SIMPLE_TYPES[];
extern const size_t STL_N_SIMPLE_TYPES;

/* Whether a text is a value of the type, by the rules of XML Schema. */
bool stl_facet_ok(const stl_simple_type *type, stl_str text);

static inline bool stl_facet_scaled_ok(const stl_simple_type *type, int64_t value) {
    return type->low <= value && value <= type->high;
}

/* What the type asks for, in English, as the detail of an error. */
void stl_facet_describe(const stl_simple_type *type, char *out, size_t cap);

/* --- the settlement document ----------------------------------------------------------------- */

typedef struct stl_attribute_decl {
    const char *name;
    const stl_simple_type *type;
    uint8_t name_len;
    bool required;
    bool personal; /* its value never stands in a message */
} stl_attribute_decl;

typedef struct stl_child_decl {
    uint16_t element; /* STL_E_* */
    uint32_t min, max;
} stl_child_decl;

typedef struct stl_element_decl {
    const char *name;
    uint8_t name_len;
    uint16_t first_attribute, n_attributes; /* in STL_ATTRIBUTES, in byte order of the names */
    const stl_child_decl *children;         /* in sequence */
    size_t n_children;
    const char *any; /* one element of this namespace may come last */
} stl_element_decl;

extern const stl_attribute_decl STL_ATTRIBUTES[]; /* by STL_A_* of facet_names.h */
extern const stl_element_decl STL_ELEMENTS[];     /* by STL_E_* */
extern const char STL_DOCUMENT_NS[];

#endif
