/* SPDX-License-Identifier: Apache-2.0 */
/* The clinical pathways a stay is on: as pathway.csv records, else as the entry criteria of the
 * pack suggest. */
#ifndef STL_RULES_PATHWAY_H
#define STL_RULES_PATHWAY_H

#include "rules/support.h"

typedef struct stl_pathway {
    stl_str id;
    const int64_t *row;  /* NULL: the pack does not have it */
    bool recorded;       /* else suggested: whatever is found is a hint */
    bool left;           /* a record of leaving it, with reason and person: not judged any more */
    stl_str variation;   /* the reason of a recorded variation, "" none: what is found is a hint */
    stl_instant entered; /* STL_NONE: not said */
} stl_pathway;

typedef struct stl_pathways {
    stl_pathway *at;
    size_t count, cap;
    size_t unknown; /* might fit, but diagnoses or operations were not given */
} stl_pathways;

settle_status stl_pathways_of(const stl_case *c, stl_pathways *out, stl_error *err) STL_MUST_CHECK;

typedef enum stl_pathway_fit {
    STL_PATHWAY_FITS,
    STL_PATHWAY_UNKNOWN,
    STL_PATHWAY_UNFIT,
} stl_pathway_fit;

/* Whether the entry criteria hold; `unmet` is the first row of the one that does not, or is not
 * known. */
stl_pathway_fit stl_pathway_fits(const stl_case *c, stl_str id, const int64_t **unmet);
bool stl_pathway_has_code(stl_str code, stl_str first, stl_str last);

/* The code begins with one of the blank-separated `prefixes`. */
bool stl_pathway_begins(stl_str code, stl_str prefixes);

/* Calls `judge` for each pathway of the stay that the pack has and that was not left. */
typedef settle_status stl_pathway_judge(const stl_case *c, const stl_pathway *p, stl_verdict *out,
                                        stl_error *err);
settle_status stl_pathways_each(const stl_case *c, stl_pathway_judge *judge, stl_verdict *out,
                                stl_error *err) STL_MUST_CHECK;

stl_str stl_pathway_cell(const stl_case *c, const stl_pathway *p, size_t col);
/* File and edition. NULL: no memory. */
const char *stl_pathway_basis(const stl_case *c, const stl_pathway *p);
/* What makes it a hint, as the end of a sentence. NULL: no memory. */
const char *stl_pathway_tail(const stl_case *c, const stl_pathway *p);
/* The finding made last is a hint where the pathway is only suggested, a variation is recorded, or
 * `soft`. */
void stl_pathway_soften(const stl_pathway *p, bool soft, stl_verdict *out);

#endif
