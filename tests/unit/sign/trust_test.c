/* SPDX-License-Identifier: Apache-2.0 */
/* Chains: who is believed, when, and for what. */
#include "support/sign_support.h"

#include <openssl/pem.h>
#include <stdio.h>

static int make(void **state) {
    *state = test_signing_new(STL_ALG_ECDSA);
    return 0;
}

static int drop(void **state) {
    test_signing_free(*state);
    return 0;
}

static void cert_cleanup(X509 **cert) {
    X509_free(*cert);
}
#define SCOPED_CERT __attribute__((cleanup(cert_cleanup))) X509

static void write_cert(const test_signing *s, const char *name, X509 *cert) {
    FILE *file = fopen(test_signing_path(s, name), "wb");
    assert_non_null(file);
    assert_int_equal(PEM_write_X509(file, cert), 1);
    assert_int_equal(fclose(file), 0);
}

/* A document by `key` with this chain, judged by the one anchor. */
static void assert_chain(const test_signing *s, EVP_PKEY *key, stl_sign_alg alg, X509 *const *certs,
                         size_t n, X509 *anchor, int64_t at, settle_status status) {
    stl_error err = {0};
    stl_trust *trust = NULL;
    stl_signature_info info;
    stl_buf good = test_signed(s);
    stl_buf doc = test_resigned(good, key, alg, certs, n);
    write_cert(s, "anchor.pem", anchor);
    assert_int_equal(stl_trust_open(test_signing_path(s, "anchor.pem"), &trust, &err), SETTLE_OK);
    settle_status got = stl_sign_verify((stl_str){doc.ptr, doc.len}, "doc.xml", trust, TEST_URIS,
                                        at, NULL, &info, &err);
    if (got != status)
        print_error("%s: %s\n", settle_status_name(got), err.detail);
    assert_int_equal(got, status);
    if (status != SETTLE_OK)
        assert_string_equal(err.field, "X509Certificate");
    stl_trust_free(trust);
    stl_buf_free(&doc);
    stl_buf_free(&good);
}

typedef struct family {
    EVP_PKEY *root_key, *middle_key, *key;
    X509 *root, *middle, *cert;
} family;

static X509 *issue(const char *subject, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key,
                   const char *usage, bool ca, int64_t from, int64_t until) {
    X509 *cert = stl_issue_cert(&(stl_issue){.subject = subject,
                                             .key = key,
                                             .issuer = issuer,
                                             .issuer_key = issuer_key,
                                             .key_usage = usage,
                                             .ca = ca,
                                             .from_utc = from,
                                             .until_utc = until});
    assert_non_null(cert);
    return cert;
}

enum { YEAR = 365 * 86400 };

static family family_new(stl_sign_alg alg) {
    family f = {stl_issue_key(alg), stl_issue_key(alg), stl_issue_key(alg), NULL, NULL, NULL};
    f.root =
        issue("root", f.root_key, NULL, NULL, "keyCertSign", true, TEST_FROM, TEST_FROM + YEAR);
    f.middle = issue("middle", f.middle_key, f.root, f.root_key, "keyCertSign", true, TEST_FROM,
                     TEST_FROM + YEAR);
    f.cert = issue("signer", f.key, f.middle, f.middle_key, "digitalSignature", false, TEST_FROM,
                   TEST_FROM + YEAR);
    return f;
}

static void family_free(family *f) {
    EVP_PKEY_free(f->root_key);
    EVP_PKEY_free(f->middle_key);
    EVP_PKEY_free(f->key);
    X509_free(f->root);
    X509_free(f->middle);
    X509_free(f->cert);
}

static void a_chain_over_an_intermediate_reaches_the_anchor(void **state) {
    (void)state;
    for (int a = STL_ALG_ECDSA; a <= STL_ALG_SM2; a++) {
        stl_sign_alg alg = (stl_sign_alg)a;
        test_signing *s = test_signing_new(alg);
        family f = family_new(alg);
        X509 *chain[] = {f.cert, f.middle};
        assert_chain(s, f.key, alg, chain, 2, f.root, TEST_AT, SETTLE_OK);
        assert_chain(s, f.key, alg, chain, 1, f.middle, TEST_AT, SETTLE_OK);
        assert_chain(s, f.key, alg, chain, 1, f.root, TEST_AT, SETTLE_E_CERT_CHAIN);
        family_free(&f);
        test_signing_free(s);
    }
}

