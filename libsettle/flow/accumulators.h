/* SPDX-License-Identifier: Apache-2.0 */
/* Year-to-date values of a person when the stay brings none: those after the person's latest
 * settlement in this ledger. */
#ifndef STL_FLOW_ACCUMULATORS_H
#define STL_FLOW_ACCUMULATORS_H

#include "flow/session.h"

/* Gives `c` a stay that bears them. Nothing changes when the stay brings its own, or the ledger
 * knows none: the payment is then not evaluated. */
settle_status stl_flow_accumulators(stl_session *session, stl_case *c,
                                    stl_error *err) STL_MUST_CHECK;

#endif
