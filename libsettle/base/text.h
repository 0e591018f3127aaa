/* SPDX-License-Identifier: Apache-2.0 */
/* Encodings: UTF-8 checked, GB18030 to UTF-8 by iconv. */
#ifndef STL_BASE_TEXT_H
#define STL_BASE_TEXT_H

#include "base/buf.h"
#include "base/error.h"

typedef enum stl_encoding { STL_ENC_DETECT, STL_ENC_UTF8, STL_ENC_GB18030 } stl_encoding;

/* Length of the valid UTF-8 prefix; == len when all is valid. Surrogates, overlong forms refused.
 */
size_t stl_utf8_valid(const char *bytes, size_t len);
/* Valid UTF-8 without control characters of ASCII. */
bool stl_text_printable(stl_str text);
/* As it may be shown: a blank for each control character (ASCII's and U+0080 to U+009F), U+FFFD for
 * each byte that is no UTF-8, cut between characters to `cap` bytes with the NUL. `out` may be the
 * text itself where all of it is UTF-8. */
void stl_text_show(stl_str text, char *out, size_t cap);
enum { STL_TEXT_SHOWN_MAX = 3 /* bytes that one byte of a text becomes at most */ };
/* Characters (code points) of valid UTF-8. */
size_t stl_utf8_count(stl_str text);

/* A streaming decoder to UTF-8; the byte order mark is dropped. DETECT: by the mark, else by the
 * 64 KiB from the first byte that is not ASCII: UTF-8 where they are valid or begin with so many
 * valid Chinese characters that they can be nothing else, then GB18030; valid ones without a
 * character of three bytes only where they are signs such as ± and µ. A wrong byte later is an
 * error, never another guess. NUL is passed on. */
typedef struct stl_decoder stl_decoder;
settle_status stl_decoder_new(stl_encoding declared, stl_decoder **out,
                              stl_error *err) STL_MUST_CHECK;
void stl_decoder_free(stl_decoder *decoder);
/* What was declared or, once enough was fed, detected; DETECT: ASCII so far. */
stl_encoding stl_decoder_encoding(const stl_decoder *decoder);
/* Appends the decoded text; INPUT_ENCODING with the line of the bad byte. `last`: nothing follows.
 */
settle_status stl_decoder_feed(stl_decoder *decoder, const char *bytes, size_t len, bool last,
                               stl_buf *out, stl_error *err) STL_MUST_CHECK;

#endif
