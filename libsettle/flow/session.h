/* SPDX-License-Identifier: Apache-2.0 */
/* One thread's use of a site: ledger handle, signer, operator, clock. */
#ifndef STL_FLOW_SESSION_H
#define STL_FLOW_SESSION_H

#include "flow/site.h"
#include "ledger/ledger.h"
#include "sign/sign.h"

typedef struct stl_session {
    const stl_site *site; /* borrowed; NULL: no home loaded */
    int32_t lang;
    stl_str opter, opter_name, role; /* owned by `arena` */
    int64_t fixed_time_s;
    stl_arena *arena;
    stl_ledger *ledger; /* opened when first needed */
    bool ledger_writes;
    stl_signer *signer;
    stl_digest *digest; /* of the kind the signer wants */
    struct {            /* the exchange that is open; key NULL: none */
        char *key, *kind;
        unsigned char digest[STL_DIGEST_LEN];
    } exchange;
    stl_buf document; /* room for the next one: fresh memory costs a fault a page */
} stl_session;

void stl_session_close(stl_session *session);

/* ARG_STATE without a home. */
settle_status stl_session_need_site(const stl_session *session, stl_error *err) STL_MUST_CHECK;
/* Opens the ledger at least for `mode`. Only an import creates one: a ledger that is gone must not
 * be replaced by an empty one that knows of no settlement. */
settle_status stl_session_ledger(stl_session *session, stl_ledger_mode mode,
                                 stl_error *err) STL_MUST_CHECK;
settle_status stl_session_signer(stl_session *session, stl_error *err) STL_MUST_CHECK;

/* Civil time of the zone, and UTC. */
settle_status stl_session_now(const stl_session *session, stl_instant *out_civil, int64_t *out_utc,
                              stl_error *err) STL_MUST_CHECK;
stl_actor stl_session_actor(const stl_session *session);
stl_sign_uris stl_session_uris(const stl_session *session);

#endif
