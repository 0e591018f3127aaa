/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of the national interface as tables: `stay`, one row a stay, with what the newest of its
 * messages says of each field (2401, 2402, 2403, 2303, 2304, 4101); `person` of 1101; `feedetail`
 * of 2301 without what 2302 takes back; and each node of rows, "2402.diseinfo", "4101.oprninfo",
 * ... A column is the field of the row, identities also that of the message around it. */
#include "base/json_tree.h"
#include "load/foreign_date.h"
#include "load/messages.h"
#include "load/text_map.h"

#include <stdio.h>
#include <stdlib.h>

enum { MDTRT_ID, PSN_NO, N_IDENTITIES = 8 };
static const char *const IDENTITIES[N_IDENTITIES] = {
    [MDTRT_ID] = "mdtrt_id", [PSN_NO] = "psn_no", "fixmedins_code", "fixmedins_name",
    "insuplc_admdvs",        "mdtrtarea_admvs",   "infno",          "msgid"};

typedef struct message {
    const char *file;
    const stl_json_node *root, *input, *output; /* input and output: objects, or NULL */
    stl_str infno, mdtrt_id;
    stl_instant sent;                 /* inf_time; without one that of the message read before */
    size_t number;                    /* in the order they were read */
    stl_str identities[N_IDENTITIES]; /* what it says of all its rows, looked for when asked */
    bool looked[N_IDENTITIES];
} message;

typedef struct row {
    message *of;
    const stl_json_node *node;
    stl_str table;                   /* name of its node */
    bool gone;                       /* taken back, or replaced by a newer message */
    size_t before_same, before_stay; /* the row before with its serial or person, of its stay */
} row;

enum { NONE = -1 };

typedef struct stay {
    const row **heads;
    size_t n_heads, cap_heads;
} stay;

typedef struct nhsa {
    stl_arena *arena;
    message **messages;
    size_t n_messages, cap_messages;
    row **rows;
    size_t n_rows, cap_rows;
    stay *stays;
    size_t n_stays, cap_stays;
    stl_text_map by_id;
    stl_text_map sent;    /* the last charge of a stay and serial, and of a stay */
    stl_text_map answers; /* the last row of 1101 about a person */
    size_t n_indexed;     /* rows that are in these two */
    stl_text_map lists;   /* the first row of the last diagnoses of a transaction and stay */
} nhsa;

/* The nodes of rows that each transaction brings, and whether a node is the head of a stay. */
static const struct {
    const char *infno, *node;
    bool head, person;
} NODES[] = {{"1101", "baseinfo", false, true},     {"1101", "insuinfo", false, false},
             {"1101", "idetinfo", false, false},    {"2401", "mdtrtinfo", true, false},
             {"2401", "diseinfo", false, false},    {"2402", "dscginfo", true, false},
             {"2402", "diseinfo", false, false},    {"2403", "adminfo", true, false},
             {"2403", "diseinfo", false, false},    {"2301", "feedetail", false, false},
             {"2302", "data", false, false},        {"2303", "data", true, false},
             {"2304", "data", true, false},         {"4101", "setlinfo", true, false},
             {"4101", "diseinfo", false, false},    {"4101", "oprninfo", false, false},
             {"4101", "opspdiseinfo", false, false}};
static const stl_str ALL = {"0000", 4}; /* serial of all that was sent of a stay */

enum { N_NODES = sizeof NODES / sizeof *NODES };

static settle_status refuse(const char *file, const stl_json_node *node, const char *field,
                            stl_str value, const char *detail, stl_error *err) {
    char shown[64];
    snprintf(shown, sizeof shown, "%.*s", (int)value.len, value.len == 0 ? "" : value.ptr);
    return FAIL(err, SETTLE_E_INPUT_MESSAGE, .file = file, .line = node->line, .field = field,
                .value = value.len == 0 ? NULL : shown, .detail = detail);
}

static stl_str text_at(const stl_json_node *object, const char *name) {
    return stl_json_text(stl_json_member(object, stl_str_of(name)));
}

/* --- reading ---------------------------------------------------------------------------------- */

/* What an object says, or all rows of an array that say anything; false: rows say different things.
 */
