/* SPDX-License-Identifier: Apache-2.0 */
/* The must-fail corpus of structure and algorithms: each document was good before one change. */
#include "support/sign_support.h"

#include <stdlib.h>

static int make(void **state) {
    *state = test_signing_new(STL_ALG_ECDSA);
    return 0;
}

static int drop(void **state) {
    test_signing_free(*state);
    return 0;
}

typedef struct fault {
    const char *from, *to;
    settle_status status;
    const char *field;
} fault;

static void assert_faults(const test_signing *s, const fault *faults, size_t n) {
    stl_buf good = test_signed(s);
    stl_error err = {0};
    assert_int_equal(test_verify(s, good, &err), SETTLE_OK);
    for (size_t i = 0; i < n; i++) {
        stl_buf bad = test_replaced(good, faults[i].from, faults[i].to);
        settle_status status = test_verify(s, bad, &err);
        if (status != faults[i].status || strcmp(err.field, faults[i].field) != 0)
            print_error("%zu: %s -> %s\n", i, faults[i].from, faults[i].to);
        assert_int_equal(status, faults[i].status);
        assert_string_equal(err.field, faults[i].field);
        assert_string_equal(err.file, "doc.xml");
        assert_string_equal(err.value, "");
        stl_buf_free(&bad);
    }
    stl_buf_free(&good);
}
#define ASSERT_FAULTS(s, faults) assert_faults((s), (faults), sizeof(faults) / sizeof(faults)[0])

#define STRUCTURE SETTLE_E_SIG_STRUCTURE
#define ALGORITHM SETTLE_E_SIG_ALGORITHM
#define DS STL_DS_NS

static void algorithms_outside_the_profile_are_refused(void **state) {
    static const fault faults[] = {
        {"CanonicalizationMethod Algorithm=\"" STL_DS_EXCLUSIVE,
         "CanonicalizationMethod Algorithm=\"" STL_DS_EXCLUSIVE "WithComments", ALGORITHM,
         "CanonicalizationMethod"},
        {"CanonicalizationMethod Algorithm=\"" STL_DS_EXCLUSIVE,
         "CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
         ALGORITHM, "CanonicalizationMethod"},
        {"<ds:Transform Algorithm=\"" STL_DS_EXCLUSIVE,
         "<ds:Transform Algorithm=\"" STL_DS_EXCLUSIVE "WithComments", ALGORITHM, "Transform"},
        {"<ds:Transform Algorithm=\"" STL_DS_ENVELOPED,
         "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116", ALGORITHM,
         "Transform"},
        {"<ds:Transform Algorithm=\"" STL_DS_ENVELOPED,
         "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116", ALGORITHM,
         "Transform"},
        {"http://www.w3.org/2001/04/xmlenc#sha256", DS "sha1", ALGORITHM, "SignatureMethod"},
        {"http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmlenc#sha512",
         ALGORITHM, "SignatureMethod"},
        {"http://www.w3.org/2001/04/xmlenc#sha256", "", ALGORITHM, "SignatureMethod"},
        {"xmldsig-more#ecdsa-sha256", "xmldsig-more#ecdsa-sha1", ALGORITHM, "SignatureMethod"},
        {"xmldsig-more#ecdsa-sha256", "xmldsig-more#hmac-sha256", ALGORITHM, "SignatureMethod"},
        {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", DS "hmac-sha1", ALGORITHM,
         "SignatureMethod"},
        {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", DS "rsa-sha1", ALGORITHM,
         "SignatureMethod"},
        {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", DS "dsa-sha1", ALGORITHM,
         "SignatureMethod"},
        {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "", ALGORITHM, "SignatureMethod"},
        {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
         "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3", ALGORITHM, "SignatureMethod"},
        {"xmldsig-more#ecdsa-sha256", "xmldsig-more#rsa-sha256", ALGORITHM, "X509Certificate"},
    };
    ASSERT_FAULTS(*state, faults);
}

static void references_to_anything_but_the_whole_document_are_refused(void **state) {
    static const fault faults[] = {
        {" URI=\"\"", " URI=\"#M1\"", STRUCTURE, "Reference"},
        {" URI=\"\"", " URI=\"http://127.0.0.1:9/x\"", STRUCTURE, "Reference"},
        {" URI=\"\"", " URI=\"#xpointer(/)\"", STRUCTURE, "Reference"},
        {" URI=\"\"", "", STRUCTURE, "Reference"},
        {" URI=\"\"", " Id=\"\"", STRUCTURE, "Reference"},
        {" URI=\"\"", " URI=\"\" Type=\"" DS "Object\"", STRUCTURE, "Reference"},
        {" URI=\"\"", " xmlns:x=\"urn:x\" x:URI=\"\"", STRUCTURE, "Reference"},
        {"</ds:Reference>",
         "</ds:Reference><ds:Reference URI=\"\"><ds:DigestMethod Algorithm=\"x\"/>"
         "<ds:DigestValue>AA==</ds:DigestValue></ds:Reference>",
         STRUCTURE, "SignatureValue"},
    };
    ASSERT_FAULTS(*state, faults);
}

