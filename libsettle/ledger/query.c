/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/db.h"

#include <endian.h>

const char *stl_ledger_shown(stl_str text, char out[static STL_LEDGER_SHOWN]) {
    size_t len = text.len < STL_LEDGER_SHOWN ? text.len : STL_LEDGER_SHOWN - 1;
    if (len > 0)
        memcpy(out, text.ptr, len);
    out[len] = '\0';
    return out;
}

static settle_status refuse_stay(const stl_ledger *l, settle_status status, stl_str mdtrt_id,
                                 stl_error *err) {
    char shown[STL_LEDGER_SHOWN];
    return FAIL(err, status, .file = l->name, .field = "mdtrt_id",
                .value = stl_ledger_shown(mdtrt_id, shown));
}

/* There is no settlement of the stay, or (part > 0) none of that number. */
static settle_status refuse_unsettled(stl_ledger *l, stl_str mdtrt_id, int64_t part,
                                      stl_error *err) {
    STL_STMT *next = NULL;
    bool row;
    stl_stay_state state;
    if (part > 0) {
        TRY(stl_ledger_settled(l, mdtrt_id, &state, NULL, NULL, err));
        if (state != STL_STAY_OPEN)
            return refuse_stay(l, SETTLE_E_INPUT_PART_UNKNOWN, mdtrt_id, err);
    }
    TRY(stl_ledger_stmt(l, SQL_PART_NEXT, &next, err));
    stl_ledger_bind_str(next, 1, mdtrt_id);
    TRY(stl_ledger_step(l, next, &row, err));
    bool known = row && sqlite3_column_int64(next, 0) > 1;
    return refuse_stay(l, known ? SETTLE_E_INPUT_NOT_SETTLED : SETTLE_E_INPUT_STAY_UNKNOWN,
                       mdtrt_id, err);
}

/* msgid and made_at stand from `column` on. */
static settle_status tell(sqlite3_stmt *row, int column, stl_ledger_settlement_fn each, void *user,
                          stl_error *err) {
    return each == NULL ? SETTLE_OK
                        : each(user, stl_ledger_column_str(row, column),
                               sqlite3_column_int64(row, column + 1), err);
}

settle_status stl_ledger_settled(stl_ledger *ledger, stl_str mdtrt_id, stl_stay_state *out,
                                 stl_ledger_settlement_fn each, void *user, stl_error *err) {
    STL_STMT *settled = NULL;
    bool row;
    TRY(stl_ledger_stmt(ledger, SQL_SETTLED, &settled, err));
    stl_ledger_bind_str(settled, 1, mdtrt_id);
    TRY(stl_ledger_step(ledger, settled, &row, err));
    bool interim = row && sqlite3_column_int(settled, 0) != 0;
    *out = !row ? STL_STAY_OPEN : interim ? STL_STAY_INTERIM : STL_STAY_SETTLED;
    return *out == STL_STAY_SETTLED ? tell(settled, 1, each, user, err) : SETTLE_OK;
}

static uint64_t key_at(const unsigned char *stored, size_t i) {
    uint64_t key;
    memcpy(&key, stored + i * sizeof key, sizeof key);
    return le64toh(key);
}

static bool has_key(const unsigned char *stored, size_t n, uint64_t key) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (key_at(stored, mid) < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && key_at(stored, low) == key;
}

settle_status stl_ledger_keys_settled(stl_ledger *ledger, stl_str psn_no, stl_str mdtrt_id,
                                      const uint64_t *keys, size_t n_keys, bool *flags,
                                      bool *out_any, stl_ledger_settlement_fn each, void *user,
                                      stl_error *err) {
    STL_STMT *others = NULL;
    *out_any = false;
    TRY(stl_ledger_stmt(ledger, SQL_KEYS, &others, err));
    stl_ledger_bind_str(others, 1, psn_no);
    stl_ledger_bind_str(others, 2, mdtrt_id);
    memset(flags, 0, n_keys * sizeof *flags);
    for (;;) {
        bool row;
        TRY(stl_ledger_step(ledger, others, &row, err));
        if (!row)
            return SETTLE_OK;
        *out_any = true;
        const unsigned char *stored = sqlite3_column_blob(others, 0);
        size_t n = (size_t)sqlite3_column_bytes(others, 0) / sizeof *keys;
        bool any = false;
        for (size_t i = 0; i < n_keys; i++) {
            bool here = has_key(stored, n, keys[i]);
            flags[i] = flags[i] || here;
            any = any || here;
        }
        if (any)
            TRY(tell(others, 1, each, user, err));
    }
}

