/* SPDX-License-Identifier: Apache-2.0 */
/* Check and price one stay: the middle of preview, explain and submit. */
#ifndef STL_FLOW_JUDGE_H
#define STL_FLOW_JUDGE_H

#include "flow/session.h"
#include "model/settlement.h"
#include "rules/rules.h"

#define STL_FLOW_RULE_ACC "ACC" /* the payment was not computed */

/* The rules about the payment itself, which need no region to be found: ended by NULL. */
extern const stl_rule *const STL_FLOW_RULES[];

typedef struct stl_judgement {
    stl_case c;
    stl_verdict verdict;
    stl_settlement settlement;
    const stl_pack *pack;
} stl_judgement;

/* Results live in `arena`. `ask_ledger`: V24 asks the ledger (when the home has one) whether stay
 * or lines were settled before; the session's ledger is opened for reading at least. */
settle_status stl_flow_judge(stl_session *session, const stl_stay *stay, bool explain,
                             stl_arena *arena, stl_judgement *out, stl_error *err) STL_MUST_CHECK;

/* The steps of it, for a stay that goes on (flow/running.h): pack and case; INPUT_EMPTY_STAY; what
 * the ledger knows of stay and charges (V24); the rules; payment and conclusion; conclusion alone.
 */
settle_status stl_flow_prepare(stl_session *session, const stl_stay *stay, stl_arena *arena,
                               stl_judgement *out, stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_not_empty(const stl_stay *stay, stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_ask_ledger(stl_session *session, stl_case *c, stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_rules(stl_judgement *judgement, stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_pay(stl_session *session, bool explain, stl_judgement *judgement,
                           stl_error *err) STL_MUST_CHECK;
settle_status stl_flow_conclude(stl_session *session, stl_judgement *judgement,
                                stl_error *err) STL_MUST_CHECK;

/* The name of any rule, those of the payment included; "" for an unknown id. */
const char *stl_flow_rule_name(const char *rule_id, int32_t lang);

/* Findings about the payment itself: an input is missing (ACC), the scheme is not paid (S3), and
 * the checks that look at it. */
settle_status stl_flow_report_payment(stl_judgement *judgement, stl_error *err) STL_MUST_CHECK;

/* Keys under which charges are found again (V24), one a line in order: hospital item, second and
 * amount. 0 where refunds leave nothing of it: such a charge may be made anew under another stay.
 * In the case's arena. */
settle_status stl_flow_line_keys(const stl_case *c, uint64_t **out, stl_error *err) STL_MUST_CHECK;

#endif
