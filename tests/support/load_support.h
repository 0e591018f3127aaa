/* SPDX-License-Identifier: Apache-2.0 */
/* A directory of one's own with input files, and assertions on what an adapter answers. */
#ifndef STL_TESTS_LOAD_SUPPORT_H
#define STL_TESTS_LOAD_SUPPORT_H

#include "support/open_large.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

typedef struct stl_test_dir {
    char path[64];
} stl_test_dir;

int stl_test_dir_setup(void **state);
int stl_test_dir_teardown(void **state);
void stl_test_dir_empty(const stl_test_dir *dir);
void stl_test_write(const stl_test_dir *dir, const char *name, const char *text);
void stl_test_write_bytes(const stl_test_dir *dir, const char *name, const void *bytes, size_t len);
/* "dir/name", to be used before the next call. */
const char *stl_test_path(const stl_test_dir *dir, const char *name);

#define STL_TEST_STAYS_HEAD "mdtrt_id,fixmedins_code,psn_no,psn_name,insutype,begntime,endtime\n"
#define STL_TEST_STAY_A "A1,H99990100001,P1,测试甲,310,2025-03-03 09:42:00,2025-03-12 10:20:00\n"
#define STL_TEST_STAY_B "B1,H99990100001,P2,测试乙,390,2025-04-03 09:42:00,2025-04-12 10:20:00\n"
#define STL_TEST_CHARGES_HEAD                                                                      \
    "mdtrt_id,feedetl_sn,fee_ocur_time,medins_list_codg,medins_list_name,cnt,pric,"                \
    "det_item_fee_sumamt\n"

/* stays.csv and over 8 MiB of charges.csv: L00, L01, ... with equally many lines each, those of a
 * stay together or the stays by turns. `last` ends the charges. */
enum { STL_TEST_LARGE_STAYS = 40, STL_TEST_LARGE_LINES = 2500 };
void stl_test_write_large(const stl_test_dir *dir, bool by_turns, const char *last);

/* Reads the directory (or one file of it) and expects soundness; CSV both whole and as a large
 * input, which must come to the same, or to an error where stl_test_refused expects one. */
stl_source *stl_test_open(const char *adapter, const stl_test_dir *dir, const char *name);
void stl_test_same_json(const stl_stay *a, const stl_stay *b);
/* Reads it and expects exactly this error; NULL field: not asserted. */
void stl_test_refused(const char *adapter, const stl_test_dir *dir, settle_status status,
                      const char *file, int64_t line, const char *field, stl_error *out_err);

#endif
