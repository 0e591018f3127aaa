/* SPDX-License-Identifier: Apache-2.0 */
#include "support/sign_support.h"

#include "sign/signer.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const stl_sign_uris TEST_URIS = {
    .sm2_sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3", 51},
    .sm3 = {"http://www.chinaport.gov.cn/2022/04/xmldsig#sm3", 47},
};

const char *test_signing_path(const test_signing *s, const char *name) {
    static char paths[16][400];
    static int next;
    char *path = paths[next++ % 16];
    snprintf(path, sizeof paths[0], "%s/%s", s->dir, name);
    return path;
}

test_signing *test_signing_new(stl_sign_alg alg) {
    stl_error err = {0};
    test_signing *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->alg = alg;
    strcpy(s->dir, "/tmp/settle-sign-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    assert_int_equal(stl_sign_make_demo(s->dir, alg, "测试医院", TEST_FROM, TEST_DAYS, &err),
                     SETTLE_OK);
    assert_int_equal(stl_signer_open(test_signing_path(s, "signer.key"),
                                     test_signing_path(s, "signer.pem"), TEST_URIS, &s->signer,
                                     &err),
                     SETTLE_OK);
    assert_int_equal(stl_trust_open(test_signing_path(s, "ca.pem"), &s->trust, &err), SETTLE_OK);
    return s;
}

void test_signing_free(test_signing *s) {
    stl_signer_free(s->signer);
    stl_trust_free(s->trust);
    DIR *dir = opendir(s->dir);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            unlink(test_signing_path(s, entry->d_name));
    closedir(dir);
    rmdir(s->dir);
    free(s);
}

void test_signing_write(const test_signing *s, const char *name, const char *text, unsigned mode) {
    const char *path = test_signing_path(s, name);
    unlink(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, (mode_t)mode), 0);
}

stl_buf test_signed(const test_signing *s) {
    stl_error err = {0};
    unsigned char digest[STL_DIGEST_LEN];
    stl_buf doc = {0};
    assert_int_equal(stl_digest_of(stl_signer_digest_kind(s->signer), TEST_CONTENT TEST_END,
                                   sizeof TEST_CONTENT TEST_END - 1, digest, &err),
                     SETTLE_OK);
    stl_buf_text(&doc, TEST_CONTENT);
    assert_int_equal(stl_signer_append(s->signer, digest, &doc, &err), SETTLE_OK);
    stl_buf_text(&doc, TEST_END);
    assert_true(stl_buf_ok(&doc));
    return doc;
}

static const char *find(stl_buf doc, size_t from, const char *text) {
    const char *found = memmem(doc.ptr + from, doc.len - from, text, strlen(text));
    if (found == NULL)
        print_error("'%s' does not occur\n", text);
    assert_non_null(found);
    return found;
}

static stl_buf spliced(stl_buf doc, size_t at, size_t len, const char *to, size_t to_len) {
    stl_buf out = {0};
    stl_buf_bytes(&out, doc.ptr, at);
    stl_buf_bytes(&out, to, to_len);
    stl_buf_bytes(&out, doc.ptr + at + len, doc.len - at - len);
    assert_true(stl_buf_ok(&out));
    return out;
}

stl_buf test_replaced(stl_buf doc, const char *from, const char *to) {
    return spliced(doc, (size_t)(find(doc, 0, from) - doc.ptr), strlen(from), to, strlen(to));
}

static stl_buf replace_inside(stl_buf doc, const char *before, const char *after, const char *to) {
    size_t at = (size_t)(find(doc, 0, before) - doc.ptr) + strlen(before);
    size_t end = (size_t)(find(doc, at, after) - doc.ptr);
    return spliced(doc, at, end - at, to, strlen(to));
}

char *test_between(stl_buf doc, const char *from, const char *to) {
    size_t at = (size_t)(find(doc, 0, from) - doc.ptr) + strlen(from);
    size_t end = (size_t)(find(doc, at, to) - doc.ptr);
    char *out = strndup(doc.ptr + at, end - at);
    assert_non_null(out);
    return out;
}

stl_buf test_unsigned(stl_buf doc) {
    size_t at = (size_t)(find(doc, 0, "<ds:Signature ") - doc.ptr);
    size_t end = (size_t)(find(doc, at, "</ds:Signature>") - doc.ptr) + strlen("</ds:Signature>");
    return spliced(doc, at, end - at, "", 0);
}

stl_buf test_with_value(stl_buf doc, const unsigned char *value, size_t len) {
    stl_buf text = {0};
    stl_base64_put(&text, value, len);
    char *base64 = stl_buf_take(&text);
    assert_non_null(base64);
    stl_buf out = replace_inside(doc, "<ds:SignatureValue>", "</ds:SignatureValue>", base64);
    free(base64);
    return out;
}

stl_buf test_resigned(stl_buf doc, EVP_PKEY *key, stl_sign_alg alg, X509 *const *certs, size_t n) {
    unsigned char value[STL_MAX_VALUE];
    size_t len = 0;
    stl_buf info = {0}, data = {0};
    char *inside = test_between(doc, "<ds:SignedInfo>", "</ds:SignedInfo>");
    stl_buf_text(&info, STL_INFO_OPEN);
    stl_buf_text(&info, inside);
    stl_buf_text(&info, "</ds:SignedInfo>");
    free(inside);
    assert_true(stl_value_make(key, alg, (stl_str){info.ptr, info.len}, value, &len));
    stl_buf_free(&info);
    stl_buf with_value = test_with_value(doc, value, len);
    for (size_t i = 0; i < n; i++) {
        unsigned char *der = NULL;
        int der_len = i2d_X509(certs[i], &der);
        assert_true(der_len > 0);
        stl_buf_text(&data, "<ds:X509Certificate>");
        stl_base64_put(&data, der, (size_t)der_len);
        stl_buf_text(&data, "</ds:X509Certificate>");
        OPENSSL_free(der);
    }
    char *text = stl_buf_take(&data);
    stl_buf out = replace_inside(with_value, "<ds:X509Data>", "</ds:X509Data>", text);
    stl_buf_free(&with_value);
    free(text);
    return out;
}

stl_buf test_redigested(stl_buf doc, stl_digest_kind kind) {
    unsigned char digest[STL_DIGEST_LEN];
    stl_error err = {0};
    stl_buf text = {0}, bare = test_unsigned(doc);
    assert_int_equal(stl_digest_of(kind, bare.ptr, bare.len, digest, &err), SETTLE_OK);
    stl_buf_free(&bare);
    stl_base64_put(&text, digest, sizeof digest);
    char *base64 = stl_buf_take(&text);
    stl_buf out = replace_inside(doc, "<ds:DigestValue>", "</ds:DigestValue>", base64);
    free(base64);
    return out;
}

settle_status test_verify_at(const test_signing *s, stl_buf doc, int64_t at, stl_error *err) {
    stl_signature_info info;
    return stl_sign_verify((stl_str){doc.ptr, doc.len}, "doc.xml", s->trust, TEST_URIS, at, NULL,
                           &info, err);
}

settle_status test_verify(const test_signing *s, stl_buf doc, stl_error *err) {
    return test_verify_at(s, doc, TEST_AT, err);
}
