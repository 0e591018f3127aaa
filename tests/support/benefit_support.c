/* SPDX-License-Identifier: Apache-2.0 */
#include "benefit_support.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_SOURCES = 4, MAX_PARAMS = 16 };

stl_str benefit_policy_text(test_world *w, const char *pack) {
    if (pack[0] == '<')
        return stl_arena_str(test_arena(w), stl_str_of(pack));
    const char *root = getenv("SETTLE_SOURCE_DIR");
    char path[512];
    snprintf(path, sizeof path, "%s/examples/hospital/packs/%s/policy.xml",
             root == NULL ? "." : root, pack);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("cannot open %s: run the tests in the source tree", path);
    static char room[256 * 1024];
    size_t len = fread(room, 1, sizeof room, file);
    fclose(file);
    assert_true(len > 0 && len < sizeof room);
    return stl_arena_str(test_arena(w), (stl_str){room, len});
}

static size_t split_params(test_world *w, const char *text, stl_policy_param *out) {
    size_t n = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        const char *equals = memchr(text, '=', len);
        assert_non_null(equals);
        assert_true(n < MAX_PARAMS);
        out[n].name = stl_arena_str(test_arena(w), (stl_str){text, (size_t)(equals - text)});
        stl_str value = {equals + 1, (size_t)(text + len - equals - 1)};
        char *copy = stl_arena_alloc(test_arena(w), value.len + 1);
        for (size_t i = 0; i < value.len; i++)
            copy[i] = value.ptr[i] == '_' ? ' ' : value.ptr[i];
        out[n++].value = (stl_str){copy, value.len};
        text += len;
        text += strspn(text, " ");
    }
    return n;
}

static void use(test_world *w, const stl_policy_source *sources, size_t n) {
    const stl_policy *policy;
    stl_error err = {0};
    if (stl_policy_read(sources, n, test_arena(w), &policy, &err) != SETTLE_OK) {
        char text[512];
        stl_error_render(&err, SETTLE_LANG_EN, text, sizeof text);
        fail_msg("policy: %s", text);
    }
    *test_policy(w) = *policy;
}

void benefit_packs(test_world *w, const char *pack, const char *params, ...) {
    stl_policy_source sources[MAX_SOURCES];
    stl_policy_param set[MAX_SOURCES][MAX_PARAMS];
    size_t n = 0;
    va_list args;
    va_start(args, params);
    while (pack != NULL) {
        assert_true(n < MAX_SOURCES);
        size_t n_set = split_params(w, params, set[n]);
        sources[n] = (stl_policy_source){
            benefit_policy_text(w, pack), pack, set[n], n_set, STL_STR(""), STL_STR("")};
        n++;
        pack = va_arg(args, const char *);
        params = pack == NULL ? NULL : va_arg(args, const char *);
    }
    va_end(args);
    use(w, sources, n);
}

void benefit_policy(test_world *w, const char *xml) {
    stl_policy_source source = {stl_str_of(xml), "policy.xml", NULL, 0, STL_STR(""), STL_STR("")};
    use(w, &source, 1);
}

uint32_t benefit_eligible(test_world *w, const char *amount) {
    if (stl_stay_n_charges(test_the_stay(w)) == 0)
        test_service(w, "E", "001100000000000", "01");
    return test_charge(w, "E", "2025-03-02T10:00:00", "1", amount, "");
}

void benefit_acc(test_world *w, const char *year, const char *kind, const char *value) {
    stl_accumulator *row = test_record(w, STL_R_ACCUMULATOR, "");
    row->insutype = test_the_stay(w)->head.insutype;
    row->year = stl_str_of(year);
    row->kind = stl_str_of(kind);
    row->value = test_money(value);
}

void benefit_year(test_world *w, const char *values) {
    static const char *const KINDS[] = {"inscp_scp_amt", "act_pay_dedc", "hifp_pay", "hifmi_base",
                                        "hifmi_pay",     "maf_pay",      "ipt_cnt"};
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        char key[40], value[40];
        size_t len = (size_t)snprintf(key, sizeof key, "%s=", KINDS[i]);
        const char *at = strstr(values, key);
        const char *from = at == NULL ? "0" : at + len;
        snprintf(value, sizeof value, "%.*s", (int)strcspn(from, " "), from);
        benefit_acc(w, "2025", KINDS[i], value);
    }
}

const stl_settlement *benefit_explain(test_world *w, const stl_verdict **verdict) {
    stl_settlement *s = stl_arena_alloc(test_arena(w), sizeof *s);
    stl_verdict *v = stl_arena_alloc(test_arena(w), sizeof *v);
    assert_non_null(s);
    assert_non_null(v);
    v->arena = test_arena(w);
    stl_error err = {0};
    if (stl_benefit_settle(test_case(w), true, s, v, &err) != SETTLE_OK) {
        char text[512];
        stl_error_render(&err, SETTLE_LANG_EN, text, sizeof text);
        fail_msg("settle: %s", text);
    }
    if (verdict != NULL)
        *verdict = v;
    return s;
}

const stl_settlement *benefit_settle(test_world *w) {
    return benefit_explain(w, NULL);
}

void benefit_check_vectors(const benefit_vector *vectors, size_t n, const char *pack,
                           const char *params) {
    for (size_t i = 0; i < n; i++) {
        test_world *w = test_world_new();
        benefit_packs(w, pack, params, NULL);
        test_stay(w, vectors[i].stay);
        benefit_year(w, vectors[i].year);
        benefit_eligible(w, vectors[i].eligible);
        const stl_verdict *verdict;
        const stl_settlement *s = benefit_explain(w, &verdict);
        if (!s->evaluated)
            fail_msg("not evaluated: %.*s", (int)verdict->gaps[0].missing.len,
                     verdict->gaps[0].missing.ptr);
        if (s->info.fund_pay_sumamt != test_money(vectors[i].fund)) {
            char got[STL_DECIMAL_TEXT_MAX];
            stl_decimal_format(s->info.fund_pay_sumamt, STL_SCALE_MONEY, got);
            fail_msg("\"%s\" year \"%s\" eligible %s: %s instead of %s (%.*s)", vectors[i].stay,
                     vectors[i].year, vectors[i].eligible, got, vectors[i].fund,
                     s->n_details == 0 ? 0 : (int)s->details[0].setl_proc_info.len,
                     s->n_details == 0 ? "" : s->details[0].setl_proc_info.ptr);
        }
        test_world_free(w);
    }
}
