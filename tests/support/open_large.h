/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical CSV input read as if it were large. */
#ifndef STL_TESTS_OPEN_LARGE_H
#define STL_TESTS_OPEN_LARGE_H

#include "load/source.h"

settle_status stl_test_open_large(const char *path, stl_source **out, stl_error *err);

#endif
