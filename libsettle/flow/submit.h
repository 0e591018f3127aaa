/* SPDX-License-Identifier: Apache-2.0 */
/* Settle for good: judge, write, sign, verify, store in one transaction, queue. */
#ifndef STL_FLOW_SUBMIT_H
#define STL_FLOW_SUBMIT_H

#include "flow/judge.h"

typedef struct stl_receipt { /* what was stored; texts live in the arena of the judgement */
    bool stops;              /* a finding stops it, nothing was stored */
    stl_str msgid;
    stl_instant made_at;
    char content_digest[STL_DIGEST_HEX];
    size_t len_bytes;
    size_t n_lines;
} stl_receipt;

/* The stay's rows are in memory; ends after the commit. Opens ledger (for writing) and signer when
 * the session has not. */
settle_status stl_flow_submit(stl_session *session, const stl_stay *stay, stl_arena *arena,
                              stl_judgement *judgement, stl_receipt *out,
                              stl_error *err) STL_MUST_CHECK;

#endif
