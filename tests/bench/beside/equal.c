/* SPDX-License-Identifier: Apache-2.0 */
/* A test: checks.sql in SQLite finds what the library finds, and no longer where a rule is changed.
 */
#include "bench/beside/beside.h"
#include "bench/runs.h"

/* Each changes what is found. */
static const char *const CHANGES[] = {
    "DELETE FROM mapping",
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

bool bench_equal(bench_world *w) {
    size_t passed = 0, failed = 0;
    char dir[BENCH_PATH];
    bs_stays stays;
    bs_side side;
    bs_stays_make(w, &stays);
    bs_tables_write(w, &stays, bench_path(w, "tables", dir));
    bs_sqlite_open(&side, dir);
    size_t other = bs_first_other(w, &stays, &side);
    passed += other;
    if (other < stays.n) {
        printf("FAILED: stay %zu has other findings in SQL\n", other);
        failed++;
    }
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        bool noticed = is_noticed(w, &stays, &side, CHANGES[i]);
        if (!noticed)
            printf("FAILED: not noticed: %s\n", CHANGES[i]);
        *(noticed ? &passed : &failed) += 1;
    }
    side.close(&side);
    bs_stays_free(&stays);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0;
}
