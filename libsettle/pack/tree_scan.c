/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DIRECTORY_DEPTH_MAX = 4 };

typedef struct scan {
    const char *root, *prefix;
} scan;

static void close_directory(DIR **dir) {
    if (*dir != NULL)
        closedir(*dir);
}

static bool ends_with(const char *name, const char *suffix) {
    size_t len = strlen(name), n = strlen(suffix);
    return len >= n && stl_str_eq_nocase(stl_str_of(name + len - n), stl_str_of(suffix));
}

static bool is_source(const char *relative) {
    if (strcmp(relative, "pack.xml") == 0 || strcmp(relative, "policy.xml") == 0)
        return true;
    size_t len = strlen(relative);
    if (strncmp(relative, "pathways/", 9) == 0 && strchr(relative + 9, '/') == NULL)
        return strcmp(relative + len - 4, ".xml") == 0;
    for (size_t i = 0; i < STL_T_COUNT; i++)
        if (strcmp(relative, STL_TABLE_SPECS[i].file) == 0)
            return true;
    return false;
}

static settle_status scan_directory(const scan *in, const char *relative, int depth,
                                    stl_error *err);

static settle_status scan_entry(const scan *in, const char *relative, int depth, stl_error *err) {
    SCOPED_FREE char *path = NULL;
    if (asprintf(&path, "%s/%s", in->root, relative) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    struct stat about;
    bool directory = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    if (directory && depth < DIRECTORY_DEPTH_MAX)
        return scan_directory(in, relative, depth + 1, err);
    if ((!ends_with(relative, ".csv") && !ends_with(relative, ".xml")) || is_source(relative))
        return SETTLE_OK;
    SCOPED_FREE char *shown = NULL;
    if (asprintf(&shown, "%s%s", in->prefix, relative) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return FAIL(err, SETTLE_E_PACK_SOURCE, .file = shown,
                .detail = "a pack has no file of this name");
}

static settle_status scan_directory(const scan *in, const char *relative, int depth,
                                    stl_error *err) {
    SCOPED_FREE char *path = NULL;
    if (asprintf(&path, "%s/%s", in->root, relative) < 0)
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    __attribute__((cleanup(close_directory))) DIR *dir = opendir(path);
    if (dir == NULL) {
        int native = errno;
        return FAIL(err, SETTLE_E_PACK_SOURCE, .file = path, .detail = strerrordesc_np(native),
                    .native = native);
    }
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        SCOPED_FREE char *child = NULL;
        if (asprintf(&child, "%s%s%s", relative, relative[0] == '\0' ? "" : "/", entry->d_name) < 0)
            return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
        TRY(scan_entry(in, child, depth, err));
    }
    return SETTLE_OK;
}

settle_status stl_tree_scan(const char *dir, const char *prefix, stl_error *err) {
    const scan in = {.root = dir, .prefix = prefix};
    return scan_directory(&in, "", 0, err);
}
