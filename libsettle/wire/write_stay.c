/* SPDX-License-Identifier: Apache-2.0 */
/* Person and stay: the records as they were given. */
#include "wire/put.h"

typedef struct list {
    unsigned element, count, row;
    stl_record_kind kind;
    size_t line_offset;
} list;

static const list LISTS[] = {
    {STL_E_IDENTITIES, STL_A_IDENTITIES_COUNT, STL_E_IDENTITY, STL_R_IDENTITY,
     offsetof(stl_identity, line)},
    {STL_E_DIAGNOSES, STL_A_DIAGNOSES_COUNT, STL_E_DISEINFO, STL_R_DIAGNOSIS,
     offsetof(stl_diagnosis, line)},
    {STL_E_OPERATIONS, STL_A_OPERATIONS_COUNT, STL_E_OPRNINFO, STL_R_OPERATION,
     offsetof(stl_operation, line)},
};

static void write_list(stl_wire_out *o, const stl_stay *stay, const list *l) {
    const stl_rows *rows = &stay->rows[l->kind];
    size_t size = STL_RECORD_TYPES[l->kind].size;
    stl_wire_open(o, l->element);
    stl_wire_put_number(o, l->count, (int64_t)rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const char *record = (const char *)rows->items + i * size;
        memcpy(&o->line, record + l->line_offset, sizeof o->line);
        stl_wire_put_record(o, l->row, l->kind, record);
        stl_wire_shut(o);
    }
    stl_wire_shut(o);
}

void stl_wire_write_stay(stl_wire_out *o, const stl_case *c) {
    stl_admission head = c->stay->head;
    head.medins_lv = c->medins_lv;
    head.hosp_lv = c->hosp_lv;
    head.mdtrtarea_admvs = c->mdtrtarea_admvs;
    if (c->stay->interim && head.endtime == STL_NONE)
        head.endtime = head.setl_time; /* the end of what is settled */
    o->line = head.line;
    stl_wire_put_record(o, STL_E_MDTRTINFO, STL_R_STAY, &head);
    stl_wire_shut(o);
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
        write_list(o, c->stay, &LISTS[i]);
    o->line = 0;
}
