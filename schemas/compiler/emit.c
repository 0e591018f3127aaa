/* SPDX-License-Identifier: Apache-2.0 */
/* Types as C tables of libsettle/wire/facet.h. */
#include "compiler.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Groups bytes that every state treats alike; returns their number. */
static unsigned byte_classes(const dfa *a, uint8_t of[256]) {
    unsigned n = 0;
    uint8_t first[256];
    for (unsigned c = 0; c < 256; c++) {
        unsigned k = 0;
        for (; k < n; k++) {
            size_t s = 1;
            while (s < a->n && a->next[s][c] == a->next[s][first[k]])
                s++;
            if (s == a->n)
                break;
        }
        if (k == n)
            first[n++] = (uint8_t)c;
        of[c] = (uint8_t)k;
    }
    return n;
}

static void emit_numbers(FILE *out, const char *kind, const char *name, size_t id,
                         const uint32_t *values, size_t n) {
    fprintf(out, "static const %s %s_%zu[] = {", kind, name, id);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%s%" PRIu32, i == 0 ? "" : i % 24 == 0 ? ",\n    " : ",", values[i]);
    fputs("};\n", out);
}

/* A row a state: where each class of bytes leads (as offset of that row), then whether it accepts.
 */
static void emit_dfa(FILE *out, const type *t) {
    uint8_t of[256];
    unsigned n_classes = byte_classes(&t->dfa, of), width = n_classes + 1;
    if (t->dfa.n * width > UINT16_MAX)
        die("%s:%s: the automaton is too large (%zu states)", t->schema, t->name, t->dfa.n);
    uint32_t classes[256], first[256];
    for (unsigned c = 256; c-- > 0;) {
        classes[c] = of[c];
        first[of[c]] = c;
    }
    emit_numbers(out, "uint8_t", "classes", t->id, classes, 256);
    uint32_t *rows = grow(NULL, 0, t->dfa.n * width, sizeof *rows);
    for (size_t s = 0; s < t->dfa.n; s++) {
        for (unsigned k = 0; k < n_classes; k++)
            rows[s * width + k] = t->dfa.next[s][first[k]] * width;
        rows[s * width + n_classes] = t->dfa.accept[s];
    }
    emit_numbers(out, "uint16_t", "rows", t->id, rows, t->dfa.n * width);
    fprintf(out, "static const stl_dfa dfa_%zu = {classes_%zu, rows_%zu, %u, %u};\n", t->id, t->id,
            t->id, width, n_classes);
}

static void emit_run(FILE *out, const type *t) {
    uint32_t set[256];
    for (unsigned c = 0; c < 256; c++)
        set[c] = !t->run.set[c];
    emit_numbers(out, "uint8_t", "outside", t->id, set, 256);
}

/* --- numbers as scaled integers -------------------------------------------------------------- */

static bool accepts_scaled(const type *t, int64_t value) {
    char text[64];
    size_t at = sizeof text - 1;
    uint64_t rest = value < 0 ? (uint64_t)-value : (uint64_t)value;
    text[at] = 0;
    for (long place = 0; rest > 0 || place <= t->fraction_digits; place++, rest /= 10) {
        if (place == t->fraction_digits && place > 0)
            text[--at] = '.';
        text[--at] = (char)('0' + rest % 10);
    }
    if (value < 0)
        text[--at] = '-';
    return dfa_accepts(&t->dfa, text + at);
}

/* A bound in units of the last decimal; false when it is too long for one. */
static bool scaled(const char *text, long scale, int64_t *out) {
    const char *at = text + (*text == '-');
    int64_t value = 0;
    long decimals = -1;
    for (; *at != 0; at++) {
        if (*at == '.') {
            decimals = 0;
            continue;
        }
        if (value > INT64_MAX / 100)
            return false;
        value = value * 10 + (*at - '0');
        decimals += decimals >= 0;
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < scale; decimals++) {
        if (value > INT64_MAX / 100)
            return false;
        value *= 10;
    }
    *out = *text == '-' ? -value : value;
    return decimals == scale;
}

