/* SPDX-License-Identifier: Apache-2.0 */
/* Directory trees: copy, remove. */
#ifndef STL_FLOW_TREE_H
#define STL_FLOW_TREE_H

#include "base/error.h"
#include <stdbool.h>

enum { STL_PATH_MAX = 4096 };

/* "dir/name". ARG_VALUE when too long. */
settle_status stl_path_join(const char *dir, const char *name, char out[static STL_PATH_MAX],
                            stl_error *err) STL_MUST_CHECK;
/* Files and directories below `from` into the new directory `to`; modes 0644 and 0755, synced.
 * INPUT_OPEN, STORE_WRITE, STORE_FULL. */
settle_status stl_tree_copy(const char *from, const char *to, stl_error *err) STL_MUST_CHECK;
/* Best effort; what cannot be removed stays. */
void stl_tree_remove(const char *path);
/* Nothing is there, or an empty directory; else ARG_EXISTS. ARG_VALUE of a path that is too long,
 * STORE_WRITE of one that cannot be looked at. */
settle_status stl_tree_need_free(const char *path, stl_error *err) STL_MUST_CHECK;

#endif
