/* SPDX-License-Identifier: Apache-2.0 */
/* XML Schema part 2, appendix F: regular expressions, parsed straight into an automaton. A counted
 * part is parsed again for each repetition. */
#include "compiler.h"

#include <stdlib.h>
#include <string.h>

typedef struct parser {
    const char *whole, *at;
    nfa *a;
} parser;

typedef struct part {
    uint32_t start, end;
} part;

uint32_t nfa_state_new(nfa *a) {
    if (a->n == a->cap) {
        a->states = grow(a->states, a->cap, a->cap * 2 + 16, sizeof *a->states);
        a->cap = a->cap * 2 + 16;
    }
    return (uint32_t)a->n++;
}

void nfa_edge(nfa *a, uint32_t from, uint32_t to, uint8_t from_byte, uint8_t to_byte, bool empty) {
    nfa_state *s = &a->states[from];
    s->edges = grow(s->edges, s->n, s->n + 1, sizeof *s->edges);
    s->edges[s->n++] = (edge){to, from_byte, to_byte, empty};
}

static void link_parts(parser *p, uint32_t from, uint32_t to) {
    nfa_edge(p->a, from, to, 0, 0, true);
}

_Noreturn static void broken(const parser *p, const char *why) {
    die("pattern %s: %s at \"%s\"", p->whole, why, p->at);
}

static uint32_t take_char(parser *p) {
    unsigned char lead = (unsigned char)*p->at;
    if (lead == 0)
        broken(p, "ends too early");
    int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    uint32_t c = more == 0 ? lead : lead & (0x3Fu >> more);
    for (p->at++; more > 0; more--)
        c = c << 6 | ((unsigned char)*p->at++ & 0x3Fu);
    return c;
}

/* After a backslash: a single character, or a set of them. */
static charset take_escape(parser *p, bool *single) {
    char letter = *p->at++;
    *single = true;
    if (letter == 'n')
        return charset_of('\n', '\n');
    if (letter == 'r')
        return charset_of('\r', '\r');
    if (letter == 't')
        return charset_of('\t', '\t');
    if (letter != 0 && strchr("\\|.-^?*+{}()[]", letter) != NULL)
        return charset_of((uint32_t)letter, (uint32_t)letter);
    *single = false;
    if (letter != 'p' && letter != 'P')
        return charset_escape(letter);
    const char *end = strchr(p->at, '}');
    if (*p->at != '{' || end == NULL)
        broken(p, "category expected");
    charset set = charset_category(strndup(p->at + 1, (size_t)(end - p->at - 1)));
    p->at = end + 1;
    return letter == 'p' ? set : charset_complement(set);
}

static charset take_class_item(parser *p, bool *single) {
    *single = true;
    if (*p->at == '\\') {
        p->at++;
        return take_escape(p, single);
    }
    uint32_t c = take_char(p);
    return charset_of(c, c);
}

/* After "[". */
static charset take_class(parser *p) {
    charset set = {0};
    bool negative = *p->at == '^';
    if (negative)
        p->at++;
    while (*p->at != ']') {
        if (*p->at == '-' && p->at[1] == '[') {
            p->at += 2;
            charset all = negative ? charset_complement(set) : set;
            set = charset_minus(all, take_class(p));
            if (*p->at++ != ']')
                broken(p, "subtraction must be last");
            return set;
        }
        bool single;
        charset item = take_class_item(p, &single);
        if (single && *p->at == '-' && p->at[1] != ']' && p->at[1] != '[') {
            p->at++;
            charset upper = take_class_item(p, &single);
            if (!single || upper.ranges[0].from < item.ranges[0].from)
                broken(p, "range expected");
            item = charset_of(item.ranges[0].from, upper.ranges[0].from);
        }
        set = charset_union(set, item);
    }
    p->at++;
    return negative ? charset_complement(set) : set;
}

static part take_choice(parser *p);

static part part_of(parser *p, charset set) {
    part made = {nfa_state_new(p->a), nfa_state_new(p->a)};
    nfa_charset(p->a, made.start, made.end, set);
    return made;
}

