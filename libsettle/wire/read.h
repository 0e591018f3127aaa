/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STL_WIRE_READ_H
#define STL_WIRE_READ_H

#include "facet_names.h"
#include "wire/facet.h"
#include "wire/wire.h"

/* An element whose end has not come yet. */
typedef struct stl_wire_frame {
    uint16_t element;
    uint16_t child;                   /* position in the sequence */
    uint32_t n_present;               /* of the child at that position */
    bool closed;                      /* the trailing wildcard has been used */
    uint32_t declared[2], present[2]; /* rows, by position in the sequence */
} stl_wire_frame;

/* A serial that must be that of a line: of a finding, or of the line a refund takes back. */
typedef struct stl_wire_reference {
    stl_str feedetl_sn;
    unsigned attribute;
    uint32_t from; /* the refund's line; of a finding: its number */
} stl_wire_reference;

struct stl_wire_reader {
    char name[192];
    stl_wire_document doc;
    stl_wire_frame stack[STL_MOST_DEPTH];
    int depth;
    int skipping; /* open elements within the wildcard */
    bool ended;
    stl_str values[STL_MOST_ATTRIBUTES]; /* of the element being opened; NULL: absent */
    size_t cap_lines, cap_serials;
    stl_wire_reference *references;
    size_t n_references, cap_references;
    uint16_t *setl_fields; /* STL_A_SETLINFO_* by layer, UINT16_MAX none */
    size_t n_setl_fields, cap_setl_fields;
    settle_status count_status; /* the first list that holds other rows than declared, or finding
                                  that is overridden by nobody */
    stl_error count_error;
};

/* Takes what the document keeps of the element just opened, whose values are checked. */
settle_status stl_wire_fill(stl_wire_reader *r, unsigned element, stl_error *err) STL_MUST_CHECK;

/* A number of the element just opened, with the decimals of its type; STL_NONE: absent. */
int64_t stl_wire_number(const stl_wire_reader *r, unsigned element, unsigned attribute);

/* Serials are unique, references lead to lines; fills refund_of. INPUT_COUNT. */
settle_status stl_wire_link(stl_wire_reader *r, stl_error *err) STL_MUST_CHECK;

/* All sums again. INPUT_SUMS. */
settle_status stl_wire_sums(const stl_wire_reader *r, stl_error *err) STL_MUST_CHECK;

#endif
