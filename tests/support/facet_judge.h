/* SPDX-License-Identifier: Apache-2.0 */
/* Compiled simple types against libxml2 on the schema itself. */
#ifndef TESTS_FACET_JUDGE_H
#define TESTS_FACET_JUDGE_H

#include "wire/facet.h"

#include <libxml/xmlschemas.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { FACET_VALUES = 100000 };

typedef struct facet_schema {
    char name[64];
    xmlDoc *doc;
    xmlSchema *schema;
    char target[128];
    size_t n_types;
} facet_schema;

/* The schema with a global element v0, v1 ... for each of its simple types, in document order. */
facet_schema facet_schema_read(const char *directory, const char *file);
void facet_schema_free(facet_schema *s);

/* True where libxml2 is known to depart from XML Schema part 2 on this value. */
typedef bool facet_departure(const stl_simple_type *type, stl_str value);

/* How many of FACET_VALUES values of the type, from a fixed seed, get different verdicts; prints
 * the first few. Fails when one of the verdicts hardly occurs. */
size_t facet_compare(const facet_schema *s, size_t ordinal, const stl_simple_type *table, size_t n,
                     facet_departure *departs);

#endif
