/* SPDX-License-Identifier: Apache-2.0 */
/* What a module is called with: the host's table, and the reading behind settle_adapter_job. */
#ifndef STL_LOAD_JOB_H
#define STL_LOAD_JOB_H

#include "load/tables.h"

struct settle_adapter_job {
    const char *adapter;
    const stl_adapter_ask *ask;
    stl_source_builder *builder; /* NULL: a driver's job */
    stl_arena *arena;
    stl_input_files files;
    stl_str *texts; /* of files, as they were asked for */
    stl_tables *tables;
    stl_cell *cells;      /* of one record */
    settle_status failed; /* the first failure of a call: it stays */
    stl_error *err;
};

extern const settle_adapter_host STL_ADAPTER_HOST;

#endif
