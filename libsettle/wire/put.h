/* SPDX-License-Identifier: Apache-2.0 */
/* Writing checked values: what is put has passed its facets. The first failure sticks. */
#ifndef STL_WIRE_PUT_H
#define STL_WIRE_PUT_H

#include "facet_names.h"
#include "wire/facet.h"
#include "wire/wire.h"

typedef struct stl_wire_out {
    stl_xml_writer xml;
    settle_status status;
    stl_error *err;
    int64_t line; /* of the input record being written, for errors */
    stl_day day;  /* whose text stands in `instant` */
    bool day_ok;
    char instant[STL_DATE_TEXT_MAX];
} stl_wire_out;

void stl_wire_open(stl_wire_out *o, unsigned element);
void stl_wire_shut(stl_wire_out *o);

/* An attribute STL_A_*, in their order. The empty text or STL_NONE: left out, or refused where it
 * is required. Numbers are written with the decimals of their type. */
void stl_wire_put(stl_wire_out *o, unsigned attribute, stl_str value);
void stl_wire_put_number(stl_wire_out *o, unsigned attribute, int64_t value);
void stl_wire_put_instant(stl_wire_out *o, unsigned attribute, stl_instant at);
void stl_wire_put_flag(stl_wire_out *o, unsigned attribute, bool value);

/* Opens the element and puts the fields of a record that have the names of its attributes. */
void stl_wire_put_record(stl_wire_out *o, unsigned element, stl_record_kind kind,
                         const void *record);

/* --- parts of the document ------------------------------------------------------------------- */

void stl_wire_write_stay(stl_wire_out *o, const stl_case *c);
void stl_wire_write_charges(stl_wire_out *o, const stl_submission *s);
void stl_wire_write_amounts(stl_wire_out *o, const stl_submission *s);
void stl_wire_write_findings(stl_wire_out *o, const stl_submission *s);

#endif
