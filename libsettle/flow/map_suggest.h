/* SPDX-License-Identifier: Apache-2.0 */
/* Which catalogue items the hospital's items may be. */
#ifndef STL_FLOW_MAP_SUGGEST_H
#define STL_FLOW_MAP_SUGGEST_H

#include "flow/session.h"
#include "match/match.h"

/* What may be meant by an item, by one pack: the best first; n 0: nothing. Borrowed in the call. */
typedef settle_status (*stl_map_match_fn)(void *user, const stl_region *region,
                                          const stl_match_item *item, const stl_match *matches,
                                          size_t n, stl_error *err);
/* Of the items named, else of all that no mapping in force on the day leads to a catalogue item, by
 * each pack in force. INPUT_ITEM_UNKNOWN. */
settle_status stl_flow_map_matches(const stl_session *session, const char *const *items,
                                   size_t n_items, stl_day at, stl_map_match_fn each, void *user,
                                   stl_error *err) STL_MUST_CHECK;

/* The same told: {"at":,"items":[...]}. INPUT_ITEM_UNKNOWN. */
settle_status stl_flow_map_suggest(stl_session *session, const char *const *items, size_t n_items,
                                   stl_day at, char **out_json, stl_error *err) STL_MUST_CHECK;

/* What speaks for a match and against it, in one line of fields: "870 med_list_codg prcunt, not
 * spec". */
void stl_flow_map_evidence(const stl_match *match, stl_buf *out);

#endif
