/* SPDX-License-Identifier: Apache-2.0 */
/* Small worlds for tests of model, rules and payment: a stay, the hospital's tables and a region,
 * one line of text each. Fields are "name=value" pairs parted by blanks, instants with a T, a blank
 * inside a value is written as '_', an underscore as '^'; for example:
 *
 *     test_world *w = test_world_new();
 *     test_stay(w, "gend=2 begntime=2025-03-01T08:00:00");
 *     test_service(w, "F1", "001101000010000", "01");
 *     test_row(w, STL_T_CAPS, "pric_list_codg=110100001 medins_lv=3 pric_uplmt_amt=25");
 *     test_charge(w, "F1", "2025-03-02T10:00:00", "2", "25.00", "");
 *     const stl_case *c = test_case(w);
 *
 * A value that does not parse, a name that does not exist or a failing build fails the test. */
#ifndef TESTS_MODEL_SUPPORT_H
#define TESTS_MODEL_SUPPORT_H

#include "model/case.h"

#include "support/base_support.h"

typedef struct test_world test_world;

/* A stay of 测试甲 (area 999901, level 3, man, 2025-03-01 08:00 to 2025-03-05 10:00, scheme 310)
 * with no charges, empty tables, language English. */
test_world *test_world_new(void);
void test_world_free(test_world *w);

void test_stay(test_world *w, const char *fields); /* changes the head */

/* A charge of item `item`; amount = round(cnt x pric, 2), serials 1, 2, 3 ... and an order number
 * are given unless `more` says otherwise ("init_feedetl_sn=1 det_item_fee_sumamt=3.00").
 * Answers its index. */
uint32_t test_charge(test_world *w, const char *item, const char *at, const char *cnt,
                     const char *pric, const char *more);
/* Any other kind of record; its mdtrt_id and psn_no are those of the stay unless given. */
void *test_record(test_world *w, stl_record_kind kind, const char *fields);
/* The file of this kind was supplied. test_record does it, too. */
void test_given(test_world *w, stl_record_kind kind);

/* Rows of the hospital. Not given: names and units like the code's, price code none; a mapping is
 * active, 1/1, open at both ends, class 01. */
void test_item(test_world *w, const char *fields);
void test_map(test_world *w, const char *fields);
/* A row of the region's table; dates not given are open, a cap refuses. */
void test_row(test_world *w, stl_table_id table, const char *fields);
/* Item, mapping 1/1 and catalogue row with class `lv` in one go; its price code is that of the item
 * ("F1" -> price code "F1"). */
void test_service(test_world *w, const char *item, const char *code, const char *lv);

/* The policy of the region: half-up, tolerance 1 fen, no layers; to be changed by the test. */
stl_policy *test_policy(test_world *w);
stl_stay *test_the_stay(test_world *w);
stl_arena *test_arena(test_world *w);
void test_lang(test_world *w, int32_t lang);
void test_site(test_world *w, stl_case_site site); /* default: nothing is known */

/* Builds the tables; again after more rows. */
const stl_region *test_region(test_world *w);
const stl_mapping *test_mapping(test_world *w);
/* As built last. */
const stl_region *test_built_region(const test_world *w);
const stl_mapping *test_built_mapping(const test_world *w);
/* Builds tables and case; the case may be changed by the test (settled_known ...). */
stl_case *test_case(test_world *w);

/* A number of the test's text in the scale of the kind ("25.00" as STL_F_MONEY: 2500), a day or
 * instant. */
int64_t test_number(stl_field_kind kind, const char *text);
#define test_money(text) test_number(STL_F_MONEY, text)
#define test_price(text) test_number(STL_F_PRICE, text)
#define test_qty(text) test_number(STL_F_QTY, text)
#define test_day(text) test_number(STL_F_DAY, text)

/* The error is this one, here; field NULL: none. */
void test_error_is(const stl_error *err, settle_status status, int64_t line, const char *field);

#endif
