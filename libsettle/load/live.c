/* SPDX-License-Identifier: Apache-2.0 */
#include "load/live.h"

#include "base/convert.h"
#include "base/file.h"
#include "load/beside.h"
#include "load/builder.h"
#include "load/job.h"
#include "load/module.h"
#include "load/statement.h"

#include <stdlib.h>

enum { KEYS_MAX = 500, PASSWORD_MAX = 1024 };

typedef struct db_column {
    stl_str name, type;
} db_column;

/* What the database calls a table that was asked for. */
typedef struct db_table {
    stl_str asked, schema, name;
    db_column *columns;
    size_t n_columns, cap_columns;
    bool several; /* tables of this name */
} db_table;

struct stl_live {
    stl_arena *arena;
    stl_str place, section; /* "odbc:his", "odbc his" */
    stl_module module;
    settle_adapter_job job;
    void *handle;
    stl_converter *in, *out;
    db_table *tables;
    size_t n_tables, cap_tables;
};

static settle_status option_fail(const stl_live *db, const char *name, const char *detail,
                                 stl_error *err) {
    return FAIL(err, SETTLE_E_ADAPTER_OPTION, .file = "settle.ini", .field = name,
                .value = db->section.ptr, .detail = detail);
}

static stl_str option_of(const stl_live *db, const char *name) {
    return stl_site_option_of(db->job.ask->site, db->section.ptr, name);
}

/* The driver's failure as one of this database, be it that it said nothing. */
static settle_status told(stl_live *db, const char *table, settle_status status, stl_error *err) {
    settle_status said = db->job.failed;
    db->job.failed = SETTLE_OK;
    db->job.err = NULL;
    if (status == SETTLE_OK && said == SETTLE_OK)
        return SETTLE_OK;
    if (said == SETTLE_OK)
        return FAIL(err, SETTLE_E_INPUT_DATABASE, .file = db->place.ptr, .field = table,
                    .value = settle_status_name(status));
    if (err != NULL && err->field[0] == '\0' && table != NULL)
        stl_text_show(stl_str_of(table), err->field, sizeof err->field);
    return stl_load_at(said, err, db->place.ptr, 0);
}

/* --- opening ---------------------------------------------------------------------------------- */

static settle_status read_password(const stl_live *db, stl_str file, stl_buf *out, stl_error *err) {
    struct stat about = {0};
    SCOPED_BUF text = {0};
    if (file.ptr[0] != '/') {
        stl_buf_str(&text, db->job.ask->site->home);
        stl_buf_text(&text, "/");
    }
    stl_buf_str(&text, file);
    SCOPED_FREE char *path = stl_buf_take(&text);
    TRY_ALLOC(err, path);
    TRY(stl_file_read(path, path, SETTLE_E_ADAPTER_OPTION, out, &about, err));
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return FAIL(err, SETTLE_E_ADAPTER_OPTION, .file = path, .field = "password_file",
                    .detail = "others can read it: chmod 600");
    while (out->len > 0 && (out->ptr[out->len - 1] == '\n' || out->ptr[out->len - 1] == '\r'))
        out->len--;
    return out->len > 0 && out->len < PASSWORD_MAX
               ? SETTLE_OK
               : FAIL(err, SETTLE_E_ADAPTER_OPTION, .file = path, .field = "password_file",
                      .detail = "empty");
}

/* The connection with the password as a value in braces. */
static settle_status connection_of(const stl_live *db, stl_buf *out, stl_buf *password,
                                   stl_error *err) {
    stl_str connection = option_of(db, "connection"), file = option_of(db, "password_file");
    if (stl_str_empty(connection))
        return option_fail(db, "connection", "how the database is reached is not set", err);
    stl_buf_str(out, connection);
    if (stl_str_empty(file))
        return SETTLE_OK;
    TRY(read_password(db, file, password, err));
    stl_buf_text(out, ";PWD={");
    for (size_t i = 0; i < password->len; i++) {
        stl_buf_bytes(out, password->ptr + i, 1);
        if (password->ptr[i] == '}')
            stl_buf_text(out, "}");
    }
    stl_buf_text(out, "}");
    return SETTLE_OK;
}

static settle_status open_converters(stl_live *db, stl_error *err) {
    stl_str charset = option_of(db, "charset");
    bool gb = stl_str_eq_nocase(charset, STL_STR("GB18030"));
    if (!gb && !stl_str_empty(charset) && !stl_str_eq_nocase(charset, STL_STR("UTF-8")))
        return option_fail(db, "charset", "UTF-8 or GB18030", err);
    stl_encoding theirs = gb ? STL_ENC_GB18030 : STL_ENC_UTF8;
    TRY(stl_converter_new(theirs, STL_ENC_UTF8, &db->in, err));
    return stl_converter_new(STL_ENC_UTF8, theirs, &db->out, err);
}

