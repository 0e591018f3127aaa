/* SPDX-License-Identifier: Apache-2.0 */
/* The adapters compiled into the library. */
#ifndef STL_LOAD_BUILTIN_H
#define STL_LOAD_BUILTIN_H

#include "load/source.h"

extern const stl_adapter STL_ADAPTER_CSV, STL_ADAPTER_XML, STL_ADAPTER_JSON;

#endif