static void ids_and_other_attributes_are_refused(void **state) {
    static const fault faults[] = {
        {"<ds:Signature xmlns", "<ds:Signature Id=\"s\" xmlns", STRUCTURE, "Signature"},
        {"<ds:SignedInfo>", "<ds:SignedInfo Id=\"s\">", STRUCTURE, "SignedInfo"},
        {"<ds:SignatureValue>", "<ds:SignatureValue Id=\"s\">", STRUCTURE, "SignatureValue"},
        {"<ds:KeyInfo>", "<ds:KeyInfo Id=\"s\">", STRUCTURE, "KeyInfo"},
        {"<ds:KeyInfo>", "<ds:KeyInfo xml:id=\"s\">", STRUCTURE, "KeyInfo"},
        {"<ds:X509Certificate>", "<ds:X509Certificate a=\"\">", STRUCTURE, "X509Certificate"},
        {"<ds:DigestValue>", "<ds:DigestValue a=\"\">", STRUCTURE, "DigestValue"},
        {"<ds:Transforms>", "<ds:Transforms a=\"\">", STRUCTURE, "Transforms"},
    };
    ASSERT_FAULTS(*state, faults);
}

static void elements_outside_the_profile_are_refused(void **state) {
    static const fault faults[] = {
        {"<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyName>k</ds:KeyName>", STRUCTURE, "X509Data"},
        {"<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue>", STRUCTURE,
         "X509Data"},
        {"</ds:KeyInfo>", "<ds:KeyValue/></ds:KeyInfo>", STRUCTURE, "X509Certificate"},
        {"</ds:KeyInfo>", "<ds:RetrievalMethod URI=\"http://127.0.0.1:9/k\"/></ds:KeyInfo>",
         STRUCTURE, "X509Certificate"},
        {"</ds:X509Data>", "<ds:X509SubjectName>CN=x</ds:X509SubjectName></ds:X509Data>", STRUCTURE,
         "X509Certificate"},
        {"</ds:X509Data>", "</ds:X509Data><ds:X509Data></ds:X509Data>", STRUCTURE,
         "X509Certificate"},
        {"</ds:KeyInfo>", "</ds:KeyInfo><ds:Object>x</ds:Object>", STRUCTURE, "X509Certificate"},
        {"</ds:KeyInfo>", "</ds:KeyInfo><ds:X509Certificate>AA==</ds:X509Certificate>", STRUCTURE,
         "X509Certificate"},
        {"</ds:KeyInfo>", "</ds:KeyInfo><x xmlns=\"urn:x\"/>", STRUCTURE, "X509Certificate"},
        {"\"></ds:SignatureMethod>",
         "\"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>", STRUCTURE,
         "Reference"},
        {"\"></ds:CanonicalizationMethod>",
         "\"><InclusiveNamespaces xmlns=\"" STL_DS_EXCLUSIVE
         "\" PrefixList=\"x\"/></ds:CanonicalizationMethod>",
         STRUCTURE, "SignatureMethod"},
        {"<ds:Transforms>", "<ds:Transforms><ds:Transform Algorithm=\"" STL_DS_ENVELOPED "\"/>",
         ALGORITHM, "Transform"},
        {"</ds:Transforms>", "<ds:Transform Algorithm=\"" STL_DS_EXCLUSIVE "\"/></ds:Transforms>",
         STRUCTURE, "DigestMethod"},
        {"<ds:Transform Algorithm=\"" STL_DS_ENVELOPED "\"></ds:Transform>", "", ALGORITHM,
         "Transform"},
        {"<ds:Transform Algorithm=\"" STL_DS_EXCLUSIVE "\"></ds:Transform>", "", STRUCTURE,
         "Transform"},
        {"<ds:DigestValue>", "<ds:DigestValue><ds:DigestValue/>", STRUCTURE, "SignatureValue"},
        {"<ds:SignedInfo>", "<ds:SignatureValue/><ds:SignedInfo>", STRUCTURE, "SignedInfo"},
        {"<ds:SignedInfo>", "stray text<ds:SignedInfo>", STRUCTURE, "Signature"},
        {"<ds:SignedInfo>", "<?pi?><ds:SignedInfo>", STRUCTURE, "Signature"},
    };
    ASSERT_FAULTS(*state, faults);
}

static void values_must_be_base64_on_one_line(void **state) {
    static const fault faults[] = {
        {"<ds:SignatureValue>", "<ds:SignatureValue>\n", STRUCTURE, "Signature"},
        {"<ds:SignatureValue>", "<ds:SignatureValue>*", STRUCTURE, "Signature"},
        {"<ds:DigestValue>", "<ds:DigestValue> ", STRUCTURE, "Signature"},
        {"<ds:DigestValue>", "<ds:DigestValue>AAAA", STRUCTURE, "Signature"},
        {"<ds:X509Certificate>", "<ds:X509Certificate>\n", SETTLE_E_CERT_READ, "X509Certificate"},
        {"<ds:X509Certificate>", "<ds:X509Certificate></ds:X509Certificate><ds:X509Certificate>",
         SETTLE_E_CERT_READ, "X509Certificate"},
        {"<ds:X509Certificate>MII", "<ds:X509Certificate>AAAA", SETTLE_E_CERT_READ,
         "X509Certificate"},
    };
    ASSERT_FAULTS(*state, faults);
}

