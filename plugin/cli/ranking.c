/* SPDX-License-Identifier: Apache-2.0 */
#include "render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct ranked {
    yajl_val finding;
    const char *group;
    long long fen, group_fen;
    bool leads;
    size_t place, group_place; /* in the order of rules; of the first of the group */
} ranked;

static int by_group(const void *a, const void *b) {
    return strcmp(((const ranked *)a)->group, ((const ranked *)b)->group);
}

static int by_rank(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->group_fen != y->group_fen)
        return x->group_fen > y->group_fen ? -1 : 1;
    if (x->group_place != y->group_place)
        return x->group_place < y->group_place ? -1 : 1;
    if (x->leads != y->leads)
        return x->leads ? -1 : 1;
    if (x->fen != y->fen)
        return x->fen > y->fen ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static void weigh_groups(ranked *r, size_t n) {
    qsort(r, n, sizeof *r, by_group);
    for (size_t i = 0, end; i < n; i = end) {
        long long most = r[i].fen;
        size_t first = r[i].place;
        for (end = i; end < n && strcmp(r[end].group, r[i].group) == 0; end++) {
            most = r[end].fen > most ? r[end].fen : most;
            first = r[end].place < first ? r[end].place : first;
        }
        for (size_t k = i; k < end; k++) {
            r[k].group_fen = most;
            r[k].group_place = first;
        }
    }
}

yajl_val *ranked_findings(yajl_val result, size_t *out_len) {
    yajl_val findings = tree_array(result, "findings", out_len);
    size_t n = *out_len;
    ranked *r = calloc(n + 1, sizeof *r);
    yajl_val *out = calloc(n + 1, sizeof(yajl_val));
    if (r == NULL || out == NULL) {
        fputs("settle: out of memory\n", stderr);
        exit(9);
    }
    for (size_t i = 0; i < n; i++) {
        yajl_val f = YAJL_GET_ARRAY(findings)->values[i];
        const char *group = tree_text(f, "group");
        r[i] = (ranked){.finding = f,
                        .group = group,
                        .fen = tree_fen(f, "vola_amt"),
                        .leads = strcmp(group, tree_text(f, "finding_id")) == 0,
                        .place = i};
    }
    weigh_groups(r, n);
    qsort(r, n, sizeof *r, by_rank);
    for (size_t i = 0; i < n; i++)
        out[i] = r[i].finding;
    free(r);
    return out;
}
