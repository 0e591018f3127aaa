/* SPDX-License-Identifier: Apache-2.0 */
#include "stays.h"

#include "base/buf.h"

static void check_round(const stl_stay *stay) {
    SCOPED_BUF first = {0};
    SCOPED_BUF second = {0};
    SCOPED_SOURCE *again = NULL;
    stl_error err = {0};
    stl_stay_to_json(stay, &first);
    CLAIM(stl_buf_ok(&first));
    settle_status status =
        stl_stay_from_json((stl_str){first.ptr, first.len}, "again", 1, &again, &err);
    if (status != SETTLE_OK)
        fprintf(stderr, "%.*s\n%s %s %s\n", (int)first.len, first.ptr, settle_status_name(status),
                err.field, err.detail);
    CLAIM(status == SETTLE_OK);
    CLAIM(stl_source_count(again) == 1);
    stl_stay_to_json(stl_source_stay(again, 0), &second);
    CLAIM(stl_buf_ok(&second));
    CLAIM(first.len == second.len && memcmp(first.ptr, second.ptr, first.len) == 0);
}

void fuzz_check_source(settle_status status, const stl_error *err, stl_source *source) {
    fuzz_check_error(status, err);
    if (status != SETTLE_OK) {
        CLAIM(settle_status_exit_code(status) == 3);
        CLAIM(err->file[0] != '\0');
        return;
    }
    for (size_t i = 0; i < stl_source_count(source); i++)
        check_round(stl_source_stay(source, i));
    stl_source_free(source);
}