static settle_status load_driver(stl_live *db, stl_error *err) {
    stl_str wanted = option_of(db, "driver");
    bool there = false;
    TRY(stl_adapter_check_site(db->job.ask->site, err)); /* `connection` names a library too */
    TRY(stl_module_find(stl_str_empty(wanted) ? "odbc" : wanted.ptr, db->job.ask->site, &db->module,
                        &there, err));
    if (!there)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = "odbc.so",
                    .detail = "the driver is not installed: package settle-odbc");
    if (db->module.driver.open == NULL)
        return option_fail(db, "driver", "the module drives no database", err);
    return SETTLE_OK;
}

static settle_status connect(stl_live *db, stl_error *err) {
    SCOPED_BUF text = {0}, password = {0};
    TRY(connection_of(db, &text, &password, err));
    SCOPED_FREE char *connection = stl_buf_take(&text);
    TRY_ALLOC(err, connection);
    db->job.err = err;
    settle_status status =
        told(db, NULL, db->module.driver.open(&STL_ADAPTER_HOST, &db->job, connection, &db->handle),
             err);
    explicit_bzero(connection, strlen(connection));
    if (password.ptr == NULL)
        return status;
    if (status != SETTLE_OK && err != NULL &&
        memmem(err->detail, strlen(err->detail), password.ptr, password.len) != NULL)
        err->detail[0] = '\0';
    explicit_bzero(password.ptr, password.len);
    return status;
}

settle_status stl_live_open(const char *name, const stl_adapter_ask *ask, stl_live **out,
                            stl_error *err) {
    SCOPED_LIVE *db = calloc(1, sizeof *db);
    SCOPED_BUF text = {0};
    TRY_ALLOC(err, db);
    db->arena = stl_arena_new();
    TRY_ALLOC(err, db->arena);
    stl_buf_printf(&text, "odbc:%s", name);
    if (!stl_buf_ok(&text))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    db->place = stl_arena_str(db->arena, (stl_str){text.ptr, text.len});
    text.ptr[strlen("odbc")] = ' ';
    db->section = stl_arena_str(db->arena, (stl_str){text.ptr, text.len});
    TRY_ALLOC(err, db->place.ptr);
    TRY_ALLOC(err, db->section.ptr);
    db->job = (settle_adapter_job){.adapter = db->place.ptr, .ask = ask, .arena = db->arena};
    TRY(open_converters(db, err));
    TRY(load_driver(db, err));
    TRY(connect(db, err));
    *out = db;
    db = NULL;
    return SETTLE_OK;
}

void stl_live_free(stl_live *db) {
    if (db == NULL)
        return;
    if (db->handle != NULL)
        db->module.driver.close(db->handle);
    stl_converter_free(db->in);
    stl_converter_free(db->out);
    stl_arena_free(db->arena);
    free(db);
}

void stl_live_cleanup(stl_live **database) {
    stl_live_free(*database);
}

const char *stl_live_product(const stl_live *db) {
    const char *product = db->module.driver.product(db->handle);
    return product == NULL ? "" : product;
}

/* --- names ------------------------------------------------------------------------------------ */

typedef struct listing {
    stl_live *db;
    db_table *table;
    stl_error *err;
} listing;

static settle_status decoded(stl_live *db, const settle_text *text, stl_str *out, stl_error *err) {
    SCOPED_BUF utf8 = {0};
    *out = (stl_str){0};
    if (text->ptr == NULL)
        return SETTLE_OK;
    TRY(stl_converter_text(db->in, (stl_str){text->ptr, text->len_bytes}, &utf8, err));
    *out = stl_arena_str(db->arena, (stl_str){utf8.ptr, utf8.len});
    TRY_ALLOC(err, out->ptr);
    return SETTLE_OK;
}

/* One column: catalog, schema, table, column, type. */
static settle_status on_column(void *user, const settle_text *texts, uint32_t n_texts,
                               const char *place, int64_t row) {
    enum { CATALOG, SCHEMA, TABLE, COLUMN, TYPE, N };
    listing *l = user;
    stl_str text[N];
    (void)place;
    (void)row;
    if (n_texts != N)
        return FAIL(l->err, SETTLE_E_ADAPTER_ABI, .file = l->db->place.ptr, .field = "columns",
                    .detail = "five texts a column");
    for (int i = 0; i < N; i++)
        TRY(decoded(l->db, &texts[i], &text[i], l->err));
    stl_str schema = stl_str_empty(text[SCHEMA]) ? text[CATALOG] : text[SCHEMA];
    if (!stl_str_eq_nocase(text[TABLE], l->table->asked))
        return SETTLE_OK; /* '_' stands for any character where names are patterns */
    if (l->table->n_columns == 0) {
        l->table->schema = schema;
        l->table->name = text[TABLE];
    }
    if (!stl_str_eq(schema, l->table->schema) || !stl_str_eq(text[TABLE], l->table->name)) {
        l->table->several = true;
        return SETTLE_OK;
    }
    db_column *slot = stl_arena_push(l->db->arena, (void **)&l->table->columns,
                                     &l->table->n_columns, &l->table->cap_columns, sizeof *slot);
    TRY_ALLOC(l->err, slot);
    *slot = (db_column){text[COLUMN], text[TYPE]};
    return SETTLE_OK;
}

