/* SPDX-License-Identifier: Apache-2.0 */
/* Some lines of a case as a case of their own. */
#include "support/model_support.h"

#include "model/case_part.h"

static stl_case *world(test_world *w) {
    test_service(w, "F1", "C1", "01");
    test_service(w, "F2", "C2", "01");
    test_charge(w, "F1", "2025-03-02T10:00:00", "1", "5.00", "");
    test_charge(w, "F2", "2025-03-03T10:00:00", "3", "5.00", "");
    test_charge(w, "F2", "2025-03-01T10:00:00", "-1", "5.00", "init_feedetl_sn=2");
    test_record(w, STL_R_ORDER, "drord_no=D1 medins_list_codg=F1 cnt=1");
    return test_case(w);
}

static void cut_out(test_world *w, const stl_case *c, const uint32_t *lines, size_t n,
                    const stl_rows *orders, stl_case_part *out) {
    assert_int_equal(stl_case_part_of(c, lines, n, orders, test_arena(w), out, NULL), SETTLE_OK);
}

static void a_part_numbers_its_items_and_orders_its_lines_anew(void **state) {
    test_world *w = test_world_new();
    static const uint32_t LINES[] = {1, 2};
    (void)state;
    const stl_case *c = world(w);
    stl_case_part part;
    cut_out(w, c, LINES, 2, NULL, &part);
    assert_int_equal(part.c.n_lines, 2);
    assert_int_equal(part.c.n_items, 1);
    assert_int_equal(part.c.n_codes, 1);
    assert_int_equal(part.c.lines[0].item_no, 0);
    assert_int_equal(part.c.by_time[0], 1);
    assert_string_equal(stl_case_charge(&part.c, 0)->feedetl_sn.ptr, "2");
    assert_int_equal(part.c.lines[1].refund_of, 0);
    assert_int_equal(part.c.lines[0].net_cnt, 20000);
    assert_int_equal(part.stay.rows[STL_R_ORDER].count, 1);
    test_world_free(w);
}

static void without_its_original_a_refund_leads_nowhere_but_stays_netted(void **state) {
    test_world *w = test_world_new();
    static const uint32_t LINES[] = {0, 2};
    const stl_rows none = {0};
    (void)state;
    const stl_case *c = world(w);
    stl_case_part part;
    cut_out(w, c, LINES, 2, &none, &part);
    assert_int_equal(part.c.lines[1].refund_of, -1);
    assert_int_equal(part.c.lines[1].net_cnt, 0);
    assert_int_equal(part.stay.rows[STL_R_ORDER].count, 0);
    test_world_free(w);
}

static void what_refunds_leave_can_be_worked_out_anew(void **state) {
    test_world *w = test_world_new();
    static const uint32_t LINES[] = {1, 2};
    (void)state;
    stl_case *c = world(w);
    c->lines[1].net_cnt = 70000; /* as if the refund were new */
    c->lines[2].refund_of = -1;
    stl_case_part part;
    cut_out(w, c, LINES, 2, NULL, &part);
    assert_int_equal(part.c.lines[0].net_cnt, 70000);
    assert_int_equal(stl_case_part_net(&part, NULL), SETTLE_OK);
    assert_int_equal(part.c.lines[0].net_cnt, 20000);
    assert_int_equal(part.c.lines[1].refund_of, 0);
    test_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_numbers_its_items_and_orders_its_lines_anew),
        cmocka_unit_test(without_its_original_a_refund_leads_nowhere_but_stays_netted),
        cmocka_unit_test(what_refunds_leave_can_be_worked_out_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
