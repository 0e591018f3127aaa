/* SPDX-License-Identifier: Apache-2.0 */
/* hospital/mapping.csv with what was approved. */
#ifndef STL_FLOW_MAP_PUBLISH_H
#define STL_FLOW_MAP_PUBLISH_H

#include "flow/session.h"

/* Writes mapping.csv again: rows of others as they are, in UTF-8, and of each proposal that is
 * approved or expired one row under its number (R1, R2, ...). A row that an approved one takes the
 * place of ends the day before it; its columns replaced_by and enddate_before say so, and give it
 * back when the approval is undone. The file is whole at any moment; it is not touched when nothing
 * would change. Sessions that are open keep the mapping that they loaded. *out_in_force: proposals
 * approved. ARG_STATE within an exchange; INPUT_MAPPING when a row bears the number of a proposal
 * (in map_id or replaced_by) that was not approved here, or is not that of it: it is left alone. */
settle_status stl_flow_map_publish(stl_session *session, int64_t *out_in_force,
                                   stl_error *err) STL_MUST_CHECK;

#endif
