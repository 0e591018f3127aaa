/* SPDX-License-Identifier: Apache-2.0 */
/* A new home directory from the example tree. */
#ifndef STL_FLOW_HOME_H
#define STL_FLOW_HOME_H

#include "flow/session.h"

/* Copies `example_dir`, makes a demonstration key, builds the packs that settle.ini lists, compiles
 * the mapping and makes an empty ledger: all aside, renamed at the end. `settings` "" or NAME of
 * settle-NAME.ini. ARG_EXISTS, ARG_VALUE (settings), INPUT_OPEN, STORE_WRITE, PACK_*, SIGN_FAILED.
 */
settle_status stl_flow_home_init(const char *example_dir, const char *home, const char *settings,
                                 stl_error *err) STL_MUST_CHECK;

#endif
