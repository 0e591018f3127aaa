/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of a build, each kept once under a number: equal texts have equal numbers. */
#ifndef STL_PACK_POOL_H
#define STL_PACK_POOL_H

#include "base/error.h"
#include "base/str.h"

typedef struct stl_pool stl_pool;

stl_pool *stl_pool_new(void); /* NULL: out of memory */
void stl_pool_free(stl_pool *pool);
settle_status stl_pool_add(stl_pool *pool, stl_str text, uint32_t *out_id,
                           stl_error *err) STL_MUST_CHECK;
stl_str stl_pool_text(const stl_pool *pool, uint32_t id); /* NUL-terminated */
size_t stl_pool_count(const stl_pool *pool);

void stl_pool_cleanup(stl_pool **pool);
#define SCOPED_POOL __attribute__((cleanup(stl_pool_cleanup))) stl_pool

#endif