static bool told_in(const stl_json_node *node, const char *name, stl_str *out) {
    *out = STL_STR("");
    if (!stl_json_is(node, STL_JSON_ARRAY)) {
        *out = text_at(node, name);
        return true;
    }
    for (const stl_json_node *c = node->first; c != NULL; c = c->next) {
        stl_str text = text_at(c, name);
        if (!stl_str_empty(text) && !stl_str_empty(*out) && !stl_str_eq(text, *out))
            return false;
        if (!stl_str_empty(text))
            *out = text;
    }
    return true;
}

/* Found in the input, in a node of it, in the answer, or in the envelope; "" where the rows are of
 * several. */
static stl_str told_of_all(const message *m, const char *name) {
    const stl_json_node *const sides[] = {m->input, m->output};
    for (size_t s = 0; s < 2; s++) {
        stl_str text = text_at(sides[s], name);
        for (const stl_json_node *c = sides[s] == NULL ? NULL : sides[s]->first;
             c != NULL && stl_str_empty(text); c = c->next)
            if (!told_in(c, name, &text))
                return STL_STR("");
        if (!stl_str_empty(text))
            return text;
    }
    return text_at(m->root, name);
}

static stl_str identity_around(message *m, int identity) {
    if (!m->looked[identity])
        m->identities[identity] = told_of_all(m, IDENTITIES[identity]);
    m->looked[identity] = true;
    return m->identities[identity];
}

static stl_str identity_of(message *m, const stl_json_node *node, int identity) {
    stl_str text = text_at(node, IDENTITIES[identity]);
    return stl_str_empty(text) ? identity_around(m, identity) : text;
}

static settle_status add_row(nhsa *n, message *m, const stl_json_node *node, stl_str table,
                             stl_error *err) {
    if (!stl_json_is(node, STL_JSON_OBJECT))
        return refuse(m->file, node, NULL, table, "a row is an object", err);
    row *made = stl_arena_alloc(n->arena, sizeof *made);
    row **slot =
        stl_arena_push(n->arena, (void **)&n->rows, &n->n_rows, &n->cap_rows, sizeof *slot);
    TRY_ALLOC(err, made);
    TRY_ALLOC(err, slot);
    *made = (row){.of = m, .node = node, .table = table};
    *slot = made;
    return SETTLE_OK;
}

/* An object or an array of objects. */
static settle_status add_rows(nhsa *n, message *m, const stl_json_node *node, stl_str table,
                              stl_error *err) {
    if (stl_json_is(node, STL_JSON_NULL))
        return SETTLE_OK;
    if (!stl_json_is(node, STL_JSON_ARRAY))
        return add_row(n, m, node, table, err);
    for (const stl_json_node *child = node->first; child != NULL; child = child->next)
        TRY(add_row(n, m, child, table, err));
    return SETTLE_OK;
}

static settle_status add_head(nhsa *n, const message *m, const row *head, stl_error *err) {
    if (stl_str_empty(m->mdtrt_id))
        return refuse(m->file, head->node, "mdtrt_id", STL_STR(""), "no number of the stay", err);
    int64_t *at = stl_text_map_at(&n->by_id, n->arena, m->mdtrt_id, (int64_t)n->n_stays);
    TRY_ALLOC(err, at);
    if ((size_t)*at == n->n_stays)
        TRY_ALLOC(err, stl_arena_push(n->arena, (void **)&n->stays, &n->n_stays, &n->cap_stays,
                                      sizeof *n->stays));
    stay *s = &n->stays[*at];
    const row **slot =
        stl_arena_push(n->arena, (void **)&s->heads, &s->n_heads, &s->cap_heads, sizeof *slot);
    TRY_ALLOC(err, slot);
    *slot = head;
    return SETTLE_OK;
}

/* The last row under two texts, NONE. */
static int64_t *last_under(nhsa *n, stl_text_map *map, stl_str one, stl_str other) {
    SCOPED_BUF key = {0};
    stl_buf_str(&key, one);
    stl_buf_text(&key, "\n");
    stl_buf_str(&key, other);
    stl_str kept = stl_arena_str(n->arena, (stl_str){key.ptr, key.len});
    return kept.ptr == NULL ? NULL : stl_text_map_at(map, n->arena, kept, NONE);
}

static settle_status put(int64_t *last, size_t at, size_t *before, stl_error *err) {
    TRY_ALLOC(err, last);
    *before = (size_t)*last;
    *last = (int64_t)at;
    return SETTLE_OK;
}

