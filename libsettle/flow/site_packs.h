/* SPDX-License-Identifier: Apache-2.0 */
/* The packs of a home: which are in force, and what their rules lack. */
#ifndef STL_FLOW_SITE_PACKS_H
#define STL_FLOW_SITE_PACKS_H

#include "base/json.h"
#include "flow/session.h"

/* Member "packs". */
void stl_flow_put_packs(stl_json *j, const stl_site *site, stl_day day, int32_t lang);
/* {"at":,"packs":[...],"switches":[...]}: the site's own actions beside them. */
settle_status stl_flow_pack_list(const stl_session *session, stl_day day, char **out_json,
                                 stl_error *err) STL_MUST_CHECK;

#endif
