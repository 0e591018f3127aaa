/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/policy_elements.h"

#include "xml/schemas.h"

static const struct {
    const char *name;
    stl_policy_open_fn *open;
    stl_policy_close_fn *close;
} ELEMENTS[] = {
    {"policy", stl_policy_read_policy, NULL},
    {"param", stl_policy_param_read, NULL},
    {"year", stl_policy_read_year, NULL},
    {"rule-date", stl_policy_read_rule_date, NULL},
    {"rounding", stl_policy_read_rounding, NULL},
    {"line", stl_policy_read_line, NULL},
    {"class-b-prepay", stl_policy_read_prepay, NULL},
    {"item", stl_policy_read_item, stl_policy_end_item},
    {"newborn", stl_policy_read_newborn, NULL},
    {"precedence", stl_policy_read_precedence, NULL},
    {"payer", stl_policy_read_payer, NULL},
    {"account", stl_policy_read_account, NULL},
    {"method", stl_policy_read_method, NULL},
    {"withhold", stl_policy_read_withhold, NULL},
    {"later", stl_policy_read_later, NULL},
    {"layer", stl_policy_read_layer, stl_policy_end_layer},
    {"for", stl_policy_read_for, NULL},
    {"base", stl_policy_read_base, stl_policy_end_base},
    {"first-pay", stl_policy_read_first_pay, NULL},
    {"deductible", stl_policy_read_deductible, stl_policy_end_amounts},
    {"repeat", stl_policy_read_repeat, NULL},
    {"counts-as", stl_policy_read_counts_as, NULL},
    {"credit", stl_policy_read_credit, NULL},
    {"amount", stl_policy_read_amount, NULL},
    {"bands", stl_policy_read_bands, NULL},
    {"band", stl_policy_read_band, stl_policy_end_band},
    {"ratio", stl_policy_read_ratio, NULL},
    {"share", stl_policy_read_share, NULL},
    {"adjust", stl_policy_read_adjust, NULL},
    {"growth", stl_policy_read_growth, NULL},
    {"ceiling", stl_policy_read_ceiling, stl_policy_end_amounts},
};
enum { N_ELEMENTS = sizeof ELEMENTS / sizeof ELEMENTS[0] };

static settle_status on_open(void *user, const stl_xml_element *e, stl_error *err) {
    stl_policy_reader *r = user;
    for (size_t i = 0; i < N_ELEMENTS; i++) {
        if (!stl_str_is(e->name.local, ELEMENTS[i].name))
            continue;
        r->element = ELEMENTS[i].name;
        r->line = e->line;
        return ELEMENTS[i].open(r, e, err);
    }
    return FAIL(err, SETTLE_E_INTERNAL, .detail = "the schema let an unknown element pass");
}

static settle_status on_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    (void)depth;
    stl_policy_reader *r = user;
    for (size_t i = 0; i < N_ELEMENTS; i++) {
        if (!stl_str_is(name.local, ELEMENTS[i].name) || ELEMENTS[i].close == NULL)
            continue;
        r->element = ELEMENTS[i].name;
        return ELEMENTS[i].close(r, err);
    }
    return SETTLE_OK;
}

/* A policy that breaks its schema is a policy error like any other. */
static settle_status validate(const stl_policy_source *source, stl_error *err) {
    settle_status status = stl_xml_validate(source->xml, source->file, STL_SCHEMA_POLICY_1_0, err);
    return status == SETTLE_E_INPUT_SCHEMA
               ? stl_xml_restate(status, SETTLE_E_PACK_POLICY, source->file, err)
               : status;
}

static settle_status read_source(stl_policy_reader *r, const stl_policy_source *source,
                                 stl_error *err) {
    r->source = source;
    r->params = (stl_policy_list){.items = NULL};
    r->laters_before = r->laters.count;
    TRY(validate(source, err));
    const stl_xml_handler handler = {.open = on_open, .close = on_close, .user = r};
    TRY(stl_xml_parse(source->xml, source->file, (stl_xml_limits){.max_depth = 8}, &handler, err));
    r->element = "param";
    r->line = 0;
    return stl_policy_params_known(r, err);
}

settle_status stl_policy_read(const stl_policy_source *sources, size_t n, stl_arena *arena,
                              const stl_policy **out, stl_error *err) {
    stl_policy *policy = stl_arena_alloc(arena, sizeof *policy);
    TRY_ALLOC(err, policy);
    policy->line_tolerance = 1;
    policy->year_month = policy->year_day = 1;
    stl_policy_reader r = {.arena = arena, .policy = policy};
    for (size_t i = 0; i < n; i++)
        TRY(read_source(&r, &sources[i], err));
    policy->layers = r.layers.items;
    policy->n_layers = r.layers.count;
    policy->methods = r.methods.items;
    policy->n_methods = r.methods.count;
    policy->withholds = r.withholds.items;
    policy->n_withholds = r.withholds.count;
    policy->laters = r.laters.items;
    policy->n_laters = r.laters.count;
    policy->payers = r.payers.items;
    policy->n_payers = r.payers.count;
    TRY(stl_policy_check_items(&r, err));
    *out = policy;
    return SETTLE_OK;
}