static settle_status index_row(nhsa *n, size_t at, stl_error *err) {
    row *r = n->rows[at];
    if (stl_str_is(r->of->infno, "1101")) {
        stl_str psn_no = identity_of(r->of, r->node, PSN_NO);
        return stl_str_empty(psn_no) ? SETTLE_OK
                                     : put(stl_text_map_at(&n->answers, n->arena, psn_no, NONE), at,
                                           &r->before_same, err);
    }
    if (!stl_str_is(r->table, "feedetail"))
        return SETTLE_OK;
    stl_str id = identity_of(r->of, r->node, MDTRT_ID);
    TRY(put(last_under(n, &n->sent, id, text_at(r->node, "feedetl_sn")), at, &r->before_same, err));
    return put(last_under(n, &n->sent, id, ALL), at, &r->before_stay, err);
}

static settle_status index_rows(nhsa *n, stl_error *err) {
    for (; n->n_indexed < n->n_rows; n->n_indexed++)
        TRY(index_row(n, n->n_indexed, err));
    return SETTLE_OK;
}

/* 2302: one serial, or 0000 for all that was sent before. */
static settle_status take_back(nhsa *n, message *m, const row *data, stl_error *err) {
    stl_str serial = text_at(data->node, "feedetl_sn");
    bool all = stl_str_eq(serial, ALL);
    TRY(index_rows(n, err));
    int64_t *last = last_under(n, &n->sent, identity_of(m, data->node, MDTRT_ID), serial);
    TRY_ALLOC(err, last);
    for (size_t at = (size_t)*last; at != (size_t)NONE;
         at = all ? n->rows[at]->before_stay : n->rows[at]->before_same)
        n->rows[at]->gone = true;
    *last = NONE;
    return SETTLE_OK;
}

/* A list that comes again is the list: diagnoses of the same transaction of the same stay. */
static settle_status replace_older(nhsa *n, const message *m, size_t from, stl_error *err) {
    if (stl_str_empty(m->mdtrt_id))
        return SETTLE_OK;
    int64_t *last = last_under(n, &n->lists, m->infno, m->mdtrt_id);
    TRY_ALLOC(err, last);
    for (size_t at = (size_t)*last; at < from && n->rows[at]->of == n->rows[*last]->of &&
                                    stl_str_eq(n->rows[at]->table, n->rows[*last]->table);
         at++)
        n->rows[at]->gone = true;
    *last = (int64_t)from;
    return SETTLE_OK;
}

/* The newest answer about a person is the answer; what stands before a row that is gone is too. */
static settle_status replace_person(nhsa *n, const message *m, stl_str psn_no, stl_error *err) {
    TRY(index_rows(n, err));
    const int64_t *last = stl_str_empty(psn_no) ? NULL : stl_text_map_find(&n->answers, psn_no);
    for (size_t at = last == NULL ? (size_t)NONE : (size_t)*last;
         at != (size_t)NONE && !n->rows[at]->gone; at = n->rows[at]->before_same)
        n->rows[at]->gone = n->rows[at]->of != m;
    return SETTLE_OK;
}

static settle_status read_node(nhsa *n, message *m, size_t node, stl_error *err) {
    stl_str name = stl_str_of(NODES[node].node);
    const stl_json_node *there = stl_json_member(m->input, name);
    if (there == NULL)
        there = stl_json_member(m->output, name);
    if (there == NULL)
        return SETTLE_OK;
    size_t before = n->n_rows;
    TRY(add_rows(n, m, there, name, err));
    if (n->n_rows > before && stl_str_is(name, "diseinfo"))
        TRY(replace_older(n, m, before, err));
    for (size_t i = before; i < n->n_rows; i++) {
        if (NODES[node].head)
            TRY(add_head(n, m, n->rows[i], err));
        if (NODES[node].person)
            TRY(replace_person(n, m, text_at(n->rows[i]->node, "psn_no"), err));
        if (stl_str_is(m->infno, "2302"))
            TRY(take_back(n, m, n->rows[i], err));
    }
    return SETTLE_OK;
}

