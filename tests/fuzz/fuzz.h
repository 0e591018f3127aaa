/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz targets share. A target is NAME_fuzz.c with the one function of libFuzzer; replay.c
 * is a main for compilers without it. A claim that does not hold ends the process. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/error.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CLAIM(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* Whatever fails says so in its record, and the record can be printed. */
void fuzz_check_error(settle_status status, const stl_error *err);

/* A directory of the process, removed at its end; "dir/name", good until the next call. */
const char *fuzz_path(const char *name);
void fuzz_write(const char *name, const void *bytes, size_t len);
/* An input of several texts, at least one: a mark "=== " begins each, the rest of its line names
 * it; what stands before the first mark has the name "". */
void fuzz_sections(const uint8_t *data, size_t size, void (*each)(stl_str name, stl_str text));
/* Removes the files in the directory. */
void fuzz_empty(void);

#endif
