/* SPDX-License-Identifier: Apache-2.0 */
/* The technical details of errors, which are born in English, in the words of a hospital's desk. */
#ifndef STL_BASE_DETAIL_H
#define STL_BASE_DETAIL_H

/* The Chinese for `detail`, or for its beginning: then `rest` is what follows and stays as it is.
 * A detail that is not known is all rest. */
const char *stl_detail_chinese(const char *detail, const char **rest);

#endif
