/* SPDX-License-Identifier: Apache-2.0 */
/* A streaming writer whose output is exclusive canonical XML as it stands: no prolog, no DOM,
 * escaped as c14n demands, hashed while written. The caller gives attributes in canonical order
 * (namespace URI, then local name; here: byte order of unprefixed names). */
#ifndef STL_XML_WRITER_H
#define STL_XML_WRITER_H

#include "base/buf.h"
#include "base/digest.h"

typedef struct stl_xml_writer {
    stl_buf *out;
    stl_digest *digest; /* NULL: not hashed */
    size_t hashed;      /* bytes of out already given to the digest */
    bool open_tag;      /* "<name" written, attributes may follow */
    bool failed;
    uint16_t depth;
    struct {
        const char *name; /* borrowed: element names are constants */
        uint16_t len;
    } stack[16];
} stl_xml_writer;

/* `expected_len` reserves room. The digest, if any, has been reset by the caller. */
void stl_xml_writer_begin(stl_xml_writer *w, stl_buf *out, stl_digest *digest, size_t expected_len);
void stl_xml_open(stl_xml_writer *w, const char *name, size_t name_len);
void stl_xml_attr(stl_xml_writer *w, const char *name, size_t name_len, stl_str value);
/* The same for a short value that needs no escaping, written in place: where its at most
 * STL_XML_ROOM bytes go, NULL after a failure; then how many they were. */
enum { STL_XML_ROOM = 32 };
char *stl_xml_attr_room(stl_xml_writer *w, const char *name, size_t name_len);
void stl_xml_attr_filled(stl_xml_writer *w, size_t value_len);
/* Attributes that the open element shares with an earlier one: bytes [from, from + len) of `out`,
 * as stl_xml_attr left them there. */
void stl_xml_attrs_again(stl_xml_writer *w, size_t from, size_t len);
void stl_xml_text(stl_xml_writer *w, stl_str value);
void stl_xml_close(stl_xml_writer *w);
#define STL_XML_OPEN(w, lit) stl_xml_open((w), (lit), sizeof(lit) - 1)
#define STL_XML_ATTR(w, lit, value) stl_xml_attr((w), (lit), sizeof(lit) - 1, (value))

/* Leaves the root open in `out` (a signature follows there) but gives the digest of the document as
 * if it were closed. INTERNAL when nesting is not exactly the root; NO_MEMORY. */
settle_status stl_xml_writer_digest(stl_xml_writer *w, unsigned char out[static STL_DIGEST_LEN],
                                    stl_error *err) STL_MUST_CHECK;

/* Escaping for canonical text and attribute values, appended. */
void stl_xml_escape_text(stl_buf *out, stl_str value);
void stl_xml_escape_attr(stl_buf *out, stl_str value);

#endif
