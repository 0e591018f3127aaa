/* SPDX-License-Identifier: Apache-2.0 */
/* What callers asked under keys of theirs, and were answered. */
#include "ledger/db.h"

settle_status stl_ledger_digest(stl_ledger *ledger, stl_str text,
                                unsigned char out[static STL_DIGEST_LEN], stl_error *err) {
    return stl_ledger_hash(ledger, text.ptr, text.len, out, err);
}

settle_status stl_ledger_exchange_get(stl_ledger *ledger, stl_str key, bool *there,
                                      stl_ledger_exchange_fn each, void *user, stl_error *err) {
    STL_STMT *get = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_EXCHANGE_GET, &get, err));
    stl_ledger_bind_str(get, 1, key);
    TRY(stl_ledger_step(ledger, get, there, err));
    if (!*there)
        return SETTLE_OK;
    stl_ledger_exchange found = {.key = key,
                                 .kind = stl_ledger_column_str(get, 0),
                                 .answer = stl_ledger_column_str(get, 2),
                                 .mark = stl_ledger_column_str(get, 3),
                                 .at = sqlite3_column_int64(get, 4),
                                 .opter = stl_ledger_column_str(get, 5)};
    if (!stl_ledger_column_digest(get, 1, found.digest))
        return FAIL(err, SETTLE_E_STORE_CORRUPT, .file = ledger->name, .field = "exchange");
    return each(user, &found, err);
}

settle_status stl_ledger_exchange_put(stl_ledger *ledger, const stl_ledger_exchange *exchange,
                                      stl_error *err) {
    STL_STMT *put = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_EXCHANGE_PUT, &put, err));
    stl_ledger_bind_str(put, 1, exchange->key);
    stl_ledger_bind_str(put, 2, exchange->kind);
    sqlite3_bind_int64(put, 3, exchange->at);
    stl_ledger_bind_str(put, 4, exchange->opter);
    stl_ledger_bind_str(put, 5, exchange->mark);
    stl_ledger_bind_bytes(put, 6, exchange->digest, STL_DIGEST_LEN);
    stl_ledger_bind_str(put, 7, exchange->answer);
    return stl_ledger_run(ledger, put, err);
}

settle_status stl_ledger_exchange_mark(stl_ledger *ledger, stl_str key, stl_str mark,
                                       stl_error *err) {
    STL_STMT *set = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_EXCHANGE_MARK, &set, err));
    stl_ledger_bind_str(set, 1, key);
    stl_ledger_bind_str(set, 2, mark);
    return stl_ledger_run(ledger, set, err);
}

static settle_status each_row(stl_ledger *ledger, sqlite3_stmt *list, stl_ledger_exchange_fn each,
                              void *user, stl_error *err) {
    for (;;) {
        bool row;
        TRY(stl_ledger_step(ledger, list, &row, err));
        if (!row)
            return SETTLE_OK;
        const stl_ledger_exchange found = {.key = stl_ledger_column_str(list, 0),
                                           .kind = stl_ledger_column_str(list, 1),
                                           .at = sqlite3_column_int64(list, 2),
                                           .opter = stl_ledger_column_str(list, 3),
                                           .mark = stl_ledger_column_str(list, 4),
                                           .answer = stl_ledger_column_str(list, 5)};
        TRY(each(user, &found, err));
    }
}

settle_status stl_ledger_exchanges(stl_ledger *ledger, stl_str mark, stl_ledger_exchange_fn each,
                                   void *user, stl_error *err) {
    STL_STMT *list = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_EXCHANGE_LIST, &list, err));
    stl_ledger_bind_str(list, 1, mark);
    return each_row(ledger, list, each, user, err);
}

settle_status stl_ledger_exchanges_standing(stl_ledger *ledger, stl_str kind, stl_str within,
                                            stl_ledger_exchange_fn each, void *user,
                                            stl_error *err) {
    STL_STMT *list = NULL;
    TRY(stl_ledger_stmt(ledger, SQL_EXCHANGE_STANDING, &list, err));
    stl_ledger_bind_str(list, 1, kind);
    stl_ledger_bind_str(list, 2, within);
    return each_row(ledger, list, each, user, err);
}
