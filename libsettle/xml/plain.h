/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of the form that this library writes, read without libxml2 in a fraction of its time:
 * ASCII names, sorted attributes without prefixes in double quotes, no prolog, comments,
 * instructions, CDATA or empty-element tags. */
#ifndef STL_XML_PLAIN_H
#define STL_XML_PLAIN_H

#include "xml/parse.h"

/* Hands on the events until the end, a refusal of the handler (true both), or the first byte that
 * is not of that form, be it wrong or merely unusual: false. Then libxml2 reads the whole document,
 * finds what is wrong in its words, and the events told so far are left out (state->told). */
bool stl_xml_read_plain(stl_xml_parse_state *state, stl_str bytes);

#endif
