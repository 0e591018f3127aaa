/* SPDX-License-Identifier: Apache-2.0 */
/* What a site does on a broken rule ([rules] of settle.ini), within what its packs permit. */
#ifndef STL_FLOW_SWITCHES_H
#define STL_FLOW_SWITCHES_H

#include "flow/site.h"

/* The lowest action that a site may set for a rule of the pack. */
stl_action stl_flow_site_lowest(const stl_region *region, stl_str rule_id);

/* CONFIG_VALUE with the line: no such rule, or lower than a pack permits. A rule that the pack has
 * hold or block is lowered only as far as its parameter "site_lowest" says, or that of rule "*". */
settle_status stl_flow_switches_check(const stl_site *site, stl_error *err) STL_MUST_CHECK;

#endif
