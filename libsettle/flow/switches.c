/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/switches.h"

#include "rules/rules.h"

static stl_action highest(const stl_region *region, const stl_rule *const *rules, stl_str rule_id,
                          stl_action action) {
    for (size_t i = 0; rules[i] != NULL; i++)
        if (stl_str_is(rule_id, rules[i]->id) && stl_rules_action(region, rules[i]) > action)
            action = stl_rules_action(region, rules[i]);
    return action;
}

/* Of all rows, whatever their days: the strictest. False: there is none. */
static bool site_lowest(const stl_region *region, stl_str rule_id, stl_action *out) {
    const stl_index_table *table = &region->tables[STL_T_PARAMETERS];
    stl_index_rows rows = stl_index_get(table, rule_id);
    bool any = false;
    *out = STL_SHADOW;
    for (size_t i = 0; i < rows.count; i++) {
        const int64_t *row = rows.rows + i * STL_PAR_COLS;
        stl_action action = STL_BLOCK; /* of another word */
        if (!stl_str_is(stl_index_text(table, row[STL_PAR_NAME]), "site_lowest"))
            continue;
        any = true;
        (void)stl_action_parse(stl_index_text(table, row[STL_PAR_VALUE]), &action);
        *out = action > *out ? action : *out;
    }
    return any;
}

stl_action stl_flow_site_lowest(const stl_region *region, stl_str rule_id) {
    stl_action lowest, here = highest(region, STL_RULES, rule_id, STL_SHADOW);
    here = highest(region, STL_PAYMENT_RULES, rule_id, here);
    if (here < STL_HOLD)
        return STL_SHADOW;
    if (!site_lowest(region, rule_id, &lowest) && !site_lowest(region, STL_STR("*"), &lowest))
        return here;
    return lowest < here ? lowest : here;
}

static settle_status refuse(const stl_rule_switch *s, const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = s->line,
                .field = s->rule_id.ptr, .value = stl_action_name(s->action), .detail = detail);
}

settle_status stl_flow_switches_check(const stl_site *site, stl_error *err) {
    for (size_t i = 0; i < site->config.n_switches; i++) {
        const stl_rule_switch *s = &site->config.switches[i];
        if (stl_rules_name(s->rule_id.ptr, SETTLE_LANG_EN) == NULL)
            return refuse(s, "no such rule", err);
        for (size_t k = 0; k < site->n_packs; k++)
            if (s->action < stl_flow_site_lowest(stl_pack_region(site->packs[k]), s->rule_id))
                return refuse(s, "lower than the pack permits", err);
    }
    return SETTLE_OK;
}
