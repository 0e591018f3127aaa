/* SPDX-License-Identifier: Apache-2.0 */
#include "support/sign_support.h"
#include "sign/signer.h"

#include <errno.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static int make(void **state) {
    *state = test_signing_new(STL_ALG_ECDSA);
    return 0;
}

static int drop(void **state) {
    test_signing_free(*state);
    return 0;
}

static void assert_open(const char *key, const char *chain, settle_status status,
                        const char *file) {
    stl_signer *signer = NULL;
    stl_error err = {0};
    assert_int_equal(stl_signer_open(key, chain, TEST_URIS, &signer, &err), status);
    if (status != SETTLE_OK) {
        assert_null(signer);
        assert_string_equal(err.file, file);
    }
    stl_signer_free(signer);
}

static void a_key_others_can_read_is_refused(void **state) {
    const test_signing *s = *state;
    const char *key = test_signing_path(s, "signer.key");
    const char *chain = test_signing_path(s, "signer.pem");
    static const mode_t open_modes[] = {0640, 0604, 0660, 0602, 0644, 0610};
    for (size_t i = 0; i < sizeof open_modes / sizeof open_modes[0]; i++) {
        assert_int_equal(chmod(key, open_modes[i]), 0);
        assert_open(key, chain, SETTLE_E_KEY_MODE, key);
    }
    assert_int_equal(chmod(key, 0400), 0);
    assert_open(key, chain, SETTLE_OK, NULL);
    assert_int_equal(chmod(key, 0600), 0);
    assert_open(key, chain, SETTLE_OK, NULL);
}

static void unreadable_keys_and_chains_are_told_apart(void **state) {
    const test_signing *s = *state;
    const char *key = test_signing_path(s, "signer.key");
    const char *chain = test_signing_path(s, "signer.pem");
    assert_open("/nonexistent/key", chain, SETTLE_E_KEY_READ, "/nonexistent/key");
    assert_open(key, "/nonexistent/chain", SETTLE_E_CERT_READ, "/nonexistent/chain");
    assert_open(s->dir, chain, SETTLE_E_KEY_READ, s->dir);
    assert_open(key, s->dir, SETTLE_E_CERT_READ, s->dir);
    test_signing_write(s, "junk", "no PEM at all\n", 0600);
    const char *junk = test_signing_path(s, "junk");
    assert_open(junk, chain, SETTLE_E_KEY_READ, junk);
    assert_open(key, junk, SETTLE_E_CERT_READ, junk);
    test_signing_write(s, "junk", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                       0600);
    assert_open(key, junk, SETTLE_E_CERT_READ, junk);
    test_signing_write(s, "junk", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                       0600);
    assert_open(junk, chain, SETTLE_E_KEY_READ, junk);
}

static void write_key(const test_signing *s, const char *name, EVP_PKEY *key,
                      const char *password) {
    FILE *file = fopen(test_signing_path(s, name), "wb");
    assert_non_null(file);
    assert_int_equal(
        PEM_write_PKCS8PrivateKey(file, key, password == NULL ? NULL : EVP_aes_256_cbc(), password,
                                  password == NULL ? 0 : (int)strlen(password), NULL, NULL),
        1);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(test_signing_path(s, name), 0600), 0);
}

static void a_key_with_a_password_is_refused_without_asking(void **state) {
    const test_signing *s = *state;
    SCOPED_PKEY *key = stl_issue_key(STL_ALG_ECDSA);
    write_key(s, "locked.key", key, "secret");
    const char *locked = test_signing_path(s, "locked.key");
    assert_open(locked, test_signing_path(s, "signer.pem"), SETTLE_E_KEY_READ, locked);
}

static void kinds_outside_the_profile_are_refused(void **state) {
    const test_signing *s = *state;
    const char *chain = test_signing_path(s, "signer.pem");
    EVP_PKEY *keys[] = {EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"), EVP_EC_gen("P-384"),
                        EVP_EC_gen("secp256k1"), EVP_RSA_gen(1024)};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        assert_non_null(keys[i]);
        write_key(s, "other.key", keys[i], NULL);
        const char *path = test_signing_path(s, "other.key");
        assert_open(path, chain, SETTLE_E_KEY_KIND, path);
        EVP_PKEY_free(keys[i]);
    }
}

