/* SPDX-License-Identifier: Apache-2.0 */
/* Figures: markdown for people on stdout, one tab-separated line each for programs, and targets. */
#ifndef TESTS_BENCH_REPORT_H
#define TESTS_BENCH_REPORT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct bench_report {
    FILE *figures; /* "name \t value \t unit" */
    FILE *targets; /* markdown rows, printed at the end */
    char *target_rows;
    size_t target_len;
    int missed;
} bench_report;

void bench_report_open(bench_report *r, const char *path);
/* Prints the table of targets; answers how many were missed. */
int bench_report_close(bench_report *r);

/* Machine, compiler, date. */
void bench_report_machine(void);

/* A value in thousandths of its unit: 1500 "ms" is 1.5 ms. */
void bench_figure(bench_report *r, const char *name, int64_t thousandths, const char *unit);
/* The figure must be at least, or at most, the bound (both in thousandths). */
void bench_at_least(bench_report *r, const char *name, int64_t thousandths, int64_t bound,
                    const char *unit);
void bench_at_most(bench_report *r, const char *name, int64_t thousandths, int64_t bound,
                   const char *unit);

/* "12.34" of a value in thousandths; one of eight rooms, used in turn. */
const char *bench_shown(int64_t thousandths);
static inline int64_t bench_ms(int64_t ns) { /* thousandths of a millisecond */
    return ns / 1000;
}

#endif
