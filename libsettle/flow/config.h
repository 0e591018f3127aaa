/* SPDX-License-Identifier: Apache-2.0 */
/* settle.ini: what a site sets. */
#ifndef STL_FLOW_CONFIG_H
#define STL_FLOW_CONFIG_H

#include "load/source.h"
#include "rules/rules.h"

typedef struct stl_config {
    stl_str fixmedins_code, fixmedins_name; /* [institution] */
    stl_str medins_lv, hosp_lv;
    stl_str mdtrtarea_admvs;
    int64_t utc_offset_s;
    stl_str *packs; /* [packs] pack = file, repeated */
    size_t n_packs, cap_packs;
    stl_str key, chain, trust; /* [sign] */
    stl_str sm2_sm3_uri, sm3_uri;
    stl_str ledger; /* [ledger] */
    int64_t busy_ms;
    stl_str opter, opter_name, opter_type, role; /* [operator] */
    stl_rule_switch *switches;                   /* [rules] RULE = action */
    size_t n_switches, cap_switches;
    stl_site_option *adapter_options; /* [adapter NAME], and [institution] */
    size_t n_adapter_options, cap_adapter_options;
    stl_adapter_site adapters;
} stl_config;

/* Paths become absolute by `home`. CONFIG_READ, CONFIG_VALUE, CONFIG_MISSING with line and option.
 */
settle_status stl_config_read(const char *home, stl_arena *arena, stl_config *out,
                              stl_error *err) STL_MUST_CHECK;

#endif
