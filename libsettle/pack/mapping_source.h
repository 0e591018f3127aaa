/* SPDX-License-Identifier: Apache-2.0 */
/* items.csv and mapping.csv of a hospital: as they lie on disk, and compiled into an index image.
 */
#ifndef STL_PACK_MAPPING_SOURCE_H
#define STL_PACK_MAPPING_SOURCE_H

#include "base/digest.h"
#include "base/index.h"
#include "model/mapping.h"

enum { STL_SOURCE_ITEMS, STL_SOURCE_MAPPING, STL_SOURCES };

/* What tells without reading that a file is the one seen before. */
typedef struct stl_stamp {
    int64_t device, inode, size, mtime_s, mtime_ns, ctime_s, ctime_ns;
} stl_stamp;

typedef struct stl_look {
    stl_stamp stamps[STL_SOURCES];
    int64_t at_s, at_ns; /* when the stamps were taken, by the clock of the file system */
} stl_look;

typedef struct stl_mapping_source {
    stl_look look; /* before the reading */
    stl_buf texts[STL_SOURCES];
    unsigned char digest[STL_DIGEST_LEN]; /* of the lines "<hex of the file>  <name>" LF */
} stl_mapping_source;

/* Stamps only. MAPPING_READ with the file that is missing. */
settle_status stl_mapping_look(const char *dir, stl_look *out, stl_error *err) STL_MUST_CHECK;
/* A change within one tick of the file system's clock may leave no trace: false when the files had
 * been written that shortly before the look. */
bool stl_look_settled(const stl_look *look);
bool stl_look_same(const stl_look *a, const stl_look *b);

settle_status stl_mapping_source_read(const char *dir, stl_mapping_source *out,
                                      stl_error *err) STL_MUST_CHECK;
void stl_mapping_source_free(stl_mapping_source *source);

/* MAPPING_READ with file, line, field. */
settle_status stl_mapping_compile(const stl_mapping_source *source, stl_buf *out_image,
                                  stl_error *err) STL_MUST_CHECK;

/* Finds the two tables in an image. */
settle_status stl_mapping_tables(const void *image, size_t len, stl_mapping *out,
                                 stl_error *err) STL_MUST_CHECK;

#endif
