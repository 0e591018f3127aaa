/* SPDX-License-Identifier: Apache-2.0 */
/* Region packs (one immutable file: SQLite database + mapped index) and the compiled mapping. */
#ifndef STL_PACK_PACK_H
#define STL_PACK_PACK_H

#include "base/buf.h"
#include "base/digest.h"
#include "model/mapping.h"
#include "model/region.h"
#include "model/stay.h"

typedef struct stl_pack stl_pack;

/* Another source tree of which the pack took something when it was built. */
typedef struct stl_pack_include {
    stl_str path, id, version, digest;
    stl_str takes; /* "caps.csv", "policy 310": blank-separated lists joined by "; " */
} stl_pack_include;

/* Texts are borrowed until the pack is closed. */
typedef struct stl_pack_info {
    const char *path, *id, *version, *name;
    stl_day begndate, enddate; /* validity of the whole pack */
    char digest[65];
    size_t rows[STL_T_COUNT];
    const stl_str *regions, *schemes; /* admdvs prefixes; insutype, "*" every one */
    size_t n_regions, n_schemes;
    const stl_pack_include *includes;
    size_t n_includes;
} stl_pack_info;

/* Maps the pack, checks header, footer and the installed digest record; does not read the rows.
 * PACK_OPEN, PACK_TRUNCATED, PACK_FORMAT, PACK_EMPTY, PACK_DIGEST. */
settle_status stl_pack_open(const char *path, stl_pack **out, stl_error *err) STL_MUST_CHECK;
void stl_pack_close(stl_pack *pack);
const stl_region *stl_pack_region(const stl_pack *pack);
void stl_pack_describe(const stl_pack *pack, stl_pack_info *out);

bool stl_pack_in_force(const stl_pack *pack, stl_day day);
/* Does this pack serve (insutype, mdtrtarea, date)? The whole pack's validity counts. */
bool stl_pack_serves(const stl_pack *pack, stl_str insutype, stl_str mdtrtarea, stl_day day);
/* The date that selects the rule for this stay, by the pack's declaration; STL_NONE: the stay bears
 * none. */
stl_day stl_pack_rule_day(const stl_pack *pack, const stl_admission *head);

/* Builds `source_dir` into `out_path` (NULL: <id>-<version>.pack beside the source tree), written
 * aside, synced, renamed; then opens it. Problems are PACK_SOURCE or PACK_POLICY with file, line,
 * field; PACK_EMPTY; STORE_WRITE. */
settle_status stl_pack_build(const char *source_dir, const char *out_path, stl_pack **out,
                             stl_error *err) STL_MUST_CHECK;
/* Everything that opening leaves out: index digest, SQLite integrity, rows equal in both, policy.
 * Then writes the installed record beside the pack. */
settle_status stl_pack_check(const char *path, stl_error *err) STL_MUST_CHECK;

/* One row that is in one of two packs only, or differs: `before` or `after` is NULL where there is
 * none. Rows are the same by the key of their table and the day they begin. */
typedef struct stl_pack_change {
    const stl_table_spec *spec;
    const stl_str *before, *after; /* one a column, borrowed in the call */
    const bool *key;               /* by column */
} stl_pack_change;
typedef settle_status (*stl_pack_change_fn)(void *user, const stl_pack_change *change,
                                            stl_error *err);
/* Table by table in byte order of their names, rows by their keys; streams, however many rows. The
 * numbers of rows, which follow from the rest, are left out. */
settle_status stl_pack_diff(const stl_pack *a, const stl_pack *b, stl_pack_change_fn change,
                            void *user, stl_error *err) STL_MUST_CHECK;

/* The rows of any table (pack/tables.h has them all), in the order of their canonical bytes. */
settle_status stl_pack_table(const stl_pack *pack, size_t table, stl_index_table *out,
                             stl_error *err) STL_MUST_CHECK;
/* The canonical text of a cell; numbers are written into `scratch`. */
stl_str stl_pack_cell(const stl_table_spec *spec, const stl_index_table *table, const int64_t *row,
                      size_t column, char scratch[static STL_DECIMAL_TEXT_MAX]);
/* SHA-256 over the canonical rows, in hex. */
settle_status stl_pack_rows_digest(const stl_table_spec *spec, const stl_index_table *table,
                                   stl_index_rows rows, char out[static STL_DIGEST_HEX],
                                   stl_error *err) STL_MUST_CHECK;

/* --- the hospital's own tables --------------------------------------------------------------- */

typedef struct stl_mapping_file stl_mapping_file;

/* Opens the compiled mapping of hospital_dir in cache_dir, compiling it first when the sources are
 * newer or other. MAPPING_READ with file, line, field. */
settle_status stl_mapping_open(const char *hospital_dir, const char *cache_dir,
                               stl_mapping_file **out, stl_error *err) STL_MUST_CHECK;
void stl_mapping_close(stl_mapping_file *file);
const stl_mapping *stl_mapping_of(const stl_mapping_file *file);

#endif
