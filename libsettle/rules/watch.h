/* SPDX-License-Identifier: Apache-2.0 */
/* What all rules say of a stay that grows. One charge more is judged with what it touches, by the
 * scopes of the rules; together they say what stl_rules_run() says of the whole. */
#ifndef STL_RULES_WATCH_H
#define STL_RULES_WATCH_H

#include "model/case_growing.h"
#include "rules/rules.h"

typedef struct stl_watch stl_watch;

/* `stay` is borrowed and grows. Nothing is judged yet. */
settle_status stl_watch_new(stl_stay *stay, const stl_region *region, const stl_mapping *mapping,
                            stl_case_site site, int32_t lang, stl_watch **out,
                            stl_error *err) STL_MUST_CHECK;
void stl_watch_free(stl_watch *w);

stl_growing *stl_watch_growing(const stl_watch *w);

/* Judges all that is there; afterwards it stands. */
settle_status stl_watch_begin(stl_watch *w, stl_error *err) STL_MUST_CHECK;

/* A change: charges are added, judged, and kept or taken back. *fits false: they make lines belong
 * together that did not, a new watch must be made; take back what was done. */
settle_status stl_watch_add(stl_watch *w, const stl_charge *charges, size_t n, bool *fits,
                            stl_error *err) STL_MUST_CHECK;
/* First what belongs to items, codes and days, then the whole: between them the case has what
 * refunds leave, so that the ledger can be asked. */
settle_status stl_watch_judge_parts(stl_watch *w, stl_error *err) STL_MUST_CHECK;
settle_status stl_watch_judge_whole(stl_watch *w, stl_error *err) STL_MUST_CHECK;
/* Another change: a rule about the whole reads what has changed beside the stay. */
settle_status stl_watch_again(stl_watch *w, const stl_rule *rule, stl_error *err) STL_MUST_CHECK;
bool stl_watch_differs(const stl_watch *w); /* since the change rules find something else */
/* The stay owns the charges from now on; on failure take back. */
settle_status stl_watch_adopt(stl_watch *w, stl_error *err) STL_MUST_CHECK;
/* `renewed`: what was gathered before the change is not used any more. */
void stl_watch_keep(stl_watch *w, bool renewed);
void stl_watch_undo(stl_watch *w);

/* As stl_rules_run, in the memory of `c`, the whole case; without `gaps` only findings. */
settle_status stl_watch_gather(const stl_watch *w, const stl_case *c, bool gaps, stl_verdict *out,
                               stl_error *err) STL_MUST_CHECK;

#endif
