/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/put.h"

static void write_lines(stl_wire_out *o, const stl_case *c, unsigned element, unsigned attribute,
                        const uint32_t *lines, size_t n) {
    for (size_t i = 0; i < n; i++) {
        stl_wire_open(o, element);
        stl_wire_put(o, attribute, stl_case_charge(c, lines[i])->feedetl_sn);
        stl_wire_shut(o);
    }
}

bool stl_wire_override_fits(const stl_override *o, const char **out_field) {
    const struct {
        unsigned attribute;
        stl_str value;
    } FIELDS[] = {
        {STL_A_FINDING_APPROVAL, o->approval}, {STL_A_FINDING_BY, o->by},
        {STL_A_FINDING_ROLE, o->role},         {STL_A_FINDING_REASON, o->reason},
        {STL_A_FINDING_SECOND, o->second},
    };
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        const stl_attribute_decl *a = &STL_ATTRIBUTES[FIELDS[i].attribute];
        *out_field = a->name;
        if (FIELDS[i].attribute == STL_A_FINDING_SECOND && stl_str_empty(FIELDS[i].value))
            continue;
        if (!stl_facet_ok(a->type, FIELDS[i].value))
            return false;
    }
    return true;
}

static void write_finding(stl_wire_out *o, const stl_case *c, const stl_finding *f) {
    const stl_override *by = &f->override;
    char severity = stl_action_sev_deg(f->action);
    stl_wire_open(o, STL_E_FINDING);
    stl_wire_put(o, STL_A_FINDING_ACTION, stl_str_of(stl_action_name(f->action)));
    stl_wire_put(o, STL_A_FINDING_APPROVAL, by->approval);
    stl_wire_put(o, STL_A_FINDING_BASIS, f->basis);
    stl_wire_put(o, STL_A_FINDING_BY, by->by);
    stl_wire_put(o, STL_A_FINDING_EVIDENCE, f->evidence);
    stl_wire_put(o, STL_A_FINDING_FINDING_ID, stl_str_of(f->finding_id));
    stl_wire_put(o, STL_A_FINDING_FIX, f->fix);
    stl_wire_put(o, STL_A_FINDING_GZ_CODE, f->gz_code);
    stl_wire_put_number(o, STL_A_FINDING_N_INVOLVED, (int64_t)f->n_involved);
    stl_wire_put_number(o, STL_A_FINDING_N_LINES, (int64_t)f->n_lines);
    stl_wire_put_flag(o, STL_A_FINDING_OVERRIDDEN, f->overridden);
    stl_wire_put(o, STL_A_FINDING_REASON, by->reason);
    stl_wire_put(o, STL_A_FINDING_ROLE, by->role);
    stl_wire_put(o, STL_A_FINDING_RULE_ID, stl_str_of(f->rule_id));
    stl_wire_put(o, STL_A_FINDING_RULE_NAME, f->rule_name);
    stl_wire_put(o, STL_A_FINDING_SECOND, by->second);
    stl_wire_put(o, STL_A_FINDING_SEV_DEG, (stl_str){&severity, 1});
    stl_wire_put_instant(o, STL_A_FINDING_TIME, f->overridden ? by->at : STL_NONE);
    stl_wire_put_number(o, STL_A_FINDING_VOLA_AMT, f->vola_amt);
    write_lines(o, c, STL_E_LINE, STL_A_LINE_FEEDETL_SN, f->lines, f->n_lines);
    write_lines(o, c, STL_E_INVOLVED, STL_A_INVOLVED_FEEDETL_SN, f->involved, f->n_involved);
    stl_wire_shut(o);
}

static void write_gap(stl_wire_out *o, const stl_not_evaluated *gap) {
    stl_wire_open(o, STL_E_NOT_EVALUATED);
    stl_wire_put_number(o, STL_A_NOT_EVALUATED_LINES, (int64_t)gap->lines);
    stl_wire_put(o, STL_A_NOT_EVALUATED_MISSING, gap->missing);
    stl_wire_put(o, STL_A_NOT_EVALUATED_RULE_ID, stl_str_of(gap->rule_id));
    stl_wire_shut(o);
}

void stl_wire_write_findings(stl_wire_out *o, const stl_submission *s) {
    const stl_verdict *v = s->verdict;
    stl_wire_open(o, STL_E_FINDINGS);
    stl_wire_put_number(o, STL_A_FINDINGS_COUNT, (int64_t)v->n_findings);
    for (size_t i = 0; i < v->n_findings; i++)
        write_finding(o, s->c, &v->findings[i]);
    stl_wire_shut(o);
    stl_wire_open(o, STL_E_GAPS);
    stl_wire_put_number(o, STL_A_GAPS_COUNT, (int64_t)v->n_gaps);
    for (size_t i = 0; i < v->n_gaps; i++)
        write_gap(o, &v->gaps[i]);
    stl_wire_shut(o);
}
