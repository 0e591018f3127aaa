/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/map_publish.h"

#include "base/file.h"
#include "flow/map_proposals.h"
#include "flow/map_sheet.h"
#include "flow/tree.h"
#include "model/keys.h"
#include "pack/file.h"

#include <stdlib.h>

typedef struct written { /* a proposal that has a row */
    const stl_map_proposal *proposal;
    const stl_map_step *approved;
    stl_map_row row;
} written;

typedef struct publishing {
    stl_session *session;
    stl_arena *arena;
    stl_sheet sheet;
    stl_map_proposals proposals;
    written *written; /* in the order of their approvals */
    size_t n_written, cap_written;
    int64_t in_force;
    bool *stands; /* by proposal: the file has a row of it */
    bool had;     /* the file bears what an earlier publishing wrote */
} publishing;

/* --- what the proposals say ------------------------------------------------------------------- */

static const stl_map_step *approval_of(const stl_map_proposal *p) {
    const stl_map_step *s = p->last;
    while (s != NULL && s->state != STL_REVIEW_APPROVED)
        s = s->before;
    return s;
}

static settle_status day_text(const publishing *k, stl_day day, stl_str *out, stl_error *err) {
    char text[STL_DATE_TEXT_MAX];
    stl_day_format(day, text);
    *out = stl_arena_str(k->arena, stl_str_of(text));
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

static settle_status say_who(const publishing *k, const written *w, stl_str *remark,
                             stl_error *err) {
    char made[STL_DATE_TEXT_MAX], approved[STL_DATE_TEXT_MAX];
    SCOPED_BUF text = {0};
    stl_day_format(stl_instant_day(w->proposal->made.at), made);
    stl_day_format(stl_instant_day(w->approved->at), approved);
    stl_buf_str(&text, *remark);
    stl_buf_printf(&text, "%sR%lld：%.*s %s 提出，%.*s %s 审核", text.len > 0 ? "；" : "",
                   (long long)w->proposal->no, (int)w->proposal->made.by.len,
                   w->proposal->made.by.ptr, made, (int)w->approved->by.len, w->approved->by.ptr,
                   approved);
    if (!stl_str_empty(w->approved->reason))
        stl_buf_printf(&text, "（%.*s）", (int)w->approved->reason.len, w->approved->reason.ptr);
    *remark = stl_arena_str(k->arena, (stl_str){text.ptr, text.len});
    TRY_ALLOC(err, remark->ptr);
    return SETTLE_OK;
}

/* From the day of the decision on it no longer holds. */
static settle_status expire(const publishing *k, const written *w, stl_map_row *row,
                            stl_error *err) {
    stl_day last = stl_instant_day(w->proposal->last->at) - 1;
    stl_day end = stl_map_row_number(row, STL_MAP_END);
    if (last < stl_map_row_number(row, STL_MAP_BEGIN))
        row->cells[STL_MAP_STATUS] = STL_STR("expired");
    else if (end == STL_NONE || end > last)
        return day_text(k, last, &row->cells[STL_MAP_END], err);
    return SETTLE_OK;
}

static settle_status add_written(publishing *k, const stl_map_proposal *p, stl_error *err) {
    char number[STL_DECIMAL_TEXT_MAX + 1] = "R";
    written w = {.proposal = p, .approved = approval_of(p)};
    if (w.approved == NULL)
        return SETTLE_OK;
    TRY(stl_map_row_read(p->row, k->arena, &w.row, err));
    stl_decimal_format(p->no, 0, number + 1);
    w.row.cells[STL_MAP_ID] = stl_arena_str(k->arena, stl_str_of(number));
    TRY_ALLOC(err, w.row.cells[STL_MAP_ID].ptr);
    w.row.cells[STL_MAP_STATUS] = STL_STR("active");
    TRY(say_who(k, &w, &w.row.cells[STL_MAP_REMARK], err));
    if (stl_review_state_of(p) == STL_REVIEW_EXPIRED)
        TRY(expire(k, &w, &w.row, err));
    else
        k->in_force++;
    written *place = stl_arena_push(k->arena, (void **)&k->written, &k->n_written, &k->cap_written,
                                    sizeof *place);
    TRY_ALLOC(err, place);
    *place = w;
    return SETTLE_OK;
}

static int by_approval(const void *a, const void *b) {
    const written *x = a, *y = b;
    return stl_compare(x->approved->no, y->approved->no);
}

static settle_status gather(publishing *k, stl_error *err) {
    TRY(stl_flow_map_proposals(k->session->ledger, k->arena, &k->proposals, err));
    for (size_t i = 0; i < k->proposals.count; i++)
        TRY(add_written(k, k->proposals.items[i], err));
    if (k->n_written > 0)
        qsort(k->written, k->n_written, sizeof *k->written, by_approval);
    return SETTLE_OK;
}

/* --- the rows of others ----------------------------------------------------------------------- */

/* Between the number of a proposal and the row that goes on when it has ended: R5+M00033. */
enum { RESUMES = '+' };

static const char UNKNOWN_HERE[] = "nothing of this number was approved in this ledger: take the "
                                   "ledger that wrote it, or number the row otherwise";

/* Whether it is R and a number: *out the proposal of that number that was ever approved, NULL none.
 */
static bool numbered(const publishing *k, stl_str map_id, const stl_map_proposal **out) {
    int64_t no;
    const char *plus = memchr(map_id.ptr, RESUMES, map_id.len);
    size_t len = plus == NULL ? map_id.len : (size_t)(plus - map_id.ptr);
    bool number = len > 1 && map_id.ptr[0] == 'R' && map_id.ptr[1] >= '1' && map_id.ptr[1] <= '9' &&
                  stl_decimal_parse((stl_str){map_id.ptr + 1, len - 1}, 0, &no) == SETTLE_OK;
    bool known = number && (size_t)no <= k->proposals.count;
    *out = known && k->proposals.items[no - 1]->was_approved ? k->proposals.items[no - 1] : NULL;
    return number;
}

/* Another ledger than this one wrote the row, or someone gave it such a number. */
static settle_status refuse_row(const char *field, stl_str number, const char *detail,
                                stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_MAPPING, .file = "mapping.csv", .field = field,
                .value = number.ptr, .detail = detail);
}

