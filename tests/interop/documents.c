/* SPDX-License-Identifier: Apache-2.0 */
/* documents make ALG DIR FROM   keys, doc.xml (awkward content) and long.xml (1,000 lines) in DIR
 * documents verify DIR TIME FILE   says "valid" or the status; exit 0 or 1 */
#include "sign/sign.h"
#include "xml/writer.h"

#include <stdio.h>
#include <stdlib.h>

static const stl_sign_uris URIS = {
    .sm2_sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3", 51},
    .sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm3", 47},
};

static void must(settle_status status, const stl_error *err) {
    char text[512];
    if (status == SETTLE_OK)
        return;
    stl_error_render(err, SETTLE_LANG_EN, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    exit(2);
}

static void write_line(stl_xml_writer *w, int n) {
    char serial[16];
    snprintf(serial, sizeof serial, "%08d", n);
    STL_XML_OPEN(w, "line");
    STL_XML_ATTR(w, "cnt", STL_STR("1.0000"));
    STL_XML_ATTR(w, "feedetl_sn", stl_str_of(serial));
    STL_XML_ATTR(w, "medins_list_name", STL_STR("床位费 <A&B> \"特需\"\t换行\n回车\r>"));
    STL_XML_ATTR(w, "pric", STL_STR("25.000000"));
    stl_xml_text(w, STL_STR("备注 <A&B> \"特需\"\t换行\n回车\r> 𠀀"));
    stl_xml_close(w);
}

static void make_document(stl_signer *signer, int lines, const char *dir, const char *name) {
    stl_xml_writer w;
    stl_error err = {0};
    stl_buf doc = {0};
    unsigned char digest[STL_DIGEST_LEN];
    char path[512];
    stl_digest *hash = stl_digest_new(stl_signer_digest_kind(signer));
    if (hash == NULL || !stl_digest_reset(hash))
        exit(2);
    stl_xml_writer_begin(&w, &doc, hash, 0);
    STL_XML_OPEN(&w, "settlement");
    STL_XML_ATTR(&w, "xmlns", STL_STR("urn:libsettle:settlement:1.0"));
    STL_XML_ATTR(&w, "msgid", STL_STR("H99990100001202503121020000001"));
    for (int i = 0; i < lines; i++)
        write_line(&w, i);
    must(stl_xml_writer_digest(&w, digest, &err), &err);
    must(stl_signer_append(signer, digest, &doc, &err), &err);
    stl_buf_text(&doc, "</settlement>");
    must(stl_signer_recheck(signer, (stl_str){doc.ptr, doc.len}, digest, &err), &err);
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(doc.ptr, 1, doc.len, file) != doc.len || fclose(file) != 0)
        exit(2);
    stl_digest_free(hash);
    stl_buf_free(&doc);
}

static int make(stl_sign_alg alg, const char *dir, int64_t from) {
    char key[512], chain[512];
    stl_signer *signer = NULL;
    stl_error err = {0};
    must(stl_sign_make_demo(dir, alg, "测试医院", from, 30, &err), &err);
    snprintf(key, sizeof key, "%s/signer.key", dir);
    snprintf(chain, sizeof chain, "%s/signer.pem", dir);
    must(stl_signer_open(key, chain, URIS, &signer, &err), &err);
    make_document(signer, 3, dir, "doc.xml");
    make_document(signer, 1000, dir, "long.xml");
    stl_signer_free(signer);
    return 0;
}

static int verify(const char *dir, int64_t at, const char *path) {
    char anchor[512];
    static char doc[1 << 20];
    stl_trust *trust = NULL;
    stl_signature_info info;
    stl_error err = {0};
    snprintf(anchor, sizeof anchor, "%s/ca.pem", dir);
    must(stl_trust_open(anchor, &trust, &err), &err);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        exit(2);
    size_t len = fread(doc, 1, sizeof doc, file);
    fclose(file);
    settle_status status =
        stl_sign_verify((stl_str){doc, len}, path, trust, URIS, at, NULL, &info, &err);
    printf("%s %s\n", status == SETTLE_OK ? "valid" : settle_status_name(status), err.detail);
    stl_trust_free(trust);
    return status == SETTLE_OK ? 0 : 1;
}

int main(int argc, char **argv) {
    static const char *const algs[] = {"ecdsa", "rsa", "sm2"};
    if (argc == 5 && strcmp(argv[1], "make") == 0)
        for (int alg = 0; alg < 3; alg++)
            if (strcmp(argv[2], algs[alg]) == 0)
                return make((stl_sign_alg)alg, argv[3], strtoll(argv[4], NULL, 10));
    if (argc == 5 && strcmp(argv[1], "verify") == 0)
        return verify(argv[2], strtoll(argv[3], NULL, 10), argv[4]);
    fprintf(stderr, "usage: documents make ALG DIR FROM | documents verify DIR TIME FILE\n");
    return 2;
}
