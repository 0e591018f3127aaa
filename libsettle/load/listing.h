/* SPDX-License-Identifier: Apache-2.0 */
/* The adapters at hand. */
#ifndef STL_LOAD_LISTING_H
#define STL_LOAD_LISTING_H

#include "load/source.h"

typedef enum stl_listed_kind {
    STL_LISTED_BUILTIN,
    STL_LISTED_LAYOUT,
    STL_LISTED_MODULE
} stl_listed_kind;

typedef struct stl_adapter_listed {
    const char *name, *path; /* path NULL: compiled in */
    stl_listed_kind kind;
} stl_adapter_listed;

/* Calls `each` for those compiled in, then those of the home's adapters.d, then those beside the
 * library, in byte order of their files; a name that comes again does not count, as in reading. */
settle_status stl_adapter_each(const stl_adapter_site *site,
                               settle_status (*each)(void *user, const stl_adapter_listed *one),
                               void *user, stl_error *err) STL_MUST_CHECK;

#endif