/* Column 0 of the row that the statement stands on. */
static settle_status copy_document(sqlite3_stmt *document, stl_buf *out, stl_error *err) {
    const void *bytes = sqlite3_column_blob(document, 0);
    stl_buf_bytes(out, bytes, (size_t)sqlite3_column_bytes(document, 0));
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}

settle_status stl_ledger_document(stl_ledger *ledger, stl_str mdtrt_id, int64_t part, stl_buf *out,
                                  stl_error *err) {
    STL_STMT *document = NULL;
    bool row;
    TRY(stl_ledger_stmt(ledger, SQL_DOCUMENT, &document, err));
    stl_ledger_bind_str(document, 1, mdtrt_id);
    sqlite3_bind_int64(document, 2, part);
    TRY(stl_ledger_step(ledger, document, &row, err));
    return row ? copy_document(document, out, err) : refuse_unsettled(ledger, mdtrt_id, part, err);
}

bool stl_ledger_submission_of(sqlite3_stmt *row, unsigned char digest[static STL_DIGEST_LEN],
                              stl_ledger_submission *out) {
    *out = (stl_ledger_submission){
        .msgid = stl_ledger_column_str(row, 0),
        .mdtrt_id = stl_ledger_column_str(row, 1),
        .part = sqlite3_column_int64(row, 2),
        .interim = sqlite3_column_int(row, 3) != 0,
        .psn_no = stl_ledger_column_str(row, 4),
        .insutype = stl_ledger_column_str(row, 5),
        .state = stl_ledger_column_str(row, 6),
        .made_at = sqlite3_column_int64(row, 7),
        .medfee_sumamt_fen = sqlite3_column_int64(row, 8),
        .fund_pay_sumamt_fen = sqlite3_column_int64(row, 9),
        .psn_part_amt_fen = sqlite3_column_int64(row, 10),
        .acct_pay_fen = sqlite3_column_int64(row, 11),
        .pack_id = stl_ledger_column_str(row, 12),
        .pack_version = stl_ledger_column_str(row, 13),
        .pack_digest = stl_ledger_column_str(row, 14),
        .content_digest = digest,
        .document = stl_ledger_column_bytes(row, STL_SUBMISSION_DOCUMENT),
    };
    return stl_ledger_column_digest(row, 15, digest);
}

settle_status stl_ledger_submissions(stl_ledger *ledger, stl_str mdtrt_id,
                                     stl_ledger_submission_fn each, void *user, stl_error *err) {
    STL_STMT *list = NULL;
    bool one = !stl_str_empty(mdtrt_id);
    TRY(stl_ledger_stmt(ledger, one ? SQL_SUBMISSION_LIST : SQL_SUBMISSION_ALL, &list, err));
    if (one)
        stl_ledger_bind_str(list, 1, mdtrt_id);
    for (;;) {
        bool row;
        TRY(stl_ledger_step(ledger, list, &row, err));
        if (!row)
            return SETTLE_OK;
        unsigned char digest[STL_DIGEST_LEN];
        stl_ledger_submission s;
        if (!stl_ledger_submission_of(list, digest, &s))
            return FAIL(err, SETTLE_E_STORE_CORRUPT, .file = ledger->name,
                        .field = "content_digest");
        TRY(each(user, &s, err));
    }
}

