/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a live database through unixODBC, for reading only. */
#include <settle/adapter.h>

#include <sql.h>
#include <sqlext.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 1024, TEXT_FIRST = 4096, TEXT_MAX = 16 * 1024 * 1024 };

typedef struct connection {
    const settle_adapter_host *host;
    SQLHENV environment;
    SQLHDBC handle;
    bool connected;
    char product[64], quote[8];
} connection;

/* A row as it is fetched: texts one behind the other. */
typedef struct row {
    char *text;
    size_t len, cap;
    size_t begin[COLUMNS_MAX], end[COLUMNS_MAX];
    bool null[COLUMNS_MAX];
    settle_text cells[COLUMNS_MAX];
} row;

/* How a product is told that nothing is written and that all statements see one moment. */
static const struct {
    const char *product, *statement;
} BEGIN[] = {
    {"PostgreSQL", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"},
    {"MySQL", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"},
    {"MariaDB", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"},
    {"Oracle", "SET TRANSACTION READ ONLY"},
    {"SQLite", "PRAGMA query_only = ON"},
};

/* What a driver writes may hold a value of a patient, in whatever quotes: of what it says only the
 * class of its state is told in words. */
static const struct {
    const char *begin, *says;
} CLASSES[] = {
    {"08", "no connection: see server, port and network"},
    {"28", "user or password is not accepted"},
    {"22", "a value does not fit the type of its column"},
    {"42", "table, column or right is missing, or the statement is not understood"},
    {"40", "the database ended the transaction"},
    {"53", "the server has no room left"},
    {"57", "the server was stopped, or stopped the statement"},
    {"01", "unixODBC does not find the driver: see connection and odbcinst.ini"},
    {"IM", "unixODBC does not find the driver: see connection and odbcinst.ini"},
    {"HYT", "the answer took too long"},
};

static const char *class_of(const char *state) {
    for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++)
        if (strncmp(state, CLASSES[i].begin, strlen(CLASSES[i].begin)) == 0)
            return CLASSES[i].says;
    return "SQLSTATE and the driver's own number say what";
}

static settle_status refuse(const connection *c, settle_adapter_job *job, SQLSMALLINT type,
                            SQLHANDLE handle) {
    SQLCHAR state[6] = "", message[1];
    SQLINTEGER native = 0;
    SQLSMALLINT len = 0;
    char code[32];
    SQLGetDiagRec(type, handle, 1, state, &native, message, sizeof message, &len);
    int n = snprintf(code, sizeof code, "%s %ld", (const char *)state, (long)native);
    const settle_text shown = {code, (uint64_t)n};
    return c->host->refuse(job, SETTLE_E_INPUT_DATABASE, NULL, 0, NULL, &shown,
                           class_of((const char *)state));
}

static bool good(SQLRETURN code) {
    return code == SQL_SUCCESS || code == SQL_SUCCESS_WITH_INFO;
}

static void close_connection(void *handle) {
    connection *c = handle;
    if (c == NULL)
        return;
    if (c->connected) {
        SQLEndTran(SQL_HANDLE_DBC, c->handle, SQL_ROLLBACK);
        SQLDisconnect(c->handle);
    }
    if (c->handle != NULL)
        SQLFreeHandle(SQL_HANDLE_DBC, c->handle);
    if (c->environment != NULL)
        SQLFreeHandle(SQL_HANDLE_ENV, c->environment);
    free(c);
}

static settle_status begin(connection *c, settle_adapter_job *job) {
    const char *statement = NULL;
    for (size_t i = 0; i < sizeof BEGIN / sizeof *BEGIN; i++)
        if (strncmp(c->product, BEGIN[i].product, strlen(BEGIN[i].product)) == 0)
            statement = BEGIN[i].statement;
    if (statement == NULL)
        return SETTLE_OK;
    SQLHSTMT handle;
    if (!good(SQLAllocHandle(SQL_HANDLE_STMT, c->handle, &handle)))
        return refuse(c, job, SQL_HANDLE_DBC, c->handle);
    settle_status status = SETTLE_OK;
    if (!good(SQLExecDirect(handle, (SQLCHAR *)(uintptr_t)statement, SQL_NTS)))
        status = refuse(c, job, SQL_HANDLE_STMT, handle);
    SQLFreeHandle(SQL_HANDLE_STMT, handle);
    return status;
}

static settle_status connect_to(connection *c, settle_adapter_job *job, const char *text) {
    SQLSMALLINT len;
    SQLSetConnectAttr(c->handle, SQL_ATTR_ACCESS_MODE, (SQLPOINTER)SQL_MODE_READ_ONLY, 0);
    if (!good(SQLDriverConnect(c->handle, NULL, (SQLCHAR *)(uintptr_t)text, SQL_NTS, NULL, 0, &len,
                               SQL_DRIVER_NOPROMPT)))
        return refuse(c, job, SQL_HANDLE_DBC, c->handle);
    c->connected = true;
    if (!good(SQLGetInfo(c->handle, SQL_DBMS_NAME, c->product, sizeof c->product, &len)) ||
        !good(SQLGetInfo(c->handle, SQL_IDENTIFIER_QUOTE_CHAR, c->quote, sizeof c->quote, &len)))
        return refuse(c, job, SQL_HANDLE_DBC, c->handle);
    if (c->quote[0] == ' ')
        c->quote[0] = '\0';
    if (!good(SQLSetConnectAttr(c->handle, SQL_ATTR_AUTOCOMMIT, (SQLPOINTER)SQL_AUTOCOMMIT_OFF, 0)))
        return refuse(c, job, SQL_HANDLE_DBC, c->handle);
    return begin(c, job);
}

static settle_status open_connection(const settle_adapter_host *host, settle_adapter_job *job,
                                     const char *text, void **out_handle) {
    connection *c = calloc(1, sizeof *c);
    if (c == NULL)
        return SETTLE_E_NO_MEMORY;
    c->host = host;
    settle_status status = SETTLE_E_NO_MEMORY;
    if (good(SQLAllocHandle(SQL_HANDLE_ENV, NULL, &c->environment)) &&
        good(SQLSetEnvAttr(c->environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0)) &&
        good(SQLAllocHandle(SQL_HANDLE_DBC, c->environment, &c->handle)))
        status = connect_to(c, job, text);
    if (status == SETTLE_OK)
        *out_handle = c;
    else
        close_connection(c);
    return status;
}

/* --- rows ------------------------------------------------------------------------------------- */

static bool make_room(row *r, size_t more) {
    if (r->cap - r->len > more)
        return true;
    size_t cap = r->cap == 0 ? TEXT_FIRST : r->cap * 2;
    while (cap - r->len <= more)
        cap *= 2;
    char *grown = cap > TEXT_MAX ? NULL : realloc(r->text, cap);
    if (grown == NULL)
        return false;
    r->text = grown;
    r->cap = cap;
    return true;
}

/* A long text comes in pieces; each piece ends with a NUL. */
static SQLRETURN fetch_cell(SQLHSTMT handle, row *r, SQLUSMALLINT column) {
    r->begin[column] = r->len;
    r->null[column] = false;
    for (;;) {
        SQLLEN told = 0;
        if (!make_room(r, TEXT_FIRST))
            return SQL_ERROR;
        size_t room = r->cap - r->len;
        SQLRETURN code = SQLGetData(handle, (SQLUSMALLINT)(column + 1), SQL_C_CHAR,
                                    r->text + r->len, (SQLLEN)room, &told);
        if (code == SQL_NO_DATA || told == SQL_NULL_DATA) {
            r->null[column] = told == SQL_NULL_DATA;
            break;
        }
        if (!good(code))
            return code;
        bool all = told != SQL_NO_TOTAL && (size_t)told < room;
        r->len += all ? (size_t)told : room - 1;
        if (all)
            break;
    }
    r->end[column] = r->len;
    return SQL_SUCCESS;
}

static settle_status hand_out(const connection *c, settle_adapter_job *job, SQLHSTMT handle, row *r,
                              const SQLUSMALLINT *wanted, uint32_t n, settle_table_row_fn each,
                              void *user, int64_t number) {
    r->len = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!good(fetch_cell(handle, r, wanted[i])))
            return refuse(c, job, SQL_HANDLE_STMT, handle);
    for (uint32_t i = 0; i < n; i++) {
        SQLUSMALLINT at = wanted[i];
        r->cells[i] =
            (settle_text){r->null[at] ? NULL : r->text + r->begin[at], r->end[at] - r->begin[at]};
        if (r->null[at])
            r->cells[i].len_bytes = 0;
    }
    return each(user, r->cells, n, "", number);
}

static settle_status fetch(const connection *c, settle_adapter_job *job, SQLHSTMT handle,
                           const SQLUSMALLINT *wanted, uint32_t n, settle_table_row_fn each,
                           void *user) {
    row *r = calloc(1, sizeof *r);
    settle_status status = r == NULL ? SETTLE_E_NO_MEMORY : SETTLE_OK;
    for (int64_t number = 1; status == SETTLE_OK; number++) {
        SQLRETURN code = SQLFetch(handle);
        if (code == SQL_NO_DATA)
            break;
        status = good(code) ? hand_out(c, job, handle, r, wanted, n, each, user, number)
                            : refuse(c, job, SQL_HANDLE_STMT, handle);
    }
    if (r != NULL)
        free(r->text);
    free(r);
    return status;
}

static settle_status bind(const connection *c, settle_adapter_job *job, SQLHSTMT handle,
                          const settle_text *texts, uint32_t n_texts, SQLLEN *lengths) {
    for (uint32_t i = 0; i < n_texts; i++) {
        lengths[i] = (SQLLEN)texts[i].len_bytes;
        if (!good(SQLBindParameter(handle, (SQLUSMALLINT)(i + 1), SQL_PARAM_INPUT, SQL_C_CHAR,
                                   SQL_VARCHAR, texts[i].len_bytes + 1, 0,
                                   (SQLPOINTER)(uintptr_t)texts[i].ptr, lengths[i] + 1,
                                   &lengths[i])))
            return refuse(c, job, SQL_HANDLE_STMT, handle);
    }
    return SETTLE_OK;
}

static settle_status execute(const connection *c, settle_adapter_job *job, SQLHSTMT handle,
                             const char *statement, settle_table_row_fn each, void *user) {
    SQLUSMALLINT wanted[COLUMNS_MAX];
    SQLSMALLINT columns = 0;
    if (!good(SQLExecDirect(handle, (SQLCHAR *)(uintptr_t)statement, SQL_NTS)) ||
        !good(SQLNumResultCols(handle, &columns)))
        return refuse(c, job, SQL_HANDLE_STMT, handle);
    uint32_t n = columns > COLUMNS_MAX ? COLUMNS_MAX : (uint32_t)columns;
    for (uint32_t i = 0; i < n; i++)
        wanted[i] = (SQLUSMALLINT)i;
    return fetch(c, job, handle, wanted, n, each, user);
}

static settle_status select_rows(const settle_adapter_host *host, settle_adapter_job *job,
                                 void *handle, const char *statement, const settle_text *texts,
                                 uint32_t n_texts, settle_table_row_fn each, void *user) {
    connection *c = handle;
    SQLHSTMT made;
    (void)host;
    if (!good(SQLAllocHandle(SQL_HANDLE_STMT, c->handle, &made)))
        return refuse(c, job, SQL_HANDLE_DBC, c->handle);
    SQLLEN *lengths = calloc(n_texts + 1, sizeof *lengths);
    settle_status status =
        lengths == NULL ? SETTLE_E_NO_MEMORY : bind(c, job, made, texts, n_texts, lengths);
    if (status == SETTLE_OK)
        status = execute(c, job, made, statement, each, user);
    SQLFreeHandle(SQL_HANDLE_STMT, made);
    free(lengths);
    return status;
}

/* --- columns ---------------------------------------------------------------------------------- */

enum { CATALOG, SCHEMA, TABLE, COLUMN, TYPE_NAME = 5 }; /* of SQLColumns, from 0 */

typedef struct counted {
    settle_table_row_fn each;
    void *user;
    uint64_t rows;
} counted;

static settle_status count(void *user, const settle_text *texts, uint32_t n_texts,
                           const char *place, int64_t number) {
    counted *all = user;
    all->rows++;
    return all->each(all->user, texts, n_texts, place, number);
}

static SQLCHAR *or_any(const char *text) {
    return text == NULL || text[0] == '\0' ? NULL : (SQLCHAR *)(uintptr_t)text;
}

static settle_status columns_of(const connection *c, settle_adapter_job *job, const char *catalog,
                                const char *schema, const char *table, counted *all) {
    static const SQLUSMALLINT WANTED[] = {CATALOG, SCHEMA, TABLE, COLUMN, TYPE_NAME};
    SQLHSTMT made;
    if (!good(SQLAllocHandle(SQL_HANDLE_STMT, c->handle, &made)))
        return refuse(c, job, SQL_HANDLE_DBC, c->handle);
    settle_status status;
    if (good(SQLColumns(made, or_any(catalog), SQL_NTS, or_any(schema), SQL_NTS, or_any(table),
                        SQL_NTS, NULL, 0)))
        status = fetch(c, job, made, WANTED, sizeof WANTED / sizeof *WANTED, count, all);
    else
        status = refuse(c, job, SQL_HANDLE_STMT, made);
    SQLFreeHandle(SQL_HANDLE_STMT, made);
    return status;
}

static void change_case(char *text, char first, char last) {
    for (; *text != '\0'; text++)
        if (*text >= first && *text <= last)
            *text = (char)(*text ^ 0x20);
}

/* As it is written, then in capitals, then in small letters: products differ in what they keep. */
static settle_status any_case(const connection *c, settle_adapter_job *job, const char *catalog,
                              const char *schema, const char *table, counted *all) {
    char *name = strdup(table);
    if (name == NULL)
        return SETTLE_E_NO_MEMORY;
    settle_status status = columns_of(c, job, catalog, schema, name, all);
    if (status == SETTLE_OK && all->rows == 0) {
        change_case(name, 'a', 'z');
        status = columns_of(c, job, catalog, schema, name, all);
    }
    if (status == SETTLE_OK && all->rows == 0) {
        change_case(name, 'A', 'Z');
        status = columns_of(c, job, catalog, schema, name, all);
    }
    free(name);
    return status;
}

static settle_status list_columns(const settle_adapter_host *host, settle_adapter_job *job,
                                  void *handle, const char *schema, const char *table,
                                  settle_table_row_fn each, void *user) {
    counted all = {each, user, 0};
    (void)host;
    char *both = strdup(schema);
    if (both == NULL)
        return SETTLE_E_NO_MEMORY;
    char *dot = strchr(both, '.');
    if (dot != NULL)
        *dot = '\0';
    settle_status status =
        any_case(handle, job, dot == NULL ? NULL : both, dot == NULL ? both : dot + 1, table, &all);
    if (status == SETTLE_OK && all.rows == 0 && dot == NULL && both[0] != '\0')
        status = any_case(handle, job, both, NULL, table, &all); /* a product without schemas */
    free(both);
    return status;
}

static const char *product_of(void *handle) {
    return ((connection *)handle)->product;
}

static const char *quote_of(void *handle) {
    return ((connection *)handle)->quote;
}

const settle_adapter_module *settle_adapter(const settle_adapter_host *host) {
    static const settle_table_driver DRIVER = {.struct_size = sizeof DRIVER,
                                               .open = open_connection,
                                               .select = select_rows,
                                               .columns = list_columns,
                                               .product = product_of,
                                               .quote = quote_of,
                                               .close = close_connection};
    static const settle_adapter_module MODULE = {
        .head = {.magic = SETTLE_ADAPTER_MAGIC,
                 .struct_size = sizeof MODULE,
                 .abi_major = SETTLE_ADAPTER_ABI_MAJOR,
                 .abi_minor = SETTLE_ADAPTER_ABI_MINOR,
                 .name = "odbc",
                 .version = "0.1"},
        .title = "tables of a live database through unixODBC, for layouts",
        .driver = &DRIVER};
    (void)host;
    return &MODULE;
}
