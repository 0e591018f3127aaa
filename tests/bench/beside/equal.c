/* SPDX-License-Identifier: Apache-2.0 */
/* A test: checks.sql in SQLite finds what the library finds, and no longer where a rule is changed.
 */
#include "bench/beside/beside.h"
#include "bench/runs.h"

/* Each changes what is found. */
static const char *const CHANGES[] = {
    "DELETE FROM mapping",
    "UPDATE mapping SET enddate = 0 WHERE medins_list_codg LIKE 'F1000%'",
    "INSERT INTO mapping SELECT medins_list_codg, map_id, medins_list_name, list_type, "
    "med_list_codg, med_list_name, code_source, prcunt, med_list_unit, factor_num, factor_den, "
    "chrgitm_lv, begndate, enddate, status, remark, \"row\" + 1000000 FROM mapping",
    "DELETE FROM catalogue",
    "UPDATE frequency SET \"limit\" = 0",
    "DELETE FROM units",
    "DELETE FROM caps",
    "DELETE FROM beds",
    "DELETE FROM repeat_charge",
    "UPDATE repeat_charge SET frequency = 'visit' WHERE frequency = 'hour'",
    "DELETE FROM sex",
    "DELETE FROM age",
    "DELETE FROM age_group",
    "DELETE FROM institution_grade",
    "DELETE FROM visit_mode",
    "DELETE FROM lists WHERE list = 'visit'",
    "DELETE FROM insurance_type",
    "DELETE FROM cycle",
    "DELETE FROM exclusions",
    "UPDATE stays SET tolerance = 100",
    "UPDATE stays SET end_at = begin_at",
    "UPDATE charges SET drord_no = ''",
    "UPDATE charges SET init_sn = ''",
};

static bool is_noticed(const bench_world *w, const bs_stays *stays, bs_side *side,
                       const char *change) {
    bs_sqlite_run(side, "BEGIN");
    bs_sqlite_run(side, change);
    size_t other = bs_first_other(w, stays, side);
    bs_sqlite_run(side, "ROLLBACK");
    return other < stays->n;
}

static size_t count(bool right, const char *what, size_t *failed) {
    if (!right)
        printf("FAILED: %s\n", what);
    *failed += !right;
    return right;
}

/* Each stay; then each change of the rules. */
static bool run(bench_world *w, bs_stays *stays, const char *const *changes, size_t n_changes) {
    size_t passed, failed = 0;
    char dir[BENCH_PATH];
    bs_side side;
    bs_tables_write(w, stays, bench_path(w, "tables", dir));
    bs_sqlite_open(&side, dir);
    passed = bs_first_other(w, stays, &side);
    if (passed < stays->n)
        count(false, stays->at[passed]->head.mdtrt_id.ptr, &failed);
    for (size_t i = 0; i < n_changes; i++)
        passed += count(is_noticed(w, stays, &side, changes[i]), changes[i], &failed);
    side.close(&side);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0;
}

bool bench_equal(bench_world *w, const char *path) {
    bs_stays stays = {.n = 0};
    size_t n_changes = sizeof CHANGES / sizeof *CHANGES;
    if (path == NULL)
        bs_stays_make(w, &stays);
    bs_stays_read(&stays, path == NULL ? w->example_stays : path);
    bool equal = run(w, &stays, CHANGES, path == NULL ? n_changes : 0);
    bs_stays_free(&stays);
    return equal;
}
