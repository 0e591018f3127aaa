/* SPDX-License-Identifier: Apache-2.0 */
/* The compiled mapping on disk: disposable, never trusted before it is checked. */
#ifndef STL_PACK_MAPPING_CACHE_H
#define STL_PACK_MAPPING_CACHE_H

#include "base/file.h"
#include "pack/mapping_source.h"

typedef struct stl_cached {
    stl_mapped file;
    const void *image;
    size_t image_len;
    stl_look look; /* at the sources, when it was compiled */
    unsigned char digest[STL_DIGEST_LEN];
} stl_cached;

/* False: there is none, or it is damaged, of another version of libsettle, or could have been
 * written by someone else than this user, root or the owner of the sources. */
bool stl_mapping_cache_open(const char *cache_dir, const char *hospital_dir, stl_cached *out);
/* Written aside and renamed. A failure is no error: the next opening compiles again. */
void stl_mapping_cache_store(const char *cache_dir, const stl_mapping_source *source,
                             const void *image, size_t image_len);

#endif
