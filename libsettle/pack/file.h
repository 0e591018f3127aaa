/* SPDX-License-Identifier: Apache-2.0 */
/* Files as packs and caches need them: written aside and renamed. */
#ifndef STL_PACK_FILE_H
#define STL_PACK_FILE_H

#include "base/error.h"

/* A file that does not exist under its name before it is complete. */
typedef struct stl_aside {
    char *path; /* where it will stand */
    char *temp; /* where it grows, in the same directory; NULL once committed */
    int fd;
} stl_aside;

/* STORE_WRITE with the path. */
settle_status stl_aside_begin(const char *path, stl_aside *out, stl_error *err) STL_MUST_CHECK;
settle_status stl_aside_write(stl_aside *file, const void *bytes, size_t len,
                              stl_error *err) STL_MUST_CHECK;
/* Syncs, gives it mode 0644, renames it and syncs the directory. */
settle_status stl_aside_commit(stl_aside *file, stl_error *err) STL_MUST_CHECK;
void stl_aside_cleanup(stl_aside *file); /* uncommitted: nothing is left behind */
#define SCOPED_ASIDE __attribute__((cleanup(stl_aside_cleanup))) stl_aside

#endif
