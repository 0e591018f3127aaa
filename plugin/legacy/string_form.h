/* SPDX-License-Identifier: Apache-2.0 */
/* The string form: a business number and a payload of '|' and '$' to a national transaction, and
 * back. */
#ifndef LEGACY_STRING_FORM_H
#define LEGACY_STRING_FORM_H

#include "frame.h"
#include "legacy.h"

/* A business number and the layout of its payloads (docs/legacy.md). */
typedef struct string_form {
    const char *number, *infno;
    const char *node;   /* of the input that the payload fills */
    const char *fields; /* of a row, in order; "-": not used; '?' behind one: it may be missing at
                           the end */
    bool rows;          /* '$' divides rows */
    const char *answer_node; /* of the output; "" the output itself */
    const char *answer;      /* fields of a row of the answer; "" an empty payload */
} string_form;

/* NULL: no such business number. Where settle.ini swaps them 2410 settles and 2420 tries. */
const string_form *string_form_of(const settle_context *context, const char *number);

/* The input object as text, malloc'd. NULL: call->text says which row has too few or too many
 * fields. */
char *string_input(legacy_call *call, const string_form *form, const frame_request *request);

/* The payload of the answer, UTF-8, malloc'd; NULL: no memory. */
char *string_answer(const string_form *form, const char *output);

#endif