static settle_status read_message(nhsa *n, const char *file, const stl_json_node *root,
                                  stl_error *err) {
    message *m = stl_arena_alloc(n->arena, sizeof *m);
    message **slot = stl_arena_push(n->arena, (void **)&n->messages, &n->n_messages,
                                    &n->cap_messages, sizeof *slot);
    TRY_ALLOC(err, m);
    TRY_ALLOC(err, slot);
    *slot = m;
    if (!stl_json_is(root, STL_JSON_OBJECT))
        return refuse(file, root, NULL, STL_STR(""), "a message is an object", err);
    *m = (message){.file = file,
                   .root = root,
                   .input = stl_json_member(root, STL_STR("input")),
                   .output = stl_json_member(root, STL_STR("output")),
                   .infno = text_at(root, "infno"),
                   .number = n->n_messages - 1};
    bool known = false;
    for (size_t i = 0; i < N_NODES; i++)
        known = known || stl_str_is(m->infno, NODES[i].infno);
    if (!known)
        return refuse(file, root, "infno", m->infno, "transactions of this kind are not read", err);
    if (!stl_json_is(m->input, STL_JSON_OBJECT) && !stl_json_is(m->output, STL_JSON_OBJECT))
        return refuse(file, root, "input", STL_STR(""), "neither input nor output", err);
    stl_str failed = text_at(root, "infcode");
    if (!stl_str_empty(failed) && !stl_str_is(failed, "0"))
        return refuse(file, root, "infcode", failed, "the transaction failed", err);
    m->mdtrt_id = identity_around(m, MDTRT_ID);
    if (stl_str_empty(m->mdtrt_id))
        m->mdtrt_id = told_of_all(m, "ipt_no");
    if (!stl_foreign_instant(text_at(root, "inf_time"), 0, &m->sent))
        m->sent = m->number == 0 ? INT64_MIN : n->messages[m->number - 1]->sent;
    return SETTLE_OK;
}

static int by_sent(const void *a, const void *b) {
    const message *x = *(message *const *)a, *y = *(message *const *)b;
    int order = stl_compare(x->sent, y->sent);
    return order != 0 ? order : stl_compare((int64_t)x->number, (int64_t)y->number);
}

/* What comes later replaces and takes back what came before. */
static settle_status read_rows(nhsa *n, stl_error *err) {
    if (n->n_messages > 1)
        qsort(n->messages, n->n_messages, sizeof *n->messages, by_sent);
    for (size_t k = 0; k < n->n_messages; k++)
        for (size_t i = 0; i < N_NODES; i++)
            if (stl_str_is(n->messages[k]->infno, NODES[i].infno))
                TRY(read_node(n, n->messages[k], i, err));
    return SETTLE_OK;
}

static settle_status open_messages(const stl_message_file *files, size_t n_files, stl_arena *arena,
                                   void **out, stl_error *err) {
    nhsa *n = stl_arena_alloc(arena, sizeof *n);
    TRY_ALLOC(err, n);
    n->arena = arena;
    for (size_t i = 0; i < n_files; i++) {
        const stl_json_node *root;
        TRY(stl_json_tree(files[i].text, files[i].file, arena, &root, err));
        if (stl_json_is(root, STL_JSON_ARRAY))
            root = root->first;
        for (; root != NULL; root = root->next)
            TRY(read_message(n, files[i].file, root, err));
    }
    TRY(read_rows(n, err));
    *out = n;
    return SETTLE_OK;
}

/* --- rows ------------------------------------------------------------------------------------- */

typedef struct asking {
    const settle_table_query *query;
    settle_text *texts;
    int *identity;    /* by column: which identity it is, that of the message too; NONE */
    uint32_t *column; /* by place of a member: the column it was in the row before */
    size_t n_places;
    settle_table_row_fn each;
    void *user;
    stl_error *err;
} asking;

static void set(asking *a, uint32_t i, stl_str text) {
    a->texts[i] = (settle_text){text.len == 0 ? NULL : text.ptr, text.len};
}

/* The column of a member; members of one table stand mostly in the same order. */
static uint32_t column_of(asking *a, size_t place, stl_str name) {
    uint32_t hint = place < a->n_places ? a->column[place] : a->query->n_columns;
    if (hint < a->query->n_columns && stl_str_is(name, a->query->columns[hint]))
        return hint;
    for (uint32_t i = 0; i < a->query->n_columns; i++)
        if (stl_str_is(name, a->query->columns[i])) {
            if (place < a->n_places)
                a->column[place] = i;
            return i;
        }
    return a->query->n_columns;
}

