/* SPDX-License-Identifier: Apache-2.0 */
/* Region packs for those who maintain them: each answers what the pack holds, as JSON. */
#ifndef STL_FLOW_PACKS_H
#define STL_FLOW_PACKS_H

#include "flow/session.h"

settle_status stl_flow_pack_build(const stl_session *session, const char *source_dir,
                                  const char *out_path, char **out_json,
                                  stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_pack_check(const stl_session *session, const char *path, char **out_json,
                                  stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_pack_show(const stl_session *session, const char *path, char **out_json,
                                 stl_error *err) STL_MUST_CHECK;

#endif
