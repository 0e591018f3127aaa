/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading from hospital systems: from files, from a live database, only the stays that are wanted; and what
 * adapters there are and what they find at a site. What is read is a settle_source (settle/stay.h).
 */
#ifndef SETTLE_SOURCE_H
#define SETTLE_SOURCE_H

#include <settle/stay.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is to be read. Set struct_size to sizeof(settle_source_options) and zero the rest; everything is
 * *borrowed until the call returns*. */
typedef struct settle_source_options {
    uint32_t struct_size;
    uint32_t n_paths;
    const char *adapter;      /**< "csv", "xml", "json", a layout or a module; NULL: "csv" */
    const char *const *paths; /**< files, directories, and at most one "odbc:NAME", [odbc NAME] of settle.ini */
    const char *const *stays; /**< keys of the stays wanted (就诊ID mdtrt_id); a database needs at least one */
    uint32_t n_stays;         /**< 0: all that the files hold; at most 500 from a database */
    uint32_t reserved;        /**< 0 */
} settle_source_options;

/**
 * Reads by an adapter. Either all of it is sound or the call fails and names the place.
 * @param out_source  *owned* by the caller, freed with settle_source_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_SIZE, SETTLE_E_ARG_VALUE (adapter, n_paths, a database
 * without stays); SETTLE_E_INPUT_*, SETTLE_E_INPUT_STAY_UNKNOWN for a key that the source has not;
 * SETTLE_E_ADAPTER_*; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_source_read(settle_session *session,
                                                              const settle_source_options *options,
                                                              settle_source **out_source);

/**
 * Proposes the catalogue codes that a hospital system itself keeps for its items, as settle_mapping_import() does
 * with a file: what a layout's <mapping> elements say (docs/layouts.md), from files or a live database.
 * @param options   adapter: the name of a layout; no stays
 * @param reason    why, at most 100 characters; NULL: nothing is said
 * @param out_json  *owned*, settle_free(); docs/json.md, map import
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL, SETTLE_E_ARG_SIZE, SETTLE_E_ARG_STATE without a home; SETTLE_E_ARG_VALUE for a
 * name that no layout has, for stays, for `reason`; SETTLE_E_ADAPTER_LAYOUT when the layout names no such table;
 * SETTLE_E_ADAPTER_OPTION for an option of the site that is missing or of which no row is;
 * SETTLE_E_INPUT_* with table, row and column, then nothing was proposed; SETTLE_E_STORE_*; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status
settle_source_mapping(settle_session *session, const settle_source_options *options,
                      const char *reason, char **out_json);

/**
 * What the reading brought, by kind of record.
 * @param out_json  {"stays":,"declared":,"records":{...},"repeated":{...},"unknown_columns":[...],
 * "files_passed_over":[...]}; *owned*, settle_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_source_report(settle_session *session,
                                                                const settle_source *source, char **out_json);

/**
 * Looks at a site before anything is imported: which tables, columns and encodings a layout finds there, the
 * words of its states and codes and whether it knows them, dates, the statements that a database is asked, and
 * what the first reading says. Nothing is stored, no personal value is told.
 * @param options   as for settle_source_read(); the adapter must be a layout; no paths: the statements alone
 * @param out_json  {"adapter":,"tables":[...],"options":[...],"read":{...}} (docs/json.md); *owned*, settle_free()
 * Returns: as settle_source_read(); what the reading itself would refuse is told in "read", not returned.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_adapter_probe(settle_session *session,
                                                                const settle_source_options *options,
                                                                char **out_json);

/**
 * The adapters at hand: compiled in, layouts of the home and beside the library, modules.
 * @param out_json  {"adapters":[{"name":,"kind":,"title":,"version":,"path":,"error":}, ...]}; *owned*,
 * settle_free(); "error" says why one of them cannot be used
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_adapter_list(settle_session *session, char **out_json);

#ifdef __cplusplus
}
#endif
#endif
