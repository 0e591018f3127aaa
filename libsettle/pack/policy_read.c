/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/policy_parse.h"

#include "xml/schemas.h"

typedef settle_status (*element_fn)(stl_policy_reader *r, const stl_xml_element *e, stl_error *err);

static settle_status push(stl_policy_reader *r, stl_policy_list *list, size_t size, void *out,
                          stl_error *err) {
    void *item = stl_arena_push(r->arena, &list->items, &list->count, &list->cap, size);
    TRY_ALLOC(err, item);
    memcpy(out, &item, sizeof item);
    return SETTLE_OK;
}

static settle_status ratio_of(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                              stl_ratio *out, stl_error *err) {
    return stl_policy_attr_number(r, e, name, STL_SCALE_RATIO, 0, STL_RATIO_ONE, out, err);
}

static settle_status money_of(stl_policy_reader *r, const stl_xml_element *e, const char *name,
                              stl_money *out, stl_error *err) {
    return stl_policy_attr_number(r, e, name, STL_SCALE_MONEY, 0, STL_DECIMAL_MAX, out, err);
}

static settle_status read_policy(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str id, joined = r->policy->id;
    TRY(stl_policy_attr(r, e, "id", &id, err));
    if (stl_str_empty(joined)) {
        r->policy->id = id;
        return SETTLE_OK;
    }
    char *both = stl_arena_alloc(r->arena, joined.len + 1 + id.len);
    TRY_ALLOC(err, both);
    memcpy(both, joined.ptr, joined.len);
    both[joined.len] = '+';
    memcpy(both + joined.len + 1, id.ptr, id.len);
    r->policy->id = (stl_str){both, joined.len + 1 + id.len};
    return SETTLE_OK;
}

static settle_status read_year(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_str begins;
    TRY(stl_policy_attr(r, e, "begins", &begins, err));
    char full[] = "2001-01-01";
    stl_day day;
    if (begins.len != 5)
        return stl_policy_fail(r, begins, "begins: month-day is expected", err);
    memcpy(full + 5, begins.ptr, begins.len);
    if (stl_day_parse(stl_str_of(full), &day) != SETTLE_OK)
        return stl_policy_fail(r, begins, "begins: no such day in every year", err);
    if (r->year_seen)
        return SETTLE_OK;
    r->year_seen = true;
    stl_civil civil = stl_civil_of(day * STL_DAY_SECONDS);
    r->policy->year_month = civil.month;
    r->policy->year_day = civil.day;
    return stl_policy_attr(r, e, "basis", &r->policy->year_basis, err);
}

static settle_status read_rule_date(stl_policy_reader *r, const stl_xml_element *e,
                                    stl_error *err) {
    static const char *const WORDS[] = {"discharge", "admission", "settlement", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "is", WORDS, 0, &word, err));
    if (!r->date_seen)
        r->policy->rule_date = (stl_rule_date)word;
    r->date_seen = true;
    return SETTLE_OK;
}

static settle_status read_rounding(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const WORDS[] = {"half-up", "half-even", "half-down", "up", "down", NULL};
    int word;
    stl_money tolerance;
    TRY(stl_policy_attr_word(r, e, "mode", WORDS, 0, &word, err));
    TRY(money_of(r, e, "line-tolerance", &tolerance, err));
    if (r->rounding_seen)
        return SETTLE_OK;
    r->rounding_seen = true;
    r->policy->rounding = (stl_rounding)word;
    if (tolerance != STL_NONE)
        r->policy->line_tolerance = tolerance;
    return stl_policy_attr(r, e, "basis", &r->policy->rounding_basis, err);
}

static settle_status read_line(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    (void)e, (void)err;
    r->line_here = !r->line_seen;
    r->line_seen = true;
    return SETTLE_OK;
}

