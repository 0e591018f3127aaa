/* SPDX-License-Identifier: Apache-2.0 */
/* What a new version of a pack changes, before it is switched on. */
#ifndef STL_FLOW_PACK_DIFF_H
#define STL_FLOW_PACK_DIFF_H

#include "flow/session.h"

/* The rows of two packs; with `stays` also the open stays of the ledger judged by each of them
 * alone: which findings appear and vanish, which amounts change. *differs: any of it. PACK_*; with
 * `stays` ARG_STATE without a home, CONFIG_VALUE where a pack permits a switch of the site not,
 * STORE_*. */
settle_status stl_flow_pack_diff(stl_session *session, const char *a, const char *b, bool stays,
                                 bool *differs, char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
