/* SPDX-License-Identifier: Apache-2.0 */
/* Adapter modules: shared objects that read what neither the adapters compiled in nor a layout
 * reads, or that give tables (settle/adapter.h, docs/adapters.md). */
#ifndef STL_LOAD_MODULE_H
#define STL_LOAD_MODULE_H

#include "load/source.h"

#include <settle/adapter.h>

/* A module that is loaded and was checked: the host's own copies of its tables, zero where the
 * module is older than this library. */
typedef struct stl_module {
    settle_adapter_module table;
    settle_table_driver driver; /* .open NULL: it has none */
} stl_module;

/* NAME.so in settle/adapters/ beside the library, or the file that `module` of [adapter NAME] says;
 * a name that is an absolute path is that file. *there false: there is none. ADAPTER_OPEN: path,
 * owner or mode, no shared object; ADAPTER_ABI. */
settle_status stl_module_find(const char *name, const stl_adapter_site *site, stl_module *out,
                              bool *there, stl_error *err) STL_MUST_CHECK;

/* Reads all that is asked for. */
settle_status stl_module_read(const stl_module *module, const stl_adapter_ask *ask,
                              stl_source **out, stl_error *err) STL_MUST_CHECK;

#endif