static settle_status read_prepay(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_prepay_row row;
    TRY(stl_policy_attr(r, e, "list_type", &row.list_type, err));
    TRY(ratio_of(r, e, "ratio", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    if (!r->line_here)
        return SETTLE_OK;
    const stl_prepay_row *rows = r->prepays.items;
    if (r->prepays.count > 0 && stl_str_empty(rows[r->prepays.count - 1].list_type))
        return stl_policy_fail(r, row.list_type, "the row before it fits everything", err);
    stl_prepay_row *kept;
    TRY(push(r, &r->prepays, sizeof *kept, &kept, err));
    *kept = row;
    r->policy->prepays = r->prepays.items;
    r->policy->n_prepays = r->prepays.count;
    return SETTLE_OK;
}

static settle_status read_account(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const WORDS[] = {"nothing", "in-scope-share", "personal-share", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "pays", WORDS, 0, &word, err));
    if (r->account_seen)
        return SETTLE_OK;
    r->account_seen = true;
    r->policy->account = (stl_account_use)word;
    return stl_policy_attr(r, e, "basis", &r->policy->account_basis, err);
}

static settle_status read_layer(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const PAID[] = {"at-discharge", "at-year-end", NULL};
    int paid;
    TRY(push(r, &r->layers, sizeof *r->layer, &r->layer, err));
    stl_layer *l = r->layer;
    TRY(stl_policy_attr(r, e, "id", &l->id, err));
    TRY(stl_policy_attr(r, e, "name", &l->name, err));
    TRY(stl_policy_attr(r, e, "fund_pay_type", &l->fund_pay_type, err));
    TRY(stl_policy_attr(r, e, "pays-into", &l->setl_field, err));
    TRY(stl_policy_attr(r, e, "counts-payments", &l->acc_pay, err));
    TRY(stl_policy_attr_switch(r, e, "needs-payer-before", false, &l->needs_payer, err));
    TRY(stl_policy_attr_word(r, e, "paid", PAID, 0, &paid, err));
    l->deferred = paid == 1;
    l->needs_payer = l->needs_payer && r->layers.count > 1;
    r->layer_line = e->line;
    r->adjusts = r->bands = (stl_policy_list){.items = NULL};
    return stl_policy_attr(r, e, "basis", &l->basis, err);
}

static settle_status read_for(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    return stl_policy_condition(r, e, &r->layer->when, err);
}

static settle_status read_base(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const WORDS[] = {"in-scope", "in-scope-personal", NULL};
    stl_layer *l = r->layer;
    int word;
    TRY(stl_policy_attr_word(r, e, "of", WORDS, 0, &word, err));
    l->base = (stl_layer_base)word;
    TRY(stl_policy_attr(r, e, "basis", &l->base_basis, err));
    TRY(stl_policy_attr(r, e, "counts", &l->acc_base, err));
    TRY(stl_policy_attr_switch(r, e, "with-prepayment", false, &l->scope_counts_prepay, err));
    TRY(stl_policy_attr_switch(r, e, "with-deductible", true, &l->scope_counts_dedc, err));
    TRY(stl_policy_attr_switch(r, e, "with-over-limit", false, &l->scope_counts_overlmt, err));
    bool widened = l->scope_counts_prepay || !l->scope_counts_dedc || l->scope_counts_overlmt;
    if (l->base == STL_BASE_INSCP && widened)
        return stl_policy_fail(r, STL_STR("in-scope"),
                               "with-... switches belong to in-scope-personal", err);
    return SETTLE_OK;
}

static settle_status read_deductible(stl_policy_reader *r, const stl_xml_element *e,
                                     stl_error *err) {
    static const char *const WORDS[] = {"stay", "year", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "per", WORDS, 0, &word, err));
    r->layer->dedc_yearly = word == 1;
    r->in_ceiling = false;
    r->amounts = (stl_policy_list){.items = NULL};
    r->container_line = e->line;
    return stl_policy_attr(r, e, "counts", &r->layer->acc_dedc, err);
}

static settle_status read_repeat(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_layer *l = r->layer;
    TRY(stl_policy_attr_number(r, e, "from-stay", 0, 1, 99, &l->dedc_repeat_from, err));
    TRY(ratio_of(r, e, "ratio", &l->dedc_repeat_ratio, err));
    TRY(stl_policy_attr(r, e, "counted-by", &l->acc_count, err));
    return stl_policy_attr(r, e, "basis", &l->dedc_repeat_basis, err);
}

