/* SPDX-License-Identifier: Apache-2.0 */
#include "support/pathway_support.h"

#include <stdio.h>

void test_diagnosis(test_world *w, const char *code, const char *maindiag_flag) {
    char fields[256];
    snprintf(fields, sizeof fields, "diag_code=%s maindiag_flag=%s diag_type=1", code,
             maindiag_flag);
    test_record(w, STL_R_DIAGNOSIS, fields);
}

void test_pathway(test_world *w, const char *more) {
    char fields[512];
    snprintf(fields, sizeof fields, "pathway_id=CAP name=肺炎 edition=2009年版 %s", more);
    test_row(w, STL_T_PATHWAYS, fields);
    test_row(w, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAP criterion=001 kind=principal first=J15.9 last=J15.9");
    test_row(w, STL_T_PATHWAY_ENTRY,
             "pathway_id=CAP criterion=001 kind=principal first=J18.0 last=J18.2");
    test_row(w, STL_T_PATHWAY_CATEGORY, "category=J15 pathway_id=CAP");
    test_row(w, STL_T_PATHWAY_CATEGORY, "category=J18 pathway_id=CAP");
    test_diagnosis(w, "J15.902", "1");
    test_given(w, STL_R_OPERATION);
}

void test_enter(test_world *w, const char *more) {
    char fields[512];
    snprintf(fields, sizeof fields, "pathway_id=CAP entry_time=2025-03-01T09:00:00 %s", more);
    test_record(w, STL_R_PATHWAY, fields);
}

void test_exam(test_world *w, const char *exam, const char *fields) {
    char row[512];
    snprintf(row, sizeof row, "pathway_id=CAP exam=%s %s", exam, fields);
    test_row(w, STL_T_PATHWAY_EXAM, row);
}