settle_status stl_ledger_last_document(stl_ledger *ledger, stl_str psn_no, stl_str insutype,
                                       stl_str mdtrt_id, stl_buf *out, stl_instant *out_made_at,
                                       stl_error *err) {
    STL_STMT *document = NULL;
    bool row;
    TRY(stl_ledger_stmt(ledger, SQL_LAST_DOCUMENT, &document, err));
    stl_ledger_bind_str(document, 1, psn_no);
    stl_ledger_bind_str(document, 2, insutype);
    stl_ledger_bind_str(document, 3, mdtrt_id);
    TRY(stl_ledger_step(ledger, document, &row, err));
    *out_made_at = row ? sqlite3_column_int64(document, 1) : STL_NONE;
    return row ? copy_document(document, out, err) : SETTLE_OK;
}

settle_status stl_ledger_next_serial(stl_ledger *ledger, stl_str prefix, int64_t *out,
                                     stl_error *err) {
    STL_STMT *highest = NULL;
    bool row;
    TRY(stl_ledger_stmt(ledger, SQL_SERIAL, &highest, err));
    stl_ledger_bind_str(highest, 1, prefix);
    TRY(stl_ledger_step(ledger, highest, &row, err));
    *out = 1;
    if (!row)
        return SETTLE_OK;
    stl_str msgid = stl_ledger_column_str(highest, 0);
    stl_str digits = {msgid.ptr + prefix.len, msgid.len - prefix.len};
    int64_t serial;
    settle_status status = stl_decimal_parse(digits, 0, &serial);
    if (status != SETTLE_OK)
        return FAIL(err, SETTLE_E_STORE_CORRUPT, .file = ledger->name, .field = "msgid");
    *out = serial + 1;
    return SETTLE_OK;
}

settle_status stl_ledger_next_part(stl_ledger *ledger, stl_str mdtrt_id, int64_t *out,
                                   stl_error *err) {
    STL_STMT *next = NULL;
    bool row;
    TRY(stl_ledger_stmt(ledger, SQL_SUBMISSION_NEXT, &next, err));
    stl_ledger_bind_str(next, 1, mdtrt_id);
    TRY(stl_ledger_step(ledger, next, &row, err));
    *out = sqlite3_column_int64(next, 0);
    return SETTLE_OK;
}

static int64_t number_or_none(sqlite3_stmt *stmt, int at) {
    return sqlite3_column_type(stmt, at) == SQLITE_NULL ? STL_NONE : sqlite3_column_int64(stmt, at);
}

static stl_ledger_row row_of(sqlite3_stmt *list) {
    bool settled = sqlite3_column_type(list, 4) != SQLITE_NULL;
    return (stl_ledger_row){
        .mdtrt_id = stl_ledger_column_str(list, 0),
        .n_charges = sqlite3_column_int64(list, 1),
        .parts = sqlite3_column_int64(list, 2),
        .last_import = number_or_none(list, 3),
        .state = settled ? stl_ledger_column_str(list, 4) : STL_STR("open"),
        .msgid = stl_ledger_column_str(list, 5),
        .made_at = number_or_none(list, 6),
        .medfee_sumamt_fen = number_or_none(list, 7),
        .fund_pay_sumamt_fen = number_or_none(list, 8),
        .psn_part_amt_fen = number_or_none(list, 9),
        .settlements = sqlite3_column_int64(list, 10),
    };
}

settle_status stl_ledger_list(stl_ledger *ledger, stl_str mdtrt_id, stl_ledger_row_fn row_fn,
                              void *user, stl_error *err) {
    STL_STMT *list = NULL;
    bool one = !stl_str_empty(mdtrt_id);
    TRY(stl_ledger_stmt(ledger, one ? SQL_LIST_ONE : SQL_LIST_ALL, &list, err));
    if (one)
        stl_ledger_bind_str(list, 1, mdtrt_id);
    for (bool any = false;; any = true) {
        bool row;
        TRY(stl_ledger_step(ledger, list, &row, err));
        if (!row)
            return one && !any ? refuse_stay(ledger, SETTLE_E_INPUT_STAY_UNKNOWN, mdtrt_id, err)
                               : SETTLE_OK;
        stl_ledger_row r = row_of(list);
        TRY(row_fn(user, &r, err));
    }
}
