/* SPDX-License-Identifier: Apache-2.0 */
/* Compiles the simple types of XSD files, and the structure of one of them, into C tables. A host
 * program of the build: it ends at the first mistake and frees nothing. */
#ifndef STL_SCHEMAS_COMPILER_H
#define STL_SCHEMAS_COMPILER_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Zeroed memory for count more objects, old content kept. */
void *grow(void *old, size_t old_count, size_t count, size_t size);

/* --- charset.c: sets of code points ---------------------------------------------------------- */

typedef struct range {
    uint32_t from, to;
} range;

typedef struct charset {
    range *ranges; /* ascending, apart */
    size_t n;
} charset;

charset charset_of(uint32_t from, uint32_t to);
charset charset_union(charset a, charset b);
charset charset_complement(charset a); /* within the characters that XML allows */
charset charset_minus(charset a, charset b);
charset charset_escape(char letter);        /* the s of \s ... \D */
charset charset_category(const char *name); /* the Lu of \p{Lu}, the IsGreek of \p{IsGreek} */

/* --- regex.c: an XSD pattern as an automaton with choices ------------------------------------ */

typedef struct edge {
    uint32_t to;
    uint8_t from_byte, to_byte;
    bool empty; /* taken without reading */
} edge;

typedef struct nfa_state {
    edge *edges;
    size_t n;
} nfa_state;

typedef struct nfa {
    nfa_state *states;
    size_t n, cap;
    uint32_t start, accept;
} nfa;

uint32_t nfa_state_new(nfa *a);
void nfa_edge(nfa *a, uint32_t from, uint32_t to, uint8_t from_byte, uint8_t to_byte, bool empty);
nfa nfa_of_pattern(const char *pattern);
nfa nfa_of_texts(char *const *texts, size_t n);

/* --- utf8.c ---------------------------------------------------------------------------------- */

/* Paths from one state to another that read one character of the set in UTF-8. */
void nfa_charset(nfa *a, uint32_t from, uint32_t to, charset set);

/* --- dfa.c ----------------------------------------------------------------------------------- */

typedef struct dfa {
    uint32_t (*next)[256]; /* 0: dead */
    bool *accept;
    size_t n; /* states; 1 is the start */
} dfa;

dfa dfa_of(const nfa *a); /* minimal */
dfa dfa_intersect(const dfa *a, const dfa *b);
bool dfa_accepts(const dfa *a, const char *text);

/* When the language is "min to max bytes, each of this ASCII set" (max SIZE_MAX: no end). */
typedef struct byte_run {
    bool set[256];
    size_t min, max;
} byte_run;
bool dfa_is_run(const dfa *a, byte_run *out);

/* --- types.c --------------------------------------------------------------------------------- */

typedef enum variety {
    VARIETY_TEXT,
    VARIETY_RUN,
    VARIETY_DFA,
    VARIETY_LIST,
    VARIETY_UNION
} variety;
typedef enum space { SPACE_PRESERVE, SPACE_REPLACE, SPACE_COLLAPSE } space;

typedef struct type {
    const char *schema, *name; /* name "" when anonymous */
    size_t ordinal; /* of the simpleType within its schema, document order; SIZE_MAX: built in */
    size_t id;      /* in the emitted table */
    const xmlNode *node;
    variety variety;
    space space;
    bool number; /* an xs:decimal or derived from it */
    bool has_dfa;
    dfa dfa;
    byte_run run;
    long min_len, max_len;              /* characters, or items of a list; -1 none */
    long total_digits, fraction_digits; /* -1 none */
    const char *min, *max;              /* bounds as written, NULL none */
    bool min_open, max_open;
    struct type *item;
    struct type **members;
    size_t n_members;
} type;

typedef struct schema {
    const char *name; /* "settlement-1.0" */
    xmlDoc *doc;
    const xmlNode *root;
    const char *target;
} schema;

typedef struct type_table {
    type **types;
    size_t n;
} type_table;

schema schema_read(const char *path);
/* Compiles every simpleType of the schema into the table. */
void types_compile(type_table *table, schema *s);
/* The type that a QName in the schema means. */
type *types_find(type_table *table, schema *s, const xmlNode *at, const char *qname);
/* The simpleType element itself, wherever it stands. */
type *types_of_node(type_table *table, schema *s, const xmlNode *node);

/* --- builtin.c: lexical spaces of the built-in types ----------------------------------------- */

typedef struct builtin {
    const char *name;
    space space;
    bool number;
    const char *pattern; /* NULL: any text */
    const char *item;    /* of a list type */
    long fraction_digits;
    const char *min, *max;
} builtin;
const builtin *builtin_find(const char *name);

/* --- xsd.c: small helpers on the tree --------------------------------------------------------- */

bool is_xsd(const xmlNode *node, const char *name);
const char *attr_of(const xmlNode *node, const char *name); /* NULL: absent */
const xmlNode *first_child(const xmlNode *node, const char *name);
_Noreturn void die_at(const schema *s, const xmlNode *at, const char *what, const char *detail);

/* --- emit.c, structure.c --------------------------------------------------------------------- */

void emit_types(FILE *out, const type_table *table);
void emit_structure(FILE *tables, FILE *header, type_table *table, schema *s);

#endif
