/* SPDX-License-Identifier: Apache-2.0 */
#include "match/match.h"

#include "match/features.h"
#include "match/grams.h"
#include <stdlib.h>

enum {
    NEAREST = 48,   /* names weighed closely */
    SAME_CODE = 24, /* and catalogue items of one code or price-list code */
    SURE_NAME = 940,
    SURE_ITEM = 600,        /* thousandths alike where the name alone decides */
    SURE_PRICED_NAME = 550, /* where the price-list code agrees */
    SURE_BEFORE = 40,       /* points before the second */
};

/* Points that a feature gives or takes; the name gives up to NAME_POINTS. */
enum { NAME_POINTS = 600, ALL_POINTS = 1000 };
static const struct {
    int32_t agrees, differs;
    bool decides; /* what differs here is never sure */
} WEIGHTS[STL_MATCH_N] = {
    [STL_MATCH_CODE] = {250, 0, false},     [STL_MATCH_PRICE_CODE] = {200, -150, true},
    [STL_MATCH_KIND] = {40, -300, true},    [STL_MATCH_FORM] = {60, -150, true},
    [STL_MATCH_MEASURE] = {60, -150, true}, [STL_MATCH_UNIT] = {40, -20, false},
};

struct stl_matcher {
    stl_codes codes;
    stl_day day;
    stl_arena *arena;
    stl_fold_words words, forms, measures, units, kinds;
    stl_str price_prefix; /* what stands in a code before the price-list code; NULL: not said */
    stl_grams *grams;
    stl_facts *facts; /* of the names of codes.rows */
};

static stl_str text_of(const stl_matcher *m, const int64_t *row, size_t column) {
    return stl_index_text(m->codes.catalogue, row[column]);
}

static settle_status read_words(stl_matcher *m, const stl_region *region, stl_error *err) {
    const struct {
        const char *list;
        stl_fold_words *words;
    } LISTS[] = {{"map.word", &m->words},
                 {"map.form", &m->forms},
                 {"map.measure", &m->measures},
                 {"map.unit", &m->units}};
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
        TRY(stl_fold_words_of(region, LISTS[i].list, m->day, m->arena, LISTS[i].words, err));
    TRY(stl_fold_words_of(region, "map.kind", m->day, m->arena, &m->kinds, err));
    m->price_prefix = stl_region_parameter(region, "map", "price-code-prefix", m->day);
    return SETTLE_OK;
}

static settle_status add_name(stl_matcher *m, size_t i, stl_error *err) {
    stl_folded folded, name;
    stl_fold(text_of(m, m->codes.rows[i], STL_CAT_NAME), &folded);
    stl_facts_read(&m->forms, &m->measures, &folded, &m->facts[i]);
    stl_fold_replace(&m->words, &folded, &name);
    return stl_grams_add(m->grams, &name, err);
}

static settle_status fill(stl_matcher *m, const stl_region *region, stl_error *err) {
    TRY_ALLOC(err, m->arena);
    TRY_ALLOC(err, m->grams);
    TRY(read_words(m, region, err));
    TRY(stl_codes_of(region, m->day, m->arena, &m->codes, err));
    m->facts = stl_arena_alloc(m->arena, (m->codes.n + 1) * sizeof *m->facts);
    TRY_ALLOC(err, m->facts);
    for (size_t i = 0; i < m->codes.n; i++)
        TRY(add_name(m, i, err));
    return stl_grams_finish(m->grams, err);
}

settle_status stl_matcher_new(const stl_region *region, stl_day day, stl_matcher **out,
                              stl_error *err) {
    stl_matcher *m = calloc(1, sizeof *m);
    TRY_ALLOC(err, m);
    m->day = day;
    m->arena = stl_arena_new();
    m->grams = stl_grams_new();
    settle_status status = fill(m, region, err);
    if (status != SETTLE_OK)
        stl_matcher_free(m);
    else
        *out = m;
    return status;
}

void stl_matcher_free(stl_matcher *m) {
    if (m == NULL)
        return;
    stl_grams_free(m->grams);
    stl_arena_free(m->arena);
    free(m);
}

/* --- a question ------------------------------------------------------------------------------- */

typedef struct question {
    stl_matcher *m;
    const stl_match_item *item;
    stl_gram_set grams;
    stl_facts facts;
    stl_folded unit;
    char price[32]; /* with which the codes of its price-list item begin */
    bool cut;
} question;

static void ask(stl_matcher *m, const stl_match_item *item, question *q) {
    stl_folded folded, name;
    *q = (question){
        .m = m, .item = item, .cut = stl_codes_may_be_cut(m->codes.catalogue, item->former)};
    stl_fold(item->spec, &folded);
    stl_facts_read(&m->forms, &m->measures, &folded, &q->facts);
    q->facts.form = (stl_str){NULL, 0}; /* a specification names packages, not forms */
    stl_fold(item->name, &folded);
    stl_facts_read(&m->forms, &m->measures, &folded, &q->facts);
    stl_fold_replace(&m->words, &folded, &name);
    stl_grams_of(m->grams, &name, &q->grams);
    stl_fold(item->unit, &folded);
    stl_fold_replace(&m->units, &folded, &q->unit);
    size_t digits = 0, prefix = m->price_prefix.len;
    while (digits < item->price_code.len && item->price_code.ptr[digits] >= '0' &&
           item->price_code.ptr[digits] <= '9')
        digits++;
    if (prefix > 0 && digits > 0 && prefix + digits < sizeof q->price) {
        memcpy(q->price, m->price_prefix.ptr, prefix);
        memcpy(q->price + prefix, item->price_code.ptr, digits);
    }
}

