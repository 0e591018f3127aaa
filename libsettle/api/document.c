/* SPDX-License-Identifier: Apache-2.0 */
#include "api/handles.h"
#include "flow/verify.h"

settle_status settle_document_verify(settle_session *session, const char *bytes, uint64_t len_bytes,
                                     const char *name, const settle_verify_options *options,
                                     char **out_json) {
    API_BEGIN(session, bytes, name, out_json);
    if (options != NULL && options->struct_size != sizeof *options)
        return FAIL(&session->err, SETTLE_E_ARG_SIZE, .field = "settle_verify_options");
    if (options != NULL && options->reserved != 0)
        return FAIL(&session->err, SETTLE_E_ARG_VALUE, .field = "reserved");
    stl_verify_options inner = {0};
    if (options != NULL)
        inner = (stl_verify_options){options->trust_path, options->at};
    return stl_flow_verify(&session->inner, (stl_str){bytes, len_bytes}, name, inner, out_json,
                           &session->err);
}
