/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a target over files: replay DIR...  Prints how many there were. */
#include "fuzz.h"

#include <dirent.h>

static void run(const char *dir, const char *name) {
    char path[1024];
    static uint8_t bytes[1 << 20];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "rb");
    CLAIM(file != NULL);
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    /* A block of its own, so that reading past the end is seen. */
    uint8_t *copy = malloc(len == 0 ? 1 : len);
    CLAIM(copy != NULL);
    memcpy(copy, bytes, len);
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

int main(int argc, char **argv) {
    int n = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        DIR *list = opendir(argv[i]);
        CLAIM(list != NULL);
        for (struct dirent *entry; (entry = readdir(list)) != NULL;)
            if (entry->d_name[0] != '.') {
                run(argv[i], entry->d_name);
                n++;
            }
        closedir(list);
    }
    printf("%d inputs\n", n);
    return n > 0 ? 0 : 1;
}
