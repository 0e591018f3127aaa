/* SPDX-License-Identifier: Apache-2.0 */
/* Mappings proposed for review: of a vendor's table, or what `map suggest` is sure of. */
#ifndef STL_FLOW_MAP_PROPOSE_H
#define STL_FLOW_MAP_PROPOSE_H

#include "flow/session.h"
#include "load/source.h"

/* Rows of a vendor's table (map_import.h) become proposals of one batch, but those that hold or are
 * proposed already: {"batch":,"rows":,"proposed":,"known":,"unmapped":,"inactive":}; batch 0:
 * nothing was proposed. */
settle_status stl_flow_map_import(stl_session *session, const char *path, stl_str columns,
                                  stl_str reason, char **out_json, stl_error *err) STL_MUST_CHECK;
/* The same of rows in memory (map_import.h). */
settle_status stl_flow_map_upload(stl_session *session, stl_str json, stl_str reason,
                                  char **out_json, stl_error *err) STL_MUST_CHECK;
/* The same of a system's own mapping, in its tables, as a layout describes it. */
settle_status stl_flow_map_import_tables(stl_session *session, const char *adapter,
                                         const stl_adapter_ask *ask, stl_str reason,
                                         char **out_json, stl_error *err) STL_MUST_CHECK;
/* The sure ones of `map suggest` (map_suggest.h) likewise; "units_differ" counts those left out. */
settle_status stl_flow_map_propose(stl_session *session, const char *const *items, size_t n_items,
                                   stl_day at, stl_str reason, char **out_json,
                                   stl_error *err) STL_MUST_CHECK;

#endif
