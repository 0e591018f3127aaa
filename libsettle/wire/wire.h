/* SPDX-License-Identifier: Apache-2.0 */
/* The settlement document (schemas/settlement-1.0.xsd) <-> model. */
#ifndef STL_WIRE_WIRE_H
#define STL_WIRE_WIRE_H

#include "base/digest.h"
#include "model/case.h"
#include "model/settlement.h"
#include "xml/reader.h"
#include "xml/writer.h"

#define STL_WIRE_NS "urn:libsettle:settlement:1.0"

typedef struct stl_envelope {
    stl_str msgid;                          /* institution code + yyyyMMddHHmmss + 4 digits */
    stl_str infver;                         /* "1.0" */
    stl_str fixmedins_code, fixmedins_name; /* sender */
    stl_str opter, opter_name, opter_type;  /* operator */
    stl_instant inf_time;                   /* when the document was made */
    stl_str software;                       /* "libsettle 0.1.0" */
} stl_envelope;

typedef struct stl_submission {
    const stl_envelope *envelope;
    const stl_case *c;
    const stl_settlement *settlement;
    const stl_verdict *verdict;
} stl_submission;

/* Writes the document up to, without, the root's end tag, hashing with `digest` (reset by this
 * call); every value passes the compiled facets first: INPUT_SCHEMA with the field and line. */
settle_status stl_wire_write(const stl_submission *submission, stl_digest *digest, stl_buf *out,
                             unsigned char out_digest[static STL_DIGEST_LEN],
                             stl_error *err) STL_MUST_CHECK;
/* Whether a document can hold the texts of an override; else *out_field is the first it cannot. */
bool stl_wire_override_fits(const stl_override *override, const char **out_field);
/* Appends the root's end tag. */
void stl_wire_close(stl_buf *out);

/* What a document says, as read back. Texts live in the arena. */
typedef struct stl_wire_document {
    stl_arena *arena;
    stl_envelope envelope;
    stl_str mdtrt_id, psn_no, insutype;
    stl_str pack_id, pack_version, pack_digest, mapping_digest;
    stl_settlement settlement; /* lines, info, details; no steps */
    stl_str *feedetl_sn;       /* one per line */
    int32_t *refund_of;        /* one per line, -1 none, STL_REFUND_ELSEWHERE */
    bool interim;              /* the stay goes on */
    stl_str settled_before;    /* msgids of its interim settlements before, a blank between */
    size_t n_findings, n_overridden;
} stl_wire_document;

/* A handler that checks structure and values against the compiled schema and fills the document.
 * Failures: INPUT_SCHEMA with line and field. */
typedef struct stl_wire_reader stl_wire_reader;
stl_wire_reader *stl_wire_reader_new(const char *name);
void stl_wire_reader_free(stl_wire_reader *reader);
stl_xml_handler stl_wire_reader_handler(stl_wire_reader *reader);
/* After the last event: all counts and invariants again (INPUT_COUNT, INPUT_SUMS). Borrowed until
 * the reader is freed. */
settle_status stl_wire_reader_finish(stl_wire_reader *reader, const stl_wire_document **out,
                                     stl_error *err) STL_MUST_CHECK;

#endif
