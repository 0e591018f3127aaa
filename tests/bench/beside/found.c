/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/beside/beside.h"

#include "bench/support.h"

#include <stdlib.h>

/* "V12" and a line. */
void bs_found_add(bs_found *found, const char *rule_id, uint32_t line) {
    if (found->count == found->cap) {
        found->cap = found->cap == 0 ? 64 : found->cap * 2;
        found->at = realloc(found->at, found->cap * sizeof *found->at);
        if (found->at == NULL)
            bench_die("no memory");
    }
    uint64_t rule = (uint64_t)rule_id[0] << 16 | strtoul(rule_id + 1, NULL, 10);
    found->at[found->count++] = rule << 32 | line;
}

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void bs_found_finish(bs_found *found) {
    size_t kept = 0;
    if (found->count > 0)
        qsort(found->at, found->count, sizeof *found->at, by_number);
    for (size_t i = 0; i < found->count; i++)
        if (i == 0 || found->at[i] != found->at[i - 1])
            found->at[kept++] = found->at[i];
    found->count = kept;
}

void bs_found_free(bs_found *found) {
    free(found->at);
    *found = (bs_found){0};
}

static bool same(const bs_found *a, const bs_found *b) {
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->at, b->at, a->count * sizeof *a->at) == 0);
}

size_t bs_first_other(const bench_world *w, const bs_stays *stays, bs_side *side) {
    bs_found ours = {0}, theirs = {0};
    size_t i = 0;
    for (; i < stays->n; i++) {
        bs_ours(w, stays->at[i], &ours);
        side->check(side, i, &theirs);
        if (!same(&ours, &theirs))
            break;
    }
    bs_found_free(&ours);
    bs_found_free(&theirs);
    return i;
}

char *bs_read_file(const char *path) {
    char *text = NULL;
    size_t cap = 0;
    FILE *in = fopen(path, "r");
    if (in == NULL || getdelim(&text, &cap, '\0', in) <= 0)
        bench_die("%s cannot be read", path);
    fclose(in);
    return text;
}
