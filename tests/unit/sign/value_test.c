/* SPDX-License-Identifier: Apache-2.0 */
#include "support/base_support.h"
#include "sign/crypto.h"
#include "sign/issue.h"

#include <openssl/ecdsa.h>

/* OpenSSL's own encoder as the other side. */
static size_t der_of(const unsigned char *value, unsigned char *out) {
    ECDSA_SIG *sig = ECDSA_SIG_new();
    ECDSA_SIG_set0(sig, BN_bin2bn(value, 32, NULL), BN_bin2bn(value + 32, 32, NULL));
    int len = i2d_ECDSA_SIG(sig, &out);
    ECDSA_SIG_free(sig);
    assert_true(len > 0);
    return (size_t)len;
}

static void der_and_raw_agree_with_openssl_for_every_leading_byte(void **state) {
    (void)state;
    stl_test_random random = {3};
    for (int round = 0; round < 5000; round++) {
        unsigned char raw[64], want[80], got[80], back[64];
        for (size_t i = 0; i < sizeof raw; i++)
            raw[i] = (unsigned char)stl_test_next(&random);
        for (int half = 0; half < 2; half++)
            memset(raw + 32 * half, 0, (size_t)stl_test_between(&random, 0, 32));
        size_t want_len = der_of(raw, want);
        size_t len = stl_value_to_der(raw, sizeof raw, got);
        assert_int_equal(len, want_len);
        assert_memory_equal(got, want, len);
        assert_true(stl_value_from_der(got, len, back));
        assert_memory_equal(back, raw, sizeof raw);
    }
}

static void only_64_bytes_become_der(void **state) {
    unsigned char raw[66] = {1}, out[80];
    (void)state;
    assert_int_equal(stl_value_to_der(raw, 63, out), 0);
    assert_int_equal(stl_value_to_der(raw, 65, out), 0);
    assert_int_equal(stl_value_to_der(raw, 0, out), 0);
    assert_true(stl_value_to_der(raw, 64, out) > 0);
}

static void der_that_is_not_der_is_refused(void **state) {
    static const struct {
        size_t len;
        unsigned char bytes[16];
    } wrong[] = {
        {0, {0}},
        {1, {0x30}},
        {2, {0x30, 0}},
        {8, {0x31, 6, 2, 1, 1, 2, 1, 1}},    /* no SEQUENCE */
        {8, {0x30, 5, 2, 1, 1, 2, 1, 1}},    /* length */
        {8, {0x30, 6, 3, 1, 1, 2, 1, 1}},    /* no INTEGER */
        {9, {0x30, 7, 2, 1, 1, 2, 1, 1, 0}}, /* something follows */
        {9, {0x30, 7, 2, 2, 0, 1, 2, 1, 1}}, /* a needless zero */
        {8, {0x30, 6, 2, 1, 0x80, 2, 1, 1}}, /* negative */
        {8, {0x30, 6, 2, 9, 1, 2, 1, 1}},    /* past the end */
        {7, {0x30, 5, 2, 0, 2, 1, 1}},       /* no bytes */
    };
    unsigned char out[64];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(stl_value_from_der(wrong[i].bytes, wrong[i].len, out));
    const unsigned char right[] = {0x30, 6, 2, 1, 1, 2, 1, 1};
    assert_true(stl_value_from_der(right, sizeof right, out));
}

static void each_algorithm_makes_values_that_hold_for_that_text_and_key_only(void **state) {
    (void)state;
    for (int a = STL_ALG_ECDSA; a <= STL_ALG_SM2; a++) {
        stl_sign_alg alg = (stl_sign_alg)a;
        unsigned char value[STL_MAX_VALUE];
        size_t len = 0;
        SCOPED_PKEY *key = stl_issue_key(alg);
        SCOPED_PKEY *other = stl_issue_key(alg);
        for (int round = 0; round < (alg == STL_ALG_ECDSA ? 300 : 3); round++) {
            assert_true(stl_value_make(key, alg, STL_STR("text"), value, &len));
            assert_int_equal(len, alg == STL_ALG_RSA ? 256 : 64);
            assert_true(stl_value_check(key, alg, STL_STR("text"), value, len));
        }
        assert_false(stl_value_check(key, alg, STL_STR("texT"), value, len));
        assert_false(stl_value_check(other, alg, STL_STR("text"), value, len));
        assert_false(stl_value_check(key, alg, STL_STR("text"), value, len - 1));
        value[len - 1] ^= 1;
        assert_false(stl_value_check(key, alg, STL_STR("text"), value, len));
    }
}

static void zero_and_the_order_are_no_halves(void **state) {
    static const unsigned char order[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0,    0,    0,    0,
                                            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                            0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84,
                                            0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51};
    (void)state;
    unsigned char value[STL_MAX_VALUE], changed[64];
    size_t len = 0;
    SCOPED_PKEY *key = stl_issue_key(STL_ALG_ECDSA);
    assert_true(stl_value_make(key, STL_ALG_ECDSA, STL_STR("text"), value, &len));
    for (int half = 0; half < 2; half++) {
        memcpy(changed, value, sizeof changed);
        memset(changed + 32 * half, 0, 32);
        assert_false(stl_value_check(key, STL_ALG_ECDSA, STL_STR("text"), changed, 64));
        memcpy(changed + 32 * half, order, 32);
        assert_false(stl_value_check(key, STL_ALG_ECDSA, STL_STR("text"), changed, 64));
        memset(changed + 32 * half, 0xFF, 32);
        assert_false(stl_value_check(key, STL_ALG_ECDSA, STL_STR("text"), changed, 64));
    }
}

static void sm2_values_are_made_with_the_standard_id(void **state) {
    (void)state;
    unsigned char value[STL_MAX_VALUE], der[80];
    size_t len = 0;
    EVP_PKEY_CTX *key_ctx = NULL;
    SCOPED_PKEY *key = stl_issue_key(STL_ALG_SM2);
    assert_true(stl_value_make(key, STL_ALG_SM2, STL_STR("text"), value, &len));
    size_t der_len = stl_value_to_der(value, len, der);
    static const struct {
        const char *id;
        int verdict;
    } ids[] = {{"1234567812345678", 1}, {"", 0}, {"1234567812345677", 0}};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        assert_int_equal(EVP_DigestVerifyInit(ctx, &key_ctx, EVP_sm3(), NULL, key), 1);
        assert_true(EVP_PKEY_CTX_set1_id(key_ctx, ids[i].id, (int)strlen(ids[i].id)) > 0);
        assert_int_equal(EVP_DigestVerify(ctx, der, der_len, (const unsigned char *)"text", 4) == 1,
                         ids[i].verdict);
        EVP_MD_CTX_free(ctx);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(der_and_raw_agree_with_openssl_for_every_leading_byte),
        cmocka_unit_test(only_64_bytes_become_der),
        cmocka_unit_test(der_that_is_not_der_is_refused),
        cmocka_unit_test(each_algorithm_makes_values_that_hold_for_that_text_and_key_only),
        cmocka_unit_test(zero_and_the_order_are_no_halves),
        cmocka_unit_test(sm2_values_are_made_with_the_standard_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