static settle_status encoded(stl_live *db, stl_str text, char **out, stl_error *err) {
    SCOPED_BUF theirs = {0};
    TRY(stl_converter_text(db->out, text, &theirs, err));
    *out = stl_buf_take(&theirs);
    TRY_ALLOC(err, *out);
    return SETTLE_OK;
}

static settle_status list_columns(stl_live *db, db_table *table, stl_error *err) {
    char *name_made = NULL, *schema_made = NULL;
    TRY(encoded(db, table->asked, &name_made, err));
    SCOPED_FREE char *name = name_made;
    TRY(encoded(db, option_of(db, "schema"), &schema_made, err));
    SCOPED_FREE char *schema = schema_made;
    listing l = {db, table, err};
    db->job.err = err;
    TRY(told(db, table->asked.ptr,
             db->module.driver.columns(&STL_ADAPTER_HOST, &db->job, db->handle, schema, name,
                                       on_column, &l),
             err));
    if (table->several)
        return FAIL(err, SETTLE_E_INPUT_DATABASE, .file = db->place.ptr, .field = table->asked.ptr,
                    .detail = "several schemas have a table of this name: set schema");
    return SETTLE_OK;
}

static settle_status find_table(stl_live *db, const char *name, db_table **out, stl_error *err) {
    for (size_t i = 0; i < db->n_tables; i++)
        if (stl_str_is(db->tables[i].asked, name)) {
            *out = &db->tables[i];
            return SETTLE_OK;
        }
    db_table made = {.asked = stl_arena_str(db->arena, stl_str_of(name))};
    TRY_ALLOC(err, made.asked.ptr);
    TRY(list_columns(db, &made, err));
    *out = stl_arena_push(db->arena, (void **)&db->tables, &db->n_tables, &db->cap_tables,
                          sizeof **out);
    TRY_ALLOC(err, *out);
    **out = made;
    return SETTLE_OK;
}

static settle_status table_name(void *user, const char *table, stl_str *schema, stl_str *name,
                                stl_error *err) {
    stl_live *db = user;
    db_table *found;
    TRY(find_table(db, table, &found, err));
    if (found->n_columns == 0)
        return FAIL(err, SETTLE_E_INPUT_TABLE_MISSING, .file = db->place.ptr, .field = table);
    *schema = found->schema;
    *name = found->name;
    return SETTLE_OK;
}

static settle_status column_name(void *user, const char *table, const char *column, stl_str *name,
                                 stl_error *err) {
    db_table *found;
    TRY(find_table(user, table, &found, err));
    for (size_t i = 0; i < found->n_columns; i++)
        if (stl_str_eq_nocase(found->columns[i].name, stl_str_of(column))) {
            *name = found->columns[i].name;
            return SETTLE_OK;
        }
    return FAIL(err, SETTLE_E_INPUT_COLUMN_MISSING, .file = table, .field = column);
}

settle_status stl_live_columns(stl_live *db, const char *table, stl_column_fn each, void *user,
                               bool *there, stl_error *err) {
    db_table *found;
    TRY(find_table(db, table, &found, err));
    *there = found->n_columns > 0;
    for (size_t i = 0; i < found->n_columns; i++)
        each(user, found->columns[i].name);
    return SETTLE_OK;
}

/* --- rows ------------------------------------------------------------------------------------- */

typedef struct selecting {
    stl_live *db;
    const settle_table_query *query;
    settle_table_row_fn each;
    void *user;
    settle_text *texts; /* of one row, decoded */
    stl_buf utf8;
    size_t *ends;
    int64_t row;
    settle_status failed;
    stl_error *err;
} selecting;

