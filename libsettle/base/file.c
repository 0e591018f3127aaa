/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static void close_fd(int *fd) {
    if (*fd >= 0)
        close(*fd);
}

static settle_status open_regular(const char *path, const char *name, settle_status failure,
                                  int *out_fd, struct stat *out, stl_error *err) {
    *out_fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*out_fd < 0 || fstat(*out_fd, out) != 0) {
        int native = errno;
        return FAIL(err, failure, .file = name, .detail = strerrordesc_np(native),
                    .native = native);
    }
    if (!S_ISREG(out->st_mode))
        return FAIL(err, failure, .file = name, .detail = "not a regular file");
    return SETTLE_OK;
}

settle_status stl_file_read(const char *path, const char *name, settle_status failure, stl_buf *out,
                            struct stat *stat_out, stl_error *err) {
    struct stat about;
    __attribute__((cleanup(close_fd))) int fd = -1;
    TRY(open_regular(path, name, failure, &fd, &about, err));
    stl_buf_reserve(out, (size_t)about.st_size + 1);
    char block[65536];
    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            int native = errno;
            return FAIL(err, failure, .file = name, .detail = strerrordesc_np(native),
                        .native = native);
        }
        if (got == 0)
            break;
        stl_buf_bytes(out, block, (size_t)got);
    }
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .file = name);
    if (stat_out != NULL)
        *stat_out = about;
    return SETTLE_OK;
}

settle_status stl_file_map(const char *path, settle_status failure, stl_mapped *out,
                           stl_error *err) {
    __attribute__((cleanup(close_fd))) int fd = -1;
    *out = (stl_mapped){.bytes = NULL};
    TRY(open_regular(path, path, failure, &fd, &out->stat, err));
    if (out->stat.st_size == 0)
        return SETTLE_OK;
    void *bytes = mmap(NULL, (size_t)out->stat.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED) {
        int native = errno;
        return FAIL(err, failure, .file = path, .detail = strerrordesc_np(native),
                    .native = native);
    }
    out->bytes = bytes;
    out->len = (size_t)out->stat.st_size;
    return SETTLE_OK;
}

void stl_file_unmap(stl_mapped *file) {
    if (file->bytes != NULL)
        munmap((void *)(uintptr_t)file->bytes, file->len);
    *file = (stl_mapped){.bytes = NULL};
}
