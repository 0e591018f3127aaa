/* SPDX-License-Identifier: Apache-2.0 */
/* Verification of a document of 1,000 lines: parsing, signature up to the trust anchor, schema; the
 * library checks counts, links and sums as well. Both verify the same bytes. */
#include "bench/runs.h"

#include "bench/support.h"
#include "bench/workload.h"

#include <time.h>

enum { RUNS = 41, LINES = 1000 };

static void verify_ours(const bench_world *w, const stl_trust *trust, const stl_buf *document,
                        bool signature_only) {
    stl_error err = {0};
    stl_signature_info info;
    const stl_wire_document *read;
    stl_str bytes = {document->ptr, document->len};
    stl_wire_reader *reader = stl_wire_reader_new("bench");
    stl_xml_handler nothing = {0}, content = stl_wire_reader_handler(reader);
    bench_must(stl_sign_verify(bytes, "bench", trust, stl_session_uris(&w->session), time(NULL),
                               signature_only ? &nothing : &content, &info, &err),
               &err);
    if (!signature_only)
        bench_must(stl_wire_reader_finish(reader, &read, &err), &err);
    stl_wire_reader_free(reader);
}

static void compare(bench_world *w, bench_report *r, const stl_trust *trust,
                    const stl_buf *document, bool signature_only, const char *name) {
    int64_t ours[RUNS], theirs[RUNS], ratios[RUNS];
    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_cpu();
        verify_ours(w, trust, document, signature_only);
        int64_t middle = bench_cpu();
        cv_verify(&w->conventional, document->ptr, (int)document->len, signature_only);
        ours[i] = middle - begin;
        theirs[i] = bench_cpu() - middle;
        ratios[i] = theirs[i] * 1000 / ours[i];
    }
    int64_t mine = bench_percentile(ours, RUNS, 50), other = bench_percentile(theirs, RUNS, 50);
    int64_t ratio = bench_percentile(ratios, RUNS, 50);
    printf("| %s | %s | %s | **%s** |\n", name, bench_shown(bench_ms(mine)),
           bench_shown(bench_ms(other)), bench_shown(ratio));
    bench_figure(r, name, bench_ms(mine), "ms");
    char title[96];
    snprintf(title, sizeof title, "times faster: %s", name);
    bench_at_least(r, title, ratio, 3000, "times");
}

void bench_verify(bench_world *w, bench_report *r) {
    SCOPED_BUF document = {0};
    stl_error err = {0};
    stl_trust *trust;
    stl_stay *stay = bench_stay(w->example_stays, LINES);
    bench_submit(w, stay, NULL);
    bench_must(stl_ledger_document(w->session.ledger, stay->head.mdtrt_id, 0, &document, &err),
               &err);
    bench_must(stl_trust_open(w->site->config.trust.ptr, &trust, &err), &err);
    printf("Verifying a document of 1,000 lines, CPU ms\n\n"
           "| | libsettle | xmlsec1 + libxml2 | times faster |\n|---|---:|---:|---:|\n");
    compare(w, r, trust, &document, false, "verify 1000 lines");
    compare(w, r, trust, &document, true, "its signature alone");
    printf("\n");
    fflush(stdout);
    stl_trust_free(trust);
    stl_stay_free(stay);
}
