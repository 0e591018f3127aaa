/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"
#include "base/mem.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024, COLUMNS_MAX = 512, ROW_MAX = 8 * STL_CSV_CELL_MAX };

/* libcsv is fed physical lines, so the reader knows the line of whatever it answers. */
typedef struct scan {
    const stl_csv_reader *reader;
    const char *name;
    stl_error *err;
    settle_status status;
    struct csv_parser parser;
    stl_decoder *decoder;
    stl_buf decoded;
    int64_t line;     /* being read */
    int64_t row_line; /* where the open row begins */
    bool row_open;
    bool after_cr; /* a row or a blank line ended in CR: LF must follow */
    bool has_header;
    stl_buf names_text;
    stl_str names[COLUMNS_MAX];
    size_t n_names;
    stl_buf row_text; /* the cells one after another */
    stl_str cells[COLUMNS_MAX];
    size_t n_cells;
    size_t row_len;
} scan;

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static const char *column_name(const scan *s) {
    return s->n_cells < s->n_names ? s->names[s->n_cells].ptr : NULL;
}

/* Keeps the first failure; what libcsv still answers of the same line is passed over. */
#define STOP(s, code, ...) ((s)->status = FAIL((s)->err, (code), .file = (s)->name, __VA_ARGS__))

static void stop_ragged(scan *s, size_t at_least) {
    char detail[64];
    snprintf(detail, sizeof detail, "%zu%s cells under %zu columns", at_least,
             at_least > s->n_names ? " or more" : "", s->n_names);
    STOP(s, SETTLE_E_INPUT_CSV, .line = s->row_line, .detail = detail);
}

static bool room_for_cell(scan *s, size_t len) {
    size_t most = s->has_header ? s->n_names : COLUMNS_MAX;
    s->row_len += len;
    if (s->n_cells == most && s->has_header)
        stop_ragged(s, s->n_cells + 1);
    else if (s->n_cells == most)
        STOP(s, SETTLE_E_INPUT_CSV, .line = s->row_line, .detail = "more than 512 columns");
    else if (len > STL_CSV_CELL_MAX || s->row_len > ROW_MAX)
        STOP(s, SETTLE_E_INPUT_TOO_LONG, .line = s->row_line, .field = column_name(s));
    return s->status == SETTLE_OK;
}

static void on_cell(void *bytes, size_t len, void *scanning) {
    scan *s = scanning;
    if (s->status != SETTLE_OK || !room_for_cell(s, len))
        return;
    stl_buf_bytes(&s->row_text, bytes, len);
    s->cells[s->n_cells++].len = len;
}

/* The header's names outlive its row, each terminated for error messages. */
static settle_status keep_names(scan *s) {
    for (size_t i = 0; i < s->n_cells; i++) {
        if (s->cells[i].len == 0)
            return STOP(s, SETTLE_E_INPUT_CSV, .line = s->row_line,
                        .detail = "a column without a name");
        for (size_t k = 0; k < i; k++)
            if (stl_str_eq(s->cells[i], s->cells[k])) {
                stl_buf_str(&s->names_text, s->cells[i]);
                SCOPED_FREE char *twice = stl_buf_take(&s->names_text);
                return STOP(s, SETTLE_E_INPUT_COLUMN_TWICE, .line = s->row_line, .field = twice);
            }
    }
    for (size_t i = 0; i < s->n_cells; i++) {
        stl_buf_str(&s->names_text, s->cells[i]);
        stl_buf_bytes(&s->names_text, "", 1);
    }
    if (!stl_buf_ok(&s->names_text))
        return STOP(s, SETTLE_E_NO_MEMORY, .line = 0);
    const char *at = s->names_text.ptr;
    for (size_t i = 0; i < s->n_cells; i++) {
        s->names[i] = (stl_str){at, s->cells[i].len};
        at += s->cells[i].len + 1;
    }
    s->n_names = s->n_cells;
    s->has_header = true;
    return SETTLE_OK;
}

/* A failure of the caller's row without a place gets that of the row. */
static void add_place(scan *s) {
    stl_error *err = s->err;
    if (err == NULL)
        return;
    if (err->status != s->status)
        stl_error_reset(err);
    stl_error_fail(err, s->status, err->born_file, err->born_line,
                   (stl_place){
                       .file = err->file[0] == '\0' ? s->name : err->file,
                       .line = err->line == 0 ? s->row_line : err->line,
                       .field = err->field,
                       .value = err->value,
                       .detail = err->detail,
                       .native = err->native,
                   });
}

static void hand_over(scan *s) {
    stl_csv_row row = {
        .cells = s->cells, .count = s->n_cells, .line = s->row_line, .last_line = s->line};
    bool is_header = !s->has_header;
    if (is_header && keep_names(s) != SETTLE_OK)
        return;
    s->status = is_header ? s->reader->header(s->reader->user, &row, s->err)
                          : s->reader->row(s->reader->user, &row, s->err);
    if (s->status != SETTLE_OK)
        add_place(s);
}

