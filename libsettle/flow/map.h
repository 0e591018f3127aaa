/* SPDX-License-Identifier: Apache-2.0 */
/* The hospital's mapping judged as a whole, and listed. */
#ifndef STL_FLOW_MAP_H
#define STL_FLOW_MAP_H

#include "base/json.h"
#include "flow/session.h"

/* Judges every hospital item on a day by the rules that a charge of it would meet (one of it is
 * charged at noon of that day): {"at":,"items":,"problems":[...]}. */
settle_status stl_flow_map_check(stl_session *session, stl_day at, uint32_t *out_problems,
                                 char **out_json, stl_error *err) STL_MUST_CHECK;
/* {"at":,"rows":[...]}: the mapping rows in force. */
settle_status stl_flow_map_list(stl_session *session, stl_day at, char **out_json,
                                stl_error *err) STL_MUST_CHECK;

/* PACK_EXPIRED when no pack is in force on the day. */
settle_status stl_flow_need_pack(const stl_site *site, stl_day at, stl_error *err) STL_MUST_CHECK;

/* A stay of one charge, borrowed in the call, for every hospital item, those that are only mapped
 * too: charged at noon of the day. */
typedef settle_status (*stl_map_item_fn)(void *user, const stl_stay *stay, stl_error *err);
settle_status stl_flow_map_each(const stl_site *site, stl_day at, stl_map_item_fn each, void *user,
                                stl_error *err) STL_MUST_CHECK;
/* What is wrong with the item of such a stay by one pack; in the arena. */
settle_status stl_flow_map_judge(const stl_session *session, const stl_stay *stay,
                                 const stl_pack *pack, stl_arena *arena, stl_case *c,
                                 stl_verdict *out, stl_error *err) STL_MUST_CHECK;
void stl_flow_put_map_problem(stl_json *j, const stl_case *c, const stl_finding *problem);

/* "YYYY-MM-DD", or NULL: today. INPUT_DATE. */
settle_status stl_flow_day(const stl_session *session, const char *at, stl_day *out,
                           stl_error *err) STL_MUST_CHECK;

#endif
