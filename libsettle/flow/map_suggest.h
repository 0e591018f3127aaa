/* SPDX-License-Identifier: Apache-2.0 */
/* Which catalogue items the hospital's items may be. */
#ifndef STL_FLOW_MAP_SUGGEST_H
#define STL_FLOW_MAP_SUGGEST_H

#include "flow/session.h"

/* Of the items named, else of all that no mapping in force on the day leads to a catalogue item:
 * {"at":,"items":[...]} by each pack in force. INPUT_ITEM_UNKNOWN. */
settle_status stl_flow_map_suggest(stl_session *session, const char *const *items, size_t n_items,
                                   stl_day at, char **out_json, stl_error *err) STL_MUST_CHECK;

#endif