static void a_foreign_or_self_signed_signer_is_not_believed(void **state) {
    const test_signing *s = *state;
    family ours = family_new(STL_ALG_ECDSA), foreign = family_new(STL_ALG_ECDSA);
    X509 *chain[] = {foreign.cert, foreign.middle, foreign.root};
    assert_chain(s, foreign.key, STL_ALG_ECDSA, chain, 3, ours.root, TEST_AT, SETTLE_E_CERT_CHAIN);
    SCOPED_CERT *self = issue("signer", ours.key, NULL, NULL, "digitalSignature", false, TEST_FROM,
                              TEST_FROM + YEAR);
    assert_chain(s, ours.key, STL_ALG_ECDSA, &self, 1, ours.root, TEST_AT, SETTLE_E_CERT_CHAIN);
    assert_chain(s, ours.key, STL_ALG_ECDSA, &self, 1, self, TEST_AT, SETTLE_OK);
    family_free(&ours);
    family_free(&foreign);
}

/* The names fit, the signature of the certificate does not. */
static void a_certificate_the_issuer_did_not_sign_is_not_believed(void **state) {
    for (int a = STL_ALG_ECDSA; a <= STL_ALG_SM2; a += STL_ALG_SM2 - STL_ALG_ECDSA) {
        stl_sign_alg alg = (stl_sign_alg)a;
        test_signing *s = a == STL_ALG_ECDSA ? *state : test_signing_new(alg);
        family f = family_new(alg);
        SCOPED_CERT *forged = issue("signer", f.key, f.root, f.key, "digitalSignature", false,
                                    TEST_FROM, TEST_FROM + YEAR);
        assert_chain(s, f.key, alg, &forged, 1, f.root, TEST_AT, SETTLE_E_CERT_CHAIN);
        family_free(&f);
        if (a != STL_ALG_ECDSA)
            test_signing_free(s);
    }
}

/* OpenSSL 3.0 signs certificates with an empty id unless told. */
static void an_sm2_certificate_signed_with_another_id_is_not_believed(void **state) {
    (void)state;
    test_signing *s = test_signing_new(STL_ALG_SM2);
    family f = family_new(STL_ALG_SM2);
    SCOPED_CERT *cert = X509_dup(f.cert);
    assert_int_equal(X509_set_issuer_name(cert, X509_get_subject_name(f.root)), 1);
    assert_true(X509_sign(cert, f.root_key, EVP_sm3()) > 0);
    assert_chain(s, f.key, STL_ALG_SM2, &cert, 1, f.root, TEST_AT, SETTLE_E_CERT_CHAIN);
    family_free(&f);
    test_signing_free(s);
}

static void validity_counts_at_the_time_asked_for(void **state) {
    const test_signing *s = *state;
    stl_buf doc = test_signed(s);
    stl_error err = {0};
    const int64_t until = TEST_FROM + (int64_t)TEST_DAYS * 86400;
    assert_int_equal(test_verify_at(s, doc, TEST_FROM - 1, &err), SETTLE_E_CERT_NOT_YET);
    assert_int_equal(test_verify_at(s, doc, TEST_FROM, &err), SETTLE_OK);
    assert_int_equal(test_verify_at(s, doc, until - 1, &err), SETTLE_OK);
    assert_int_equal(test_verify_at(s, doc, until + 1, &err), SETTLE_E_CERT_EXPIRED);
    stl_buf_free(&doc);
}

static void an_expired_issuer_ends_the_chain(void **state) {
    const test_signing *s = *state;
    family f = family_new(STL_ALG_ECDSA);
    SCOPED_CERT *old = issue("middle", f.middle_key, f.root, f.root_key, "keyCertSign", true,
                             TEST_FROM, TEST_AT - 1);
    X509 *chain[] = {f.cert, old};
    assert_chain(s, f.key, STL_ALG_ECDSA, chain, 2, f.root, TEST_AT, SETTLE_E_CERT_EXPIRED);
    assert_chain(s, f.key, STL_ALG_ECDSA, chain, 2, f.root, TEST_AT - 2, SETTLE_OK);
    family_free(&f);
}

