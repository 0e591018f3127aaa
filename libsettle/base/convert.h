/* SPDX-License-Identifier: Apache-2.0 */
/* Short texts from one encoding to the other, one after the other: what a database or an older
 * program hands over and takes. Files are read by stl_decoder. */
#ifndef STL_BASE_CONVERT_H
#define STL_BASE_CONVERT_H

#include "base/text.h"

typedef struct stl_converter stl_converter;

/* From `from` to `to`, of UTF-8 and GB18030. */
settle_status stl_converter_new(stl_encoding from, stl_encoding to, stl_converter **out,
                                stl_error *err) STL_MUST_CHECK;
void stl_converter_free(stl_converter *converter);

/* Appends the text. INPUT_ENCODING without a place; what was appended then means nothing. */
settle_status stl_converter_text(stl_converter *converter, stl_str text, stl_buf *out,
                                 stl_error *err) STL_MUST_CHECK;

#endif
