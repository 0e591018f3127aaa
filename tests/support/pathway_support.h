/* SPDX-License-Identifier: Apache-2.0 */
/* A pathway CAP (principal diagnosis J15.9 or between J18.0 and J18.2) and a stay with J15.902 and
 * without operations. */
#ifndef TESTS_PATHWAY_SUPPORT_H
#define TESTS_PATHWAY_SUPPORT_H

#include "support/rules_support.h"

/* `more`: further columns of the pathway. */
void test_pathway(test_world *w, const char *more);
/* The record of its entry, `more` for variation, reason and by. */
void test_enter(test_world *w, const char *more);
/* An examination of one item ("name=肾功能 need=required match=all pric_list_codg=F1"). */
void test_exam(test_world *w, const char *exam, const char *fields);
void test_diagnosis(test_world *w, const char *code, const char *maindiag_flag);

#define VARIED "variation=variation reason=病情需要 by=D990101"
#define LEFT "variation=exit reason=合并症 by=D990101"

#endif