static settle_status end_row(scan *s) {
    if (s->has_header && s->n_cells != s->n_names)
        stop_ragged(s, s->n_cells);
    else
        hand_over(s);
    s->n_cells = 0;
    s->row_len = 0;
    s->row_text.len = 0;
    s->row_open = false;
    return s->status;
}

static void on_row(int end, void *scanning) {
    (void)end;
    scan *s = scanning;
    if (s->status != SETTLE_OK)
        return;
    stl_buf_reserve(&s->row_text, 1);
    if (!stl_buf_ok(&s->row_text)) {
        STOP(s, SETTLE_E_NO_MEMORY, .line = 0);
        return;
    }
    const char *at = s->row_text.ptr;
    for (size_t i = 0; i < s->n_cells; i++) {
        s->cells[i].ptr = at;
        at += s->cells[i].len;
    }
    end_row(s);
}

static settle_status stop_parse(scan *s, int64_t line, const char *why) {
    if (csv_error(&s->parser) != CSV_EPARSE)
        return STOP(s, SETTLE_E_NO_MEMORY, .line = 0);
    return STOP(s, SETTLE_E_INPUT_CSV, .line = line, .field = column_name(s), .detail = why);
}

/* A whole line without quotes, by far the most frequent, needs no parser: its cells are taken where
 * they lie. */
static settle_status feed_plain(scan *s, const char *line, size_t len) {
    const char *at = line, *end = line + len;
    for (;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *cell_end = comma == NULL ? end : comma;
        if (!room_for_cell(s, (size_t)(cell_end - at)))
            return s->status;
        s->cells[s->n_cells++] = (stl_str){at, (size_t)(cell_end - at)};
        if (comma == NULL)
            break;
        at = comma + 1;
    }
    return end_row(s);
}

static settle_status feed_parser(scan *s, const char *piece, size_t len) {
    size_t done = csv_parse(&s->parser, piece, len, on_cell, on_row, s);
    TRY(s->status);
    if (done != len)
        return stop_parse(s, s->line, "a stray quote, or text behind a closing quote");
    if (s->parser.entry_pos > STL_CSV_CELL_MAX)
        return STOP(s, SETTLE_E_INPUT_TOO_LONG, .line = s->row_line, .field = column_name(s));
    return SETTLE_OK;
}

/* A physical line or the part of it that is there, up to CR or LF. */
static settle_status feed_piece(scan *s, const char *piece, size_t len) {
    char last = piece[len - 1];
    bool whole = !s->row_open && (last == '\n' || last == '\r');
    if (!s->row_open) {
        s->row_open = true;
        s->row_line = s->line;
    }
    if (memchr(piece, '\0', len) != NULL)
        return STOP(s, SETTLE_E_INPUT_CSV, .line = s->line, .field = column_name(s),
                    .detail = "a NUL byte");
    if (whole && memchr(piece, '"', len) == NULL)
        TRY(feed_plain(s, piece, len - 1));
    else
        TRY(feed_parser(s, piece, len));
    s->line += last == '\n';
    s->after_cr = last == '\r' && !s->row_open;
    return SETTLE_OK;
}

static size_t piece_len(const char *at, size_t len) {
    const char *lf = memchr(at, '\n', len);
    if (lf != NULL)
        len = (size_t)(lf - at) + 1;
    const char *cr = memchr(at, '\r', len);
    return cr != NULL ? (size_t)(cr - at) + 1 : len;
}

static settle_status feed(scan *s, const char *at, size_t len) {
    const char *end = at + len;
    while (at < end) {
        bool lf = *at == '\n';
        if (s->after_cr && !lf)
            return STOP(s, SETTLE_E_INPUT_CSV, .line = s->line, .detail = "CR without LF");
        if (!s->row_open && (lf || *at == '\r')) { /* of CRLF, or a blank line */
            s->line += lf;
            s->after_cr = !lf;
            at++;
            continue;
        }
        size_t n = piece_len(at, (size_t)(end - at));
        TRY(feed_piece(s, at, n));
        at += n;
    }
    return SETTLE_OK;
}

/* What stands before a byte that cannot be decoded says in which column it is; a failure there is
 * the first one. */
static settle_status stop_decode(scan *s) {
    settle_status wrong = s->status;
    const stl_error told = s->err == NULL ? (stl_error){0} : *s->err;
    s->status = SETTLE_OK;
    if (wrong == SETTLE_E_INPUT_ENCODING && s->decoded.len > 0)
        TRY(feed(s, s->decoded.ptr, s->decoded.len));
    return s->status = stl_error_fail(s->err, wrong, told.born_file, told.born_line,
                                      (stl_place){.file = s->name,
                                                  .line = told.line,
                                                  .field = column_name(s),
                                                  .detail = told.detail,
                                                  .native = told.native});
}