static void the_key_must_be_meant_for_signing(void **state) {
    const test_signing *s = *state;
    family f = family_new(STL_ALG_ECDSA);
    static const struct {
        const char *usage;
        settle_status status;
    } cases[] = {{NULL, SETTLE_OK},
                 {"digitalSignature", SETTLE_OK},
                 {"digitalSignature,nonRepudiation", SETTLE_OK},
                 {"keyAgreement", SETTLE_E_CERT_CHAIN},
                 {"critical,keyEncipherment,dataEncipherment", SETTLE_E_CERT_CHAIN}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        SCOPED_CERT *cert = issue("signer", f.key, f.root, f.root_key, cases[i].usage, false,
                                  TEST_FROM, TEST_FROM + YEAR);
        assert_chain(s, f.key, STL_ALG_ECDSA, &cert, 1, f.root, TEST_AT, cases[i].status);
    }
    family_free(&f);
}

static void a_signer_cannot_issue_certificates(void **state) {
    const test_signing *s = *state;
    family f = family_new(STL_ALG_ECDSA);
    SCOPED_PKEY *key = stl_issue_key(STL_ALG_ECDSA);
    SCOPED_CERT *child =
        issue("child", key, f.cert, f.key, "digitalSignature", false, TEST_FROM, TEST_FROM + YEAR);
    X509 *chain[] = {child, f.cert, f.middle};
    assert_chain(s, key, STL_ALG_ECDSA, chain, 3, f.root, TEST_AT, SETTLE_E_CERT_CHAIN);
    family_free(&f);
}

static void weak_certificates_are_not_believed(void **state) {
    const test_signing *s = *state;
    family f = family_new(STL_ALG_ECDSA);
    SCOPED_CERT *sha1 = X509_dup(f.cert);
    assert_int_equal(X509_set_issuer_name(sha1, X509_get_subject_name(f.root)), 1);
    assert_true(X509_sign(sha1, f.root_key, EVP_sha1()) > 0);
    assert_chain(s, f.key, STL_ALG_ECDSA, &sha1, 1, f.root, TEST_AT, SETTLE_E_CERT_CHAIN);
    family_free(&f);
}

static void a_trust_file_holds_certificates(void **state) {
    const test_signing *s = *state;
    stl_trust *trust = NULL;
    stl_error err = {0};
    assert_int_equal(stl_trust_open(NULL, &trust, &err), SETTLE_E_NO_TRUST_ANCHOR);
    assert_int_equal(stl_trust_open("", &trust, &err), SETTLE_E_NO_TRUST_ANCHOR);
    assert_int_equal(stl_trust_open("/nonexistent", &trust, &err), SETTLE_E_CERT_READ);
    assert_string_equal(err.file, "/nonexistent");
    test_signing_write(s, "empty.pem", "", 0644);
    assert_int_equal(stl_trust_open(test_signing_path(s, "empty.pem"), &trust, &err),
                     SETTLE_E_NO_TRUST_ANCHOR);
    test_signing_write(s, "bad.pem",
                       "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 0644);
    assert_int_equal(stl_trust_open(test_signing_path(s, "bad.pem"), &trust, &err),
                     SETTLE_E_CERT_READ);
    assert_null(trust);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_over_an_intermediate_reaches_the_anchor),
        cmocka_unit_test(a_foreign_or_self_signed_signer_is_not_believed),
        cmocka_unit_test(a_certificate_the_issuer_did_not_sign_is_not_believed),
        cmocka_unit_test(an_sm2_certificate_signed_with_another_id_is_not_believed),
        cmocka_unit_test(validity_counts_at_the_time_asked_for),
        cmocka_unit_test(an_expired_issuer_ends_the_chain),
        cmocka_unit_test(the_key_must_be_meant_for_signing),
        cmocka_unit_test(a_signer_cannot_issue_certificates),
        cmocka_unit_test(weak_certificates_are_not_believed),
        cmocka_unit_test(a_trust_file_holds_certificates),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
