/* SPDX-License-Identifier: Apache-2.0 */
/* Payment: the line stage, then the payer layers of the policy. Pure and exact. */
#ifndef STL_BENEFIT_BENEFIT_H
#define STL_BENEFIT_BENEFIT_H

#include "model/case.h"
#include "model/settlement.h"

/* The whole settlement of a case. Missing accumulators: out->evaluated = false and a gap in
 * `verdict` plus the finding ACC (hold) is left to flow. Steps are recorded only if `explain`. */
settle_status stl_benefit_settle(const stl_case *c, bool explain, stl_settlement *out,
                                 stl_verdict *verdict, stl_error *err) STL_MUST_CHECK;

/* Leaves of it what interim settlements have not settled yet; a charge that they settled and that
 * is gone or comes out differently, or an amount below nothing, is a gap. `settled` outlives `out`.
 */
settle_status stl_benefit_less_settled(const stl_case *c, const stl_settled *settled, bool explain,
                                       stl_settlement *out, stl_verdict *verdict,
                                       stl_error *err) STL_MUST_CHECK;

/* A settlement that lacks an input: amounts of lines and their sums stay, the payment goes. */
void stl_benefit_forget(stl_settlement *out);

#endif
