/* SPDX-License-Identifier: Apache-2.0 */
/* settle.ini: its texts stand in documents and in the audit chain. */
#include "support/home_support.h"

#include "flow/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INI                                                                                        \
    "[institution]\nfixmedins_code = H99990100001\nfixmedins_name = %s\nmedins_lv = 3\n"           \
    "mdtrtarea_admvs = 999901\nutc_offset = +08:00\n[packs]\npack = p.pack\n"                      \
    "[ledger]\nfile = ledger.db\n[operator]\nopter = OP1\nopter_name = %s\nrole = %s\n"

static settle_status read_ini(const char *name, const char *role, stl_error *err) {
    char dir[] = "/tmp/settle-config-XXXXXX", path[64];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/settle.ini", dir);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fprintf(file, INI, name, "测试收费员", role) > 0 && fclose(file) == 0);
    SCOPED_ARENA *arena = stl_arena_new();
    stl_config config;
    settle_status status = stl_config_read(dir, arena, &config, err);
    unlink(path);
    rmdir(dir);
    return status;
}

static void texts_are_utf8(void **state) {
    (void)state;
    stl_error err = {0};
    assert_int_equal(read_ini("测试市第一医院", "收费员", &err), SETTLE_OK);
}

/* GB18030 as an editor of the site's system may write it. */
static void a_text_in_another_encoding_is_refused_at_its_line(void **state) {
    (void)state;
    stl_error err = {0};
    assert_int_equal(read_ini("\xB2\xE2\xCA\xD4", "收费员", &err), SETTLE_E_CONFIG_VALUE);
    assert_int_equal(err.line, 3);
    assert_string_equal(err.field, "fixmedins_name");
    assert_int_equal(read_ini("测试市第一医院", "\xCA\xD5", &err), SETTLE_E_CONFIG_VALUE);
    assert_string_equal(err.field, "role");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_utf8),
        cmocka_unit_test(a_text_in_another_encoding_is_refused_at_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
