/* SPDX-License-Identifier: Apache-2.0 */
/* xs:simpleType by restriction, list and union. */
#include "compiler.h"

#include <stdlib.h>
#include <string.h>

static type *add_type(type_table *table) {
    table->types = grow(table->types, table->n, table->n + 1, sizeof *table->types);
    type *t = grow(NULL, 0, 1, sizeof *t);
    *t = (type){.min_len = -1, .max_len = -1, .total_digits = -1, .fraction_digits = -1};
    t->id = table->n;
    table->types[table->n++] = t;
    return t;
}

static void narrow(type *t, dfa step) {
    t->dfa = t->has_dfa ? dfa_intersect(&t->dfa, &step) : step;
    t->has_dfa = true;
}

static void narrow_by_pattern(type *t, const char *pattern) {
    nfa a = nfa_of_pattern(pattern);
    narrow(t, dfa_of(&a));
}

/* The cheapest form that says the same. Where blanks are normalised away, a run must not read any.
 */
static void choose_variety(type *t) {
    if (!t->has_dfa) {
        t->variety = VARIETY_TEXT;
        return;
    }
    bool run = !t->number && dfa_is_run(&t->dfa, &t->run);
    if (run && t->space != SPACE_PRESERVE)
        run = !t->run.set[' '] && !t->run.set['\t'] && !t->run.set['\n'] && !t->run.set['\r'];
    t->variety = run ? VARIETY_RUN : VARIETY_DFA;
}

static type *builtin_type(type_table *table, schema *s, const xmlNode *at, const char *name) {
    for (size_t i = 0; i < table->n; i++)
        if (table->types[i]->ordinal == SIZE_MAX && strcmp(table->types[i]->name, name) == 0)
            return table->types[i];
    const builtin *b = builtin_find(name);
    if (b == NULL)
        die_at(s, at, "type that cannot be compiled", name);
    type *item = b->item == NULL ? NULL : builtin_type(table, s, at, b->item);
    type *t = add_type(table);
    t->schema = "xs";
    t->name = b->name;
    t->ordinal = SIZE_MAX;
    t->space = b->space;
    t->number = b->number;
    t->fraction_digits = b->fraction_digits;
    t->min = b->min;
    t->max = b->max;
    if (b->pattern != NULL)
        narrow_by_pattern(t, b->pattern);
    choose_variety(t);
    if (item != NULL) {
        t->variety = VARIETY_LIST;
        t->item = item;
        t->min_len = 1;
    }
    return t;
}

/* --- facets ---------------------------------------------------------------------------------- */

