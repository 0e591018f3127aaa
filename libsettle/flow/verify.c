/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/verify.h"

#include "flow/result.h"
#include "flow/stored.h"

static void trust_cleanup(stl_trust **trust) {
    stl_trust_free(*trust);
}

static settle_status open_trust(const stl_session *session, const char *path, stl_trust **out,
                                stl_error *err) {
    if (path != NULL)
        return stl_trust_open(path, out, err);
    if (session->site == NULL || stl_str_empty(session->site->config.trust))
        return FAIL(err, SETTLE_E_NO_TRUST_ANCHOR, .field = "trust");
    return stl_trust_open(session->site->config.trust.ptr, out, err);
}

static settle_status time_of(const stl_session *session, const char *at, int64_t *out_utc,
                             stl_error *err) {
    stl_instant now, then;
    TRY(stl_session_now(session, &now, out_utc, err));
    if (at == NULL)
        return SETTLE_OK;
    if (stl_instant_parse(stl_str_of(at), &then) != SETTLE_OK)
        return FAIL(err, SETTLE_E_INPUT_DATE, .field = "at", .value = at);
    *out_utc += then - now;
    return SETTLE_OK;
}

static settle_status report(const stl_wire_document *d, const stl_signature_info *s,
                            const char *name, char **out_json, stl_error *err) {
    char made[STL_DATE_TEXT_MAX];
    stl_instant_format(d->envelope.inf_time, made);
    SCOPED_BUF buf = {0};
    stl_json j = {.out = &buf};
    stl_json_object(&j);
    stl_json_put_text(&j, "file", name);
    stl_json_put_bool(&j, "valid", true);
    stl_json_put_text(&j, "algorithm", stl_sign_alg_name(s->alg));
    stl_json_put_text(&j, "signer", s->subject);
    stl_json_put_text(&j, "signer_sha256", s->cert_sha256);
    stl_json_put_text(&j, "content_digest", s->content_digest);
    stl_json_put_str(&j, "msgid", d->envelope.msgid);
    stl_json_put_str(&j, "mdtrt_id", d->mdtrt_id);
    stl_json_put_str(&j, "fixmedins_code", d->envelope.fixmedins_code);
    stl_json_put_text(&j, "inf_time", made);
    stl_json_key(&j, "pack");
    stl_json_object(&j);
    stl_json_put_str(&j, "id", d->pack_id);
    stl_json_put_str(&j, "version", d->pack_version);
    stl_json_put_str(&j, "digest", d->pack_digest);
    stl_json_object_end(&j);
    stl_json_put_text(&j, "mid_setl_flag", d->interim ? "1" : "0");
    stl_json_put_str(&j, "settled_before", d->settled_before);
    stl_json_put_int(&j, "lines", (int64_t)d->settlement.n_lines);
    stl_json_put_int(&j, "findings", (int64_t)d->n_findings);
    stl_flow_put_money(&j, "medfee_sumamt", d->settlement.info.medfee_sumamt);
    stl_flow_put_money(&j, "fund_pay_sumamt", d->settlement.info.fund_pay_sumamt);
    stl_flow_put_money(&j, "psn_part_amt", d->settlement.info.psn_part_amt);
    stl_flow_put_money(&j, "acct_pay", d->settlement.info.acct_pay);
    stl_flow_put_money(&j, "psn_cash_pay", d->settlement.info.psn_cash_pay);
    stl_flow_put_money(&j, "hosp_part_amt", d->settlement.info.hosp_part_amt);
    stl_json_put_int(&j, "overridden", (int64_t)d->n_overridden);
    stl_json_object_end(&j);
    return stl_flow_take_json(&buf, out_json, err);
}

settle_status stl_flow_verify(stl_session *session, stl_str document, const char *name,
                              stl_verify_options options, char **out_json, stl_error *err) {
    __attribute__((cleanup(trust_cleanup))) stl_trust *trust = NULL;
    TRY(open_trust(session, options.trust_path, &trust, err));
    int64_t at_utc;
    TRY(time_of(session, options.at, &at_utc, err));
    SCOPED_READER *reader = stl_wire_reader_new(name);
    TRY_ALLOC(err, reader);
    stl_xml_handler handler = stl_wire_reader_handler(reader);
    stl_signature_info info;
    TRY(stl_sign_verify(document, name, trust, stl_session_uris(session), at_utc, &handler, &info,
                        err));
    const stl_wire_document *read;
    TRY(stl_wire_reader_finish(reader, &read, err));
    return report(read, &info, name, out_json, err);
}
