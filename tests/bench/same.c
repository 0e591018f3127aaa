/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/same.h"

#include "bench/support.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdlib.h>

static void same_lines(const char *what, const uint32_t *a, size_t n, const uint32_t *b, size_t m) {
    if (n != m || (n > 0 && memcmp(a, b, n * sizeof *a) != 0))
        bench_die("%s differ: the comparison would be unfair", what);
}

static void same_findings(const stl_verdict *a, const stl_verdict *b) {
    if (a->n_findings != b->n_findings)
        bench_die("%zu findings and %zu", a->n_findings, b->n_findings);
    for (size_t i = 0; i < a->n_findings; i++) {
        const stl_finding *f = &a->findings[i], *g = &b->findings[i];
        if (strcmp(f->rule_id, g->rule_id) != 0 || f->vola_amt != g->vola_amt)
            bench_die("finding %zu: %s and %s", i, f->rule_id, g->rule_id);
        same_lines("lines of a finding", f->lines, f->n_lines, g->lines, g->n_lines);
        same_lines("lines involved", f->involved, f->n_involved, g->involved, g->n_involved);
    }
}

static void same_amounts(const stl_settlement *a, const stl_settlement *b) {
    if (a->n_lines != b->n_lines || a->n_details != b->n_details ||
        memcmp(&a->info, &b->info, sizeof a->info) != 0)
        bench_die("the amounts of the stay differ");
    for (size_t i = 0; i < a->n_lines; i++) {
        const stl_line_amounts *x = &a->lines[i], *y = &b->lines[i];
        if (x->pric_uplmt_amt != y->pric_uplmt_amt || x->selfpay_prop != y->selfpay_prop ||
            x->det_item_fee_sumamt != y->det_item_fee_sumamt ||
            x->fulamt_ownpay_amt != y->fulamt_ownpay_amt || x->overlmt_amt != y->overlmt_amt ||
            x->preselfpay_amt != y->preselfpay_amt || x->inscp_scp_amt != y->inscp_scp_amt)
            bench_die("the amounts of line %zu differ", i + 1);
    }
    for (size_t i = 0; i < a->n_details; i++)
        if (!stl_str_eq(a->details[i].layer, b->details[i].layer) ||
            a->details[i].fund_payamt != b->details[i].fund_payamt)
            bench_die("the amounts of layer %zu differ", i + 1);
}

static void drop(xmlXPathContextPtr ctx, const char *path) {
    xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST path, ctx);
    if (found == NULL || xmlXPathNodeSetIsEmpty(found->nodesetval))
        bench_die("the document has no %s", path);
    for (int i = 0; i < found->nodesetval->nodeNr; i++) {
        xmlNodePtr node = found->nodesetval->nodeTab[i];
        if (node->type == XML_ATTRIBUTE_NODE) {
            xmlRemoveProp((xmlAttrPtr)node);
        } else {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        }
        found->nodesetval->nodeTab[i] = NULL;
    }
    xmlXPathFreeObject(found);
}

static xmlChar *content_of(const char *bytes, size_t len) {
    xmlDocPtr tree = xmlReadMemory(bytes, (int)len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    if (tree == NULL)
        bench_die("a document does not parse");
    xmlXPathContextPtr ctx = xmlXPathNewContext(tree);
    xmlXPathRegisterNs(ctx, BAD_CAST "s", BAD_CAST STL_WIRE_NS);
    xmlXPathRegisterNs(ctx, BAD_CAST "ds", BAD_CAST "http://www.w3.org/2000/09/xmldsig#");
    drop(ctx, "/s:settlement/ds:Signature");
    drop(ctx, "/s:settlement/s:envelope/@msgid");
    drop(ctx, "/s:settlement/s:envelope/@inf_time");
    xmlXPathFreeContext(ctx);
    xmlChar *canonical = NULL;
    if (xmlC14NDocDumpMemory(tree, NULL, XML_C14N_EXCLUSIVE_1_0, NULL, 0, &canonical) < 0)
        bench_die("a document cannot be canonicalised");
    xmlFreeDoc(tree);
    return canonical;
}

static void same_documents(const stl_buf *ours, const cv_result *theirs) {
    xmlChar *a = content_of(ours->ptr, ours->len);
    xmlChar *b = content_of((const char *)theirs->bytes, (size_t)theirs->len);
    for (size_t i = 0;; i++) {
        if (a[i] != b[i])
            bench_die("the documents differ at \"%.60s\" and \"%.60s\"", a + (i < 30 ? 0 : i - 30),
                      b + (i < 30 ? 0 : i - 30));
        if (a[i] == '\0')
            break;
    }
    xmlFree(a);
    xmlFree(b);
}

size_t bench_assert_same(bench_world *w, const stl_stay *stay) {
    SCOPED_ARENA *arena = stl_arena_new(), *other = stl_arena_new();
    SCOPED_BUF document = {0};
    stl_error err = {0};
    stl_judgement judgement;
    stl_receipt receipt;
    cv_result theirs;
    stl_config const *config = &w->site->config;
    stl_envelope envelope = {.msgid = STL_STR("H99990100001202501010000000001"),
                             .infver = STL_STR("1.0"),
                             .fixmedins_code = config->fixmedins_code,
                             .fixmedins_name = config->fixmedins_name,
                             .opter = w->session.opter,
                             .opter_name = w->session.opter_name,
                             .opter_type = config->opter_type,
                             .inf_time = stay->head.endtime,
                             .software = STL_STR("libsettle " STL_VERSION)};
    bench_must(stl_flow_submit(&w->session, stay, arena, &judgement, &receipt, &err), &err);
    cv_settle(&w->conventional, stay, &envelope, other, &theirs);
    same_findings(&judgement.verdict, &theirs.verdict);
    same_amounts(&judgement.settlement, &theirs.settlement);
    if (!receipt.stops) {
        bench_must(stl_ledger_document(w->session.ledger, stay->head.mdtrt_id, 0, &document, &err),
                   &err);
        same_documents(&document, &theirs);
    }
    cv_result_free(&theirs);
    return document.len;
}