static settle_status decode_block(scan *s, const char *bytes, size_t len, bool last) {
    s->decoded.len = 0;
    s->status = stl_decoder_feed(s->decoder, bytes, len, last, &s->decoded, s->err);
    if (s->status != SETTLE_OK)
        return stop_decode(s);
    return s->decoded.len == 0 ? SETTLE_OK : feed(s, s->decoded.ptr, s->decoded.len);
}

static settle_status finish(scan *s) {
    TRY(decode_block(s, "", 0, true));
    int ended = csv_fini(&s->parser, on_cell, on_row, s);
    TRY(s->status);
    if (ended != 0)
        return stop_parse(s, s->row_line, "a quoted cell without its end");
    if (!s->has_header)
        return STOP(s, SETTLE_E_INPUT_CSV, .line = 1, .detail = "no header row");
    return SETTLE_OK;
}

static int no_space(unsigned char c) {
    (void)c;
    return 0;
}

static settle_status scan_new(const char *name, stl_encoding encoding, const stl_csv_reader *reader,
                              scan **out, stl_error *err) {
    scan *s = calloc(1, sizeof *s);
    *out = s;
    TRY_ALLOC(err, s);
    s->reader = reader;
    s->name = base_name(name);
    s->err = err;
    s->line = 1;
    csv_init(&s->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&s->parser, no_space); /* RFC 4180: blanks belong to the cell */
    csv_set_realloc_func(&s->parser, realloc);
    csv_set_free_func(&s->parser, free);
    csv_set_blk_size(&s->parser, BLOCK);
    return stl_decoder_new(encoding, &s->decoder, err);
}

static void scan_cleanup(scan **scanning) {
    scan *s = *scanning;
    if (s == NULL)
        return;
    csv_free(&s->parser);
    stl_decoder_free(s->decoder);
    stl_buf_free(&s->decoded);
    stl_buf_free(&s->names_text);
    stl_buf_free(&s->row_text);
    free(s);
}

#define SCOPED_SCAN __attribute__((cleanup(scan_cleanup))) scan

static void close_cleanup(int *fd) {
    if (*fd >= 0)
        close(*fd);
}

settle_status stl_csv_read_file(const char *path, stl_encoding encoding,
                                const stl_csv_reader *reader, stl_error *err) {
    SCOPED_SCAN *s = NULL;
    TRY(scan_new(path, encoding, reader, &s, err));
    SCOPED_FREE char *block = malloc(BLOCK);
    TRY_ALLOC(err, block);
    __attribute__((cleanup(close_cleanup))) int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : 1;
    while (got > 0) {
        got = read(fd, block, BLOCK);
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got > 0)
            TRY(decode_block(s, block, (size_t)got, false));
    }
    if (got < 0)
        return STOP(s, SETTLE_E_INPUT_OPEN, .native = errno, .detail = strerrordesc_np(errno));
    return finish(s);
}

static settle_status read_place(scan *s, int fd, const stl_csv_place *place, char *block) {
    s->line = place->line;
    for (size_t done = 0; done < place->len;) {
        size_t rest = place->len - done;
        ssize_t got =
            pread(fd, block, rest < BLOCK ? rest : BLOCK, (off_t)(place->offset + (int64_t)done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return STOP(s, SETTLE_E_INPUT_OPEN, .native = errno, .detail = strerrordesc_np(errno));
        if (got == 0)
            return STOP(s, SETTLE_E_INPUT_CHANGED, .line = 0);
        TRY(decode_block(s, block, (size_t)got, false));
        done += (size_t)got;
    }
    return SETTLE_OK;
}

/* At most a block; a stay of few rows is not made to wait for one. */
static size_t longest_piece(const stl_csv_place *places, size_t n) {
    size_t longest = 1;
    for (size_t i = 0; i < n; i++)
        longest = places[i].len > longest ? places[i].len : longest;
    return longest < BLOCK ? longest : BLOCK;
}

settle_status stl_csv_read_places(const stl_csv_file *file, const stl_csv_place *places, size_t n,
                                  const stl_csv_reader *reader, stl_error *err) {
    SCOPED_SCAN *s = NULL;
    SCOPED_FREE char *block = malloc(longest_piece(places, n));
    TRY_ALLOC(err, block);
    TRY(scan_new(file->name, file->encoding, reader, &s, err));
    TRY(decode_block(s, file->header.ptr, file->header.len, false));
    for (size_t i = 0; i < n; i++)
        TRY(read_place(s, file->fd, &places[i], block));
    return finish(s);
}

settle_status stl_csv_read_memory(stl_str text, const char *name, stl_encoding encoding,
                                  const stl_csv_reader *reader, stl_error *err) {
    SCOPED_SCAN *s = NULL;
    TRY(scan_new(name, encoding, reader, &s, err));
    for (size_t at = 0; at < text.len; at += BLOCK) {
        size_t rest = text.len - at;
        TRY(decode_block(s, text.ptr + at, rest < BLOCK ? rest : BLOCK, false));
    }
    return finish(s);
}