/* A row that goes on after ours bears the code of the older one. */
static settle_status is_ours(publishing *k, stl_str *cells, bool *out, stl_error *err) {
    const stl_str map_id = *stl_sheet_cell(&k->sheet, cells, STL_MAP_ID);
    const stl_map_proposal *p;
    stl_map_row row;
    *out = numbered(k, map_id, &p);
    if (!*out)
        return SETTLE_OK;
    if (p == NULL)
        return refuse_row("map_id", map_id, UNKNOWN_HERE, err);
    TRY(stl_map_row_read(p->row, k->arena, &row, err));
    bool goes_on = memchr(map_id.ptr, RESUMES, map_id.len) != NULL;
    if (!stl_str_eq(row.cells[STL_MAP_ITEM], *stl_sheet_cell(&k->sheet, cells, STL_MAP_ITEM)) ||
        (!goes_on &&
         !stl_str_eq(row.cells[STL_MAP_CODE], *stl_sheet_cell(&k->sheet, cells, STL_MAP_CODE))))
        return refuse_row("map_id", map_id, "a proposal has this number", err);
    k->stands[p->no] = k->had = true;
    return SETTLE_OK;
}

static settle_status give_back(publishing *k, stl_str *cells, stl_error *err) {
    stl_str *by = stl_sheet_cell(&k->sheet, cells, STL_SHEET_REPLACED_BY);
    stl_str *before = stl_sheet_cell(&k->sheet, cells, STL_SHEET_END_BEFORE);
    const stl_map_proposal *p;
    stl_map_row row;
    if (stl_str_empty(*by))
        return SETTLE_OK;
    if (!numbered(k, *by, &p) || p == NULL || !k->stands[p->no])
        return refuse_row("replaced_by", *by, UNKNOWN_HERE, err);
    TRY(stl_map_row_read(p->row, k->arena, &row, err));
    if (!stl_str_eq(row.cells[STL_MAP_ITEM], *stl_sheet_cell(&k->sheet, cells, STL_MAP_ITEM)))
        return refuse_row("replaced_by", *by, UNKNOWN_HERE, err);
    *stl_sheet_cell(&k->sheet, cells, STL_MAP_END) = *before;
    *stl_sheet_cell(&k->sheet, cells, STL_MAP_STATUS) = STL_STR("active");
    *by = *before = STL_STR("");
    return SETTLE_OK;
}