static part take_atom(parser *p) {
    char c = *p->at;
    if (c == '(') {
        p->at++;
        part inner = take_choice(p);
        if (*p->at++ != ')')
            broken(p, ") expected");
        return inner;
    }
    if (c == '[') {
        p->at++;
        return part_of(p, take_class(p));
    }
    if (c == '\\') {
        bool single;
        p->at++;
        return part_of(p, take_escape(p, &single));
    }
    if (c == '.') {
        p->at++;
        return part_of(
            p, charset_complement(charset_union(charset_of('\n', '\n'), charset_of('\r', '\r'))));
    }
    if (strchr("?*+{}]", c) != NULL)
        broken(p, "nothing to repeat");
    uint32_t code = take_char(p);
    return part_of(p, charset_of(code, code));
}

typedef struct quantity {
    unsigned long min, max; /* max ULONG_MAX: without end */
} quantity;

static quantity take_quantity(parser *p) {
    char c = *p->at;
    if (c != 0 && strchr("?*+", c) != NULL) {
        p->at++;
        return (quantity){c == '+', c == '?' ? 1 : (unsigned long)-1};
    }
    if (c != '{')
        return (quantity){1, 1};
    char *end;
    quantity q = {strtoul(p->at + 1, &end, 10), 0};
    q.max = q.min;
    if (*end == ',')
        q.max = end[1] == '}' ? (end++, (unsigned long)-1) : strtoul(end + 1, &end, 10);
    if (*end != '}' || q.max < q.min)
        broken(p, "quantity expected");
    p->at = end + 1;
    return q;
}

/* From `start`, one more copy of the atom whose text begins at `text`. */
static uint32_t append_copy(parser *p, const char *text, uint32_t start) {
    const char *after = p->at;
    p->at = text;
    part copy = take_atom(p);
    p->at = after;
    link_parts(p, start, copy.start);
    return copy.end;
}

static part take_piece(parser *p) {
    const char *text = p->at;
    part skipped = take_atom(p); /* to learn its end; unreachable unless used below */
    quantity q = take_quantity(p);
    if (q.min == 1 && q.max == 1)
        return skipped;
    part made = {nfa_state_new(p->a), 0};
    uint32_t at = made.start;
    for (unsigned long i = 0; i < q.min; i++)
        at = append_copy(p, text, at);
    made.end = nfa_state_new(p->a);
    if (q.max == (unsigned long)-1) {
        uint32_t loop = nfa_state_new(p->a);
        link_parts(p, at, loop);
        link_parts(p, append_copy(p, text, loop), loop);
        at = loop;
    } else {
        for (unsigned long i = q.min; i < q.max; i++) {
            link_parts(p, at, made.end);
            at = append_copy(p, text, at);
        }
    }
    link_parts(p, at, made.end);
    return made;
}

static part take_branch(parser *p) {
    part made = {nfa_state_new(p->a), 0};
    made.end = made.start;
    while (*p->at != 0 && *p->at != '|' && *p->at != ')') {
        part piece = take_piece(p);
        link_parts(p, made.end, piece.start);
        made.end = piece.end;
    }
    return made;
}

static part take_choice(parser *p) {
    part made = {nfa_state_new(p->a), nfa_state_new(p->a)};
    for (;;) {
        part branch = take_branch(p);
        link_parts(p, made.start, branch.start);
        link_parts(p, branch.end, made.end);
        if (*p->at != '|')
            return made;
        p->at++;
    }
}

nfa nfa_of_pattern(const char *pattern) {
    nfa a = {0};
    parser p = {pattern, pattern, &a};
    part whole = take_choice(&p);
    if (*p.at != 0)
        broken(&p, "unexpected");
    a.start = whole.start;
    a.accept = whole.end;
    return a;
}

nfa nfa_of_texts(char *const *texts, size_t n) {
    nfa a = {0};
    a.start = nfa_state_new(&a);
    a.accept = nfa_state_new(&a);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = a.start;
        for (const char *c = texts[i]; *c != 0; c++) {
            uint32_t next = nfa_state_new(&a);
            nfa_edge(&a, at, next, (uint8_t)*c, (uint8_t)*c, false);
            at = next;
        }
        nfa_edge(&a, at, a.accept, 0, 0, true);
    }
    return a;
}
