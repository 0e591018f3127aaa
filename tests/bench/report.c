/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/report.h"

#include "bench/support.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const char *bench_shown(int64_t thousandths) {
    static char rooms[8][32];
    static unsigned next;
    char *room = rooms[next++ % 8];
    int64_t hundredths = (thousandths + 5) / 10;
    snprintf(room, sizeof rooms[0], "%lld.%02lld", (long long)(hundredths / 100),
             (long long)(hundredths % 100));
    return room;
}

void bench_report_open(bench_report *r, const char *path) {
    *r = (bench_report){.figures = fopen(path, "w")};
    if (r->figures == NULL)
        bench_die("%s cannot be written", path);
    r->targets = open_memstream(&r->target_rows, &r->target_len);
}

int bench_report_close(bench_report *r) {
    fclose(r->figures);
    fclose(r->targets);
    printf("| target | measured | bound | |\n|---|---:|---:|---|\n%s\n", r->target_rows);
    free(r->target_rows);
    return r->missed;
}

static void print_cpu(void) {
    char line[256], model[256] = "unknown";
    FILE *info = fopen("/proc/cpuinfo", "r");
    while (info != NULL && fgets(line, sizeof line, info) != NULL)
        if (strncmp(line, "model name", 10) == 0 && strchr(line, ':') != NULL)
            snprintf(model, sizeof model, "%.*s", (int)strcspn(strchr(line, ':') + 2, "\n"),
                     strchr(line, ':') + 2);
    if (info != NULL)
        fclose(info);
    printf("%s, %ld cores", model, sysconf(_SC_NPROCESSORS_ONLN));
}

void bench_report_machine(void) {
    char date[32];
    double load = 0; /* figures of a busy machine are those of its queue */
    time_t now = time(NULL);
    getloadavg(&load, 1);
    strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
    print_cpu();
    printf("; %s; SQLite %s; %s; load average %.1f\n\n",
#ifdef __clang__
           "clang " __clang_version__,
#else
           "gcc " __VERSION__,
#endif
           sqlite3_libversion(), date, load);
}

void bench_figure(bench_report *r, const char *name, int64_t thousandths, const char *unit) {
    fprintf(r->figures, "%s\t%lld.%03lld\t%s\n", name, (long long)(thousandths / 1000),
            (long long)(thousandths % 1000), unit);
}

static void target(bench_report *r, const char *name, int64_t thousandths, const char *sign,
                   int64_t bound, const char *unit, bool reached) {
    bench_figure(r, name, thousandths, unit);
    fprintf(r->targets, "| %s | %s %s | %s %s %s | %s |\n", name, bench_shown(thousandths), unit,
            sign, bench_shown(bound), unit, reached ? "reached" : "**missed**");
    r->missed += !reached;
}

void bench_at_least(bench_report *r, const char *name, int64_t thousandths, int64_t bound,
                    const char *unit) {
    target(r, name, thousandths, "≥", bound, unit, thousandths >= bound);
}

void bench_at_most(bench_report *r, const char *name, int64_t thousandths, int64_t bound,
                   const char *unit) {
    target(r, name, thousandths, "≤", bound, unit, thousandths <= bound);
}
