/* SPDX-License-Identifier: Apache-2.0 */
#include "support/home_support.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int test_home_setup(void **state) {
    test_home *home = calloc(1, sizeof *home);
    strcpy(home->dir, "/tmp/settle-test-XXXXXX");
    assert_non_null(mkdtemp(home->dir));
    snprintf(home->path, sizeof home->path, "%s/home", home->dir);
    assert_int_equal(settle_context_new(&home->context), SETTLE_OK);
    assert_int_equal(settle_home_init(home->context, "examples/hospital", home->path, ""),
                     SETTLE_OK);
    assert_int_equal(settle_context_load(home->context, home->path), SETTLE_OK);
    *state = home;
    return 0;
}

int test_home_teardown(void **state) {
    test_home *home = *state;
    char command[128];
    settle_context_free(home->context);
    snprintf(command, sizeof command, "rm -rf '%s'", home->dir);
    int rc = system(command);
    free(home);
    return rc;
}

settle_session *test_home_session(const test_home *home) {
    settle_session *session = NULL;
    assert_int_equal(settle_session_open(home->context, NULL, &session), SETTLE_OK);
    return session;
}

static void put_accumulators(stl_buf *out) {
    static const char *const KINDS[] = {"inscp_scp_amt", "act_pay_dedc", "hifp_pay", "hifmi_base",
                                        "hifmi_pay",     "maf_pay",      "ipt_cnt"};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        stl_buf_printf(out, "%s{\"year\":\"2025\",\"kind\":\"%s\",\"value\":\"0\"}",
                       i == 0 ? "" : ",", KINDS[i]);
}

char *test_home_stay(const char *mdtrt_id, const char *psn_no, int first, int n, int shift) {
    stl_buf out = {0};
    stl_buf_printf(
        &out,
        "{\"stay\":{\"mdtrt_id\":\"%s\",\"fixmedins_code\":\"H99990100001\",\"fixmedins_name\":"
        "\"测试市第一医院\",\"medins_lv\":\"3\","
        "\"hosp_lv\":\"02\",\"psn_no\":\"%s\",\"psn_cert_type\":\"01\","
        "\"certno\":\"999901196705140039\",\"mdtrt_cert_type\":\"02\",\"psn_name\":\"测试甲\","
        "\"gend\":\"1\",\"brdy\":\"1967-05-14\",\"insuplc_admdvs\":\"999901\","
        "\"insutype\":\"310\",\"psn_type\":\"11\",\"med_type\":\"2101\","
        "\"begntime\":\"2025-03-03 09:42:00\",\"endtime\":\"2025-03-30 10:20:00\","
        "\"setl_time\":\"2025-03-30 10:20:00\",\"dscg_way\":\"1\",\"refl_flag\":\"0\","
        "\"acct_used_flag\":\"0\",\"balc\":\"0.00\",\"adm_dept_codg\":\"A03.01\","
        "\"adm_dept_name\":\"呼吸内科\",\"atddr_no\":\"D990101\",\"atddr_name\":\"测试医师01\","
        "\"medrcdno\":\"T99000001\",\"dscg_maindiag_code\":\"J15.902\","
        "\"dscg_maindiag_name\":\"社区获得性肺炎\"},\"charges\":[",
        mdtrt_id, psn_no);
    for (int i = 0; i < n; i++) {
        int minute = 10 * i + shift;
        stl_buf_printf(&out,
                       "%s{\"feedetl_sn\":\"%d\",\"drord_no\":\"O%d\","
                       "\"fee_ocur_time\":\"2025-03-%02d %02d:%02d:00\","
                       "\"medins_list_codg\":\"Y100350\",\"medins_list_name\":\"氯化钠注射液\","
                       "\"cnt\":\"1\",\"pric\":\"3.10\",\"det_item_fee_sumamt\":\"3.10\","
                       "\"bilg_dept_codg\":\"A03.01\",\"bilg_dept_name\":\"呼吸内科\","
                       "\"bilg_dr_codg\":\"D990102\",\"bilg_dr_name\":\"测试医师02\"}",
                       i == 0 ? "" : ",", first + i, first + i, 4 + minute / 1440, minute / 60 % 24,
                       minute % 60);
    }
    stl_buf_text(&out, "],\"diagnoses\":[{\"diag_srt_no\":\"1\",\"inout_diag_type\":\"2\","
                       "\"diag_type\":\"1\",\"maindiag_flag\":\"1\",\"diag_code\":\"J15.902\","
                       "\"diag_name\":\"社区获得性肺炎\"}],\"accumulators\":[");
    put_accumulators(&out);
    stl_buf_text(&out, "]}");
    return stl_buf_take(&out);
}

settle_status test_home_import(settle_session *session, const test_home *home, const char *json) {
    char path[128], *report = NULL;
    snprintf(path, sizeof path, "%s/stay-%p.json", home->dir, (void *)session);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(json, file) >= 0 && fclose(file) == 0);
    const char *const paths[] = {path};
    settle_source *source = NULL;
    settle_status status = settle_source_open(session, "json", paths, 1, &source);
    if (status == SETTLE_OK)
        status = settle_source_import(session, source, &report);
    settle_source_free(source);
    settle_free(report);
    unlink(path);
    return status;
}

char *test_home_value(const char *json, const char *key) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\":", key);
    const char *at = json == NULL ? NULL : strstr(json, wanted);
    if (at == NULL)
        return NULL;
    at += strlen(wanted);
    at += *at == '"';
    return strndup(at, strcspn(at, "\",}]"));
}