static stl_match_said said_when(bool known, bool same) {
    return !known ? STL_MATCH_SILENT : same ? STL_MATCH_AGREES : STL_MATCH_DIFFERS;
}

static stl_match_said unit_said(const question *q, const int64_t *row) {
    stl_folded folded, unit;
    stl_fold(text_of(q->m, row, STL_CAT_UNIT), &folded);
    stl_fold_replace(&q->m->units, &folded, &unit);
    return said_when(unit.n > 0 && q->unit.n > 0,
                     unit.n == q->unit.n &&
                         memcmp(unit.at, q->unit.at, unit.n * sizeof *unit.at) == 0);
}

static stl_match_said kind_said(const question *q, const int64_t *row) {
    stl_folded type;
    stl_fold(text_of(q->m, row, STL_CAT_LIST_TYPE), &type);
    const stl_fold_word *word = type.n > 0 ? stl_fold_word_at(&q->m->kinds, &type, 0) : NULL;
    return said_when(word != NULL && !stl_str_empty(q->item->kind),
                     word != NULL && stl_str_eq(word->value, q->item->kind));
}

static void weigh(const question *q, uint32_t place, stl_match *out) {
    const int64_t *row = q->m->codes.rows[place];
    const stl_facts *facts = &q->m->facts[place];
    stl_str code = text_of(q->m, row, STL_CAT_CODE);
    stl_gram_overlap overlap = stl_grams_overlap(q->m->grams, &q->grams, place);
    *out = (stl_match){.row = row, .of_item = overlap.of_text, .of_name = overlap.of_name};
    out->cut = q->cut && stl_str_starts(code, q->item->former);
    bool same = stl_str_eq(code, q->item->former) || stl_str_eq(code, q->item->code);
    out->said[STL_MATCH_CODE] = said_when(same || out->cut, true);
    out->said[STL_MATCH_PRICE_CODE] =
        said_when(q->price[0] != '\0', stl_str_starts(code, stl_str_of(q->price)));
    out->said[STL_MATCH_KIND] = kind_said(q, row);
    out->said[STL_MATCH_FORM] = stl_facts_form(&q->facts, facts);
    out->said[STL_MATCH_MEASURE] = stl_facts_measures(&q->facts, facts);
    out->said[STL_MATCH_UNIT] = unit_said(q, row);
    int32_t points = (2 * overlap.of_name + overlap.of_text) * NAME_POINTS / 3000;
    for (size_t i = 0; i < STL_MATCH_N; i++)
        points += out->said[i] == STL_MATCH_AGREES    ? WEIGHTS[i].agrees
                  : out->said[i] == STL_MATCH_DIFFERS ? WEIGHTS[i].differs
                                                      : 0;
    points = points * STL_MATCH_SCORE_MAX / ALL_POINTS;
    out->score = points < 0 ? 0 : points > STL_MATCH_SCORE_MAX ? STL_MATCH_SCORE_MAX : points;
}

static size_t keep_best(const stl_match *match, stl_match *out, size_t n) {
    size_t at = n;
    for (size_t i = 0; i < n; i++)
        if (out[i].row == match->row)
            return n;
    for (; at > 0 && out[at - 1].score < match->score; at--)
        if (at < STL_MATCH_MOST)
            out[at] = out[at - 1];
    if (at < STL_MATCH_MOST)
        out[at] = *match;
    return n < STL_MATCH_MOST ? n + 1 : n;
}

static bool is_sure(const stl_match *first, const stl_match *second) {
    for (size_t i = 0; i < STL_MATCH_N; i++)
        if (WEIGHTS[i].decides && first->said[i] == STL_MATCH_DIFFERS)
            return false;
    if (first->cut || (second != NULL && first->score - second->score < SURE_BEFORE))
        return false;
    if (first->said[STL_MATCH_PRICE_CODE] == STL_MATCH_AGREES)
        return first->of_name >= SURE_PRICED_NAME;
    return first->of_name >= SURE_NAME && first->of_item >= SURE_ITEM;
}

size_t stl_matcher_find(stl_matcher *m, const stl_match_item *item,
                        stl_match out[static STL_MATCH_MOST]) {
    question q;
    uint32_t seen[NEAREST + 3 * SAME_CODE];
    ask(m, item, &q);
    size_t n = stl_grams_nearest(m->grams, &q.grams, seen, NEAREST), kept = 0;
    n = stl_codes_begin(&m->codes, stl_str_of(q.price), seen, n, n + SAME_CODE);
    n = stl_codes_begin(&m->codes, q.cut ? item->former : (stl_str){NULL, 0}, seen, n,
                        n + SAME_CODE);
    n = stl_codes_begin(&m->codes, item->code, seen, n, n + SAME_CODE);
    for (size_t i = 0; i < n; i++) {
        stl_match match;
        weigh(&q, seen[i], &match);
        kept = keep_best(&match, out, kept);
    }
    if (kept > 0)
        out[0].sure = is_sure(&out[0], kept > 1 ? &out[1] : NULL);
    return kept;
}
