/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of a .pack: an SQLite database, the index section from the next page on, and at the
 * very end a footer of fixed length. Numbers of the footer are little-endian: 0 magic  8 format  12
 * zero  16 SQLite length  24 index offset  32 index length  40 file length 48 SHA-256 of the index
 * section  80 pack digest  112 zeros  224 SHA-256 of bytes 0 to 223 Beside it stands the installed
 * record <file>.digest: what a complete check has seen. */
#ifndef STL_PACK_FOOTER_H
#define STL_PACK_FOOTER_H

#include "base/digest.h"

enum {
    STL_PACK_FORMAT = 1,
    STL_PACK_PAGE = 4096, /* of SQLite, and the alignment of the index section */
    STL_FOOTER_LEN = 256,
    STL_PACK_APPLICATION_ID = 0x53544c50, /* "STLP", in the database's header */
};

typedef struct stl_footer {
    uint64_t sqlite_len, index_offset, index_len;
    unsigned char index_digest[STL_DIGEST_LEN];
    unsigned char pack_digest[STL_DIGEST_LEN];
} stl_footer;

settle_status stl_footer_encode(const stl_footer *footer, unsigned char out[static STL_FOOTER_LEN],
                                stl_error *err) STL_MUST_CHECK;
/* Header and footer of a whole file. PACK_EMPTY, PACK_FORMAT, PACK_TRUNCATED, PACK_DIGEST with
 * `path`. */
settle_status stl_footer_decode(const unsigned char *file, size_t len, const char *path,
                                stl_footer *out, stl_error *err) STL_MUST_CHECK;

/* PACK_DIGEST: there is no record, or it is of another file. */
settle_status stl_installed_compare(const char *pack_path, const stl_footer *footer,
                                    stl_error *err) STL_MUST_CHECK;
settle_status stl_installed_write(const char *pack_path, const stl_footer *footer,
                                  stl_error *err) STL_MUST_CHECK;

#endif
