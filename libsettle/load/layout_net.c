/* SPDX-License-Identifier: Apache-2.0 */
/* Which charge a row takes back, where the system does not say it by a serial: the charge of the
 * same document and line, or charges of the same item, price and order. What finds none stays a
 * refund without origin: the check of refunds (R1) reports it. */
#include "load/layout_run.h"

#include <stdio.h>

typedef struct netting {
    const stl_layout_run *run;
    const stl_layout_records *records;
    stl_layout_mades in; /* as they were */
    stl_layout_mades *out;
    stl_text_map serials; /* key: the charge */
    stl_text_map pairs;
    stl_text_map groups; /* key: the last charge of it */
    size_t *before;      /* the charge of the group before this one; SIZE_MAX none */
} netting;

static stl_str grouped(const netting *n, const stl_layout_made *made, stl_str key) {
    const stl_str parts[] = {made->mdtrt_id, key};
    return stl_layout_joined(parts, 2, n->run->arena);
}

/* A pair of which nothing is told is none. */
static bool is_paired(const netting *n, const stl_layout_made *made) {
    return made->pair.len > n->records->pair.count;
}

/* Keys of rows need not stand in the order of time: all charges are known before one is taken
 * back. */
static settle_status note_charge(netting *n, size_t at, stl_error *err) {
    const stl_layout_made *made = &n->in.items[at];
    stl_str serial = grouped(n, made, made->sn);
    TRY_ALLOC(err, serial.ptr);
    TRY_ALLOC(err, stl_text_map_at(&n->serials, n->run->arena, serial, (int64_t)at));
    if (is_paired(n, made)) {
        stl_str key = grouped(n, made, made->pair);
        TRY_ALLOC(err, key.ptr);
        TRY_ALLOC(err, stl_text_map_at(&n->pairs, n->run->arena, key, (int64_t)at));
    }
    n->before[at] = SIZE_MAX;
    if (n->records->group.count == 0)
        return SETTLE_OK;
    stl_str key = grouped(n, made, made->group);
    TRY_ALLOC(err, key.ptr);
    int64_t *last = stl_text_map_at(&n->groups, n->run->arena, key, -1);
    TRY_ALLOC(err, last);
    n->before[at] = *last < 0 ? SIZE_MAX : (size_t)*last;
    *last = (int64_t)at;
    return SETTLE_OK;
}