/* The widest [low, high] whose canonical spellings the type accepts at powers of ten. */
static bool scaled_range(const type *t, int64_t *low, int64_t *high) {
    if (!t->number || t->fraction_digits < 0 || t->fraction_digits > 16 || !t->has_dfa ||
        t->min_open || t->max_open)
        return false;
    int64_t most = 1;
    for (long i = 0; i < (t->total_digits < 0 || t->total_digits > 16 ? 16 : t->total_digits); i++)
        most *= 10;
    int64_t bound;
    *high = most - 1;
    if (t->max != NULL && scaled(t->max, t->fraction_digits, &bound) && bound < *high)
        *high = bound;
    while (*high > 0 && !accepts_scaled(t, *high))
        *high /= 10;
    *low = accepts_scaled(t, -1) ? -*high : accepts_scaled(t, 0) ? 0 : 1;
    if (t->min != NULL && scaled(t->min, t->fraction_digits, &bound) && bound > *low)
        *low = bound;
    return accepts_scaled(t, *low) && accepts_scaled(t, *high) &&
           (*low > 0 || *high < 0 || accepts_scaled(t, 0));
}

/* --- types ----------------------------------------------------------------------------------- */

static void emit_bound(FILE *out, const char *field, const char *text, bool open) {
    if (text == NULL)
        return;
    fprintf(out, " .%s = \"%s\",", field, text);
    if (open)
        fprintf(out, " .%s_open = true,", field);
}

static size_t larger(size_t a, long b) {
    return b > 0 && (size_t)b > a ? (size_t)b : a;
}

static size_t smaller(size_t a, long b) {
    return b >= 0 && (size_t)b < a ? (size_t)b : a;
}

static void emit_type(FILE *out, const type *t) {
    static const char *const VARIETY[] = {"TEXT", "RUN", "DFA", "LIST", "UNION"};
    static const char *const SPACE[] = {"PRESERVE", "REPLACE", "COLLAPSE"};
    bool run = t->variety == VARIETY_RUN;
    size_t least = larger(run ? t->run.min : 0, t->min_len);
    size_t most = smaller(run ? t->run.max : SIZE_MAX, t->max_len);
    fprintf(out, "    [%zu] = {\"%s\", \"%s\", %" PRIu32 ", STL_VARIETY_%s, STL_SPACE_%s,", t->id,
            t->schema, t->name, t->ordinal == SIZE_MAX ? UINT32_MAX : (uint32_t)t->ordinal,
            VARIETY[t->variety], SPACE[t->space]);
    fprintf(out, " .min_len = %zu, .max_len = %" PRIu32 ",", least,
            most > UINT32_MAX ? UINT32_MAX : (uint32_t)most);
    fprintf(out, " .number = %d, .total_digits = %ld, .fraction_digits = %ld,", t->number,
            t->total_digits, t->fraction_digits);
    emit_bound(out, "min", t->min, t->min_open);
    emit_bound(out, "max", t->max, t->max_open);
    int64_t low, high;
    if (scaled_range(t, &low, &high))
        fprintf(out, " .scaled = true, .low = %" PRId64 ", .high = %" PRId64 ",", low, high);
    if (run)
        fprintf(out, " .outside = outside_%zu,", t->id);
    if (t->variety == VARIETY_DFA)
        fprintf(out, " .dfa = &dfa_%zu,", t->id);
    if (t->item != NULL)
        fprintf(out, " .item = &STL_SIMPLE_TYPES[%zu],", t->item->id);
    if (t->n_members > 0)
        fprintf(out, " .members = members_%zu, .n_members = %zu,", t->id, t->n_members);
    fputs("},\n", out);
}

static void emit_members(FILE *out, const type *t) {
    fprintf(out, "static const stl_simple_type *const members_%zu[] = {", t->id);
    for (size_t i = 0; i < t->n_members; i++)
        fprintf(out, "&STL_SIMPLE_TYPES[%zu], ", t->members[i]->id);
    fputs("};\n", out);
}

void emit_types(FILE *out, const type_table *table) {
    for (size_t i = 0; i < table->n; i++) {
        const type *t = table->types[i];
        if (t->variety == VARIETY_DFA)
            emit_dfa(out, t);
        if (t->variety == VARIETY_RUN)
            emit_run(out, t);
        if (t->variety == VARIETY_UNION)
            emit_members(out, t);
    }
    fprintf(out, "const size_t STL_N_SIMPLE_TYPES = %zu;\n", table->n);
    fprintf(out, "const stl_simple_type STL_SIMPLE_TYPES[] = {\n");
    for (size_t i = 0; i < table->n; i++)
        emit_type(out, table->types[i]);
    fputs("};\n", out);
}
