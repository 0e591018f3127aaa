/* SPDX-License-Identifier: Apache-2.0 */
/* Exclusive XML canonicalisation 1.0 (no comments, no InclusiveNamespaces) of reader events. */
#ifndef STL_XML_C14N_H
#define STL_XML_C14N_H

#include "xml/reader.h"
#include "base/buf.h"

typedef struct stl_c14n stl_c14n;

/* Output goes to `sink` in pieces of some KiB. NULL: out of memory. */
typedef settle_status (*stl_c14n_sink)(void *user, const void *bytes, size_t len, stl_error *err);
stl_c14n *stl_c14n_new(stl_c14n_sink sink, void *user);
void stl_c14n_free(stl_c14n *c14n);
settle_status stl_c14n_open(stl_c14n *c14n, const stl_xml_element *element,
                            stl_error *err) STL_MUST_CHECK;
settle_status stl_c14n_text(stl_c14n *c14n, stl_str text, stl_error *err) STL_MUST_CHECK;
settle_status stl_c14n_close(stl_c14n *c14n, stl_xml_name name, stl_error *err) STL_MUST_CHECK;
settle_status stl_c14n_pi(stl_c14n *c14n, stl_str target, stl_str data,
                          stl_error *err) STL_MUST_CHECK;
settle_status stl_c14n_flush(stl_c14n *c14n, stl_error *err) STL_MUST_CHECK;

#endif
