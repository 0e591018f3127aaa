/* SPDX-License-Identifier: Apache-2.0 */
/* What was proposed and decided on the hospital's mapping, each with its audit record. */
#include "base/mem.h"
#include "ledger/db.h"

typedef struct adding {
    stl_ledger_mapping event;
    stl_actor actor;
} adding;

settle_status stl_ledger_mapping_detail(stl_ledger *l, const stl_ledger_mapping *event,
                                        stl_buf *out, stl_error *err) {
    const stl_str texts[] = {event->action, event->by, event->reason, event->row};
    unsigned char digest[STL_DIGEST_LEN];
    char hex[STL_DIGEST_HEX];
    bool ok = stl_digest_reset(l->digest);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ok = ok && stl_ledger_digest_text(l->digest, texts[i]);
    if (!ok || !stl_ledger_digest_number(l->digest, event->at) ||
        !stl_digest_end(l->digest, digest))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "SHA-256");
    stl_hex(digest, STL_DIGEST_LEN, hex);
    stl_buf_printf(out, "mapping=%lld batch=%lld action=%.*s sha256=%s", (long long)event->no,
                   (long long)event->batch, (int)event->action.len, event->action.ptr, hex);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

void stl_ledger_mapping_object(const stl_ledger_mapping *event, stl_buf *out) {
    stl_buf_printf(out, "R%lld", (long long)event->proposal);
}

settle_status stl_ledger_mapping_next(stl_ledger *ledger, stl_ledger_mapping *out, stl_error *err) {
    STL_STMT *next = NULL;
    bool row;
    TRY(stl_ledger_stmt(ledger, SQL_MAPPING_NEXT, &next, err));
    TRY(stl_ledger_step(ledger, next, &row, err));
    out->no = sqlite3_column_int64(next, 0);
    out->batch = sqlite3_column_int64(next, 1);
    out->proposal = sqlite3_column_int64(next, 2);
    return SETTLE_OK;
}

static settle_status insert(stl_ledger *l, const stl_ledger_mapping *event, stl_error *err) {
    STL_STMT *add = NULL;
    TRY(stl_ledger_stmt(l, SQL_MAPPING_ADD, &add, err));
    sqlite3_bind_int64(add, 1, event->no);
    sqlite3_bind_int64(add, 2, event->batch);
    sqlite3_bind_int64(add, 3, event->proposal);
    stl_ledger_bind_str(add, 4, event->action);
    stl_ledger_bind_str(add, 5, event->by);
    stl_ledger_bind_str(add, 6, event->reason);
    sqlite3_bind_int64(add, 7, event->at);
    stl_ledger_bind_str(add, 8, event->row);
    return stl_ledger_run(l, add, err);
}

static settle_status store(stl_ledger *l, void *user, stl_error *err) {
    adding *in = user;
    SCOPED_BUF detail = {0}, object = {0};
    stl_ledger_mapping next;
    TRY(stl_ledger_mapping_next(l, &next, err));
    in->event.no = next.no;
    TRY(stl_ledger_mapping_detail(l, &in->event, &detail, err));
    stl_ledger_mapping_object(&in->event, &object);
    if (!stl_buf_ok(&object))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    TRY(insert(l, &in->event, err));
    return stl_ledger_audit(l, in->event.at, in->actor, STL_AUDIT_MAPPING,
                            (stl_str){object.ptr, object.len}, (stl_str){detail.ptr, detail.len},
                            err);
}

settle_status stl_ledger_mapping_add(stl_ledger *ledger, const stl_ledger_mapping *event,
                                     stl_actor actor, stl_error *err) {
    adding in = {*event, actor};
    return stl_ledger_within(ledger, store, &in, err);
}

stl_ledger_mapping stl_ledger_mapping_of(sqlite3_stmt *row) {
    return (stl_ledger_mapping){
        .no = sqlite3_column_int64(row, 0),
        .batch = sqlite3_column_int64(row, 1),
        .proposal = sqlite3_column_int64(row, 2),
        .action = stl_ledger_column_str(row, 3),
        .by = stl_ledger_column_str(row, 4),
        .reason = stl_ledger_column_str(row, 5),
        .at = sqlite3_column_int64(row, 6),
        .row = stl_ledger_column_str(row, 7),
    };
}

settle_status stl_ledger_mappings(stl_ledger *ledger, stl_ledger_mapping_fn each, void *user,
                                  stl_error *err) {
    STL_STMT *list = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_MAPPING_LIST, &list, err));
    for (;;) {
        bool row;
        TRY(stl_ledger_step(ledger, list, &row, err));
        if (!row)
            return SETTLE_OK;
        const stl_ledger_mapping event = stl_ledger_mapping_of(list);
        TRY(each(user, &event, err));
    }
}
