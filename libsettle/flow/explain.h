/* SPDX-License-Identifier: Apache-2.0 */
/* Every amount of a judgement step by step, so that it can be computed again on paper. */
#ifndef STL_FLOW_EXPLAIN_H
#define STL_FLOW_EXPLAIN_H

#include "base/json.h"
#include "flow/judge.h"

/* Members "lines" and "steps" of the object that the caller has opened. `line` < 0: all lines; the
 * judgement was made with `explain`. */
void stl_flow_explain(stl_json *j, const stl_judgement *judgement, int64_t line);

/* Index of the charge with that serial; ARG_VALUE. */
settle_status stl_flow_find_line(const stl_stay *stay, stl_str feedetl_sn, int64_t *out,
                                 stl_error *err) STL_MUST_CHECK;

#endif