static settle_status decode_row(selecting *s, const settle_text *texts) {
    s->utf8.len = 0;
    for (uint32_t i = 0; i < s->query->n_columns; i++) {
        settle_status status = SETTLE_OK;
        if (texts[i].ptr != NULL)
            status = stl_converter_text(s->db->in, (stl_str){texts[i].ptr, texts[i].len_bytes},
                                        &s->utf8, s->err);
        if (status == SETTLE_E_INPUT_ENCODING)
            return FAIL(s->err, status, .file = s->query->table, .line = s->row,
                        .field = s->query->columns[i],
                        .detail = "set charset in [odbc]: UTF-8 or GB18030");
        TRY(status);
        if (texts[i].ptr != NULL && memchr(texts[i].ptr, '\0', texts[i].len_bytes) != NULL)
            return FAIL(s->err, SETTLE_E_INPUT_ENCODING, .file = s->query->table, .line = s->row,
                        .field = s->query->columns[i], .detail = "a NUL byte");
        s->ends[i] = s->utf8.len;
    }
    for (uint32_t i = 0; i < s->query->n_columns; i++) {
        size_t begin = i == 0 ? 0 : s->ends[i - 1];
        bool empty = texts[i].ptr == NULL || s->ends[i] == begin;
        s->texts[i] = (settle_text){empty ? NULL : s->utf8.ptr + begin, s->ends[i] - begin};
    }
    return SETTLE_OK;
}

static settle_status hand_out(selecting *s, const settle_text *texts, uint32_t n_texts) {
    if (n_texts != s->query->n_columns)
        return FAIL(s->err, SETTLE_E_ADAPTER_ABI, .file = s->db->place.ptr, .field = "select",
                    .detail = "another number of columns than asked for");
    TRY(decode_row(s, texts));
    return stl_load_at(s->each(s->user, s->texts, n_texts, s->query->table, s->row), s->err,
                       s->query->table, s->row);
}

static settle_status on_row(void *user, const settle_text *texts, uint32_t n_texts,
                            const char *place, int64_t row) {
    selecting *s = user;
    (void)place;
    (void)row;
    s->row++;
    if (s->failed == SETTLE_OK)
        s->failed = hand_out(s, texts, n_texts);
    return s->failed;
}

static settle_status run(selecting *s, const char *statement, const settle_text *keys) {
    stl_live *db = s->db;
    db->job.err = s->err;
    settle_status status =
        db->module.driver.select(&STL_ADAPTER_HOST, &db->job, db->handle, statement, keys,
                                 s->query->n_steps == 0 ? 0 : s->query->n_texts, on_row, s);
    if (s->failed != SETTLE_OK) {
        db->job.failed = SETTLE_OK;
        return s->failed;
    }
    return told(db, s->query->table, status, s->err);
}

static settle_status encode_keys(selecting *s, stl_arena *arena, const settle_text **out) {
    settle_text *keys = stl_arena_alloc(arena, (s->query->n_texts + 1) * sizeof *keys);
    TRY_ALLOC(s->err, keys);
    for (uint32_t i = 0; i < s->query->n_texts; i++) {
        SCOPED_BUF theirs = {0};
        stl_str key = {s->query->texts[i].ptr, s->query->texts[i].len_bytes};
        TRY(stl_converter_text(s->db->out, key, &theirs, s->err));
        stl_str kept = stl_arena_str(arena, (stl_str){theirs.ptr, theirs.len});
        TRY_ALLOC(s->err, kept.ptr);
        keys[i] = (settle_text){kept.ptr, kept.len};
    }
    *out = keys;
    return SETTLE_OK;
}

settle_status stl_live_statement(stl_live *db, const settle_table_query *query, stl_buf *out,
                                 stl_error *err) {
    stl_str quote = stl_str_of(db->module.driver.quote(db->handle));
    const stl_sql_names names = {quote, table_name, column_name, db};
    return stl_sql_select(query, &names, out, err);
}

settle_status stl_live_rows(stl_live *db, const settle_table_query *query, settle_table_row_fn each,
                            void *user, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUF text = {0};
    TRY_ALLOC(err, arena);
    if (query->n_texts > KEYS_MAX)
        return FAIL(err, SETTLE_E_INPUT_DATABASE, .file = db->place.ptr,
                    .detail = "more than 500 stays at once");
    TRY(stl_live_statement(db, query, &text, err));
    char *statement_made = NULL;
    TRY(encoded(db, (stl_str){text.ptr, text.len}, &statement_made, err));
    SCOPED_FREE char *statement = statement_made;
    selecting s = {.db = db, .query = query, .each = each, .user = user, .err = err};
    s.texts = stl_arena_alloc(arena, (query->n_columns + 1) * sizeof *s.texts);
    s.ends = stl_arena_alloc(arena, (query->n_columns + 1) * sizeof *s.ends);
    TRY_ALLOC(err, s.texts);
    TRY_ALLOC(err, s.ends);
    const settle_text *keys = NULL;
    TRY(encode_keys(&s, arena, &keys));
    settle_status status = run(&s, statement, keys);
    stl_buf_free(&s.utf8);
    return status;
}