static settle_status hand_out(asking *a, const row *r) {
    for (uint32_t i = 0; i < a->query->n_columns; i++)
        set(a, i, STL_STR(""));
    size_t place = 0;
    for (const stl_json_node *m = r->node->first; m != NULL; m = m->next, place++) {
        uint32_t column = column_of(a, place, m->name);
        if (column < a->query->n_columns)
            set(a, column, stl_json_text(m));
    }
    for (uint32_t i = 0; i < a->query->n_columns; i++)
        if (a->identity[i] != NONE && a->texts[i].ptr == NULL)
            set(a, i,
                a->identity[i] == MDTRT_ID ? r->of->mdtrt_id
                                           : identity_around(r->of, a->identity[i]));
    return a->each(a->user, a->texts, a->query->n_columns, r->of->file, r->node->line);
}

/* Newest first; a message that says nothing of a field leaves it to the one before. */
static settle_status hand_out_stay(asking *a, const stay *s) {
    const row *last = s->heads[s->n_heads - 1];
    for (uint32_t i = 0; i < a->query->n_columns; i++) {
        stl_str text = STL_STR("");
        for (size_t h = s->n_heads; h > 0 && stl_str_empty(text); h--) {
            const row *head = s->heads[h - 1];
            text = a->identity[i] != NONE ? identity_of(head->of, head->node, a->identity[i])
                                          : text_at(head->node, a->query->columns[i]);
            if (stl_str_empty(text) && a->identity[i] == MDTRT_ID)
                text = head->of->mdtrt_id;
        }
        set(a, i, text);
    }
    return a->each(a->user, a->texts, a->query->n_columns, last->of->file, last->node->line);
}

/* "diseinfo" of any transaction, "2402.diseinfo" of that one; "person": baseinfo. */
static bool is_of(const row *r, stl_str table) {
    if (table.len > 5 && table.ptr[4] == '.')
        return stl_str_eq(r->of->infno, (stl_str){table.ptr, 4}) &&
               stl_str_eq(r->table, (stl_str){table.ptr + 5, table.len - 5});
    return stl_str_eq(r->table, stl_str_is(table, "person") ? STL_STR("baseinfo") : table);
}

static settle_status rows(const void *messages, const settle_table_query *query,
                          settle_table_row_fn each, void *user, stl_error *err) {
    enum { PLACES = 128 };
    SCOPED_ARENA *arena = stl_arena_new();
    const nhsa *n = messages;
    TRY_ALLOC(err, arena);
    asking a = {.query = query, .n_places = PLACES, .each = each, .user = user, .err = err};
    a.texts = stl_arena_alloc(arena, (query->n_columns + 1) * sizeof *a.texts);
    a.identity = stl_arena_alloc(arena, (query->n_columns + 1) * sizeof *a.identity);
    a.column = stl_arena_alloc(arena, PLACES * sizeof *a.column);
    TRY_ALLOC(err, a.texts);
    TRY_ALLOC(err, a.identity);
    TRY_ALLOC(err, a.column);
    for (uint32_t i = 0; i < query->n_columns; i++) {
        a.identity[i] = NONE;
        for (int k = 0; k < N_IDENTITIES; k++)
            if (strcmp(query->columns[i], IDENTITIES[k]) == 0)
                a.identity[i] = k;
    }
    stl_str table = stl_str_of(query->table);
    for (size_t i = 0; stl_str_is(table, "stay") && i < n->n_stays; i++)
        TRY(hand_out_stay(&a, &n->stays[i]));
    for (size_t i = 0; i < n->n_rows; i++)
        if (!n->rows[i]->gone && is_of(n->rows[i], table))
            TRY(hand_out(&a, n->rows[i]));
    return SETTLE_OK;
}

static bool has(const void *messages, stl_str table) {
    const nhsa *n = messages;
    if (stl_str_is(table, "stay"))
        return n->n_stays > 0;
    for (size_t i = 0; i < n->n_rows; i++)
        if (is_of(n->rows[i], table))
            return true;
    return false;
}

static bool is_mine(const char *base) {
    const char *dot = strrchr(base, '.');
    return dot != NULL && (strcmp(dot, ".json") == 0 || strcmp(dot, ".ndjson") == 0);
}

const stl_message_format STL_MESSAGES_NHSA = {
    .name = "nhsa", .mine = is_mine, .open = open_messages, .has = has, .rows = rows};