static void a_key_and_a_foreign_certificate_do_not_match(void **state) {
    const test_signing *s = *state;
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++) {
        SCOPED_PKEY *key = stl_issue_key((stl_sign_alg)alg);
        write_key(s, "other.key", key, NULL);
        const char *chain = test_signing_path(s, "signer.pem");
        assert_open(test_signing_path(s, "other.key"), chain, SETTLE_E_KEY_MISMATCH, chain);
    }
}

static void the_validity_of_the_certificate_is_checked_at_a_time(void **state) {
    const test_signing *s = *state;
    stl_error err = {0};
    const int64_t until = TEST_FROM + (int64_t)TEST_DAYS * 86400;
    assert_int_equal(stl_signer_check_time(s->signer, TEST_AT, &err), SETTLE_OK);
    assert_int_equal(stl_signer_check_time(s->signer, TEST_FROM - 1, &err), SETTLE_E_CERT_NOT_YET);
    assert_int_equal(stl_signer_check_time(s->signer, TEST_FROM, &err), SETTLE_OK);
    assert_int_equal(stl_signer_check_time(s->signer, until - 1, &err), SETTLE_OK);
    assert_int_equal(stl_signer_check_time(s->signer, until + 1, &err), SETTLE_E_CERT_EXPIRED);
}

static void the_signature_is_the_profile_letter_by_letter(void **state) {
    const test_signing *s = *state;
    stl_buf doc = test_signed(s);
    char *digest = test_between(doc, "<ds:DigestValue>", "</ds:DigestValue>");
    char *value = test_between(doc, "<ds:SignatureValue>", "</ds:SignatureValue>");
    char *data = test_between(doc, "<ds:X509Data>", "</ds:X509Data>");
    SCOPED_BUF want = {0};
    stl_buf_printf(
        &want,
        TEST_CONTENT
        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo>"
        "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"
        "</ds:CanonicalizationMethod><ds:SignatureMethod "
        "Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\"></ds:SignatureMethod>"
        "<ds:Reference URI=\"\"><ds:Transforms><ds:Transform "
        "Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>"
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>"
        "</ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\">"
        "</ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        "<ds:SignatureValue>%s</ds:SignatureValue><ds:KeyInfo><ds:X509Data>%s</ds:X509Data>"
        "</ds:KeyInfo></ds:Signature>" TEST_END,
        digest, value, data);
    assert_int_equal(doc.len, want.len);
    assert_memory_equal(doc.ptr, want.ptr, want.len);
    assert_int_equal(strlen(value), 88);
    free(digest);
    free(value);
    free(data);
    stl_buf_free(&doc);
}

/* As from a token with another key than its certificate says. */
static void a_value_the_certificate_does_not_verify_is_never_appended(void **state) {
    const test_signing *s = *state;
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++) {
        test_signing *other = test_signing_new((stl_sign_alg)alg);
        EVP_PKEY *right = other->signer->private_key;
        const unsigned char digest[STL_DIGEST_LEN] = {1};
        stl_buf doc = {0};
        stl_error err = {0};
        SCOPED_PKEY *wrong = stl_issue_key((stl_sign_alg)alg);
        other->signer->private_key = wrong;
        assert_int_equal(stl_signer_append(other->signer, digest, &doc, &err),
                         SETTLE_E_SIGN_FAILED);
        assert_int_equal(doc.len, 0);
        other->signer->private_key = right;
        assert_int_equal(stl_signer_append(other->signer, digest, &doc, &err), SETTLE_OK);
        assert_true(doc.len > 0);
        stl_buf_free(&doc);
        test_signing_free(other);
    }
    (void)s;
}

static void recheck_accepts_what_was_made(void **state) {
    (void)state;
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++) {
        test_signing *s = test_signing_new((stl_sign_alg)alg);
        stl_error err = {0};
        for (int round = 0; round < 20; round++) {
            stl_buf doc = test_signed(s);
            unsigned char sha256[STL_DIGEST_LEN], whole[STL_DIGEST_LEN];
            assert_int_equal(
                stl_signer_recheck(s->signer, (stl_str){doc.ptr, doc.len}, sha256, &err),
                SETTLE_OK);
            assert_int_equal(stl_digest_of(STL_SHA256, doc.ptr, doc.len, whole, &err), SETTLE_OK);
            assert_memory_equal(sha256, whole, sizeof whole);
            stl_buf_free(&doc);
        }
        test_signing_free(s);
    }
}

