/* SPDX-License-Identifier: Apache-2.0 */
/* An open pack, and a pack opened before it has an installed record. */
#ifndef STL_PACK_HANDLE_H
#define STL_PACK_HANDLE_H

#include "base/file.h"
#include "pack/footer.h"
#include "pack/pack.h"
#include "pack/tables.h"

struct stl_pack {
    stl_arena *arena;
    stl_mapped file;
    stl_footer footer;
    stl_index index;
    stl_region region;
    stl_pack_info info;
};

/* As stl_pack_open, without asking the installed record when `installed` is false. */
settle_status stl_pack_open_as(const char *path, bool installed, stl_pack **out,
                               stl_error *err) STL_MUST_CHECK;
void stl_pack_cleanup(stl_pack **pack);
#define SCOPED_PACK __attribute__((cleanup(stl_pack_cleanup))) stl_pack

#endif
