/* SPDX-License-Identifier: Apache-2.0 */
/* Where adapters lie: settle/adapters/ beside the library, or as the site says. */
#ifndef STL_LOAD_BESIDE_H
#define STL_LOAD_BESIDE_H

#include "load/source.h"

/* A name of an adapter, never a path: a-z, 0-9, '-' and '_', at most 40. */
bool stl_adapter_is_name(const char *name);

/* Refuses a file that everyone may write or replace, and so say what is read and loaded.
 * ADAPTER_OPEN. */
settle_status stl_adapter_check_open(const char *path, stl_error *err) STL_MUST_CHECK;
/* The same of the site's settle.ini, which names modules and drivers; a site without a home has
 * none. */
settle_status stl_adapter_check_site(const stl_adapter_site *site, stl_error *err) STL_MUST_CHECK;

/* ".../settle/adapters/NAMEending"; .ptr NULL: it is not known where the library lies. */
settle_status stl_adapter_beside(const char *name, const char *ending, stl_arena *arena,
                                 stl_str *out, stl_error *err) STL_MUST_CHECK;

#endif
