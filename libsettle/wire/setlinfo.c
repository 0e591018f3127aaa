/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/setlinfo.h"

#include "facet_names.h"

#include <stddef.h>

#define SUM(upper, field)                                                                          \
    { STL_A_SETLINFO_##upper, offsetof(stl_setlinfo, field) }

const stl_wire_sum STL_WIRE_SUMS[] = {
    SUM(ACCT_MULAID_PAY, acct_mulaid_pay),
    SUM(ACCT_PAY, acct_pay),
    SUM(ACT_PAY_DEDC, act_pay_dedc),
    SUM(BALC, balc),
    SUM(CVLSERV_PAY, cvlserv_pay),
    SUM(FULAMT_OWNPAY_AMT, fulamt_ownpay_amt),
    SUM(FUND_PAY_SUMAMT, fund_pay_sumamt),
    SUM(HIFES_PAY, hifes_pay),
    SUM(HIFMI_PAY, hifmi_pay),
    SUM(HIFOB_PAY, hifob_pay),
    SUM(HIFP_PAY, hifp_pay),
    SUM(HOSP_PART_AMT, hosp_part_amt),
    SUM(INSCP_SCP_AMT, inscp_scp_amt),
    SUM(MAF_PAY, maf_pay),
    SUM(MEDFEE_SUMAMT, medfee_sumamt),
    SUM(OTH_PAY, oth_pay),
    SUM(OVERLMT_SELFPAY, overlmt_selfpay),
    SUM(PRESELFPAY_AMT, preselfpay_amt),
    SUM(PSN_CASH_PAY, psn_cash_pay),
    SUM(PSN_PART_AMT, psn_part_amt),
};
const size_t STL_WIRE_N_SUMS = sizeof STL_WIRE_SUMS / sizeof *STL_WIRE_SUMS;

const char *const STL_WIRE_ROUNDING[] = {
    [STL_ROUND_HALF_UP] = "half-up",     [STL_ROUND_HALF_EVEN] = "half-even",
    [STL_ROUND_HALF_DOWN] = "half-down", [STL_ROUND_UP] = "up",
    [STL_ROUND_DOWN] = "down",
};
