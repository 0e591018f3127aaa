/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of the ledger, read again. */
#ifndef STL_FLOW_STORED_H
#define STL_FLOW_STORED_H

#include "flow/session.h"
#include "wire/wire.h"

void stl_flow_reader_cleanup(stl_wire_reader **reader);
#define SCOPED_READER __attribute__((cleanup(stl_flow_reader_cleanup))) stl_wire_reader

/* What the next settlement rests on is verified as of the day it was signed. A site without trust
 * anchors has nothing to verify it by. *out lives until the reader is freed. */
settle_status stl_flow_read_stored(const stl_session *session, stl_str document,
                                   stl_instant made_at, stl_wire_reader *reader,
                                   const stl_wire_document **out, stl_error *err) STL_MUST_CHECK;

#endif
