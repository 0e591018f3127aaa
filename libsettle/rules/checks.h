/* SPDX-License-Identifier: Apache-2.0 */
/* The checks that the registry lists, one a file. */
#ifndef STL_RULES_CHECKS_H
#define STL_RULES_CHECKS_H

#include "rules/rules.h"

extern const stl_rule STL_RULE_CLASS;             /* V1  class.c */
extern const stl_rule STL_RULE_QUANTITY;          /* V2  quantity.c */
extern const stl_rule STL_RULE_FACTOR;            /* V2  factor.c */
extern const stl_rule STL_RULE_PRICE_CAP;         /* V3  price_cap.c */
extern const stl_rule STL_RULE_REDUCED_PRICE;     /* V3  reduced_price.c */
extern const stl_rule STL_RULE_SECOND_OPERATION;  /* V3  second_operation.c */
extern const stl_rule STL_RULE_BED_DAYS;          /* V4  bed_days.c */
extern const stl_rule STL_RULE_BED_STANDARD;      /* V4 bed_standard.c */
extern const stl_rule STL_RULE_DUPLICATE;         /* V5  duplicate.c */
extern const stl_rule STL_RULE_REPEAT_CHARGE;     /* V6  repeat_charge.c */
extern const stl_rule STL_RULE_NAME_FAR;          /* V7  name_far.c */
extern const stl_rule STL_RULE_RENAMED;           /* V7  renamed.c */
extern const stl_rule STL_RULE_REMAPPED;          /* V7  remapped.c */
extern const stl_rule STL_RULE_READMISSION;       /* V8  readmission.c */
extern const stl_rule STL_RULE_BED_ALONE;         /* V9  bed_alone.c */
extern const stl_rule STL_RULE_DRUG_ONLY;         /* V9  drug_only.c */
extern const stl_rule STL_RULE_SEX;               /* V10 sex.c */
extern const stl_rule STL_RULE_AGE;               /* V10 age.c */
extern const stl_rule STL_RULE_CREDENTIAL;        /* V10 credential.c */
extern const stl_rule STL_RULE_TAKE_HOME;         /* V11 take_home.c */
extern const stl_rule STL_RULE_DRUG_QUANTITY;     /* V11 drug_quantity.c */
extern const stl_rule STL_RULE_VISIT_MODE;        /* V12 visit_mode.c */
extern const stl_rule STL_RULE_INSTITUTION_GRADE; /* V12 institution_grade.c */
extern const stl_rule STL_RULE_INSURANCE_TYPE;    /* V12 insurance_type.c */
extern const stl_rule STL_RULE_TCM_PIECES;        /* V12 tcm_pieces.c */
extern const stl_rule STL_RULE_COURSE;            /* V12 course.c */
extern const stl_rule STL_RULE_COURSE_INTERVAL;   /* V12 course_interval.c */
extern const stl_rule STL_RULE_APPROVAL_FLAG;     /* V12 approval_flag.c */
extern const stl_rule STL_RULE_CONSENT;           /* V13 consent.c */
extern const stl_rule STL_RULE_DATES;             /* V14 dates.c */
extern const stl_rule STL_RULE_ORDER_DATES;       /* V14 order_dates.c */
extern const stl_rule STL_RULE_PRESCRIPTIONS;     /* V14 prescriptions.c */
extern const stl_rule STL_RULE_SIMILAR_DRUGS;     /* V15 similar_drugs.c */
extern const stl_rule STL_RULE_CYCLE;             /* V16 cycle.c */
extern const stl_rule STL_RULE_TWO_METHODS;       /* V16 two_methods.c */
extern const stl_rule STL_RULE_SPECIAL_TEST;      /* V16 special_test.c */
extern const stl_rule STL_RULE_INDICATION;        /* V17 indication.c */
extern const stl_rule STL_RULE_INSTITUTION;       /* V19 institution.c */
extern const stl_rule STL_RULE_LICENCE;           /* V19 licence.c */
extern const stl_rule STL_RULE_LATE_ENTRY;        /* V20 late_entry.c */
extern const stl_rule STL_RULE_APPROVAL;          /* V21 approval.c */
extern const stl_rule STL_RULE_INJURY;            /* V22 injury.c */
extern const stl_rule STL_RULE_UPGRADE;           /* V23 upgrade.c */
extern const stl_rule STL_RULE_SETTLED_TWICE;     /* V24 settled_twice.c */
extern const stl_rule STL_RULE_DOUBLE_INSURED;    /* V24 double_insured.c */
extern const stl_rule STL_RULE_EXCLUDED;          /* V25 excluded.c */
extern const stl_rule STL_RULE_MANDATORY;         /* V26 mandatory.c */
extern const stl_rule STL_RULE_MANDATORY_CHARGE;  /* V26 */
extern const stl_rule STL_RULE_LINE_AMOUNT;       /* V26 line_amount.c */
extern const stl_rule STL_RULE_CHRONIC;           /* V27 chronic.c */
extern const stl_rule STL_RULE_ORDERS;            /* V29 orders.c */
extern const stl_rule STL_RULE_TESTS_ONLY;        /* V30 tests_only.c */
extern const stl_rule STL_RULE_QUOTA;             /* V31 quota.c */
extern const stl_rule STL_RULE_MARK_UP;           /* V32 mark_up.c */
extern const stl_rule STL_RULE_RECOGNISED;        /* V33 recognised.c */
extern const stl_rule STL_RULE_REFERRAL;          /* V34 referral.c */
extern const stl_rule STL_RULE_ENTITLEMENT;       /* V35 entitlement.c */
extern const stl_rule STL_RULE_SPECIAL_DRUG;      /* V36 special_drug.c */
extern const stl_rule STL_RULE_REFUND_BALANCE;    /* R1  refund_balance.c */
extern const stl_rule STL_RULE_REFUND_PRICE;      /* R2  refund_price.c */
extern const stl_rule STL_RULE_UNMAPPED;          /* M1  mapping_state.c */
extern const stl_rule STL_RULE_MAPPING_UNFIT;     /* M2 */
extern const stl_rule STL_RULE_MAPPING_UNSURE;    /* M3 */
extern const stl_rule STL_RULE_TEXT_HINT;         /* T1  text_hint.c */

extern const stl_rule STL_RULE_PATHWAY_ENTRY;     /* P1  pathway_entry.c */
extern const stl_rule STL_RULE_PATHWAY_REQUIRED;  /* P2  pathway_required.c */
extern const stl_rule STL_RULE_PATHWAY_OUTSIDE;   /* P3  pathway_outside.c */
extern const stl_rule STL_RULE_PATHWAY_DRUGS;     /* P4  pathway_drugs.c */
extern const stl_rule STL_RULE_PATHWAY_STAY;      /* P5  pathway_stay.c */
extern const stl_rule STL_RULE_PATHWAY_OPERATION; /* P6  pathway_operation.c */
extern const stl_rule STL_RULE_PATHWAY_COST;      /* P7  pathway_cost.c */
extern const stl_rule STL_RULE_FRONT_PAGE;        /* W14 front_page.c */

/* After the payment. */
extern const stl_rule STL_RULE_GIVEN_AMOUNTS; /* V18 given_amounts.c */
extern const stl_rule STL_RULE_PAYERS;        /* V28 payers.c */
extern const stl_rule STL_RULE_ACCOUNT;       /* V37 account_payment.c */

#endif
