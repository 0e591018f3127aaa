/* SPDX-License-Identifier: Apache-2.0 */
/* A settled stay to write, and the document as it comes out. */
#ifndef TESTS_WIRE_SUPPORT_H
#define TESTS_WIRE_SUPPORT_H

#include "model_support.h"
#include "wire/wire.h"

typedef struct wire_stay {
    test_world *w;
    stl_case *c;
    stl_settlement s;
    stl_verdict v;
    stl_envelope e;
    stl_layer layers[2];
    stl_digest *digest;
    unsigned char content_digest[STL_DIGEST_LEN];
} wire_stay;

/* n lines (n >= 3; the third takes back the second), two layers, two findings, a gap, a diagnosis,
 * an operation, an identity, an accumulator. All sums hold. */
void wire_stay_make(wire_stay *t, size_t n);
/* Without a refund, for counting costs: the lines of `n` all alike. */
void wire_stay_free(wire_stay *t);

settle_status wire_write(wire_stay *t, stl_buf *out, stl_error *err); /* unclosed */
void wire_document(wire_stay *t, stl_buf *out);                       /* closed; fails the test */

/* Both verdicts on a document: libxml2 by the schema, ours by reading. */
bool wire_libxml2_accepts(stl_str document);
settle_status wire_read(stl_str document, stl_error *err); /* parse and finish */

/* The document with the first `old` replaced; fails the test when it is not there. */
void wire_replace(const stl_buf *document, const char *old, const char *fresh, stl_buf *out);

#endif