/* Takes our rows out and undoes what they did to others. */
static settle_status strip(publishing *k, stl_error *err) {
    size_t kept = 0;
    k->stands = stl_arena_alloc(k->arena, (k->proposals.count + 1) * sizeof *k->stands);
    TRY_ALLOC(err, k->stands);
    for (size_t i = 0; i < k->sheet.n_rows; i++) {
        bool ours;
        TRY(is_ours(k, k->sheet.rows[i], &ours, err));
        if (!ours)
            k->sheet.rows[kept++] = k->sheet.rows[i];
    }
    k->sheet.n_rows = kept;
    for (size_t i = 0; i < kept; i++)
        TRY(give_back(k, k->sheet.rows[i], err));
    return SETTLE_OK;
}

/* --- ours among them -------------------------------------------------------------------------- */

typedef struct chains { /* the rows of each item, the last first */
    stl_keys items;
    size_t *last; /* by item: 1 + row, 0 none */
    size_t *next; /* by row */
    size_t n, cap;
} chains;

static settle_status chain(publishing *k, chains *c, size_t row, size_t *before, stl_error *err) {
    stl_str item = *stl_sheet_cell(&k->sheet, k->sheet.rows[row], STL_MAP_ITEM);
    uint32_t no = stl_keys_number(&c->items, item);
    if (no == STL_NO_KEY)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    size_t *slot = stl_arena_push(k->arena, (void **)&c->next, &c->n, &c->cap, sizeof *slot);
    TRY_ALLOC(err, slot);
    *before = *slot = c->last[no];
    c->last[no] = row + 1;
    return SETTLE_OK;
}

static stl_day last_day(const stl_map_row *row) {
    int64_t end = stl_map_row_number(row, STL_MAP_END);
    return end == STL_NONE ? STL_DAY_FOREVER : end;
}

/* Both would hold on a day, and not say the same. */
static bool in_the_way(const stl_map_row *old, const stl_map_row *row) {
    return stl_str_is(old->cells[STL_MAP_STATUS], "active") &&
           stl_map_row_number(old, STL_MAP_BEGIN) <= last_day(row) &&
           last_day(old) >= stl_map_row_number(row, STL_MAP_BEGIN) && !stl_map_row_same(old, row);
}

static settle_status put_row(publishing *k, chains *c, const stl_map_row *row, size_t *before,
                             stl_error *err) {
    stl_str *cells = stl_sheet_add(&k->sheet);
    TRY_ALLOC(err, cells);
    for (int i = 0; i < STL_MAP_COLS; i++)
        *stl_sheet_cell(&k->sheet, cells, i) = row->cells[i];
    return chain(k, c, k->sheet.n_rows - 1, before, err);
}

/* The old row once more, from the day on when the new one has ended. */
static settle_status resume(publishing *k, chains *c, const stl_map_row *old, const stl_map_row *by,
                            stl_error *err) {
    size_t before;
    SCOPED_BUF id = {0};
    stl_map_row row = *old;
    stl_buf_str(&id, by->cells[STL_MAP_ID]);
    stl_buf_printf(&id, "%c", RESUMES);
    stl_buf_str(&id, old->cells[STL_MAP_ID]);
    row.cells[STL_MAP_ID] = stl_arena_str(k->arena, (stl_str){id.ptr, id.len});
    TRY_ALLOC(err, row.cells[STL_MAP_ID].ptr);
    TRY(day_text(k, last_day(by) + 1, &row.cells[STL_MAP_BEGIN], err));
    return put_row(k, c, &row, &before, err);
}

/* The old row ends the day before; one that had not begun by then does not hold at all. It goes on
 * when the new one has ended, unless that was taken out of use: then the item is to be mapped anew.
 */
