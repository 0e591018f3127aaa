/* SPDX-License-Identifier: Apache-2.0 */
/* What is signed, what was changed, and who signed: each document was good before one change. */
#include "support/sign_support.h"

#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>

static int make(void **state) {
    test_signing **all = calloc(3, sizeof(test_signing *));
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++)
        all[alg] = test_signing_new((stl_sign_alg)alg);
    *state = all;
    return 0;
}

static int drop(void **state) {
    test_signing **all = *state;
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++)
        test_signing_free(all[alg]);
    free(all);
    return 0;
}

static const test_signing *with(void **state, stl_sign_alg alg) {
    return ((test_signing **)*state)[alg];
}

static void assert_verdict(const test_signing *s, stl_buf doc, settle_status status) {
    stl_error err = {0};
    settle_status got = test_verify(s, doc, &err);
    if (got != status)
        print_error("%.*s\n%s: %s\n", (int)doc.len, doc.ptr, settle_status_name(got), err.detail);
    assert_int_equal(got, status);
    if (status != SETTLE_OK)
        assert_string_equal(err.file, "doc.xml");
}

static void assert_changed(const test_signing *s, const char *from, const char *to,
                           settle_status status) {
    stl_buf good = test_signed(s);
    stl_buf bad = test_replaced(good, from, to);
    assert_verdict(s, bad, status);
    stl_buf_free(&bad);
    stl_buf_free(&good);
}

static void each_algorithm_verifies_and_tells_the_signer(void **state) {
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++) {
        const test_signing *s = with(state, (stl_sign_alg)alg);
        stl_buf doc = test_signed(s);
        stl_error err = {0};
        stl_signature_info info;
        unsigned char digest[STL_DIGEST_LEN];
        char hex[STL_DIGEST_HEX];
        assert_int_equal(stl_sign_verify((stl_str){doc.ptr, doc.len}, "doc.xml", s->trust,
                                         TEST_URIS, TEST_AT, NULL, &info, &err),
                         SETTLE_OK);
        assert_int_equal(info.alg, alg);
        assert_string_equal(info.subject, "CN=测试医院");
        assert_int_equal(strlen(info.cert_sha256), 64);
        assert_int_equal(stl_digest_of(stl_signer_digest_kind(s->signer), TEST_CONTENT TEST_END,
                                       sizeof TEST_CONTENT TEST_END - 1, digest, &err),
                         SETTLE_OK);
        stl_hex(digest, sizeof digest, hex);
        assert_string_equal(info.content_digest, hex);
        stl_buf_free(&doc);
    }
}

static void another_spelling_of_the_same_content_verifies(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    assert_changed(s, "<settlement ", "<?xml version=\"1.0\"?>\n<!-- c -->\n<settlement ",
                   SETTLE_OK);
    assert_changed(s, "cnt=\"1.0000\" feedetl_sn=\"1\"", "feedetl_sn='1'\n cnt='1.0000'",
                   SETTLE_OK);
    assert_changed(s, "<stay mdtrt_id=\"A1\"></stay>", "<stay  mdtrt_id=\"&#65;1\" />", SETTLE_OK);
    assert_changed(s, "&lt;b&gt;", "<![CDATA[<b>]]>", SETTLE_OK);
    assert_changed(s, "<settlement ", "\xEF\xBB\xBF<settlement ", SETTLE_OK);
    assert_changed(s, TEST_END, TEST_END "\n", SETTLE_OK);
}

static void changed_content_is_found_whatever_the_algorithm(void **state) {
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++) {
        const test_signing *s = with(state, (stl_sign_alg)alg);
        assert_changed(s, "1.0000", "9.0000", SETTLE_E_SIG_DIGEST);
        assert_changed(s, "msgid=\"M1\"", "msgid=\"M2\"", SETTLE_E_SIG_DIGEST);
        assert_changed(s, "<lines", " <lines", SETTLE_E_SIG_DIGEST);
        assert_changed(s, "<ds:Signature ", "\n<ds:Signature ", SETTLE_E_SIG_DIGEST);
        assert_changed(s, "</ds:Signature>", "</ds:Signature>\n", SETTLE_E_SIG_DIGEST);
        assert_changed(s, TEST_END, TEST_END "<?late pi?>", SETTLE_E_SIG_DIGEST);
        assert_changed(s, "urn:libsettle:settlement:1.0", "urn:libsettle:settlement:1.1",
                       SETTLE_E_SIG_DIGEST);
        assert_changed(s,
                       "<line cnt=\"1.0000\" feedetl_sn=\"1\"></line>"
                       "<line cnt=\"2.0000\" feedetl_sn=\"2\">\xE5\xBA\x8A\xE4\xBD\x8D "
                       "&amp; &lt;b&gt;</line>",
                       "<line cnt=\"2.0000\" feedetl_sn=\"2\">\xE5\xBA\x8A\xE4\xBD\x8D "
                       "&amp; &lt;b&gt;</line><line cnt=\"1.0000\" feedetl_sn=\"1\"></line>",
                       SETTLE_E_SIG_DIGEST);
    }
}

