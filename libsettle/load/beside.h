/* SPDX-License-Identifier: Apache-2.0 */
/* What lies in settle/adapters/ beside the library. */
#ifndef STL_LOAD_BESIDE_H
#define STL_LOAD_BESIDE_H

#include "base/mem.h"

/* A name of an adapter, never a path: a-z, 0-9, '-' and '_', at most 40. */
bool stl_adapter_is_name(const char *name);

/* ".../settle/adapters/NAMEending"; .ptr NULL: it is not known where the library lies. */
settle_status stl_adapter_beside(const char *name, const char *ending, stl_arena *arena,
                                 stl_str *out, stl_error *err) STL_MUST_CHECK;

#endif
