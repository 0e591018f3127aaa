/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A context is the configuration of one hospital home: settle.ini, region packs, mapping. Once loaded
 * it does not change: any number of threads may open sessions on it.
 */
#ifndef SETTLE_CONTEXT_H
#define SETTLE_CONTEXT_H

#include <settle/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque. *Owned* by the caller; outlives every session opened on it. */
typedef struct settle_context settle_context;

/** Version of the library, such as "0.1.0". Static text. Since: 0.1 */
SETTLE_API const char *settle_version(void);

/** Frees a text that a call handed out. NULL is allowed. Since: 0.1 */
SETTLE_API void settle_free(void *text);

/**
 * Makes an empty context: good for verifying documents, building packs and making a home.
 * @param out_context  *owned* by the caller, freed with settle_context_free()
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_NO_MEMORY.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_context_new(settle_context **out_context);

/**
 * Loads the home directory @p home: reads settle.ini, maps the region packs it lists and the compiled
 * mapping (compiled first when its sources changed). To be called once, before sessions are opened: a
 * session opened earlier stays without a home (SETTLE_E_ARG_STATE).
 * @param context  made by settle_context_new(), not yet loaded
 * @param home     path of the directory, *copied*
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_ARG_STATE when loaded already; SETTLE_E_CONFIG_*,
 * SETTLE_E_PACK_*, SETTLE_E_MAPPING_READ, SETTLE_E_NO_MEMORY. The context stays empty on failure.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_context_load(settle_context *context,
                                                               const char *home);

/**
 * What settle.ini of the loaded home says in a section that it leaves to others: [legacy], [adapter NAME],
 * [institution].
 * @return "" when it says nothing, no home is loaded or an argument is NULL; *borrowed with the context*
 * Since: 0.1
 */
SETTLE_API const char *settle_context_option(const settle_context *context, const char *section,
                                             const char *name);

/** The failure of the last settle_context_load() or settle_home_init() on the context; NULL when it
 * succeeded or @p context is NULL. settle_session_open() leaves no record here: its status says all.
 * *Borrowed until the next of these calls*. Since: 0.1 */
SETTLE_API const settle_error *settle_context_error(const settle_context *context);

/** Frees a context. Its sessions are to be freed before; stays and sources may outlive it. NULL is
 * allowed. Since: 0.1 */
SETTLE_API void settle_context_free(settle_context *context);

/**
 * Makes @p home a working example hospital: configuration, packs (built), items, mapping, a
 * demonstration key and an empty ledger.
 * @param context  any context, loaded or not
 * @param example_dir  the example tree that the package installs (…/share/settle/example)
 * @param home     path of a directory that does not exist or is empty
 * @param settings "" or the name of another settle.ini of the example: settle-NAME.ini
 * Returns: SETTLE_OK; SETTLE_E_ARG_NULL; SETTLE_E_ARG_EXISTS when @p home holds files;
 * SETTLE_E_ARG_VALUE for settings that the example has not; SETTLE_E_INPUT_OPEN without the example;
 * SETTLE_E_STORE_*, SETTLE_E_PACK_*, SETTLE_E_CONFIG_*, SETTLE_E_SIGN_FAILED.
 * Since: 0.1
 */
SETTLE_API SETTLE_MUST_CHECK settle_status settle_home_init(settle_context *context,
                                                            const char *example_dir,
                                                            const char *home,
                                                            const char *settings);

#ifdef __cplusplus
}
#endif
#endif
