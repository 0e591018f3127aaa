/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

settle_status stl_path_join(const char *dir, const char *name, char out[static STL_PATH_MAX],
                            stl_error *err) {
    int len = snprintf(out, STL_PATH_MAX, "%s/%s", dir, name);
    if (len < 0 || len >= STL_PATH_MAX)
        return FAIL(err, SETTLE_E_ARG_VALUE, .file = name, .detail = "the path is too long");
    return SETTLE_OK;
}

static settle_status write_failed(const char *path, stl_error *err) {
    int native = errno;
    if (native == ENAMETOOLONG)
        return FAIL(err, SETTLE_E_ARG_VALUE, .file = path, .native = native,
                    .detail = "the path is too long");
    return FAIL(err,
                native == ENOSPC || native == EDQUOT ? SETTLE_E_STORE_FULL : SETTLE_E_STORE_WRITE,
                .file = path, .native = native, .detail = strerrordesc_np(native));
}

static settle_status read_failed(const char *path, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_OPEN, .file = path, .native = errno,
                .detail = strerrordesc_np(errno));
}

static bool write_all(int fd, const char *bytes, size_t len) {
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        }
    }
    return true;
}

static settle_status copy_bytes(int in, int out, const char *from, const char *to, stl_error *err) {
    char block[64 * 1024];
    for (;;) {
        ssize_t n = read(in, block, sizeof block);
        if (n < 0)
            return read_failed(from, err);
        if (n == 0)
            return fsync(out) == 0 ? SETTLE_OK : write_failed(to, err);
        if (!write_all(out, block, (size_t)n))
            return write_failed(to, err);
    }
}

static settle_status copy_file(const char *from, const char *to, stl_error *err) {
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return read_failed(from, err);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    settle_status status = out < 0 ? write_failed(to, err) : copy_bytes(in, out, from, to, err);
    close(in);
    if (out >= 0 && close(out) != 0 && status == SETTLE_OK)
        status = write_failed(to, err);
    return status;
}

static settle_status copy_entry(const char *from, const char *to, const char *name,
                                stl_error *err) {
    char source[STL_PATH_MAX], target[STL_PATH_MAX];
    TRY(stl_path_join(from, name, source, err));
    TRY(stl_path_join(to, name, target, err));
    struct stat st;
    if (stat(source, &st) != 0)
        return read_failed(source, err);
    if (S_ISDIR(st.st_mode))
        return stl_tree_copy(source, target, err);
    return S_ISREG(st.st_mode) ? copy_file(source, target, err) : SETTLE_OK;
}

static void dir_cleanup(DIR **dir) {
    if (*dir != NULL)
        closedir(*dir);
}

settle_status stl_tree_copy(const char *from, const char *to, stl_error *err) {
    __attribute__((cleanup(dir_cleanup))) DIR *dir = opendir(from);
    if (dir == NULL)
        return read_failed(from, err);
    if (mkdir(to, 0755) != 0)
        return write_failed(to, err);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            TRY(copy_entry(from, to, entry->d_name, err));
    return SETTLE_OK;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at) {
    (void)st;
    (void)kind;
    (void)at;
    remove(path);
    return 0;
}

void stl_tree_remove(const char *path) {
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

settle_status stl_tree_need_free(const char *path, stl_error *err) {
    __attribute__((cleanup(dir_cleanup))) DIR *dir = opendir(path);
    if (dir == NULL && errno == ENOENT)
        return SETTLE_OK;
    if (dir == NULL && (errno != ENOTDIR || access(path, F_OK) != 0)) /* a file on the way to it */
        return write_failed(path, err);
    if (dir == NULL)
        return FAIL(err, SETTLE_E_ARG_EXISTS, .file = path, .field = "home");
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            return FAIL(err, SETTLE_E_ARG_EXISTS, .file = path, .field = "home");
    return SETTLE_OK;
}
