/* SPDX-License-Identifier: Apache-2.0 */
/* Stays of the ledger: import, loading, listing, stored documents. */
#ifndef STL_FLOW_STAYS_H
#define STL_FLOW_STAYS_H

#include "flow/session.h"
#include "load/source.h"

/* Appends what the source brings; all or nothing. *out_json is the report. INPUT_DUPLICATE,
 * INPUT_ORPHAN, INPUT_SETTLED, STORE_*. */
settle_status stl_flow_import(stl_session *session, stl_source *source, char **out_json,
                              stl_error *err) STL_MUST_CHECK;

/* The stay as imported so far; owned by the caller. INPUT_STAY_UNKNOWN. */
settle_status stl_flow_stay(stl_session *session, stl_str mdtrt_id, stl_stay **out,
                            stl_error *err) STL_MUST_CHECK;

/* More of a stay: arrays as batch takes them, "stay" with what changes of its head. What it has
 * already is skipped. INPUT_STAY_UNKNOWN, INPUT_SETTLED, INPUT_*. */
settle_status stl_flow_append(stl_session *session, stl_str mdtrt_id, stl_str json,
                              stl_error *err) STL_MUST_CHECK;
/* Takes one charge, or all (an empty serial), out of a stay that nothing is settled of.
 * INPUT_CHARGE_UNKNOWN. */
settle_status stl_flow_remove(stl_session *session, stl_str mdtrt_id, stl_str feedetl_sn,
                              stl_error *err) STL_MUST_CHECK;
/* Takes a stay without charges out of the ledger; the chain keeps what it was. */
settle_status stl_flow_cancel(stl_session *session, stl_str mdtrt_id,
                              stl_error *err) STL_MUST_CHECK;

/* {"stays":[...]}: one stay, or all when the id is empty. */
settle_status stl_flow_status(stl_session *session, stl_str mdtrt_id, char **out_json,
                              stl_error *err) STL_MUST_CHECK;

#endif
