/* SPDX-License-Identifier: Apache-2.0 */
/* A loaded home: configuration, packs, mapping. Immutable, shared by sessions. */
#ifndef STL_FLOW_SITE_H
#define STL_FLOW_SITE_H

#include "flow/config.h"
#include "model/case.h"
#include "pack/pack.h"

typedef struct stl_site {
    stl_arena *arena;
    stl_str home;
    stl_config config;
    stl_pack **packs;
    size_t n_packs;
    stl_mapping_file *mapping;
} stl_site;

settle_status stl_site_load(const char *home, stl_site **out, stl_error *err) STL_MUST_CHECK;
void stl_site_free(stl_site *site);

/* The one pack that serves the stay: PACK_NONE, PACK_SEVERAL, PACK_EXPIRED. */
settle_status stl_site_pack(const stl_site *site, const stl_admission *head, const stl_pack **out,
                            stl_error *err) STL_MUST_CHECK;

/* What settle.ini says where a stay is silent. */
stl_case_site stl_site_defaults(const stl_site *site);

/* Does the pack serve scheme and place of the stay, whatever the day? */
bool stl_site_serves(const stl_site *site, const stl_pack *pack, const stl_admission *head);

#endif
