/* SPDX-License-Identifier: Apache-2.0 */
/* Files as packs and caches need them: written aside and renamed, read whole, mapped read-only. */
#ifndef STL_PACK_FILE_H
#define STL_PACK_FILE_H

#include "base/buf.h"
#include "base/error.h"
#include <sys/stat.h>

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

/* The bytes of a regular file; `stat_out` (NULL allowed) is of the open file, before the reading.
 * `failure` is the status when it cannot be opened or read, `name` the file in the error. */
settle_status stl_file_read(const char *path, const char *name, settle_status failure, stl_buf *out,
                            struct stat *stat_out, stl_error *err) STL_MUST_CHECK;

typedef struct stl_mapped {
    const unsigned char *bytes; /* NULL: not mapped, or empty */
    size_t len;
    struct stat stat;
} stl_mapped;

/* Maps a regular file; `failure` when it cannot be. */
settle_status stl_file_map(const char *path, settle_status failure, stl_mapped *out,
                           stl_error *err) STL_MUST_CHECK;
void stl_file_unmap(stl_mapped *file);

#endif
