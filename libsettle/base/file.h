/* SPDX-License-Identifier: Apache-2.0 */
/* Regular files read whole, or mapped read-only. */
#ifndef STL_BASE_FILE_H
#define STL_BASE_FILE_H

#include "base/buf.h"
#include "base/error.h"
#include <sys/stat.h>

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