static settle_status put(const netting *n, const stl_layout_made *made, stl_error *err) {
    stl_layout_made *slot = stl_arena_push(n->run->arena, (void **)&n->out->items, &n->out->count,
                                           &n->out->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = *made;
    return SETTLE_OK;
}

static settle_status number_text(const netting *n, int64_t value, int scale, stl_str *out,
                                 stl_error *err) {
    char text[STL_DECIMAL_TEXT_MAX];
    *out = stl_arena_str(n->run->arena,
                         (stl_str){text, stl_decimal_format_short(value, scale, 0, text)});
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

/* One part of a row that takes back several charges, with a serial of its own. */
static settle_status put_part(const netting *n, const stl_layout_made *whole, stl_qty cnt,
                              stl_money amount, int part, const stl_layout_made *charge,
                              stl_error *err) {
    stl_layout_made made = *whole;
    char serial[96];
    const stl_layout_slots *slots = &n->records->slots;
    size_t n_fields = n->records->type->n_fields;
    made.texts = stl_arena_alloc(n->run->arena, n_fields * sizeof *made.texts);
    TRY_ALLOC(err, made.texts);
    memcpy(made.texts, whole->texts, n_fields * sizeof *made.texts);
    if (part > 0) {
        int len =
            snprintf(serial, sizeof serial, "%.*s.%d", (int)whole->sn.len, whole->sn.ptr, part);
        made.sn = stl_arena_str(n->run->arena, (stl_str){serial, (size_t)len});
        TRY_ALLOC(err, made.sn.ptr);
        made.texts[slots->feedetl_sn] = made.sn;
    }
    if (charge != NULL)
        made.texts[slots->init_feedetl_sn] = charge->sn;
    made.cnt = cnt;
    made.amount = amount;
    if (cnt != whole->cnt) {
        TRY(number_text(n, cnt, STL_SCALE_QTY, &made.texts[slots->cnt], err));
        TRY(number_text(n, amount, STL_SCALE_MONEY, &made.texts[slots->amount], err));
    }
    return put(n, &made, err);
}

/* How like the charge that a row takes back a charge is: the same of mother and child counts most,
 * then the price, then the order, then that it stands before it, then the quantity. */
static int likeness(const netting *n, const stl_layout_made *row, const stl_layout_made *charge,
                    stl_qty wanted) {
    int nwb = n->records->slots.nwb_flag, order = n->records->slots.drord_no;
    return (stl_str_eq(row->texts[nwb], charge->texts[nwb]) ? 16 : 0) +
           (row->pric == charge->pric ? 8 : 0) +
           (stl_str_eq(row->texts[order], charge->texts[order]) ? 4 : 0) +
           (charge->at < row->at ? 2 : 0) + (charge->left_cnt == wanted ? 1 : 0);
}

/* Of the charges that have something left the one most like the row, of several the latest;
 * SIZE_MAX none. */
static size_t charge_for(const netting *n, size_t last, const stl_layout_made *row,
                         stl_qty wanted) {
    size_t found = SIZE_MAX;
    int best = -1;
    for (size_t at = last; at != SIZE_MAX; at = n->before[at]) {
        const stl_layout_made *charge = &n->in.items[at];
        int like = charge->left_cnt > 0 ? likeness(n, row, charge, wanted) : -1;
        if (like > best) {
            best = like;
            found = at;
        }
    }
    return found;
}

static settle_status net_group(netting *n, const stl_layout_made *row, stl_error *err) {
    stl_str key = grouped(n, row, row->group);
    TRY_ALLOC(err, key.ptr);
    const int64_t *last = stl_text_map_find(&n->groups, key);
    stl_qty wanted = row->cnt == STL_NONE ? 0 : -row->cnt;
    stl_money amount = row->amount == STL_NONE ? 0 : row->amount;
    int part = 0;
    while (wanted > 0 && last != NULL) {
        size_t at = charge_for(n, (size_t)*last, row, wanted);
        if (at == SIZE_MAX)
            break;
        stl_layout_made *charge = &n->in.items[at];
        stl_qty taken = charge->left_cnt < wanted ? charge->left_cnt : wanted;
        stl_money back = amount;
        if (taken < wanted)
            TRY(stl_decimal_mul_div(amount, taken, wanted, STL_ROUND_HALF_UP, &back));
        charge->left_cnt -= taken;
        bool whole = part == 0 && taken == wanted;
        TRY(put_part(n, row, -taken, back, whole ? 0 : ++part, charge, err));
        wanted -= taken;
        amount -= back;
    }
    if (wanted > 0 || row->cnt == STL_NONE || row->cnt >= 0)
        TRY(put_part(n, row, part == 0 ? row->cnt : -wanted, amount, part == 0 ? 0 : part + 1, NULL,
                     err));
    return SETTLE_OK;
}

/* The charge that a row names, by its serial or as the other of a pair; NULL none. */
static settle_status named_charge(const netting *n, const stl_layout_made *row,
                                  stl_layout_made **out, stl_error *err) {
    const bool linked = !stl_str_empty(row->init_sn);
    *out = NULL;
    if (!linked && !is_paired(n, row))
        return SETTLE_OK;
    stl_str key = grouped(n, row, linked ? row->init_sn : row->pair);
    TRY_ALLOC(err, key.ptr);
    const int64_t *at = stl_text_map_find(linked ? &n->serials : &n->pairs, key);
    *out = at == NULL ? NULL : &n->in.items[*at];
    return SETTLE_OK;
}

/* What such rows take back is not there for those that name none. */
static settle_status use_up(netting *n, const stl_layout_made *row, stl_error *err) {
    stl_layout_made *charge;
    TRY(named_charge(n, row, &charge, err));
    if (charge == NULL || row->cnt == STL_NONE || row->cnt >= 0)
        return SETTLE_OK;
    charge->left_cnt = charge->left_cnt > -row->cnt ? charge->left_cnt + row->cnt : 0;
    return SETTLE_OK;
}

static settle_status net_row(netting *n, const stl_layout_made *row, stl_error *err) {
    stl_layout_made *charge;
    if (!row->takes_back || !stl_str_empty(row->init_sn))
        return put(n, row, err);
    TRY(named_charge(n, row, &charge, err));
    return charge != NULL ? put_part(n, row, row->cnt, row->amount, 0, charge, err)
                          : net_group(n, row, err);
}

settle_status stl_layout_net(const stl_layout_run *run, const stl_layout_records *records,
                             stl_layout_mades *mades, stl_error *err) {
    netting n = {.run = run, .records = records, .in = *mades, .out = mades};
    if (!records->nets || !mades->any_back)
        return SETTLE_OK;
    *mades = (stl_layout_mades){.data = mades->data};
    n.before = stl_arena_alloc(run->arena, (n.in.count + 1) * sizeof *n.before);
    TRY_ALLOC(err, n.before);
    for (size_t at = 0; at < n.in.count; at++)
        if (!n.in.items[at].takes_back)
            TRY(note_charge(&n, at, err));
    for (size_t at = 0; at < n.in.count; at++)
        if (n.in.items[at].takes_back)
            TRY(use_up(&n, &n.in.items[at], err));
    for (size_t at = 0; at < n.in.count; at++)
        TRY(net_row(&n, &n.in.items[at], err));
    return SETTLE_OK;
}