static void recheck_refuses_every_changed_bit(void **state) {
    const test_signing *s = *state;
    stl_buf doc = test_signed(s);
    char *sig = memmem(doc.ptr, doc.len, "<ds:Signature", 13);
    char *value = memmem(doc.ptr, doc.len, "<ds:SignatureValue>", 19);
    unsigned char sha256[STL_DIGEST_LEN];
    const size_t content = (size_t)(sig - doc.ptr), value_at = (size_t)(value - doc.ptr) + 19;
    for (size_t at = 0; at < doc.len; at++) {
        stl_error err = {0};
        doc.ptr[at] ^= 1;
        settle_status status =
            stl_signer_recheck(s->signer, (stl_str){doc.ptr, doc.len}, sha256, &err);
        assert_int_not_equal(status, SETTLE_OK);
        if (at > sizeof "<settlement" && at < content)
            assert_int_equal(status, SETTLE_E_SIG_DIGEST);
        if (at >= value_at && at < value_at + 86)
            assert_int_equal(status, SETTLE_E_SIG_VALUE);
        doc.ptr[at] ^= 1;
    }
    for (size_t len = 0; len < doc.len; len++)
        assert_int_equal(stl_signer_recheck(s->signer, (stl_str){doc.ptr, len}, sha256, NULL),
                         SETTLE_E_SIG_STRUCTURE);
    stl_buf_free(&doc);
}

static void recheck_knows_documents_of_its_own_signer_only(void **state) {
    const test_signing *s = *state;
    test_signing *other = test_signing_new(STL_ALG_ECDSA);
    stl_buf doc = test_signed(other);
    stl_error err = {0};
    unsigned char sha256[STL_DIGEST_LEN];
    assert_int_equal(stl_signer_recheck(s->signer, (stl_str){doc.ptr, doc.len}, sha256, &err),
                     SETTLE_E_SIG_STRUCTURE);
    stl_buf_free(&doc);
    test_signing_free(other);
}

static void demonstration_keys_are_never_overwritten(void **state) {
    const test_signing *s = *state;
    stl_error err = {0};
    struct stat before, after;
    assert_int_equal(stat(test_signing_path(s, "signer.key"), &before), 0);
    assert_int_equal(before.st_mode & 0777, 0600);
    assert_int_equal(stl_sign_make_demo(s->dir, STL_ALG_ECDSA, "x", TEST_FROM, 1, &err),
                     SETTLE_E_ARG_EXISTS);
    assert_string_equal(err.file, test_signing_path(s, "signer.key"));
    assert_int_equal(stat(test_signing_path(s, "signer.key"), &after), 0);
    assert_int_equal(before.st_mtime, after.st_mtime);
    assert_int_equal(stl_sign_make_demo("/nonexistent", STL_ALG_ECDSA, "x", TEST_FROM, 1, &err),
                     SETTLE_E_STORE_WRITE);
    assert_int_equal(err.native, ENOENT);
}

static void a_subject_too_long_for_a_certificate_is_refused(void **state) {
    (void)state;
    char name[100] = {0};
    stl_error err = {0};
    memset(name, 'x', sizeof name - 1);
    assert_int_equal(stl_sign_make_demo("/nonexistent", STL_ALG_ECDSA, name, TEST_FROM, 1, &err),
                     SETTLE_E_SIGN_FAILED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_others_can_read_is_refused),
        cmocka_unit_test(unreadable_keys_and_chains_are_told_apart),
        cmocka_unit_test(a_key_with_a_password_is_refused_without_asking),
        cmocka_unit_test(kinds_outside_the_profile_are_refused),
        cmocka_unit_test(a_key_and_a_foreign_certificate_do_not_match),
        cmocka_unit_test(the_validity_of_the_certificate_is_checked_at_a_time),
        cmocka_unit_test(the_signature_is_the_profile_letter_by_letter),
        cmocka_unit_test(a_value_the_certificate_does_not_verify_is_never_appended),
        cmocka_unit_test(recheck_accepts_what_was_made),
        cmocka_unit_test(recheck_refuses_every_changed_bit),
        cmocka_unit_test(recheck_knows_documents_of_its_own_signer_only),
        cmocka_unit_test(demonstration_keys_are_never_overwritten),
        cmocka_unit_test(a_subject_too_long_for_a_certificate_is_refused),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
