/* SPDX-License-Identifier: Apache-2.0 */
/* Where layouts lie: adapters.d/ of the home, then settle/adapters/ beside the library. */
#ifndef STL_LOAD_LAYOUT_FIND_H
#define STL_LOAD_LAYOUT_FIND_H

#include "load/layout.h"

/* Reads NAME.adapter; *out stays NULL when there is none. ADAPTER_OPEN, ADAPTER_LAYOUT. */
settle_status stl_layout_find(const char *name, const stl_adapter_site *site, stl_arena *arena,
                              stl_layout **out, stl_error *err) STL_MUST_CHECK;

#endif
