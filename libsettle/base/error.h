/* SPDX-License-Identifier: Apache-2.0 */
/* The one way an error is born and carried: status, place, and never a personal value. */
#ifndef STL_BASE_ERROR_H
#define STL_BASE_ERROR_H

#include <settle/status.h>
#include <stddef.h>
#include <stdint.h>

/* Where and with what. `value` is left out by the caller for personal fields. */
typedef struct stl_place {
    const char *file;   /* base name or path of the input, pack source, key ... */
    int64_t line;       /* 1-based physical line, 0 unknown */
    const char *field;  /* national field name, element, option */
    const char *value;  /* the offending value, cut when long */
    const char *detail; /* technical detail in English: from a library, or what was expected */
    int64_t native;     /* errno, SQLite or OpenSSL code, 0 none */
} stl_place;

/* A record with room of its own: keeping an error never allocates. */
typedef struct stl_error {
    settle_status status;
    int64_t line;
    int64_t native;
    char file[192];
    char field[64];
    char value[96];
    char detail[256];
    const char *born_file; /* source place of birth */
    int born_line;
} stl_error;

#define STL_MUST_CHECK __attribute__((warn_unused_result))

void stl_error_reset(stl_error *err);

/* Fills `err` (NULL allowed: only the status is wanted) and returns `status`. Texts are cut at a
 * UTF-8 boundary. */
settle_status stl_error_fail(stl_error *err, settle_status status, const char *born_file,
                             int born_line, stl_place place);

/* "file:line: field: text: value (detail); remedy" in `lang`, cut to `cap` bytes, terminated. */
void stl_error_render(const stl_error *err, int32_t lang, char *out, size_t cap);

/* The single place where failures are born:  return FAIL(err, SETTLE_E_INPUT_NUMBER, .field = f);
 */
#define FAIL(err, status, ...)                                                                     \
    stl_error_fail((err), (status), __FILE__, __LINE__, (stl_place){__VA_ARGS__})

#define TRY(expr)                                                                                  \
    do {                                                                                           \
        settle_status try_status_ = (expr);                                                        \
        if (try_status_ != SETTLE_OK)                                                              \
            return try_status_;                                                                    \
    } while (0)

#define TRY_ALLOC(err, ptr)                                                                        \
    do {                                                                                           \
        if ((ptr) == NULL)                                                                         \
            return FAIL((err), SETTLE_E_NO_MEMORY, .field = NULL);                                 \
    } while (0)

#endif
