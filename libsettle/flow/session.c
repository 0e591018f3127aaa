/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/session.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

/* Without a home a document is verified by these: the only SM2/SM3 URIs found in public use. */
static const stl_sign_uris PUBLIC_URIS = {
    .sm2_sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3", 51},
    .sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm3", 47},
};

void stl_session_close(stl_session *session) {
    free(session->exchange.key);
    free(session->exchange.kind);
    stl_ledger_close(session->ledger);
    stl_signer_free(session->signer);
    stl_digest_free(session->digest);
    stl_buf_free(&session->document);
    stl_arena_free(session->arena);
}

settle_status stl_session_need_site(const stl_session *session, stl_error *err) {
    if (session->site == NULL)
        return FAIL(err, SETTLE_E_ARG_STATE, .detail = "no home is loaded");
    return SETTLE_OK;
}

settle_status stl_session_ledger(stl_session *session, stl_ledger_mode mode, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    if (session->ledger != NULL && (session->ledger_writes || mode == STL_LEDGER_READ))
        return SETTLE_OK;
    stl_ledger_close(session->ledger);
    session->ledger = NULL;
    const stl_config *config = &session->site->config;
    TRY(stl_ledger_open(config->ledger.ptr, mode, (int)config->busy_ms, &session->ledger, err));
    session->ledger_writes = mode != STL_LEDGER_READ;
    return SETTLE_OK;
}

stl_sign_uris stl_session_uris(const stl_session *session) {
    stl_sign_uris uris = PUBLIC_URIS;
    if (session->site == NULL)
        return uris;
    const stl_config *config = &session->site->config;
    if (!stl_str_empty(config->sm2_sm3_uri))
        uris.sm2_sm3 = config->sm2_sm3_uri;
    if (!stl_str_empty(config->sm3_uri))
        uris.sm3 = config->sm3_uri;
    return uris;
}

static void trust_cleanup(stl_trust **trust) {
    stl_trust_free(*trust);
}

/* A settlement is signed once: by a chain that its receivers refuse, it would stay so for good. */
static settle_status check_signer(const stl_session *session, const stl_signer *signer,
                                  stl_error *err) {
    const stl_config *config = &session->site->config;
    __attribute__((cleanup(trust_cleanup))) stl_trust *trust = NULL;
    stl_instant civil;
    int64_t utc = 0;
    if (stl_str_empty(config->trust))
        return SETTLE_OK;
    TRY(stl_session_now(session, &civil, &utc, err));
    TRY(stl_trust_open(config->trust.ptr, &trust, err));
    return stl_signer_check_trust(signer, trust, config->chain.ptr, utc, err);
}

settle_status stl_session_signer(stl_session *session, stl_error *err) {
    TRY(stl_session_need_site(session, err));
    if (session->signer != NULL)
        return SETTLE_OK;
    const stl_config *config = &session->site->config;
    if (stl_str_empty(config->key) || stl_str_empty(config->chain))
        return FAIL(err, SETTLE_E_CONFIG_MISSING, .file = "settle.ini",
                    .field = stl_str_empty(config->key) ? "key" : "chain", .value = "sign");
    stl_signer *signer = NULL;
    TRY(stl_signer_open(config->key.ptr, config->chain.ptr, stl_session_uris(session), &signer,
                        err));
    settle_status status = check_signer(session, signer, err);
    if (status != SETTLE_OK) {
        stl_signer_free(signer);
        return status;
    }
    session->signer = signer;
    return SETTLE_OK;
}

settle_status stl_session_now(const stl_session *session, stl_instant *out_civil, int64_t *out_utc,
                              stl_error *err) {
    int64_t offset = session->site == NULL ? 8 * 3600 : session->site->config.utc_offset_s;
    struct timespec now;
    if (session->fixed_time_s != 0) {
        *out_civil = session->fixed_time_s;
        *out_utc = session->fixed_time_s - offset;
        return SETTLE_OK;
    }
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return FAIL(err, SETTLE_E_INTERNAL, .native = errno, .detail = "clock_gettime");
    *out_utc = now.tv_sec;
    *out_civil = now.tv_sec + offset;
    return SETTLE_OK;
}

stl_actor stl_session_actor(const stl_session *session) {
    return (stl_actor){.opter = session->opter, .role = session->role};
}
