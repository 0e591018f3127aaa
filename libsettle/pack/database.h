/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite side of a pack: the same rows, for people and other programs. */
#ifndef STL_PACK_DATABASE_H
#define STL_PACK_DATABASE_H

#include "pack/rowset.h"

/* Writes all tables (sorted) into the empty file `path`; STORE_WRITE with SQLite's code. */
settle_status stl_database_write(const char *path, const stl_rowset sets[static STL_PACK_TABLES],
                                 const stl_pool *pool, stl_error *err) STL_MUST_CHECK;

/* Opens the database in a .pack for reading; *out is to be closed even on failure. PACK_OPEN. */
struct sqlite3;
settle_status stl_database_open(const char *path, struct sqlite3 **out,
                                stl_error *err) STL_MUST_CHECK;

/* Integrity of the database in a .pack, and its rows against the index, row by row; the pack digest
 * of what was read. PACK_DIGEST or PACK_FORMAT with path, table and row. */
settle_status stl_database_compare(const char *path, const stl_index *index,
                                   unsigned char out_digest[static STL_DIGEST_LEN],
                                   stl_error *err) STL_MUST_CHECK;

#endif
