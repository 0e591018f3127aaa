/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv_rows.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* LF, comma and quote are no part of a character of UTF-8 or GB18030: rows are found in the bytes
 * as they are. */
enum { BLOCK = 256 * 1024, ROW_MAX = 16 * STL_CSV_CELL_MAX };

typedef struct walk {
    const stl_csv_walker *walker;
    stl_decoder *decoder; /* NULL once the encoding is known */
    stl_encoding encoding;
    stl_buf decoded;
    stl_buf *header;
    stl_buf held;   /* bytes from the beginning of a row */
    int64_t offset; /* of the first of them */
    int64_t line;
    size_t key;
    bool has_header;
} walk;

static settle_status not_row_by_row(stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_CSV, .field = NULL);
}

/* End of the row that begins at `at`, behind its LF; NULL: further on. *lines: its LFs. */
static const char *row_end(const char *at, const char *end, bool last, int64_t *lines) {
    const char *lf = memchr(at, '\n', (size_t)(end - at));
    const char *upto = lf == NULL ? end : lf;
    *lines = lf != NULL;
    if (memchr(at, '"', (size_t)(upto - at)) == NULL)
        return lf != NULL ? lf + 1 : last ? end : NULL;
    bool quoted = false;
    *lines = 0;
    for (; at < end; at++) {
        quoted ^= *at == '"';
        *lines += *at == '\n';
        if (*at == '\n' && !quoted)
            return at + 1;
    }
    return last ? end : NULL;
}

/* The bytes of a cell; .ptr == NULL: the row has not so many. */
static stl_str cell_at(const char *at, const char *end, size_t column) {
    bool quoted = false;
    for (; column > 0; column--, at++) {
        for (; at < end && (*at != ',' || quoted); at++)
            quoted ^= *at == '"';
        if (at == end)
            return (stl_str){0};
    }
    const char *from = at;
    for (; at < end && (*at != ',' || quoted); at++)
        quoted ^= *at == '"';
    return (stl_str){from, (size_t)(at - from)};
}

static settle_status unquoted(stl_str *cell, stl_error *err) {
    if (cell->len >= 2 && cell->ptr[0] == '"' && cell->ptr[cell->len - 1] == '"')
        *cell = (stl_str){cell->ptr + 1, cell->len - 2};
    if (cell->ptr == NULL || memchr(cell->ptr, '"', cell->len) != NULL)
        return not_row_by_row(err);
    return SETTLE_OK;
}

/* The column is told by its bytes: the encoding may show itself only further on. */
static settle_status on_header(walk *w, const char *at, const char *end, stl_error *err) {
    static const char BOM[] = "\xEF\xBB\xBF";
    stl_str bytes = {at, (size_t)(end - at)};
    if (stl_str_starts(bytes, STL_STR(BOM)))
        at += sizeof BOM - 1;
    w->has_header = true;
    for (;; w->key++) {
        stl_str name = cell_at(at, end, w->key);
        TRY(unquoted(&name, err));
        if (stl_str_is(name, w->walker->key))
            return SETTLE_OK;
    }
}

static settle_status on_row(walk *w, const char *at, const char *end, int64_t lines,
                            stl_error *err) {
    const stl_csv_place place = {w->offset, w->line, (size_t)(end - at)};
    const char *text_end = end;
    w->offset += end - at;
    w->line += lines;
    while (text_end > at && (text_end[-1] == '\n' || text_end[-1] == '\r'))
        text_end--;
    if (text_end == at) /* a blank line */
        return SETTLE_OK;
    if (!w->has_header) {
        stl_buf_bytes(w->header, at, place.len);
        return on_header(w, at, text_end, err);
    }
    stl_str key = cell_at(at, text_end, w->key);
    TRY(unquoted(&key, err));
    return w->walker->row(w->walker->user, key, &place, err);
}

static settle_status rows_of_held(walk *w, bool last, stl_error *err) {
    const char *at = w->held.ptr, *end = at + w->held.len;
    while (at < end) {
        int64_t lines;
        const char *behind = row_end(at, end, last, &lines);
        if (behind == NULL)
            break;
        TRY(on_row(w, at, behind, lines, err));
        at = behind;
    }
    w->held.len = (size_t)(end - at);
    if (w->held.len > 0)
        memmove(w->held.ptr, at, w->held.len);
    return w->held.len > ROW_MAX ? not_row_by_row(err) : SETTLE_OK;
}

/* The encoding is that of the whole file: what is decoded until it is known is not kept. */
static settle_status look_at_encoding(walk *w, const char *bytes, size_t len, bool last,
                                      stl_error *err) {
    if (w->decoder == NULL)
        return SETTLE_OK;
    w->decoded.len = 0;
    TRY(stl_decoder_feed(w->decoder, bytes, len, last, &w->decoded, err));
    w->encoding = stl_decoder_encoding(w->decoder);
    if (w->encoding != STL_ENC_DETECT) {
        stl_decoder_free(w->decoder);
        w->decoder = NULL;
    }
    return SETTLE_OK;
}

static settle_status walk_all(walk *w, int fd, stl_error *err) {
    for (;;) {
        stl_buf_reserve(&w->held, BLOCK);
        TRY_ALLOC(err, stl_buf_ok(&w->held) ? w->held.ptr : NULL);
        char *block = w->held.ptr + w->held.len;
        ssize_t got = read(fd, block, BLOCK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FAIL(err, SETTLE_E_INPUT_OPEN, .native = errno,
                        .detail = strerrordesc_np(errno));
        TRY(look_at_encoding(w, block, (size_t)got, got == 0, err));
        w->held.len += (size_t)got;
        TRY(rows_of_held(w, got == 0, err));
        if (got == 0)
            return w->has_header ? SETTLE_OK : not_row_by_row(err);
    }
}

settle_status stl_csv_walk(int fd, stl_encoding *encoding, const stl_csv_walker *walker,
                           stl_buf *header, stl_error *err) {
    walk w = {.walker = walker, .encoding = *encoding, .header = header, .line = 1};
    if (*encoding == STL_ENC_DETECT)
        TRY(stl_decoder_new(*encoding, &w.decoder, err));
    settle_status status = walk_all(&w, fd, err);
    *encoding = w.encoding;
    stl_decoder_free(w.decoder);
    stl_buf_free(&w.decoded);
    stl_buf_free(&w.held);
    return status;
}
