/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/issue.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <unistd.h>

enum { DAY_S = 24 * 3600, MAX_PATH = 4096 };

static void cert_cleanup(X509 **cert) {
    X509_free(*cert);
}
#define SCOPED_CERT __attribute__((cleanup(cert_cleanup))) X509

/* Never over an existing file: it could be the only copy of a key. */
static settle_status write_new(const char *dir, const char *name, mode_t mode, BIO *content,
                               stl_error *err) {
    char path[MAX_PATH];
    char *text = NULL;
    long len = BIO_get_mem_data(content, &text);
    if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
        return FAIL(err, SETTLE_E_STORE_WRITE, .file = name, .native = ENAMETOOLONG);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return FAIL(err, errno == EEXIST ? SETTLE_E_ARG_EXISTS : SETTLE_E_STORE_WRITE, .file = path,
                    .native = errno, .detail = strerrordesc_np(errno));
    ssize_t written = write(fd, text, (size_t)len);
    if (written != len || fsync(fd) != 0) {
        int native = errno;
        close(fd);
        unlink(path);
        return FAIL(err, SETTLE_E_STORE_WRITE, .file = path, .native = native,
                    .detail = strerrordesc_np(native));
    }
    if (close(fd) != 0)
        return FAIL(err, SETTLE_E_STORE_WRITE, .file = path, .native = errno);
    return SETTLE_OK;
}

static settle_status write_certs(const char *dir, const char *name, X509 *first, X509 *second,
                                 stl_error *err) {
    SCOPED_BIO *bio = BIO_new(BIO_s_mem());
    if (bio == NULL || PEM_write_bio_X509(bio, first) != 1 ||
        (second != NULL && PEM_write_bio_X509(bio, second) != 1))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = name);
    return write_new(dir, name, 0644, bio, err);
}

static settle_status write_key(const char *dir, const char *name, EVP_PKEY *key, stl_error *err) {
    SCOPED_BIO *bio = BIO_new(BIO_s_secmem());
    if (bio == NULL || PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1)
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = name);
    return write_new(dir, name, 0600, bio, err);
}

settle_status stl_sign_make_demo(const char *dir, stl_sign_alg alg, const char *subject,
                                 int64_t from_utc, int days, stl_error *err) {
    SCOPED_MARK(mark);
    const int64_t until = from_utc + (int64_t)days * DAY_S;
    SCOPED_PKEY *ca_key = stl_issue_key(alg);
    SCOPED_PKEY *key = stl_issue_key(alg);
    if (ca_key == NULL || key == NULL)
        return FAIL(err, SETTLE_E_KEY_KIND, .native = stl_ssl_code(), .detail = stl_ssl_reason());
    SCOPED_CERT *ca = stl_issue_cert(&(stl_issue){.subject = "libsettle demonstration CA",
                                                  .key = ca_key,
                                                  .key_usage = "critical,keyCertSign,cRLSign",
                                                  .ca = true,
                                                  .from_utc = from_utc,
                                                  .until_utc = until});
    SCOPED_CERT *cert = ca == NULL
                            ? NULL
                            : stl_issue_cert(&(stl_issue){.subject = subject,
                                                          .key = key,
                                                          .issuer = ca,
                                                          .issuer_key = ca_key,
                                                          .key_usage = "critical,digitalSignature,"
                                                                       "nonRepudiation",
                                                          .from_utc = from_utc,
                                                          .until_utc = until});
    if (cert == NULL)
        return FAIL(err, SETTLE_E_SIGN_FAILED, .native = stl_ssl_code(),
                    .detail = stl_ssl_reason());
    TRY(write_key(dir, "signer.key", key, err));
    TRY(write_certs(dir, "ca.pem", ca, NULL, err));
    return write_certs(dir, "signer.pem", cert, ca, err);
}
