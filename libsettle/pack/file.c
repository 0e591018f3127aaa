/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/file.h"

#include "base/mem.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static settle_status write_failed(const char *path, stl_error *err) {
    int native = errno;
    return FAIL(err, SETTLE_E_STORE_WRITE, .file = path, .detail = strerrordesc_np(native),
                .native = native);
}

settle_status stl_aside_begin(const char *path, stl_aside *out, stl_error *err) {
    *out = (stl_aside){.fd = -1, .path = strdup(path)};
    TRY_ALLOC(err, out->path);
    char *temp = NULL;
    if (asprintf(&temp, "%s.XXXXXX", path) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = path);
    out->fd = mkostemp(temp, O_CLOEXEC);
    if (out->fd < 0) {
        free(temp);
        return write_failed(path, err);
    }
    out->temp = temp;
    return SETTLE_OK;
}

settle_status stl_aside_write(stl_aside *file, const void *bytes, size_t len, stl_error *err) {
    const char *at = bytes;
    while (len > 0) {
        ssize_t done = write(file->fd, at, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return write_failed(file->path, err);
        at += done;
        len -= (size_t)done;
    }
    return SETTLE_OK;
}

static void sync_directory(const char *path) {
    SCOPED_FREE char *copy = strdup(path);
    if (copy == NULL)
        return;
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

settle_status stl_aside_commit(stl_aside *file, stl_error *err) {
    if (fchmod(file->fd, 0644) != 0 || fsync(file->fd) != 0 || rename(file->temp, file->path) != 0)
        return write_failed(file->path, err);
    free(file->temp);
    file->temp = NULL;
    sync_directory(file->path);
    return SETTLE_OK;
}

void stl_aside_cleanup(stl_aside *file) {
    if (file->fd >= 0)
        close(file->fd);
    if (file->temp != NULL)
        unlink(file->temp);
    free(file->temp);
    free(file->path);
    *file = (stl_aside){.fd = -1};
}