static settle_status replace(publishing *k, chains *c, stl_str *cells, const written *w,
                             stl_error *err) {
    const stl_map_row *by = &w->row;
    bool expired = stl_review_state_of(w->proposal) == STL_REVIEW_EXPIRED;
    const stl_map_row old = stl_sheet_row(&k->sheet, cells);
    stl_day first = stl_map_row_number(by, STL_MAP_BEGIN);
    if (!in_the_way(&old, by))
        return SETTLE_OK;
    stl_str *end = stl_sheet_cell(&k->sheet, cells, STL_MAP_END);
    if (stl_str_empty(*stl_sheet_cell(&k->sheet, cells, STL_SHEET_REPLACED_BY)))
        *stl_sheet_cell(&k->sheet, cells, STL_SHEET_END_BEFORE) = *end;
    *stl_sheet_cell(&k->sheet, cells, STL_SHEET_REPLACED_BY) = by->cells[STL_MAP_ID];
    if (!expired && last_day(by) < last_day(&old))
        TRY(resume(k, c, &old, by, err));
    if (stl_map_row_number(&old, STL_MAP_BEGIN) < first)
        return day_text(k, first - 1, end, err);
    *stl_sheet_cell(&k->sheet, cells, STL_MAP_STATUS) = STL_STR("expired");
    return SETTLE_OK;
}

static settle_status add(publishing *k, chains *c, const written *w, stl_error *err) {
    size_t before;
    TRY(put_row(k, c, &w->row, &before, err));
    if (!stl_str_is(w->row.cells[STL_MAP_STATUS], "active"))
        return SETTLE_OK;
    for (; before > 0; before = c->next[before - 1])
        TRY(replace(k, c, k->sheet.rows[before - 1], w, err));
    return SETTLE_OK;
}

static settle_status merge(publishing *k, stl_error *err) {
    size_t most = k->sheet.n_rows + k->n_written, before;
    chains c = {.items = {.arena = k->arena},
                .last = stl_arena_alloc(k->arena, (most + 1) * sizeof *c.last)};
    TRY_ALLOC(err, c.last);
    for (size_t i = 0; i < k->sheet.n_rows; i++)
        TRY(chain(k, &c, i, &before, err));
    for (size_t i = 0; i < k->n_written; i++)
        TRY(add(k, &c, &k->written[i], err));
    return SETTLE_OK;
}

/* --- the file --------------------------------------------------------------------------------- */

static settle_status write_file(const char *path, const stl_sheet *sheet, stl_error *err) {
    SCOPED_BUF text = {0}, there = {0};
    SCOPED_ASIDE file = {.fd = -1};
    stl_sheet_write(sheet, &text);
    if (!stl_buf_ok(&text))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY(stl_file_read(path, "mapping.csv", SETTLE_E_MAPPING_READ, &there, NULL, err));
    if (stl_str_eq((stl_str){text.ptr, text.len}, (stl_str){there.ptr, there.len}))
        return SETTLE_OK;
    TRY(stl_aside_begin(path, &file, err));
    TRY(stl_aside_write(&file, text.ptr, text.len, err));
    return stl_aside_commit(&file, err);
}

static settle_status publish(publishing *k, stl_error *err) {
    char path[STL_PATH_MAX];
    TRY(stl_path_join(k->session->site->home.ptr, "hospital/mapping.csv", path, err));
    TRY(gather(k, err));
    TRY(stl_sheet_read(path, k->arena, &k->sheet, err));
    TRY(strip(k, err));
    if (k->n_written == 0 && !k->had)
        return SETTLE_OK;
    TRY(merge(k, err));
    return write_file(path, &k->sheet, err);
}

/* The ledger is held meanwhile: two who publish do so one after the other, each what stands last.
 */
settle_status stl_flow_map_publish(stl_session *session, int64_t *out_in_force, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    publishing k = {.session = session, .arena = arena};
    TRY(stl_session_need_site(session, err));
    TRY(stl_session_ledger(session, STL_LEDGER_WRITE, err));
    if (stl_ledger_is_held(session->ledger))
        return FAIL(err, SETTLE_E_ARG_STATE, .field = "mapping", .detail = "an exchange is open");
    TRY(stl_ledger_begin(session->ledger, err));
    settle_status status = publish(&k, err);
    stl_ledger_rollback(session->ledger);
    *out_in_force = k.in_force;
    return status;
}