static void a_new_digest_does_not_help_without_the_key(void **state) {
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg++) {
        const test_signing *s = with(state, (stl_sign_alg)alg);
        stl_buf good = test_signed(s);
        stl_buf changed = test_replaced(good, "1.0000", "9.0000");
        stl_buf mended = test_redigested(changed, stl_signer_digest_kind(s->signer));
        assert_verdict(s, mended, SETTLE_E_SIG_VALUE);
        stl_buf_free(&mended);
        stl_buf_free(&changed);
        stl_buf_free(&good);
    }
}

static void a_truncated_document_is_no_xml(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    stl_buf good = test_signed(s);
    for (size_t len = 0; len < good.len; len++)
        assert_verdict(s, (stl_buf){.ptr = good.ptr, .len = len}, SETTLE_E_INPUT_XML);
    stl_buf_free(&good);
}

static void no_single_bit_can_be_changed(void **state) {
    for (int alg = STL_ALG_ECDSA; alg <= STL_ALG_SM2; alg += STL_ALG_SM2 - STL_ALG_ECDSA) {
        const test_signing *s = with(state, (stl_sign_alg)alg);
        stl_buf good = test_signed(s);
        /* The CA's certificate after the signer's is a hint that nobody needs. */
        size_t end =
            (size_t)((char *)memmem(good.ptr, good.len, "</ds:X509Certificate>", 21) - good.ptr);
        for (size_t at = 0; at < end; at += alg == STL_ALG_SM2 ? 7 : 1) {
            char bit = (char)(1 << (at % 7));
            stl_error err = {0};
            good.ptr[at] ^= bit;
            settle_status status = test_verify(s, good, &err);
            if (status == SETTLE_OK)
                print_error("bit %d of byte %zu of %.*s\n", bit, at, (int)good.len, good.ptr);
            assert_int_not_equal(status, SETTLE_OK);
            good.ptr[at] ^= bit;
        }
        assert_verdict(s, good, SETTLE_OK);
        stl_buf_free(&good);
    }
}

static void without_a_signature_nothing_is_verified(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    stl_buf good = test_signed(s);
    stl_buf bare = test_unsigned(good);
    assert_verdict(s, bare, SETTLE_E_SIG_MISSING);
    stl_buf other = test_replaced(bare, "</settlement>", "<Signature/></settlement>");
    assert_verdict(s, other, SETTLE_E_SIG_MISSING);
    stl_buf_free(&other);
    stl_buf_free(&bare);
    stl_buf_free(&good);
}

static stl_buf joined(const char *a, const char *b, const char *c) {
    stl_buf out = {0};
    stl_buf_text(&out, a);
    stl_buf_text(&out, b);
    stl_buf_text(&out, c);
    return out;
}

