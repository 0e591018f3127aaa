/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/handle.h"

const stl_region *stl_pack_region(const stl_pack *pack) {
    return &pack->region;
}

void stl_pack_describe(const stl_pack *pack, stl_pack_info *out) {
    *out = pack->info;
}

bool stl_pack_in_force(const stl_pack *pack, stl_day day) {
    const stl_pack_info *info = &pack->info;
    return day != STL_NONE && day >= info->begndate &&
           (info->enddate == STL_NONE || day <= info->enddate);
}

bool stl_pack_serves(const stl_pack *pack, stl_str insutype, stl_str mdtrtarea, stl_day day) {
    const stl_pack_info *info = &pack->info;
    if (!stl_pack_in_force(pack, day))
        return false;
    bool region = false, scheme = false;
    for (size_t i = 0; i < info->n_regions; i++)
        region = region || stl_str_starts(mdtrtarea, info->regions[i]);
    for (size_t i = 0; i < info->n_schemes; i++)
        scheme =
            scheme || stl_str_is(info->schemes[i], "*") || stl_str_eq(info->schemes[i], insutype);
    return region && scheme;
}

stl_day stl_pack_rule_day(const stl_pack *pack, const stl_admission *head) {
    stl_instant at = head->endtime;
    if (pack->region.policy->rule_date == STL_RULE_DATE_ADMISSION)
        at = head->begntime;
    else if (pack->region.policy->rule_date == STL_RULE_DATE_SETTLE)
        at = head->setl_time;
    const stl_instant others[] = {head->endtime, head->setl_time, head->begntime};
    for (size_t i = 0; i < 3 && at == STL_NONE; i++)
        at = others[i];
    return at == STL_NONE ? STL_NONE : stl_instant_day(at);
}
