/* SPDX-License-Identifier: Apache-2.0 */
/* Who answers for an act against the rule: an override, a reversal. */
#ifndef STL_FLOW_WHO_H
#define STL_FLOW_WHO_H

#include "model/finding.h"

/* Without the blanks around the texts. */
stl_override stl_flow_who(const stl_override *given);
/* Whether two names or numbers are of one person: case, width and signs make no other. */
bool stl_flow_same_person(stl_str a, stl_str b);
/* ARG_VALUE for a text that is empty, too long or not fit; no second person is. */
settle_status stl_flow_check_who(const stl_override *who, stl_error *err) STL_MUST_CHECK;

#endif
