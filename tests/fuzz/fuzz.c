/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include <dirent.h>
#include <unistd.h>

static char dir[64];

static void remove_dir(void) {
    fuzz_empty();
    rmdir(dir);
}

static const char *fuzz_dir(void) {
    if (dir[0] == '\0') {
        snprintf(dir, sizeof dir, "%s/settle-fuzz-XXXXXX",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        CLAIM(mkdtemp(dir) != NULL);
        atexit(remove_dir);
    }
    return dir;
}

const char *fuzz_path(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", fuzz_dir(), name);
    return path;
}

void fuzz_write(const char *name, const void *bytes, size_t len) {
    FILE *file = fopen(fuzz_path(name), "wb");
    CLAIM(file != NULL);
    CLAIM(len == 0 || fwrite(bytes, 1, len, file) == len);
    CLAIM(fclose(file) == 0);
}

void fuzz_empty(void) {
    DIR *list = opendir(fuzz_dir());
    CLAIM(list != NULL);
    for (struct dirent *entry; (entry = readdir(list)) != NULL;)
        if (entry->d_name[0] != '.')
            unlink(fuzz_path(entry->d_name));
    closedir(list);
}

void fuzz_check_error(settle_status status, const stl_error *err) {
    char text[1024];
    if (status == SETTLE_OK)
        return;
    CLAIM(err->status == status);
    CLAIM(settle_status_name(status) != NULL);
    CLAIM(err->line >= 0);
    for (int32_t lang = SETTLE_LANG_ZH; lang <= SETTLE_LANG_EN; lang++) {
        stl_error_render(err, lang, text, sizeof text);
        CLAIM(text[0] != '\0' && memchr(text, '\n', strlen(text)) == NULL);
    }
}

/* Hands out the section that `at` begins with; returns what follows. */
static stl_str first_section(stl_str at, void (*each)(stl_str name, stl_str text)) {
    const stl_str mark = STL_STR("=== ");
    stl_str name = STL_STR("");
    if (stl_str_starts(at, mark)) {
        const char *end = memchr(at.ptr, '\n', at.len);
        size_t head = end == NULL ? at.len : (size_t)(end - at.ptr) + 1;
        name = (stl_str){at.ptr + mark.len, head - mark.len};
        at = (stl_str){at.ptr + head, at.len - head};
    }
    const char *next = at.len == 0 ? NULL : memmem(at.ptr, at.len, mark.ptr, mark.len);
    size_t len = next == NULL ? at.len : (size_t)(next - at.ptr);
    each(name, (stl_str){at.ptr, len});
    return (stl_str){at.ptr + len, at.len - len};
}

void fuzz_sections(const uint8_t *data, size_t size, void (*each)(stl_str name, stl_str text)) {
    stl_str at = {(const char *)data, size};
    do
        at = first_section(at, each);
    while (at.len > 0);
}
