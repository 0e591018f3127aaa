/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/site.h"

#include "flow/switches.h"

#include <stdio.h>
#include <stdlib.h>

static settle_status open_packs(stl_site *site, stl_error *err) {
    const stl_config *config = &site->config;
    site->packs = stl_arena_alloc(site->arena, config->n_packs * sizeof *site->packs);
    TRY_ALLOC(err, site->packs);
    for (; site->n_packs < config->n_packs; site->n_packs++)
        TRY(stl_pack_open(config->packs[site->n_packs].ptr, &site->packs[site->n_packs], err));
    return SETTLE_OK;
}

static settle_status load(stl_site *site, const char *home, stl_error *err) {
    site->home = stl_arena_str(site->arena, stl_str_of(home));
    TRY_ALLOC(err, site->home.ptr);
    TRY(stl_config_read(home, site->arena, &site->config, err));
    TRY(open_packs(site, err));
    TRY(stl_flow_switches_check(site, err));
    char hospital[4096], cache[4096];
    snprintf(hospital, sizeof hospital, "%s/hospital", home);
    snprintf(cache, sizeof cache, "%s/cache", home);
    return stl_mapping_open(hospital, cache, &site->mapping, err);
}

settle_status stl_site_load(const char *home, stl_site **out, stl_error *err) {
    stl_site *site = calloc(1, sizeof *site);
    TRY_ALLOC(err, site);
    site->arena = stl_arena_new();
    settle_status status =
        site->arena == NULL ? FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL) : load(site, home, err);
    if (status != SETTLE_OK) {
        stl_site_free(site);
        return status;
    }
    *out = site;
    return SETTLE_OK;
}

void stl_site_free(stl_site *site) {
    if (site == NULL)
        return;
    for (size_t i = 0; i < site->n_packs; i++)
        stl_pack_close(site->packs[i]);
    stl_mapping_close(site->mapping);
    stl_arena_free(site->arena);
    free(site);
}

static settle_status several(const stl_pack *a, const stl_pack *b, stl_str insutype,
                             stl_error *err) {
    stl_pack_info one, other;
    stl_pack_describe(a, &one);
    stl_pack_describe(b, &other);
    char detail[256];
    snprintf(detail, sizeof detail, "%s %s, %s %s", one.id, one.version, other.id, other.version);
    return FAIL(err, SETTLE_E_PACK_SEVERAL, .field = "insutype", .value = insutype.ptr,
                .detail = detail);
}

static stl_str area_of(const stl_site *site, const stl_admission *head) {
    return stl_str_empty(head->mdtrtarea_admvs) ? site->config.mdtrtarea_admvs
                                                : head->mdtrtarea_admvs;
}

bool stl_site_serves(const stl_site *site, const stl_pack *pack, const stl_admission *head) {
    stl_pack_info info;
    stl_pack_describe(pack, &info);
    return stl_pack_serves(pack, head->insutype, area_of(site, head), info.begndate);
}

static settle_status none(const stl_site *site, const stl_admission *head, const stl_pack *expired,
                          stl_error *err) {
    char detail[256];
    stl_str area = area_of(site, head);
    if (expired == NULL) {
        snprintf(detail, sizeof detail, "place of care %.*s", (int)area.len, area.ptr);
        return FAIL(err, SETTLE_E_PACK_NONE, .field = "insutype", .value = head->insutype.ptr,
                    .detail = detail);
    }
    stl_pack_info info;
    stl_pack_describe(expired, &info);
    snprintf(detail, sizeof detail, "%s %s", info.id, info.version);
    return FAIL(err, SETTLE_E_PACK_EXPIRED, .field = "insutype", .value = head->insutype.ptr,
                .detail = detail);
}

settle_status stl_site_pack(const stl_site *site, const stl_admission *head, const stl_pack **out,
                            stl_error *err) {
    const stl_pack *chosen = NULL, *expired = NULL;
    for (size_t i = 0; i < site->n_packs; i++) {
        const stl_pack *pack = site->packs[i];
        stl_day day = stl_pack_rule_day(pack, head);
        if (!stl_site_serves(site, pack, head))
            continue;
        if (!stl_pack_serves(pack, head->insutype, area_of(site, head), day)) {
            expired = pack;
            continue;
        }
        if (chosen != NULL)
            return several(chosen, pack, head->insutype, err);
        chosen = pack;
    }
    if (chosen == NULL)
        return none(site, head, expired, err);
    *out = chosen;
    return SETTLE_OK;
}

stl_case_site stl_site_defaults(const stl_site *site) {
    const stl_config *config = &site->config;
    return (stl_case_site){
        .medins_lv = config->medins_lv,
        .hosp_lv = config->hosp_lv,
        .mdtrtarea_admvs = config->mdtrtarea_admvs,
    };
}
