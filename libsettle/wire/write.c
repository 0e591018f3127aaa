/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/put.h"

enum { EXPECTED_HEAD = 16 * 1024, EXPECTED_LINE = 800 };

static void write_envelope(stl_wire_out *o, const stl_envelope *e) {
    stl_wire_open(o, STL_E_ENVELOPE);
    stl_wire_put(o, STL_A_ENVELOPE_FIXMEDINS_CODE, e->fixmedins_code);
    stl_wire_put(o, STL_A_ENVELOPE_FIXMEDINS_NAME, e->fixmedins_name);
    stl_wire_put_instant(o, STL_A_ENVELOPE_INF_TIME, e->inf_time);
    stl_wire_put(o, STL_A_ENVELOPE_INFVER, e->infver);
    stl_wire_put(o, STL_A_ENVELOPE_MSGID, e->msgid);
    stl_wire_put(o, STL_A_ENVELOPE_OPTER, e->opter);
    stl_wire_put(o, STL_A_ENVELOPE_OPTER_NAME, e->opter_name);
    stl_wire_put(o, STL_A_ENVELOPE_OPTER_TYPE, e->opter_type);
    stl_wire_put(o, STL_A_ENVELOPE_SOFTWARE, e->software);
    stl_wire_shut(o);
}

static void write_sources(stl_wire_out *o, const stl_case *c) {
    stl_wire_open(o, STL_E_PACK);
    stl_wire_put(o, STL_A_PACK_DIGEST, stl_str_of(c->region->digest));
    stl_wire_put(o, STL_A_PACK_ID, stl_str_of(c->region->id));
    stl_wire_put(o, STL_A_PACK_VERSION, stl_str_of(c->region->version));
    stl_wire_shut(o);
    stl_wire_open(o, STL_E_MAPPING);
    stl_wire_put(o, STL_A_MAPPING_DIGEST, stl_str_of(c->mapping->digest));
    stl_wire_shut(o);
}

settle_status stl_wire_write(const stl_submission *s, stl_digest *digest, stl_buf *out,
                             unsigned char out_digest[static STL_DIGEST_LEN], stl_error *err) {
    if (!s->settlement->evaluated)
        return FAIL(err, SETTLE_E_INPUT_SCHEMA, .field = "setlinfo",
                    .detail = "payment was not evaluated");
    if (!stl_digest_reset(digest))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "the digest failed");
    stl_wire_out o = {.err = err, .day = STL_NONE};
    stl_xml_writer_begin(&o.xml, out, digest, EXPECTED_HEAD + EXPECTED_LINE * s->c->n_lines);
    stl_wire_open(&o, STL_E_SETTLEMENT);
    STL_XML_ATTR(&o.xml, "xmlns", stl_str_of(STL_DOCUMENT_NS));
    write_envelope(&o, s->envelope);
    write_sources(&o, s->c);
    stl_wire_write_stay(&o, s->c);
    stl_wire_write_charges(&o, s);
    stl_wire_write_amounts(&o, s);
    stl_wire_write_findings(&o, s);
    TRY(o.status);
    return stl_xml_writer_digest(&o.xml, out_digest, err);
}

void stl_wire_close(stl_buf *out) {
    stl_buf_text(out, "</settlement>");
}
