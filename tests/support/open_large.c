/* SPDX-License-Identifier: Apache-2.0 */
#include "support/open_large.h"

#include "csv/csv_input.h"

settle_status stl_test_open_large(const char *path, stl_source **out, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUILDER *builder = stl_source_builder_new();
    stl_input_files files;
    TRY_ALLOC(err, arena);
    TRY_ALLOC(err, builder);
    TRY(stl_input_list(&path, 1, arena, &files, err));
    return stl_csv_open_large(builder, &files, STL_ENC_DETECT, out, err);
}
