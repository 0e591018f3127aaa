/* SPDX-License-Identifier: Apache-2.0 */
/* What adapters there are, and what a layout finds at a site. */
#ifndef STL_FLOW_ADAPTERS_H
#define STL_FLOW_ADAPTERS_H

#include "flow/session.h"
#include "load/source.h"

settle_status stl_flow_adapter_list(const stl_session *session, char **out_json,
                                    stl_error *err) STL_MUST_CHECK;
/* What a reading brought. */
settle_status stl_flow_source_report(const stl_source *source, char **out_json,
                                     stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_adapter_probe(const stl_session *session, const char *name,
                                     const stl_adapter_ask *ask, char **out_json,
                                     stl_error *err) STL_MUST_CHECK;

#endif