/* The Signature of a good document, moved about. */
static void the_signature_is_the_last_child_of_the_root_and_the_only_one(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    stl_buf good = test_signed(s);
    char *inside = test_between(good, "<ds:Signature ", "</ds:Signature>");
    stl_buf signature = joined("<ds:Signature ", inside, "</ds:Signature>");
    stl_buf_bytes(&signature, "", 1);
    const char *sig = signature.ptr;
    const struct {
        stl_buf doc;
        settle_status status;
    } cases[] = {
        {joined(TEST_CONTENT, sig, "<x></x>" TEST_END), SETTLE_E_SIG_STRUCTURE},
        {joined(TEST_CONTENT, sig, "x" TEST_END), SETTLE_E_SIG_STRUCTURE},
        {joined(TEST_CONTENT, sig, "<?x?>" TEST_END), SETTLE_E_SIG_STRUCTURE},
        {joined("<settlement xmlns=\"urn:libsettle:settlement:1.0\" msgid=\"M1\">", sig,
                "<stay mdtrt_id=\"A1\"></stay>" TEST_END),
         SETTLE_E_SIG_STRUCTURE},
        {joined(TEST_CONTENT "<deeper>", sig, "</deeper>" TEST_END), SETTLE_E_SIG_STRUCTURE},
        {joined("", sig, ""), SETTLE_E_SIG_STRUCTURE},
        {joined(TEST_CONTENT, sig,
                "<ds:Signature xmlns:ds=\"" STL_DS_NS "\"></ds:Signature>" TEST_END),
         SETTLE_E_SIG_STRUCTURE},
        {joined(TEST_CONTENT "<ds:Object xmlns:ds=\"" STL_DS_NS "\"></ds:Object>", sig, TEST_END),
         SETTLE_E_SIG_STRUCTURE},
        {joined(TEST_CONTENT "<x><ds:Object xmlns:ds=\"" STL_DS_NS "\"></ds:Object></x>", sig,
                TEST_END),
         SETTLE_E_SIG_STRUCTURE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stl_buf doc = cases[i].doc;
        assert_verdict(s, doc, cases[i].status);
        stl_buf_free(&doc);
    }
    stl_buf_free(&signature);
    stl_buf_free(&good);
    free(inside);
}

static void wrapping_the_signed_document_does_not_help(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    stl_buf good = test_signed(s);
    char *inside = test_between(good, "<ds:Signature ", "</ds:Signature>");
    SCOPED_BUF sig = joined("<ds:Signature ", inside, "</ds:Signature>");
    stl_buf_bytes(&sig, "", 1);
    /* The signed content within a new root, the signature moved up to it. */
    stl_buf up = joined("<settlement msgid=\"EVIL\"><wrapper>" TEST_CONTENT TEST_END "</wrapper>",
                        sig.ptr, TEST_END);
    assert_verdict(s, up, SETTLE_E_SIG_DIGEST);
    /* The whole signed document within a new root, which has no signature of its own. */
    SCOPED_BUF whole = {0};
    stl_buf_bytes(&whole, good.ptr, good.len);
    stl_buf_bytes(&whole, "", 1);
    stl_buf in =
        joined("<settlement msgid=\"EVIL\"><wrapper>", whole.ptr, "</wrapper></settlement>");
    assert_verdict(s, in, SETTLE_E_SIG_STRUCTURE);
    /* The signed content inside the signature, another outside. */
    stl_buf object = test_replaced(good, "</ds:KeyInfo>",
                                   "</ds:KeyInfo><ds:Object>" TEST_CONTENT TEST_END "</ds:Object>");
    stl_buf evil = test_replaced(object, "A1", "A2");
    assert_verdict(s, evil, SETTLE_E_SIG_STRUCTURE);
    stl_buf_free(&up);
    stl_buf_free(&in);
    stl_buf_free(&object);
    stl_buf_free(&evil);
    stl_buf_free(&good);
    free(inside);
}

static void hostile_xml_is_refused_before_anything_else(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    assert_changed(s, "<settlement ", "<!DOCTYPE settlement><settlement ", SETTLE_E_INPUT_XML);
    assert_changed(s, "<settlement ",
                   "<!DOCTYPE settlement [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">"
                   "<!ENTITY c \"&b;&b;&b;&b;&b;\">]><settlement ",
                   SETTLE_E_INPUT_XML);
    assert_changed(s, "<settlement ",
                   "<!DOCTYPE settlement [<!ATTLIST settlement id ID #IMPLIED>]><settlement ",
                   SETTLE_E_INPUT_XML);
    assert_changed(s, "&amp;", "&undefined;", SETTLE_E_INPUT_XML);
    assert_changed(s, TEST_END, TEST_END "garbage", SETTLE_E_INPUT_XML);
    assert_changed(s, TEST_END, TEST_END TEST_END, SETTLE_E_INPUT_XML);
    assert_changed(s, "<settlement ", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><settlement ",
                   SETTLE_E_INPUT_XML);
    assert_changed(s, "<settlement ", "<?xml version=\"1.0\" encoding=\"GB18030\"?><settlement ",
                   SETTLE_E_INPUT_XML);
    assert_changed(s, "<settlement ", "<?xml version=\"1.1\"?><settlement ", SETTLE_E_INPUT_XML);
    SCOPED_BUF deep = {0}, wide = {0}, utf16 = {0};
    for (int i = 0; i < 40; i++)
        stl_buf_text(&deep, "<a>");
    for (int i = 0; i < 40; i++)
        stl_buf_text(&deep, "</a>");
    stl_buf_text(&deep, "<lines");
    stl_buf_bytes(&deep, "", 1);
    assert_changed(s, "<lines", deep.ptr, SETTLE_E_INPUT_XML);
    stl_buf_text(&wide, "<lines huge=\"");
    for (int i = 0; i < 200000; i++)
        stl_buf_text(&wide, "0123456789");
    stl_buf_text(&wide, "\"");
    stl_buf_bytes(&wide, "", 1);
    assert_changed(s, "<lines", wide.ptr, SETTLE_E_INPUT_XML);
    stl_buf good = test_signed(s);
    for (size_t i = 0; i < good.len; i++) {
        stl_buf_bytes(&utf16, good.ptr + i, 1);
        stl_buf_bytes(&utf16, "", 1);
    }
    assert_verdict(s, utf16, SETTLE_E_INPUT_XML);
    stl_buf_free(&good);
}

static void values_that_are_not_r_and_s_are_refused(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    stl_buf good = test_signed(s);
    unsigned char value[STL_RAW_EC_LEN], der[80];
    char *text = test_between(good, "<ds:SignatureValue>", "</ds:SignatureValue>");
    assert_int_equal(stl_base64_get(stl_str_of(text), value, sizeof value), sizeof value);
    free(text);
    const unsigned char last = value[63];
    struct {
        const unsigned char *bytes;
        size_t len;
    } cases[4] = {
        {der, stl_value_to_der(value, sizeof value, der)}, {value, 63}, {value, 32}, {value, 1}};
    for (size_t i = 0; i < 4; i++) {
        stl_buf bad = test_with_value(good, cases[i].bytes, cases[i].len);
        assert_verdict(s, bad, SETTLE_E_SIG_VALUE);
        stl_buf_free(&bad);
    }
    for (int round = 0; round < 3; round++) {
        value[63] = last;
        if (round == 0)
            value[63] ^= 1;
        else
            memset(value + (round == 1 ? 0 : 32), round == 1 ? 0 : 0xFF, 32);
        stl_buf bad = test_with_value(good, value, sizeof value);
        assert_verdict(s, bad, SETTLE_E_SIG_VALUE);
        stl_buf_free(&bad);
    }
    stl_buf_free(&good);
}

static void cert_cleanup(X509 **cert) {
    X509_free(*cert);
}
#define SCOPED_CERT __attribute__((cleanup(cert_cleanup))) X509

static void a_key_of_1024_bits_is_refused(void **state) {
    const test_signing *s = with(state, STL_ALG_RSA);
    SCOPED_PKEY *key = EVP_RSA_gen(1024);
    SCOPED_CERT *cert = stl_issue_cert(&(stl_issue){.subject = "short",
                                                    .key = key,
                                                    .from_utc = TEST_FROM,
                                                    .until_utc = TEST_FROM + 86400 * TEST_DAYS});
    stl_buf good = test_signed(s);
    stl_buf bad = test_resigned(good, key, STL_ALG_RSA, (X509 *[]){cert}, 1);
    assert_verdict(s, bad, SETTLE_E_SIG_ALGORITHM);
    stl_buf_free(&bad);
    stl_buf_free(&good);
}

static void the_signer_comes_first_in_the_chain(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    SCOPED_CHAIN *chain = NULL;
    stl_error err = {0};
    assert_int_equal(stl_certs_read(test_signing_path(s, "signer.pem"), &chain, &err), SETTLE_OK);
    SCOPED_PKEY *key = NULL;
    assert_int_equal(stl_key_read(test_signing_path(s, "signer.key"), &key, &err), SETTLE_OK);
    X509 *signer = sk_X509_value(chain, 0), *ca = sk_X509_value(chain, 1);
    stl_buf good = test_signed(s);
    stl_buf alone = test_resigned(good, key, STL_ALG_ECDSA, (X509 *[]){signer}, 1);
    assert_verdict(s, alone, SETTLE_OK);
    stl_buf swapped = test_resigned(good, key, STL_ALG_ECDSA, (X509 *[]){ca, signer}, 2);
    assert_verdict(s, swapped, SETTLE_E_SIG_VALUE);
    stl_buf_free(&alone);
    stl_buf_free(&swapped);
    stl_buf_free(&good);
}

static void an_sm2_value_made_with_another_id_is_refused(void **state) {
    const test_signing *s = with(state, STL_ALG_SM2);
    SCOPED_PKEY *key = NULL;
    stl_error err = {0};
    assert_int_equal(stl_key_read(test_signing_path(s, "signer.key"), &key, &err), SETTLE_OK);
    stl_buf good = test_signed(s);
    char *inside = test_between(good, "<ds:SignedInfo>", "</ds:SignedInfo>");
    SCOPED_BUF info =
        joined("<ds:SignedInfo xmlns:ds=\"" STL_DS_NS "\">", inside, "</ds:SignedInfo>");
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned char der[80], value[STL_RAW_EC_LEN];
    size_t len = sizeof der;
    assert_int_equal(EVP_DigestSignInit(ctx, NULL, EVP_sm3(), NULL, key), 1);
    assert_int_equal(EVP_DigestSign(ctx, der, &len, (const unsigned char *)info.ptr, info.len), 1);
    EVP_MD_CTX_free(ctx);
    assert_true(stl_value_from_der(der, len, value));
    stl_buf bad = test_with_value(good, value, sizeof value);
    assert_verdict(s, bad, SETTLE_E_SIG_VALUE);
    stl_buf_free(&bad);
    stl_buf_free(&good);
    free(inside);
}

static void sm2_is_known_by_the_uris_of_the_site_only(void **state) {
    const test_signing *s = with(state, STL_ALG_SM2);
    const stl_sign_uris other = {STL_STR("urn:site:sm2-sm3"), STL_STR("urn:site:sm3")};
    stl_buf doc = test_signed(s);
    stl_signature_info info;
    stl_error err = {0};
    assert_int_equal(stl_sign_verify((stl_str){doc.ptr, doc.len}, "doc.xml", s->trust, other,
                                     TEST_AT, NULL, &info, &err),
                     SETTLE_E_SIG_ALGORITHM);
    assert_int_equal(stl_sign_verify((stl_str){doc.ptr, doc.len}, "doc.xml", s->trust,
                                     (stl_sign_uris){0}, TEST_AT, NULL, &info, &err),
                     SETTLE_E_SIG_ALGORITHM);
    stl_buf_free(&doc);
}

/* The digest's URI somewhere in the content misleads the guess of the hash, not the verdict. */
static void a_wrong_guess_of_the_hash_is_corrected(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    const char content[] = "<a>http://www.chinaport.gov.cn/2022/04/xmldsig#sm3</a>";
    stl_error err = {0};
    stl_buf doc = {0};
    unsigned char digest[STL_DIGEST_LEN];
    assert_int_equal(stl_digest_of(STL_SHA256, content, sizeof content - 1, digest, &err),
                     SETTLE_OK);
    stl_buf_bytes(&doc, content, sizeof content - 1 - strlen("</a>"));
    assert_int_equal(stl_signer_append(s->signer, digest, &doc, &err), SETTLE_OK);
    stl_buf_text(&doc, "</a>");
    assert_verdict(s, doc, SETTLE_OK);
    stl_buf bad = test_replaced(doc, "<a>", "<a>x");
    assert_verdict(s, bad, SETTLE_E_SIG_DIGEST);
    stl_buf_free(&bad);
    stl_buf_free(&doc);
}

static settle_status note_open(void *user, const stl_xml_element *element, stl_error *err) {
    (void)err;
    stl_buf_str(user, element->name.local);
    stl_buf_text(user, " ");
    return SETTLE_OK;
}
static settle_status note_text(void *user, stl_str text, stl_error *err) {
    (void)err;
    stl_buf_str(user, text);
    return SETTLE_OK;
}
static settle_status note_close(void *user, stl_xml_name name, int depth, stl_error *err) {
    (void)name, (void)err;
    stl_buf_printf(user, "/%d ", depth);
    return SETTLE_OK;
}
static settle_status note_pi(void *user, stl_str target, stl_str data, stl_error *err) {
    (void)data, (void)err;
    stl_buf_str(user, target);
    return SETTLE_OK;
}

static void the_listener_gets_what_is_signed_and_nothing_else(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    stl_buf doc = test_signed(s);
    SCOPED_BUF events = {0};
    const stl_xml_handler listener = {note_open, note_text, note_close, note_pi, &events};
    stl_signature_info info;
    stl_error err = {0};
    assert_int_equal(stl_sign_verify((stl_str){doc.ptr, doc.len}, "doc.xml", s->trust, TEST_URIS,
                                     TEST_AT, &listener, &info, &err),
                     SETTLE_OK);
    assert_str(((stl_str){events.ptr, events.len}),
               "settlement stay /1 lines line /2 line 床位 & <b>/2 /1 /0 ");
    stl_buf_free(&doc);
}

static settle_status refuse_line(void *user, const stl_xml_element *element, stl_error *err) {
    (void)user;
    return stl_str_is(element->name.local, "line")
               ? FAIL(err, SETTLE_E_INPUT_SCHEMA, .line = 7, .field = "cnt")
               : SETTLE_OK;
}

static void a_broken_signature_outranks_what_the_listener_refuses(void **state) {
    const test_signing *s = with(state, STL_ALG_ECDSA);
    stl_buf good = test_signed(s);
    stl_buf bad = test_replaced(good, "2.0000", "3.0000");
    const stl_xml_handler listener = {.open = refuse_line};
    stl_signature_info info;
    stl_error err = {0};
    assert_int_equal(stl_sign_verify((stl_str){bad.ptr, bad.len}, "doc.xml", s->trust, TEST_URIS,
                                     TEST_AT, &listener, &info, &err),
                     SETTLE_E_SIG_DIGEST);
    assert_int_equal(stl_sign_verify((stl_str){good.ptr, good.len}, "doc.xml", s->trust, TEST_URIS,
                                     TEST_AT, &listener, &info, &err),
                     SETTLE_E_INPUT_SCHEMA);
    assert_int_equal(err.line, 7);
    assert_string_equal(err.field, "cnt");
    stl_buf_free(&good);
    stl_buf_free(&bad);
}

typedef struct attempt {
    const test_signing *signing;
    stl_buf doc;
} attempt;

static settle_status verify_once(void *user, stl_error *err) {
    const attempt *a = user;
    stl_signature_info info;
    return stl_sign_verify((stl_str){a->doc.ptr, a->doc.len}, "doc.xml", a->signing->trust,
                           TEST_URIS, TEST_AT, NULL, &info, err);
}

static void without_memory_no_signature_is_called_wrong(void **state) {
    attempt a = {with(state, STL_ALG_ECDSA), {0}};
    a.doc = test_signed(a.signing);
    assert_true(stl_test_each_alloc(verify_once, &a) > 8);
    stl_buf_free(&a.doc);
}

static settle_status sign_once(void *user, stl_error *err) {
    const test_signing *s = user;
    const unsigned char digest[STL_DIGEST_LEN] = {1};
    SCOPED_BUF doc = {0};
    stl_signer *signer = NULL;
    TRY(stl_signer_open(test_signing_path(s, "signer.key"), test_signing_path(s, "signer.pem"),
                        TEST_URIS, &signer, err));
    settle_status status = stl_signer_append(signer, digest, &doc, err);
    stl_signer_free(signer);
    return status;
}

static void without_memory_nothing_is_signed(void **state) {
    assert_true(stl_test_each_alloc(sign_once, (void *)(uintptr_t)with(state, STL_ALG_SM2)) > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_algorithm_verifies_and_tells_the_signer),
        cmocka_unit_test(another_spelling_of_the_same_content_verifies),
        cmocka_unit_test(changed_content_is_found_whatever_the_algorithm),
        cmocka_unit_test(a_new_digest_does_not_help_without_the_key),
        cmocka_unit_test(a_truncated_document_is_no_xml),
        cmocka_unit_test(no_single_bit_can_be_changed),
        cmocka_unit_test(without_a_signature_nothing_is_verified),
        cmocka_unit_test(the_signature_is_the_last_child_of_the_root_and_the_only_one),
        cmocka_unit_test(wrapping_the_signed_document_does_not_help),
        cmocka_unit_test(hostile_xml_is_refused_before_anything_else),
        cmocka_unit_test(values_that_are_not_r_and_s_are_refused),
        cmocka_unit_test(a_key_of_1024_bits_is_refused),
        cmocka_unit_test(the_signer_comes_first_in_the_chain),
        cmocka_unit_test(an_sm2_value_made_with_another_id_is_refused),
        cmocka_unit_test(sm2_is_known_by_the_uris_of_the_site_only),
        cmocka_unit_test(a_wrong_guess_of_the_hash_is_corrected),
        cmocka_unit_test(the_listener_gets_what_is_signed_and_nothing_else),
        cmocka_unit_test(without_memory_no_signature_is_called_wrong),
        cmocka_unit_test(without_memory_nothing_is_signed),
        cmocka_unit_test(a_broken_signature_outranks_what_the_listener_refuses),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
