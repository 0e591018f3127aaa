/* SPDX-License-Identifier: Apache-2.0 */
/* Reading back what this signer has made: everything but digest and value is known byte by byte. */
#include "sign/signer.h"

/* Cuts `text` off the end of `rest`. */
static bool cut(stl_str *rest, const char *text, size_t len) {
    if (rest->len < len || memcmp(rest->ptr + rest->len - len, text, len) != 0)
        return false;
    rest->len -= len;
    return true;
}

static stl_str cut_len(stl_str *rest, size_t len) {
    if (rest->len < len)
        return (stl_str){"", 0};
    rest->len -= len;
    return (stl_str){rest->ptr + rest->len, len};
}

/* "</name>" at the end, of the element that begins the document. */
static stl_str cut_root_end(stl_str *rest) {
    const char *open = rest->len == 0 ? NULL : memrchr(rest->ptr, '<', rest->len);
    if (open == NULL)
        return (stl_str){"", 0};
    stl_str end = cut_len(rest, rest->len - (size_t)(open - rest->ptr));
    size_t name_len = end.len < 4 ? 0 : end.len - 3;
    bool fits = name_len > 0 && rest->len > name_len + 1 && memcmp(end.ptr, "</", 2) == 0 &&
                end.ptr[end.len - 1] == '>' && rest->ptr[0] == '<' &&
                memcmp(rest->ptr + 1, end.ptr + 2, name_len) == 0 &&
                (rest->ptr[name_len + 1] == ' ' || rest->ptr[name_len + 1] == '>');
    return fits ? end : (stl_str){"", 0};
}

static bool take_apart(const stl_signer *signer, stl_str *content, stl_str *digest, stl_str *value,
                       stl_str *root_end) {
    const size_t inside = sizeof STL_INFO_OPEN - 1;
    *root_end = cut_root_end(content);
    if (root_end->len == 0 || !cut(content, signer->key_info.ptr, signer->key_info.len))
        return false;
    *value = cut_len(content, (signer->value_len + 2) / 3 * 4);
    if (!cut(content, STL_VALUE_OPEN, sizeof STL_VALUE_OPEN - 1) ||
        !cut(content, STL_INFO_END, sizeof STL_INFO_END - 1))
        return false;
    *digest = cut_len(content, (STL_DIGEST_LEN + 2) / 3 * 4);
    return cut(content, signer->info.ptr + inside, signer->info_fixed - inside) &&
           cut(content, STL_SIG_OPEN STL_INFO_OPEN_INSIDE,
               sizeof STL_SIG_OPEN STL_INFO_OPEN_INSIDE - 1);
}

static void digest_cleanup(stl_digest **digest) {
    stl_digest_free(*digest);
}

typedef struct passes {
    unsigned char content[STL_DIGEST_LEN]; /* of what is signed, by the signer's hash */
    unsigned char sha256[STL_DIGEST_LEN];  /* of all bytes */
} passes;

/* Content and document begin with the same bytes: with SHA-256 they are hashed once. */
static bool hash_both(stl_digest *digest, stl_digest *whole, bool same_kind, stl_str document,
                      stl_str content, stl_str root_end, passes *out) {
    size_t hashed = same_kind ? content.len : 0;
    return stl_digest_add(digest, content.ptr, content.len) &&
           (!same_kind || stl_digest_fork(digest, whole)) &&
           stl_digest_add(digest, root_end.ptr, root_end.len) &&
           stl_digest_end(digest, out->content) &&
           stl_digest_add(whole, document.ptr + hashed, document.len - hashed) &&
           stl_digest_end(whole, out->sha256);
}

static settle_status hash_document(stl_digest_kind kind, stl_str document, stl_str content,
                                   stl_str root_end, passes *out, stl_error *err) {
    __attribute__((cleanup(digest_cleanup))) stl_digest *digest = stl_digest_new(kind);
    __attribute__((cleanup(digest_cleanup))) stl_digest *whole = stl_digest_new(STL_SHA256);
    TRY_ALLOC(err, digest);
    TRY_ALLOC(err, whole);
    if (!hash_both(digest, whole, kind == STL_SHA256, document, content, root_end, out))
        return FAIL(err, SETTLE_E_INTERNAL, .detail = "the digest failed");
    return SETTLE_OK;
}

/* The very value that was verified for this digest when it was made is not computed with again. */
static bool is_made(const stl_signer *signer, const unsigned char *digest,
                    const unsigned char *value, size_t len) {
    return signer->made_len == len && len > 0 && memcmp(signer->made, value, len) == 0 &&
           memcmp(signer->made_digest, digest, STL_DIGEST_LEN) == 0;
}

static settle_status check_value(stl_signer *signer,
                                 const unsigned char digest[static STL_DIGEST_LEN],
                                 stl_str value_text, stl_error *err) {
    unsigned char value[STL_MAX_VALUE];
    int64_t len = stl_base64_get(value_text, value, sizeof value);
    if (len > 0 && is_made(signer, digest, value, (size_t)len))
        return SETTLE_OK;
    TRY(stl_signer_info(signer, digest, err));
    stl_str info = {signer->info.ptr, signer->info.len};
    if (len < 0 ||
        !stl_value_check(signer->public_key, signer->profile.alg, info, value, (size_t)len))
        return FAIL(err, SETTLE_E_SIG_VALUE, .detail = "what was read back differs");
    return SETTLE_OK;
}

settle_status stl_signer_recheck(stl_signer *signer, stl_str document,
                                 unsigned char out_sha256[static STL_DIGEST_LEN], stl_error *err) {
    SCOPED_MARK(mark);
    stl_str content = document, digest_text, value_text, root_end;
    unsigned char stated[STL_DIGEST_LEN];
    passes hashed;
    if (!take_apart(signer, &content, &digest_text, &value_text, &root_end))
        return FAIL(err, SETTLE_E_SIG_STRUCTURE, .detail = "not a document of this signer");
    TRY(hash_document(signer->profile.digest, document, content, root_end, &hashed, err));
    if (stl_base64_get(digest_text, stated, sizeof stated) != STL_DIGEST_LEN ||
        memcmp(hashed.content, stated, STL_DIGEST_LEN) != 0)
        return FAIL(err, SETTLE_E_SIG_DIGEST, .detail = "what was read back differs");
    TRY(check_value(signer, hashed.content, value_text, err));
    memcpy(out_sha256, hashed.sha256, STL_DIGEST_LEN);
    return SETTLE_OK;
}