static void parts_that_are_missing_are_named(void **state) {
    const test_signing *s = *state;
    stl_buf good = test_signed(s);
    stl_error err = {0};
    char *value = test_between(good, "<ds:SignatureValue>", "<ds:KeyInfo>");
    char *key_info = test_between(good, "</ds:SignatureValue>", "</ds:Signature>");
    char *certs = test_between(good, "<ds:X509Data>", "</ds:X509Data>");
    stl_buf no_key_info = test_replaced(good, key_info, "");
    assert_int_equal(test_verify(s, no_key_info, &err), SETTLE_E_SIG_STRUCTURE);
    assert_string_equal(err.field, "KeyInfo");
    stl_buf no_certs = test_replaced(good, certs, "");
    assert_int_equal(test_verify(s, no_certs, &err), SETTLE_E_SIG_STRUCTURE);
    assert_string_equal(err.field, "X509Certificate");
    stl_buf empty_value = test_replaced(good, value, "</ds:SignatureValue>");
    assert_int_equal(test_verify(s, empty_value, &err), SETTLE_E_SIG_STRUCTURE);
    stl_buf_free(&no_key_info);
    stl_buf_free(&no_certs);
    stl_buf_free(&empty_value);
    stl_buf_free(&good);
    free(value);
    free(key_info);
    free(certs);
}

static void too_many_certificates_are_refused(void **state) {
    const test_signing *s = *state;
    stl_buf doc = test_signed(s);
    stl_error err = {0};
    char *certs = test_between(doc, "<ds:X509Data>", "</ds:X509Data>");
    for (int i = 0; i < 3; i++) {
        SCOPED_BUF more = {0};
        stl_buf_text(&more, "<ds:X509Data>");
        stl_buf_text(&more, certs);
        stl_buf_bytes(&more, "", 1);
        stl_buf next = test_replaced(doc, "<ds:X509Data>", more.ptr);
        stl_buf_free(&doc);
        doc = next;
    }
    assert_int_equal(test_verify(s, doc, &err), SETTLE_OK);
    stl_buf nine = test_replaced(doc, "<ds:X509Data>",
                                 "<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate>");
    assert_int_equal(test_verify(s, nine, &err), SETTLE_E_SIG_STRUCTURE);
    assert_string_equal(err.detail, "too many certificates");
    stl_buf_free(&nine);
    stl_buf_free(&doc);
    free(certs);
}

/* White space between elements is no reason to refuse: inside SignedInfo it is signed. */
static void white_space_between_elements_is_read(void **state) {
    const test_signing *s = *state;
    stl_buf good = test_signed(s);
    stl_error err = {0};
    stl_buf outside = test_replaced(good, "<ds:KeyInfo>", "\n  <ds:KeyInfo>\n");
    assert_int_equal(test_verify(s, outside, &err), SETTLE_OK);
    stl_buf inside = test_replaced(good, "<ds:Reference", "\n<ds:Reference");
    assert_int_equal(test_verify(s, inside, &err), SETTLE_E_SIG_VALUE);
    stl_buf_free(&outside);
    stl_buf_free(&inside);
    stl_buf_free(&good);
}

static void another_prefix_for_the_namespace_is_the_same_signature(void **state) {
    const test_signing *s = *state;
    stl_buf doc = test_signed(s);
    stl_error err = {0};
    stl_buf prefixed = test_replaced(doc, "<ds:KeyInfo>", "<k:KeyInfo xmlns:k=\"" DS "\">");
    stl_buf both = test_replaced(prefixed, "</ds:KeyInfo>", "</k:KeyInfo>");
    assert_int_equal(test_verify(s, both, &err), SETTLE_OK);
    stl_buf foreign =
        test_replaced(both, "<k:KeyInfo xmlns:k=\"" DS "\">", "<k:KeyInfo xmlns:k=\"urn:x\">");
    assert_int_equal(test_verify(s, foreign, &err), SETTLE_E_SIG_STRUCTURE);
    stl_buf_free(&doc);
    stl_buf_free(&prefixed);
    stl_buf_free(&both);
    stl_buf_free(&foreign);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(algorithms_outside_the_profile_are_refused),
        cmocka_unit_test(references_to_anything_but_the_whole_document_are_refused),
        cmocka_unit_test(ids_and_other_attributes_are_refused),
        cmocka_unit_test(elements_outside_the_profile_are_refused),
        cmocka_unit_test(values_must_be_base64_on_one_line),
        cmocka_unit_test(parts_that_are_missing_are_named),
        cmocka_unit_test(too_many_certificates_are_refused),
        cmocka_unit_test(white_space_between_elements_is_read),
        cmocka_unit_test(another_prefix_for_the_namespace_is_the_same_signature),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
