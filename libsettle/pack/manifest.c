/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/manifest.h"

#include "pack/xml_source.h"
#include "xml/schemas.h"
#include <stdio.h>

typedef struct reading {
    const char *name;
    stl_arena *arena;
    stl_manifest *out;
    stl_manifest_policy *policy; /* to which <param> belongs */
} reading;

static settle_status attribute(const reading *in, const stl_xml_element *element, const char *name,
                               stl_str *out, stl_error *err) {
    return stl_source_attribute(in->arena, element, name, out, err);
}

static settle_status day(const reading *in, const stl_xml_element *element, const char *name,
                         stl_day *out, stl_error *err) {
    stl_str text;
    TRY(attribute(in, element, name, &text, err));
    *out = STL_NONE;
    if (stl_str_empty(text) || stl_day_parse(text, out) == SETTLE_OK)
        return SETTLE_OK;
    return FAIL(err, SETTLE_E_PACK_SOURCE, .file = in->name, .line = element->line, .field = name,
                .value = text.ptr, .detail = "no such date");
}

static settle_status open_pack(reading *in, const stl_xml_element *element, stl_error *err) {
    stl_manifest *out = in->out;
    TRY(attribute(in, element, "id", &out->id, err));
    TRY(attribute(in, element, "version", &out->version, err));
    TRY(attribute(in, element, "name", &out->name, err));
    TRY(day(in, element, "begndate", &out->begndate, err));
    TRY(day(in, element, "enddate", &out->enddate, err));
    if (out->enddate != STL_NONE && out->enddate < out->begndate)
        return FAIL(err, SETTLE_E_PACK_SOURCE, .file = in->name, .line = element->line,
                    .field = "enddate", .detail = "ends before it begins");
    return SETTLE_OK;
}

static settle_status add_value(const reading *in, const stl_xml_element *element, const char *name,
                               stl_manifest_list *list, stl_error *err) {
    stl_manifest_value *value =
        stl_arena_push(in->arena, (void **)&list->items, &list->n, &list->cap, sizeof *list->items);
    TRY_ALLOC(err, value);
    value->line = element->line;
    return attribute(in, element, name, &value->text, err);
}

static settle_status open_region(reading *in, const stl_xml_element *element, stl_error *err) {
    return add_value(in, element, "admdvs", &in->out->regions, err);
}

static settle_status open_scheme(reading *in, const stl_xml_element *element, stl_error *err) {
    return add_value(in, element, "insutype", &in->out->schemes, err);
}

static stl_manifest_include *last_include(const reading *in) {
    return &in->out->includes[in->out->n_includes - 1];
}

static settle_status open_policy(reading *in, const stl_xml_element *element, stl_error *err) {
    in->policy = element->depth == 1 ? &in->out->policy : &last_include(in)->policy;
    in->policy->given = true;
    in->policy->line = element->line;
    return attribute(in, element, "insutype", &in->policy->insutype, err);
}

static settle_status open_param(reading *in, const stl_xml_element *element, stl_error *err) {
    stl_manifest_policy *policy = in->policy;
    stl_policy_param *param = stl_arena_push(in->arena, (void **)&policy->params, &policy->n,
                                             &policy->cap, sizeof *policy->params);
    TRY_ALLOC(err, param);
    TRY(attribute(in, element, "name", &param->name, err));
    for (size_t i = 0; i + 1 < policy->n; i++)
        if (stl_str_eq(policy->params[i].name, param->name))
            return FAIL(err, SETTLE_E_PACK_SOURCE, .file = in->name, .line = element->line,
                        .field = "param", .value = param->name.ptr, .detail = "set twice");
    return attribute(in, element, "value", &param->value, err);
}

static settle_status open_include(reading *in, const stl_xml_element *element, stl_error *err) {
    stl_manifest *out = in->out;
    stl_manifest_include *include =
        stl_arena_push(in->arena, (void **)&out->includes, &out->n_includes, &out->cap_includes,
                       sizeof *out->includes);
    TRY_ALLOC(err, include);
    include->line = element->line;
    return attribute(in, element, "path", &include->path, err);
}

static settle_status open_table(reading *in, const stl_xml_element *element, stl_error *err) {
    stl_str file;
    TRY(attribute(in, element, "file", &file, err));
    for (size_t i = 0; i < STL_T_COUNT; i++)
        if (stl_str_is(file, STL_TABLE_SPECS[i].file))
            last_include(in)->tables[i] = true;
    return SETTLE_OK;
}

static settle_status open_pathways(reading *in, const stl_xml_element *element, stl_error *err) {
    (void)element, (void)err;
    last_include(in)->pathways = true;
    return SETTLE_OK;
}

static settle_status open_element(void *user, const stl_xml_element *element, stl_error *err) {
    static const struct {
        const char *name;
        settle_status (*open)(reading *in, const stl_xml_element *element, stl_error *err);
    } ELEMENTS[] = {
        {"pack", open_pack},     {"region", open_region},     {"scheme", open_scheme},
        {"policy", open_policy}, {"param", open_param},       {"include", open_include},
        {"table", open_table},   {"pathways", open_pathways},
    };
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof ELEMENTS[0]; i++)
        if (stl_str_is(element->name.local, ELEMENTS[i].name))
            return ELEMENTS[i].open(user, element, err);
    return SETTLE_OK;
}

settle_status stl_manifest_read(stl_str xml, const char *name, stl_arena *arena, stl_manifest *out,
                                stl_error *err) {
    *out = (stl_manifest){.enddate = STL_NONE};
    reading in = {.name = name, .arena = arena, .out = out};
    const stl_xml_handler handler = {.open = open_element, .user = &in};
    return stl_source_parse(xml, name, STL_SCHEMA_PACK_1_0, &handler, err);
}
