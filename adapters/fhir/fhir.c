/* SPDX-License-Identifier: Apache-2.0 */
/* FHIR R4 resources as tables: one a type ("Encounter"), and one for the elements of an array in it
 * ("Claim.item", "Encounter.diagnosis"). A column is a path, "quantity.value": of an array the
 * first element, of a CodeableConcept its first code, of a reference "Type/id"; "code:SYSTEM" is
 * the code (or the identifier) of that system. Of the resource itself `self` is "Type/id"; of an
 * element `of` is that of its resource, and a path that begins with '/' is one of the resource. */
#include "base/json_tree.h"
#include "load/foreign_date.h"
#include "load/messages.h"
#include "load/text_map.h"

#include <stdio.h>

typedef struct resource {
    const char *file;
    const stl_json_node *node;
    stl_str type, self, full_url;
} resource;

typedef struct page { /* of a search */
    const char *file;
    const stl_json_node *node;
    int64_t found, total; /* matches; -1 where the total is not told */
    size_t of;            /* a page of the same search, or itself */
} page;

typedef struct link { /* to the page before or after */
    size_t from;
    const stl_json_node *node;
    stl_str url;
} link;

typedef struct fhir {
    stl_arena *arena;
    page *pages;
    size_t n_pages, cap_pages;
    stl_text_map page_of; /* by its url: which page */
    link *links;
    size_t n_links, cap_links;
    resource *resources;
    size_t n_resources, cap_resources;
    stl_text_map by_url;  /* fullUrl of a bundle: which resource */
    stl_text_map by_self; /* of a resource that comes again the newest version counts */
} fhir;

typedef struct asking {
    const fhir *f;
    const settle_table_query *query;
    settle_text *texts;
    settle_table_row_fn each;
    void *user;
    stl_error *err;
} asking;

static settle_status refuse(const char *file, const stl_json_node *node, const char *field,
                            const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_MESSAGE, .file = file, .line = node->line, .field = field,
                .detail = detail);
}

