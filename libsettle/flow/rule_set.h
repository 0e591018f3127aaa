/* SPDX-License-Identifier: Apache-2.0 */
/* All rules as a pack sets them, with what stands behind them. */
#ifndef STL_FLOW_RULE_SET_H
#define STL_FLOW_RULE_SET_H

#include "flow/session.h"

settle_status stl_flow_rule_set(const stl_session *session, const char *path, stl_day day,
                                char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
