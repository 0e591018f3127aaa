/* SPDX-License-Identifier: Apache-2.0 */
/* A judgement as the JSON of the contract ("preview --json"). */
#ifndef STL_FLOW_RESULT_H
#define STL_FLOW_RESULT_H

#include "base/json.h"
#include "flow/judge.h"

typedef enum stl_result_part {
    STL_RESULT_FINDINGS = 1, /* pack, findings, not_evaluated */
    STL_RESULT_AMOUNTS = 2,  /* setlinfo, setldetail, accumulators, lines */
} stl_result_part;

/* Members of the object that the caller has opened; `parts` is a set of stl_result_part. */
void stl_flow_result(stl_json *j, const stl_judgement *judgement, unsigned parts);

/* One finding as an object. */
void stl_flow_put_finding(stl_json *j, const stl_case *c, const stl_finding *finding);

/* What was not evaluated, as an object. */
void stl_flow_put_gap(stl_json *j, const stl_not_evaluated *gap, int32_t lang);

/* "mdtrt_id" and "pack": the head of every result. */
void stl_flow_result_head(stl_json *j, const stl_judgement *judgement);

/* An amount in yuan; a day, "" for none. */
void stl_flow_put_setlinfo(stl_json *j, const stl_setlinfo *info);
void stl_flow_put_money(stl_json *j, const char *key, stl_money value);
void stl_flow_put_day(stl_json *j, const char *key, stl_day day);

/* Hands the text over as *out_json; NO_MEMORY when the buffer failed. */
settle_status stl_flow_take_json(stl_buf *buf, char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
