/* SPDX-License-Identifier: Apache-2.0 */
/* What the restrictions of payment (V12), one a table, share. */
#ifndef STL_RULES_V12_H
#define STL_RULES_V12_H

/* clang-format off */
#define STL_V12_NAME {"超出医保支付范围", "outside what the fund pays for"}
#define STL_V12_FIX                                                                                \
    {"不符合支付条件的，请将该明细改为自费（医院审批标志填 2）并取得自费知情同意；"                \
     "经医保批准可支付的，请按审批号申请放行",                                                     \
     "make the line self-funded (hosp_appr_flag 2) with a signed consent; where the insurer "      \
     "approved it, override with the approval number"}
/* clang-format on */
#define STL_V12_BASIS "V12 (002:257,273,1169, 000:135)"

#endif