static stl_str text_at(const stl_json_node *object, const char *name) {
    return stl_json_text(stl_json_member(object, stl_str_of(name)));
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool is_same(const stl_json_node *a, const stl_json_node *b) {
    for (; a != NULL && b != NULL; a = a->next, b = b->next)
        if (a->kind != b->kind || !stl_str_eq(a->name, b->name) || !stl_str_eq(a->text, b->text) ||
            !is_same(a->first, b->first))
            return false;
    return a == NULL && b == NULL;
}

/* meta.versionId where both are numbers, else meta.lastUpdated; 0: it is not told. */
static int newer(const stl_json_node *a, const stl_json_node *b) {
    const stl_json_node *x = stl_json_member(a, STL_STR("meta")),
                        *y = stl_json_member(b, STL_STR("meta"));
    int64_t u, v;
    if (stl_decimal_parse(text_at(x, "versionId"), 0, &u) == SETTLE_OK &&
        stl_decimal_parse(text_at(y, "versionId"), 0, &v) == SETTLE_OK && u != v)
        return stl_compare(u, v);
    stl_str p = text_at(x, "lastUpdated"), q = text_at(y, "lastUpdated");
    stl_instant then, now;
    if (!stl_foreign_instant(p, 0, &now) || !stl_foreign_instant(q, 0, &then))
        return 0;
    return stl_compare(now, then);
}

static bool is_url(stl_str text) {
    return stl_str_starts(text, STL_STR("http"));
}

/* The same resource once more: the newer version stays. Two that differ, and do not say which is
 * newer, or are of two servers, are refused. */
static settle_status choose(resource *there, const resource *made, stl_error *err) {
    if (is_same(there->node->first, made->node->first))
        return SETTLE_OK;
    bool servers = is_url(there->full_url) && is_url(made->full_url) &&
                   !stl_str_eq(there->full_url, made->full_url);
    int order = servers ? 0 : newer(made->node, there->node);
    if (order > 0)
        *there = *made;
    if (order != 0)
        return SETTLE_OK;
    SCOPED_BUF first = {0};
    stl_buf_printf(&first, "first at %s:%lld", there->file, (long long)there->node->line);
    return FAIL(err, SETTLE_E_INPUT_DUPLICATE, .file = made->file, .line = made->node->line,
                .field = "id", .detail = stl_buf_ok(&first) ? first.ptr : NULL);
}

static settle_status add(fhir *f, const char *file, const stl_json_node *node, stl_str full_url,
                         stl_error *err) {
    SCOPED_BUF self = {0};
    resource made = {file, node, text_at(node, "resourceType"), {NULL, 0}, full_url};
    if (stl_str_empty(made.type))
        return refuse(file, node, "resourceType", "not a resource", err);
    stl_str id = text_at(node, "id");
    if (stl_str_empty(id) && stl_str_empty(full_url))
        return refuse(file, node, "id", "a resource without id", err);
    if (stl_str_empty(id)) {
        stl_buf_str(&self, full_url);
    } else {
        stl_buf_str(&self, made.type);
        stl_buf_text(&self, "/");
        stl_buf_str(&self, id);
    }
    if (!stl_buf_ok(&self))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    made.self = stl_arena_str(f->arena, (stl_str){self.ptr, self.len});
    TRY_ALLOC(err, made.self.ptr);
    int64_t *at = stl_text_map_at(&f->by_self, f->arena, made.self, (int64_t)f->n_resources);
    TRY_ALLOC(err, at);
    if ((size_t)*at == f->n_resources) {
        TRY_ALLOC(err, stl_arena_push(f->arena, (void **)&f->resources, &f->n_resources,
                                      &f->cap_resources, sizeof *f->resources));
        f->resources[*at] = made;
    } else {
        TRY(choose(&f->resources[*at], &made, err));
    }
    if (!stl_str_empty(full_url))
        TRY_ALLOC(err, stl_text_map_at(&f->by_url, f->arena, full_url, *at));
    return SETTLE_OK;
}

static int64_t matches(const stl_json_node *bundle) {
    const stl_json_node *entries = stl_json_member(bundle, STL_STR("entry"));
    int64_t found = 0;
    for (const stl_json_node *e = entries == NULL ? NULL : entries->first; e != NULL; e = e->next) {
        stl_str mode = text_at(stl_json_member(e, STL_STR("search")), "mode");
        found += stl_str_empty(mode) || stl_str_is(mode, "match");
    }
    return found;
}

/* A page that was read before is the same page: its matches count once. */
static settle_status add_self(fhir *f, size_t number, stl_str url, stl_error *err) {
    int64_t *at = stl_text_map_at(&f->page_of, f->arena, url, (int64_t)number);
    TRY_ALLOC(err, at);
    if ((size_t)*at == number)
        return SETTLE_OK;
    page *again = &f->pages[number], *there = &f->pages[*at];
    there->found = again->found > there->found ? again->found : there->found;
    again->found = 0;
    again->of = (size_t)*at;
    return SETTLE_OK;
}

static settle_status add_page(fhir *f, const char *file, const stl_json_node *bundle,
                              stl_error *err) {
    const stl_json_node *links = stl_json_member(bundle, STL_STR("link"));
    size_t number = f->n_pages;
    page *made =
        stl_arena_push(f->arena, (void **)&f->pages, &f->n_pages, &f->cap_pages, sizeof *made);
    TRY_ALLOC(err, made);
    *made = (page){file, bundle, matches(bundle), -1, number};
    if (stl_decimal_parse(text_at(bundle, "total"), 0, &made->total) != SETTLE_OK)
        made->total = -1;
    for (const stl_json_node *l = links == NULL ? NULL : links->first; l != NULL; l = l->next) {
        stl_str relation = text_at(l, "relation"), url = text_at(l, "url");
        if (stl_str_is(relation, "self") && !stl_str_empty(url))
            TRY(add_self(f, number, url, err));
        if (!stl_str_is(relation, "next") && !stl_str_is(relation, "previous") &&
            !stl_str_is(relation, "prev"))
            continue;
        link *slot =
            stl_arena_push(f->arena, (void **)&f->links, &f->n_links, &f->cap_links, sizeof *slot);
        TRY_ALLOC(err, slot);
        *slot = (link){number, l, url};
    }
    return SETTLE_OK;
}

static size_t first_page(fhir *f, size_t number) {
    while (f->pages[number].of != number)
        number = f->pages[number].of = f->pages[f->pages[number].of].of;
    return number;
}

static settle_status join_pages(fhir *f, stl_error *err) {
    for (size_t i = 0; i < f->n_links; i++) {
        const link *l = &f->links[i];
        const int64_t *there = stl_text_map_find(&f->page_of, l->url);
        if (there == NULL)
            return FAIL(err, SETTLE_E_INPUT_COUNT, .file = f->pages[l->from].file,
                        .line = l->node->line, .field = "Bundle.link",
                        .detail = "a page of the search was not given");
        size_t a = first_page(f, l->from), b = first_page(f, (size_t)*there);
        f->pages[a > b ? a : b].of = a > b ? b : a;
    }
    return SETTLE_OK;
}

/* The pages of a search have together what each of them says it found. */
static settle_status check_totals(fhir *f, stl_error *err) {
    for (size_t i = 0; i < f->n_pages; i++)
        if (f->pages[i].of != i)
            f->pages[first_page(f, i)].found += f->pages[i].found;
    for (size_t i = 0; i < f->n_pages; i++) {
        const page *p = &f->pages[i];
        char shown[STL_DECIMAL_TEXT_MAX];
        if (p->total <= f->pages[first_page(f, i)].found)
            continue;
        stl_decimal_format(p->total, 0, shown);
        return FAIL(err, SETTLE_E_INPUT_COUNT, .file = p->file, .line = p->node->line,
                    .field = "Bundle.total", .value = shown);
    }
    return SETTLE_OK;
}

static settle_status add_bundle(fhir *f, const char *file, const stl_json_node *bundle,
                                stl_error *err) {
    const stl_json_node *entries = stl_json_member(bundle, STL_STR("entry"));
    if (stl_str_is(text_at(bundle, "type"), "searchset"))
        TRY(add_page(f, file, bundle, err));
    for (const stl_json_node *e = entries == NULL ? NULL : entries->first; e != NULL; e = e->next) {
        const stl_json_node *node = stl_json_member(e, STL_STR("resource"));
        if (node == NULL)
            return refuse(file, e, "entry.resource", "an entry without its resource", err);
        TRY(add(f, file, node, text_at(e, "fullUrl"), err));
    }
    return SETTLE_OK;
}

static settle_status open_messages(const stl_message_file *files, size_t n_files, stl_arena *arena,
                                   void **out, stl_error *err) {
    fhir *f = stl_arena_alloc(arena, sizeof *f);
    TRY_ALLOC(err, f);
    f->arena = arena;
    for (size_t i = 0; i < n_files; i++) {
        const stl_json_node *node;
        TRY(stl_json_tree(files[i].text, files[i].file, arena, &node, err));
        if (stl_json_is(node, STL_JSON_ARRAY))
            node = node->first;
        for (; node != NULL; node = node->next)
            TRY(stl_str_is(text_at(node, "resourceType"), "Bundle")
                    ? add_bundle(f, files[i].file, node, err)
                    : add(f, files[i].file, node, STL_STR(""), err));
    }
    TRY(join_pages(f, err));
    TRY(check_totals(f, err));
    *out = f;
    return SETTLE_OK;
}

/* --- paths ------------------------------------------------------------------------------------ */

/* "Type/id" of what a reference names: an entry of the bundle, or the end of its URL. */
static stl_str reference(const fhir *f, stl_str text) {
    const int64_t *known = stl_text_map_find(&f->by_url, text);
    if (known != NULL)
        return f->resources[*known].self;
    const char *history = text.len == 0 ? NULL : memmem(text.ptr, text.len, "/_history/", 10);
    if (history != NULL)
        text.len = (size_t)(history - text.ptr);
    size_t slashes = 0, from = text.len;
    while (from > 0 && (slashes += text.ptr[from - 1] == '/') < 2)
        from--;
    return (stl_str){text.len == 0 ? "" : text.ptr + from, text.len - from};
}

static const stl_json_node *first(const stl_json_node *node) {
    while (stl_json_is(node, STL_JSON_ARRAY))
        node = node->first;
    return node;
}

/* The element whose "system" is the tag; identifiers may also bear it as the code of their type. */
static const stl_json_node *of_system(const stl_json_node *list, stl_str tag) {
    for (const stl_json_node *e = stl_json_is(list, STL_JSON_ARRAY) ? list->first : NULL; e != NULL;
         e = e->next) {
        const stl_json_node *type = stl_json_member(e, STL_STR("type"));
        const stl_json_node *coding = first(stl_json_member(type, STL_STR("coding")));
        if (stl_str_eq(text_at(e, "system"), tag) || stl_str_eq(text_at(coding, "code"), tag))
            return e;
    }
    return NULL;
}

/* What a node is as one text. */
static stl_str value_of(const fhir *f, const stl_json_node *node, stl_str tag) {
    const stl_json_node *one = first(node);
    if (!stl_str_empty(tag)) {
        const stl_json_node *list = stl_json_member(one, STL_STR("coding"));
        one = of_system(list == NULL ? node : list, tag);
    }
    if (!stl_json_is(one, STL_JSON_OBJECT))
        return stl_json_text(one);
    const stl_json_node *coding = first(stl_json_member(one, STL_STR("coding")));
    if (coding != NULL)
        return text_at(coding, "code");
    if (stl_json_member(one, STL_STR("reference")) != NULL)
        return reference(f, text_at(one, "reference"));
    stl_str code = text_at(one, "code"), value = text_at(one, "value");
    return stl_str_empty(value) ? code : value;
}

static stl_str walk(const fhir *f, const stl_json_node *node, stl_str path) {
    stl_str tag = {NULL, 0};
    const char *colon = memchr(path.ptr, ':', path.len);
    if (colon != NULL) {
        tag = (stl_str){colon + 1, (size_t)(path.ptr + path.len - colon - 1)};
        path.len = (size_t)(colon - path.ptr);
    }
    while (path.len > 0 && node != NULL) {
        const char *dot = memchr(path.ptr, '.', path.len);
        size_t len = dot == NULL ? path.len : (size_t)(dot - path.ptr);
        node = stl_json_member(first(node), (stl_str){path.ptr, len});
        path.ptr += dot == NULL ? len : len + 1;
        path.len -= dot == NULL ? len : len + 1;
    }
    return node == NULL ? STL_STR("") : value_of(f, node, tag);
}

/* --- rows ------------------------------------------------------------------------------------- */

static settle_status hand_out(asking *a, const resource *r, const stl_json_node *node) {
    for (uint32_t i = 0; i < a->query->n_columns; i++) {
        stl_str name = stl_str_of(a->query->columns[i]);
        bool of_resource = name.len > 1 && name.ptr[0] == '/';
        stl_str text = stl_str_is(name, "self") || stl_str_is(name, "of") ? r->self
                       : of_resource ? walk(a->f, r->node, (stl_str){name.ptr + 1, name.len - 1})
                                     : walk(a->f, node, name);
        a->texts[i] = (settle_text){text.len == 0 ? NULL : text.ptr, text.len};
    }
    return a->each(a->user, a->texts, a->query->n_columns, r->file, node->line);
}

/* The resources of the type, or the elements of an array of theirs. */
static settle_status hand_out_table(asking *a, const resource *r, stl_str path) {
    if (stl_str_empty(path))
        return hand_out(a, r, r->node);
    const stl_json_node *list = stl_json_member(r->node, path);
    for (const stl_json_node *e = stl_json_is(list, STL_JSON_ARRAY) ? list->first : NULL; e != NULL;
         e = e->next)
        TRY(hand_out(a, r, e));
    return SETTLE_OK;
}

static void split(stl_str table, stl_str *type, stl_str *path) {
    const char *dot = memchr(table.ptr, '.', table.len);
    *type = (stl_str){table.ptr, dot == NULL ? table.len : (size_t)(dot - table.ptr)};
    *path = dot == NULL ? STL_STR("") : (stl_str){dot + 1, table.len - type->len - 1};
}

static settle_status rows(const void *messages, const settle_table_query *query,
                          settle_table_row_fn each, void *user, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    stl_str type, path;
    TRY_ALLOC(err, arena);
    asking a = {messages, query, NULL, each, user, err};
    a.texts = stl_arena_alloc(arena, (query->n_columns + 1) * sizeof *a.texts);
    TRY_ALLOC(err, a.texts);
    split(stl_str_of(query->table), &type, &path);
    for (size_t i = 0; i < a.f->n_resources; i++)
        if (stl_str_eq(a.f->resources[i].type, type))
            TRY(hand_out_table(&a, &a.f->resources[i], path));
    return SETTLE_OK;
}

static bool has(const void *messages, stl_str table) {
    const fhir *f = messages;
    stl_str type, path;
    split(table, &type, &path);
    for (size_t i = 0; i < f->n_resources; i++)
        if (stl_str_eq(f->resources[i].type, type) &&
            (stl_str_empty(path) || stl_json_member(f->resources[i].node, path) != NULL))
            return true;
    return false;
}

static bool is_mine(const char *base) {
    const char *dot = strrchr(base, '.');
    return dot != NULL && (strcmp(dot, ".json") == 0 || strcmp(dot, ".ndjson") == 0);
}

const stl_message_format STL_MESSAGES_FHIR = {
    .name = "fhir", .mine = is_mine, .open = open_messages, .has = has, .rows = rows};
