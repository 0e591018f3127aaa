/* SPDX-License-Identifier: Apache-2.0 */
/* libxmlsec1: the library's profile, signed and verified over the tree. */
#include "bench/conventional/conventional.h"

#include "bench/support.h"

#include <libxml/parser.h>
#include <xmlsec/crypto.h>
#include <xmlsec/templates.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmltree.h>

static void add_template(xmlDocPtr tree) {
    xmlNodePtr signature = xmlSecTmplSignatureCreateNsPref(
        tree, xmlSecTransformExclC14NId, xmlSecTransformEcdsaSha256Id, NULL, BAD_CAST "ds");
    xmlAddChild(xmlDocGetRootElement(tree), signature);
    xmlNodePtr reference = xmlSecTmplSignatureAddReference(signature, xmlSecTransformSha256Id, NULL,
                                                           BAD_CAST "", NULL);
    xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId);
    xmlSecTmplReferenceAddTransform(reference, xmlSecTransformExclC14NId);
    xmlNodePtr info = xmlSecTmplSignatureEnsureKeyInfo(signature, NULL);
    if (xmlSecTmplX509DataAddCertificate(xmlSecTmplKeyInfoAddX509Data(info)) == NULL)
        bench_die("the signature template failed");
}

static xmlNodePtr signature_of(xmlDocPtr tree) {
    xmlNodePtr node =
        xmlSecFindChild(xmlDocGetRootElement(tree), xmlSecNodeSignature, xmlSecDSigNs);
    if (node == NULL)
        bench_die("no signature");
    return node;
}

void cv_sign(cv_program *p, xmlDocPtr tree) {
    add_template(tree);
    xmlSecDSigCtxPtr ctx = xmlSecDSigCtxCreate(NULL);
    if (ctx == NULL || (ctx->signKey = xmlSecKeyDuplicate(p->private_key)) == NULL ||
        xmlSecDSigCtxSign(ctx, signature_of(tree)) < 0)
        bench_die("xmlSecDSigCtxSign failed");
    xmlSecDSigCtxDestroy(ctx);
}

static void verify(xmlSecKeysMngrPtr anchors, xmlSecKeyPtr key, xmlDocPtr tree) {
    xmlSecDSigCtxPtr ctx = xmlSecDSigCtxCreate(anchors);
    if (ctx == NULL)
        bench_die("xmlSecDSigCtxCreate failed");
    if (key != NULL)
        ctx->signKey = xmlSecKeyDuplicate(key);
    if (xmlSecDSigCtxVerify(ctx, signature_of(tree)) < 0 ||
        ctx->status != xmlSecDSigStatusSucceeded)
        bench_die("xmlSecDSigCtxVerify failed");
    xmlSecDSigCtxDestroy(ctx);
}

static xmlDocPtr parse(const char *bytes, int len) {
    xmlDocPtr tree = xmlReadMemory(bytes, len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    if (tree == NULL)
        bench_die("xmlReadMemory failed");
    return tree;
}

/* What was just signed and stored: with the certificate's key, no chain. */
void cv_verify_own(cv_program *p, const char *bytes, int len) {
    xmlDocPtr tree = parse(bytes, len);
    verify(NULL, p->public_key, tree);
    xmlFreeDoc(tree);
}

void cv_verify(cv_program *p, const char *bytes, int len, bool signature_only) {
    xmlDocPtr tree = parse(bytes, len);
    verify(p->anchors, NULL, tree);
    if (!signature_only)
        cv_validate(p, tree);
    xmlFreeDoc(tree);
}
