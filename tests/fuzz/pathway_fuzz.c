/* SPDX-License-Identifier: Apache-2.0 */
/* pathways/<ID>.xml. */
#include "fuzz.h"
#include "pack/pathway_read.h"

typedef struct tables {
    stl_rowset at[STL_PACK_TABLES];
} tables;

static void free_tables(tables *t) {
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        stl_rowset_free(&t->at[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_POOL *pool = stl_pool_new();
    CLAIM(arena != NULL && pool != NULL);
    __attribute__((cleanup(free_tables))) tables t;
    for (size_t i = 0; i < STL_PACK_TABLES; i++)
        t.at[i] = (stl_rowset){.spec = stl_pack_spec(i)};
    const stl_pathway_source source = {.xml = {(const char *)data, size},
                                       .name = "pathways/CAP.xml",
                                       .digest = STL_STR("0"),
                                       .arena = arena,
                                       .pool = pool,
                                       .tables = t.at};
    stl_error err = {0};
    settle_status status = stl_pathway_read(&source, &err);
    fuzz_check_error(status, &err);
    if (status == SETTLE_OK)
        CLAIM(t.at[STL_T_PATHWAYS].n == 1 && t.at[STL_T_PATHWAY_ENTRY].n > 0);
    else
        CLAIM(settle_status_exit_code(status) == 4 && strcmp(err.file, "pathways/CAP.xml") == 0);
    return 0;
}