static settle_status read_amount(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_amount_row row;
    int64_t times;
    const stl_amount_row *rows = r->amounts.items;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(money_of(r, e, "value", &row.amount, err));
    TRY(stl_policy_attr_number(r, e, "times", 4, 0, 99999999, &times, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    if (r->amounts.count > 0 && stl_policy_unconditional(&rows[r->amounts.count - 1].when))
        return stl_policy_fail(r, STL_STR(""), "the row before it fits everybody", err);
    if (times != STL_NONE && stl_decimal_mul_div(row.amount, times, STL_RATIO_ONE,
                                                 STL_ROUND_HALF_UP, &row.amount) != SETTLE_OK)
        return stl_policy_fail(r, STL_STR(""), "value times times is too large", err);
    stl_amount_row *kept;
    TRY(push(r, &r->amounts, sizeof *kept, &kept, err));
    *kept = row;
    return SETTLE_OK;
}

static settle_status read_bands(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const WORDS[] = {"position", "excess", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "on", WORDS, 0, &word, err));
    r->layer->bands_on = (stl_band_position)word;
    return stl_policy_attr(r, e, "basis", &r->layer->bands_basis, err);
}

static settle_status read_band(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    const stl_band *before = r->bands.items;
    stl_money last = r->bands.count == 0 ? 0 : before[r->bands.count - 1].upto;
    stl_band band = {.ratios = NULL};
    TRY(money_of(r, e, "upto", &band.upto, err));
    if (last == STL_NONE)
        return stl_policy_fail(r, STL_STR(""), "the band before it has no upper bound", err);
    if (band.upto != STL_NONE && band.upto <= last)
        return stl_policy_fail(r, STL_STR(""), "upper bounds of bands must rise", err);
    stl_band *kept;
    TRY(push(r, &r->bands, sizeof *kept, &kept, err));
    *kept = band;
    r->ratios = (stl_policy_list){.items = NULL};
    r->container_line = e->line;
    return SETTLE_OK;
}

static settle_status keep_ratio(stl_policy_reader *r, const stl_ratio_row *row,
                                stl_policy_list *list, stl_error *err) {
    const stl_ratio_row *rows = list->items;
    if (list->count > 0 && stl_policy_unconditional(&rows[list->count - 1].when))
        return stl_policy_fail(r, STL_STR(""), "the row before it fits everybody", err);
    stl_ratio_row *kept;
    TRY(push(r, list, sizeof *kept, &kept, err));
    *kept = *row;
    return SETTLE_OK;
}

static settle_status read_ratio(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_ratio_row row;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(ratio_of(r, e, "value", &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    return keep_ratio(r, &row, &r->ratios, err);
}

static settle_status read_adjust(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    stl_ratio_row row;
    TRY(stl_policy_condition(r, e, &row.when, err));
    TRY(stl_policy_attr_number(r, e, "points", STL_SCALE_RATIO, -STL_RATIO_ONE, STL_RATIO_ONE,
                               &row.ratio, err));
    TRY(stl_policy_attr(r, e, "basis", &row.basis, err));
    return keep_ratio(r, &row, &r->adjusts, err);
}

static settle_status read_ceiling(stl_policy_reader *r, const stl_xml_element *e, stl_error *err) {
    static const char *const WORDS[] = {"position", "payments", NULL};
    int word;
    TRY(stl_policy_attr_word(r, e, "on", WORDS, 0, &word, err));
    r->layer->ceiling = word == 0 ? STL_CEILING_POSITION : STL_CEILING_PAYMENTS;
    r->in_ceiling = true;
    r->amounts = (stl_policy_list){.items = NULL};
    r->container_line = e->line;
    return SETTLE_OK;
}

static settle_status end_amounts(stl_policy_reader *r, stl_error *err) {
    const stl_amount_row *rows = r->amounts.items;
    r->line = r->container_line;
    if (r->amounts.count == 0 || !stl_policy_unconditional(&rows[r->amounts.count - 1].when))
        return stl_policy_fail(r, STL_STR(""), "the last amount must be without condition", err);
    if (r->in_ceiling) {
        r->layer->ceilings = rows;
        r->layer->n_ceilings = r->amounts.count;
    } else {
        r->layer->dedc = rows;
        r->layer->n_dedc = r->amounts.count;
    }
    return SETTLE_OK;
}

static settle_status end_band(stl_policy_reader *r, stl_error *err) {
    const stl_ratio_row *rows = r->ratios.items;
    r->line = r->container_line;
    if (r->ratios.count == 0 || !stl_policy_unconditional(&rows[r->ratios.count - 1].when))
        return stl_policy_fail(r, STL_STR(""), "the last ratio must be without condition", err);
    stl_band *band = (stl_band *)r->bands.items + r->bands.count - 1;
    band->ratios = rows;
    band->n_ratios = r->ratios.count;
    return SETTLE_OK;
}

static settle_status end_layer(stl_policy_reader *r, stl_error *err) {
    r->line = r->layer_line;
    r->layer->bands = r->bands.items;
    r->layer->n_bands = r->bands.count;
    r->layer->adjusts = r->adjusts.items;
    r->layer->n_adjusts = r->adjusts.count;
    return stl_policy_check_layer(r, err);
}

static const struct {
    const char *name;
    element_fn open;
    settle_status (*close)(stl_policy_reader *r, stl_error *err);
} ELEMENTS[] = {
    {"policy", read_policy, NULL},
    {"param", stl_policy_param_read, NULL},
    {"year", read_year, NULL},
    {"rule-date", read_rule_date, NULL},
    {"rounding", read_rounding, NULL},
    {"line", read_line, NULL},
    {"class-b-prepay", read_prepay, NULL},
    {"account", read_account, NULL},
    {"layer", read_layer, end_layer},
    {"for", read_for, NULL},
    {"base", read_base, NULL},
    {"deductible", read_deductible, end_amounts},
    {"repeat", read_repeat, NULL},
    {"amount", read_amount, NULL},
    {"bands", read_bands, NULL},
    {"band", read_band, end_band},
    {"ratio", read_ratio, NULL},
    {"adjust", read_adjust, NULL},
    {"ceiling", read_ceiling, end_amounts},
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
    stl_error local;
    stl_error_reset(&local);
    settle_status status =
        stl_xml_validate(source->xml, source->file, STL_SCHEMA_POLICY_1_0, &local);
    if (status == SETTLE_E_INPUT_SCHEMA)
        return FAIL(err, SETTLE_E_PACK_POLICY, .file = source->file, .line = local.line,
                    .field = local.field, .value = local.value, .detail = local.detail);
    if (status != SETTLE_OK && err != NULL)
        *err = local;
    return status;
}

static settle_status read_source(stl_policy_reader *r, const stl_policy_source *source,
                                 stl_error *err) {
    r->source = source;
    r->params = (stl_policy_list){.items = NULL};
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
    *out = policy;
    return SETTLE_OK;
}