static char *collapsed(const char *text) {
    char *out = strdup(text), *to = out;
    for (const char *at = text; *at != 0; at++) {
        bool blank = strchr(" \t\r\n", *at) != NULL;
        if (!blank)
            *to++ = *at;
        else if (to != out && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to != out && to[-1] == ' ')
        to--;
    *to = 0;
    return out;
}

/* All spellings of one number: sign, zeros before and behind. */
static char *number_pattern(schema *s, const xmlNode *at, const char *text) {
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    text += strspn(text, "0");
    size_t whole = strspn(text, "0123456789");
    const char *fraction = text[whole] == '.' ? text + whole + 1 : "";
    size_t digits = strspn(fraction, "0123456789");
    if (fraction[digits] != 0 || (text[whole] != 0 && text[whole] != '.'))
        die_at(s, at, "no number", text);
    while (digits > 0 && fraction[digits - 1] == '0')
        digits--;
    const char *sign = whole + digits == 0 ? "[+\\-]?" : negative ? "-" : "\\+?";
    char *out;
    if (asprintf(&out, digits > 0 ? "%s0*%.*s\\.%.*s0*" : "%s0*%.*s%.*s(\\.0*)?", sign, (int)whole,
                 text, (int)digits, fraction) < 0)
        die("out of memory");
    return out;
}

static char *alternatives(schema *s, const type *t, const xmlNode *restriction, const char *facet) {
    char *all = NULL;
    for (const xmlNode *at = restriction->children; at != NULL; at = at->next) {
        if (!is_xsd(at, facet))
            continue;
        const char *value = attr_of(at, "value");
        if (t->number && strcmp(facet, "enumeration") == 0)
            value = number_pattern(s, at, value);
        char *more;
        if (asprintf(&more, "%s%s(%s)", all == NULL ? "" : all, all == NULL ? "" : "|", value) < 0)
            die("out of memory");
        all = more;
    }
    return all;
}

static void apply_enumeration(schema *s, type *t, const xmlNode *restriction) {
    if (first_child(restriction, "enumeration") == NULL)
        return;
    if (t->number) {
        narrow_by_pattern(t, alternatives(s, t, restriction, "enumeration"));
        return;
    }
    char **texts = NULL;
    size_t n = 0;
    for (const xmlNode *at = restriction->children; at != NULL; at = at->next) {
        if (!is_xsd(at, "enumeration"))
            continue;
        const char *value = attr_of(at, "value");
        texts = grow(texts, n, n + 1, sizeof *texts);
        texts[n++] = t->space == SPACE_COLLAPSE ? collapsed(value) : strdup(value);
    }
    nfa a = nfa_of_texts(texts, n);
    narrow(t, dfa_of(&a));
}

static bool apply_length(type *t, const char *facet, const char *value) {
    long n = strtol(value, NULL, 10);
    bool exact = strcmp(facet, "length") == 0;
    if (exact || strcmp(facet, "minLength") == 0)
        t->min_len = n;
    if (exact || strcmp(facet, "maxLength") == 0)
        t->max_len = n;
    return exact || strcmp(facet, "minLength") == 0 || strcmp(facet, "maxLength") == 0;
}

static bool apply_number(type *t, const char *facet, const char *value) {
    if (strcmp(facet, "totalDigits") == 0)
        t->total_digits = strtol(value, NULL, 10);
    else if (strcmp(facet, "fractionDigits") == 0)
        t->fraction_digits = strtol(value, NULL, 10);
    else if (strncmp(facet, "min", 3) == 0 && t->number) {
        t->min = collapsed(value);
        t->min_open = strcmp(facet, "minExclusive") == 0;
    } else if (strncmp(facet, "max", 3) == 0 && t->number) {
        t->max = collapsed(value);
        t->max_open = strcmp(facet, "maxExclusive") == 0;
    } else
        return false;
    return true;
}

static void apply_facet(schema *s, type *t, const xmlNode *facet) {
    const char *name = (const char *)facet->name, *value = attr_of(facet, "value");
    if (strcmp(name, "whiteSpace") == 0) {
        t->space = strcmp(value, "collapse") == 0  ? SPACE_COLLAPSE
                   : strcmp(value, "replace") == 0 ? SPACE_REPLACE
                                                   : SPACE_PRESERVE;
        return;
    }
    if (strcmp(name, "pattern") == 0 || strcmp(name, "enumeration") == 0 ||
        strcmp(name, "simpleType") == 0 || strcmp(name, "annotation") == 0)
        return; /* taken together elsewhere */
    if (!apply_length(t, name, value) && !apply_number(t, name, value))
        die_at(s, facet, "facet that cannot be compiled", name);
}

static void compile_restriction(type_table *table, schema *s, type *t, const xmlNode *restriction) {
    const char *base_name = attr_of(restriction, "base");
    type *base = base_name != NULL
                     ? types_find(table, s, restriction, base_name)
                     : types_of_node(table, s, first_child(restriction, "simpleType"));
    type identity = *t;
    *t = *base;
    t->schema = identity.schema;
    t->name = identity.name;
    t->ordinal = identity.ordinal;
    t->id = identity.id;
    t->node = identity.node;
    for (const xmlNode *at = restriction->children; at != NULL; at = at->next)
        if (is_xsd(at, NULL))
            apply_facet(s, t, at);
    char *patterns = alternatives(s, t, restriction, "pattern");
    bool listed = first_child(restriction, "enumeration") != NULL;
    if (t->variety == VARIETY_LIST || t->variety == VARIETY_UNION) {
        if (patterns != NULL || listed)
            die_at(s, restriction, "facet that cannot be compiled", "of a list or union");
        return;
    }
    if (patterns != NULL)
        narrow_by_pattern(t, patterns);
    apply_enumeration(s, t, restriction);
    choose_variety(t);
}

static void add_member(type *t, type *member) {
    t->members = grow(t->members, t->n_members, t->n_members + 1, sizeof *t->members);
    t->members[t->n_members++] = member;
}

static void compile_union(type_table *table, schema *s, type *t, const xmlNode *node) {
    t->variety = VARIETY_UNION;
    char *names =
        attr_of(node, "memberTypes") == NULL ? strdup("") : collapsed(attr_of(node, "memberTypes"));
    for (char *rest = NULL, *name = strtok_r(names, " ", &rest); name != NULL;
         name = strtok_r(NULL, " ", &rest))
        add_member(t, types_find(table, s, node, name));
    for (const xmlNode *at = node->children; at != NULL; at = at->next)
        if (is_xsd(at, "simpleType"))
            add_member(t, types_of_node(table, s, at));
}

static void compile_list(type_table *table, schema *s, type *t, const xmlNode *node) {
    const char *item = attr_of(node, "itemType");
    t->variety = VARIETY_LIST;
    t->space = SPACE_COLLAPSE;
    t->item = item != NULL ? types_find(table, s, node, item)
                           : types_of_node(table, s, first_child(node, "simpleType"));
}

/* --- finding --------------------------------------------------------------------------------- */

static size_t ordinal_of(const xmlNode *at, const xmlNode *wanted, size_t *n) {
    for (; at != NULL; at = at->next) {
        if (is_xsd(at, "simpleType")) {
            if (at == wanted)
                return *n;
            ++*n;
        }
        size_t found = ordinal_of(at->children, wanted, n);
        if (found != SIZE_MAX)
            return found;
    }
    return SIZE_MAX;
}

type *types_of_node(type_table *table, schema *s, const xmlNode *node) {
    for (size_t i = 0; i < table->n; i++)
        if (table->types[i]->node == node)
            return table->types[i];
    const char *name = attr_of(node, "name");
    type made = {.schema = s->name,
                 .name = name == NULL ? "" : name,
                 .node = node,
                 .min_len = -1,
                 .max_len = -1,
                 .total_digits = -1,
                 .fraction_digits = -1};
    size_t n = 0;
    made.ordinal = ordinal_of(s->root, node, &n);
    const xmlNode *how;
    if ((how = first_child(node, "restriction")) != NULL)
        compile_restriction(table, s, &made, how);
    else if ((how = first_child(node, "list")) != NULL)
        compile_list(table, s, &made, how);
    else if ((how = first_child(node, "union")) != NULL)
        compile_union(table, s, &made, how);
    else
        die_at(s, node, "simpleType", "without restriction, list or union");
    type *t = add_type(table);
    made.id = t->id;
    *t = made;
    return t;
}

type *types_find(type_table *table, schema *s, const xmlNode *at, const char *qname) {
    const char *colon = strchr(qname, ':');
    char *prefix = colon == NULL ? NULL : strndup(qname, (size_t)(colon - qname));
    const char *local = colon == NULL ? qname : colon + 1;
    xmlNs *ns = xmlSearchNs(s->doc, (xmlNode *)at, (const xmlChar *)prefix);
    if (ns != NULL && strcmp((const char *)ns->href, "http://www.w3.org/2001/XMLSchema") == 0)
        return builtin_type(table, s, at, local);
    for (const xmlNode *node = s->root->children; node != NULL; node = node->next)
        if (is_xsd(node, "simpleType") && strcmp(attr_of(node, "name"), local) == 0)
            return types_of_node(table, s, node);
    die_at(s, at, "unknown type", qname);
}

static void compile_all(type_table *table, schema *s, const xmlNode *at) {
    for (; at != NULL; at = at->next) {
        if (is_xsd(at, "simpleType"))
            types_of_node(table, s, at);
        compile_all(table, s, at->children);
    }
}

void types_compile(type_table *table, schema *s) {
    compile_all(table, s, s->root->children);
}
