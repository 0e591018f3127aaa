/* SPDX-License-Identifier: Apache-2.0 */
/* Checks: one a file, each a const table. Pure: no I/O, clock, SQL or XML. */
#ifndef STL_RULES_RULES_H
#define STL_RULES_RULES_H

#include "model/case.h"
#include "model/settlement.h"

/* Which charges can change what a rule says, told of one charge more to a stay that was judged. It
 * must hold for findings and for the lines of gaps: those of the parts add up to those of the stay.
 */
typedef enum stl_scope {
    STL_SCOPE_STAY = 1, /* any of the stay, or those that `concerns` names */
    STL_SCOPE_ITEM,     /* of the same hospital item or catalogue code; refunds are of one item.
                           The rule sees the orders of these items */
    STL_SCOPE_PAIR,     /* of the same code, or of one that rules/repeat-charge.csv pairs with it */
    STL_SCOPE_DAY,      /* of the same civil day */
    STL_SCOPE_ALONE,   /* itself; one that is found, or not judged, alone is told with the others */
    STL_SCOPE_WORTH,   /* none: only the money told with a finding is that of the stay */
    STL_SCOPE_RECORDS, /* none at all */
} stl_scope;

typedef struct stl_rule {
    const char *id;      /* V3, R1, M1 ... */
    const char *name[2]; /* Chinese, English */
    const char *fix[2];
    const char *basis; /* atlas row and source lines */
    /* Of pack, hospital and stay: files parted by ", ", each with the list or parameter in it; "?"
     * ends what the rule can do without. tests/house/reads.py compares it with the code. */
    const char *reads;
    stl_action action; /* default; the pack's actions table may say otherwise */
    stl_scope scope;
    /* STL_SCOPE_STAY: this line may change what the rule says; NULL: any line may. */
    bool (*concerns)(const stl_case *c, uint32_t line);
    bool recounts; /* once it finds something, any line may */
    settle_status (*run)(const stl_case *c, stl_verdict *out, stl_error *err);
    /* instead of it, where the payment is looked at */
    settle_status (*run_paid)(const stl_case *c, const stl_settlement *s, stl_verdict *out,
                              stl_error *err);
    const struct stl_rule *const
        *also; /* milder ones under the same id, ended by NULL; NULL none */
} stl_rule;

extern const stl_rule *const STL_RULES[]; /* NULL-terminated, in the order findings are listed */
extern const stl_rule *const STL_PAYMENT_RULES[]; /* the same: those that look at the payment */

/* What the rule does in a region: its default, or as the pack's actions table says. */
stl_action stl_rules_action(const stl_region *region, const stl_rule *rule);

/* Who may let a finding of the rule pass on that day: "one", "two", "never". */
const char *stl_rules_override(const stl_region *region, const char *rule_id, stl_action action,
                               stl_day day);

/* A site's own action for a rule. */
typedef struct stl_rule_switch {
    stl_str rule_id;
    stl_action action;
    int64_t line; /* of settle.ini */
} stl_rule_switch;

/* After all findings are there: the switches of the site, shadow findings counted away, groups of
 * one root cause, and a gap for each rule whose base data is missing or stale (parameter
 * "stale_after"). */
settle_status stl_rules_conclude(const stl_case *c, const stl_rule_switch *switches,
                                 size_t n_switches, stl_verdict *out,
                                 stl_error *err) STL_MUST_CHECK;

/* What a rule answered, with its failure recorded: one that found no memory may have no record. */
settle_status stl_rules_told(settle_status status, stl_error *err) STL_MUST_CHECK;

/* The name of the rule or rules with that id in `lang`; NULL when none has it. */
const char *stl_rules_name(const char *rule_id, int32_t lang);

/* Runs every rule; findings come out ordered by rule, then lines, ids computed, gaps by rule, then
 * text. Two findings of one rule over the same lines would share their id: they are joined into
 * one, evidence after evidence. */
settle_status stl_rules_run(const stl_case *c, stl_verdict *out, stl_error *err) STL_MUST_CHECK;

/* The same, where `say` gives what a rule (by its place in STL_RULES) says. */
typedef settle_status stl_rule_say(const void *user, const stl_case *c, size_t rule,
                                   stl_verdict *out, stl_error *err);
settle_status stl_rules_gather(const stl_case *c, stl_rule_say *say, const void *user,
                               stl_verdict *out, stl_error *err) STL_MUST_CHECK;

/* Runs the rules that look at the payment, after it was computed; findings come after the others.
 */
settle_status stl_rules_run_paid(const stl_case *c, const stl_settlement *s, stl_verdict *out,
                                 stl_error *err) STL_MUST_CHECK;

/* What a rule's run() calls. Texts are copied; lines and involved are copied, sorted and freed of
 * doubles. vola_amt: money that hangs on it. The finding_id is the first 16 hex digits of SHA-256
 * over rule id, the feedetl_sn of `lines` sorted by bytes, and mdtrt_id, each ended by a line feed.
 */
typedef struct stl_found {
    const uint32_t *lines;
    size_t n_lines;
    const uint32_t *involved;
    size_t n_involved;
    stl_money vola_amt;
    stl_str gz_code;
    const char *basis; /* what stands behind, beyond the rule's own basis; NULL none */
} stl_found;
settle_status stl_rule_find(const stl_rule *rule, const stl_case *c, stl_verdict *out,
                            stl_found found, stl_error *err, const char *zh, const char *en,
                            ...) STL_MUST_CHECK; /* both formats take the same arguments */

#endif
