/* SPDX-License-Identifier: Apache-2.0 */
/* What another policy would pay for the stays of the ledger, settled ones too. */
#ifndef STL_FLOW_WHATIF_H
#define STL_FLOW_WHATIF_H

#include "flow/session.h"

/* By the pack of that file, whatever its interval; nothing is stored. *differs: some amount does.
 */
settle_status stl_flow_whatif(stl_session *session, const char *path, bool *differs,
                              char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
