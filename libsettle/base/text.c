/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

enum {
    PROBE = 64 * 1024, /* bytes from the first non-ASCII one by which DETECT decides */
    UTF8_EVIDENCE = 4, /* so many characters of three bytes are no GB18030 by chance */
    BOM_LONGEST = 4,
};

struct stl_decoder {
    stl_encoding encoding;
    iconv_t converter; /* of GB18030, opened when needed */
    bool converter_open;
    bool begun;   /* past the byte order mark */
    stl_buf held; /* bytes not decoded yet */
    int64_t line;
};

static size_t ascii_prefix(const char *bytes, size_t len) {
    size_t i = 0;
    uint64_t word;
    for (; i + sizeof word <= len; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (i < len && (unsigned char)bytes[i] < 0x80)
        i++;
    return i;
}

/* What a lead byte demands: length of the sequence and range of its second byte. */
typedef struct lead {
    size_t len;
    unsigned char low, high;
} lead;

static lead lead_of(unsigned char c) {
    if (c < 0x80)
        return (lead){1, 0, 0};
    if (c < 0xC2 || c > 0xF4)
        return (lead){0, 0, 0};
    if (c < 0xE0)
        return (lead){2, 0x80, 0xBF};
    if (c < 0xF0)
        return (lead){3, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF};
    return (lead){4, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF};
}

/* Length of the sequence at `bytes`, 0 where it is wrong; `*cut` where it ends too early. */
static size_t sequence(const unsigned char *bytes, size_t len, bool *cut) {
    lead l = lead_of(bytes[0]);
    size_t there = l.len < len ? l.len : len;
    if (there > 1 && (bytes[1] < l.low || bytes[1] > l.high))
        return 0;
    for (size_t i = 2; i < there; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    *cut = there < l.len;
    return *cut ? 0 : l.len;
}

/* The valid prefix; `*cut`: what follows is the begin of a sequence; `*long_ones`: its characters
 * of three or four bytes. */
static size_t valid_prefix(const char *bytes, size_t len, bool *cut, size_t *long_ones) {
    size_t i = 0;
    *cut = false;
    *long_ones = 0;
    while (i < len) {
        if ((unsigned char)bytes[i] < 0x80) {
            i += ascii_prefix(bytes + i, len - i);
            continue;
        }
        size_t n = sequence((const unsigned char *)bytes + i, len - i, cut);
        if (n == 0)
            break;
        *long_ones += n > 2;
        i += n;
    }
    return i;
}

size_t stl_utf8_valid(const char *bytes, size_t len) {
    bool cut;
    size_t long_ones;
    return valid_prefix(bytes, len, &cut, &long_ones);
}

bool stl_text_printable(stl_str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7F)
            return false;
    return stl_utf8_valid(text.ptr, text.len) == text.len;
}

static bool is_control(const char *bytes, size_t len) {
    unsigned char first = (unsigned char)bytes[0];
    return first < ' ' || first == 0x7F ||
           (len == 2 && first == 0xC2 && (unsigned char)bytes[1] < 0xA0);
}

void stl_text_show(stl_str text, char *out, size_t cap) {
    size_t n = 0;
    for (size_t at = 0; at < text.len;) {
        bool cut;
        size_t len = sequence((const unsigned char *)text.ptr + at, text.len - at, &cut);
        stl_str shown = len == 0                         ? STL_STR("\xEF\xBF\xBD")
                        : is_control(text.ptr + at, len) ? STL_STR(" ")
                                                         : (stl_str){text.ptr + at, len};
        if (n + shown.len >= cap)
            break;
        memmove(out + n, shown.ptr, shown.len);
        n += shown.len;
        at += len == 0 ? 1 : len;
    }
    out[n] = '\0';
}

size_t stl_utf8_count(stl_str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

settle_status stl_decoder_new(stl_encoding declared, stl_decoder **out, stl_error *err) {
    stl_decoder *decoder = calloc(1, sizeof *decoder);
    TRY_ALLOC(err, decoder);
    decoder->encoding = declared;
    decoder->line = 1;
    *out = decoder;
    return SETTLE_OK;
}

void stl_decoder_free(stl_decoder *decoder) {
    if (decoder == NULL)
        return;
    if (decoder->converter_open)
        iconv_close(decoder->converter);
    stl_buf_free(&decoder->held);
    free(decoder);
}

stl_encoding stl_decoder_encoding(const stl_decoder *decoder) {
    return decoder->encoding;
}

static int64_t count_lines(const char *bytes, size_t len) {
    const char *end = bytes + len;
    int64_t lines = 0;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        lines++;
    return lines;
}

static void drop(stl_decoder *d, size_t len) {
    d->held.len -= len;
    memmove(d->held.ptr, d->held.ptr + len, d->held.len);
}

static void pass(stl_decoder *d, size_t len, stl_buf *out) {
    stl_buf_bytes(out, d->held.ptr, len);
    d->line += count_lines(d->held.ptr, len);
    drop(d, len);
}

static settle_status bad_byte(const stl_decoder *d, const char *encoding, stl_error *err) {
    return FAIL(err, SETTLE_E_INPUT_ENCODING, .line = d->line, .detail = encoding);
}

static bool begins_with(const stl_decoder *d, const char *mark, size_t len) {
    return d->held.len >= len && memcmp(d->held.ptr, mark, len) == 0;
}

static settle_status take_mark(stl_decoder *d, stl_error *err) {
    d->begun = true;
    if (begins_with(d, "\xEF\xBB\xBF", 3)) {
        if (d->encoding == STL_ENC_GB18030)
            return bad_byte(d, "declared GB18030, marked UTF-8", err);
        d->encoding = STL_ENC_UTF8;
        drop(d, 3);
    } else if (begins_with(d, "\x84\x31\x95\x33", 4) && d->encoding != STL_ENC_UTF8) {
        d->encoding = STL_ENC_GB18030;
        drop(d, 4);
    }
    return SETTLE_OK;
}

/* Of the characters of two bytes those that Chinese records bear: degrees, signs, Greek letters of
 * names of drugs. */
static bool is_known_pair(const char *bytes) {
    static const char *const KNOWN[] = {"°", "±", "²", "³", "µ", "·", "×", "÷", "α", "β", "γ", "μ"};
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (memcmp(bytes, KNOWN[i], 2) == 0)
            return true;
    return false;
}

/* Valid UTF-8 without a character of three bytes: nearly all Chinese ones have three, and a few
 * characters of GB18030 look like such pairs by chance. */
static bool is_odd(const char *bytes, size_t len) {
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)bytes[i] >= 0x80 && (i + 1 == len || !is_known_pair(bytes + i++)))
            return true;
    return false;
}

/* False: more bytes are needed. ASCII passes at once, being the same in both. How many bytes came
 * at once does not matter. */
static bool detect(stl_decoder *d, bool last, stl_buf *out) {
    pass(d, ascii_prefix(d->held.ptr, d->held.len), out);
    if (d->held.len == 0 || (d->held.len < PROBE && !last))
        return false;
    bool cut, more = !last || d->held.len > PROBE;
    size_t long_ones, len = d->held.len < PROBE ? d->held.len : PROBE;
    size_t valid = valid_prefix(d->held.ptr, len, &cut, &long_ones);
    bool utf8 = valid == len || (cut && more) || long_ones >= UTF8_EVIDENCE;
    if (utf8 && long_ones == 0)
        utf8 = !is_odd(d->held.ptr, valid);
    d->encoding = utf8 ? STL_ENC_UTF8 : STL_ENC_GB18030;
    return true;
}

static settle_status feed_utf8(stl_decoder *d, bool last, stl_buf *out, stl_error *err) {
    bool cut;
    size_t long_ones;
    pass(d, valid_prefix(d->held.ptr, d->held.len, &cut, &long_ones), out);
    if (d->held.len > 0 && (last || !cut))
        return bad_byte(d, "not UTF-8", err);
    return SETTLE_OK;
}

static settle_status open_converter(stl_decoder *d, stl_error *err) {
    if (d->converter_open)
        return SETTLE_OK;
    d->converter = iconv_open("UTF-8", "GB18030");
    if (d->converter == (iconv_t)-1)
        return FAIL(err, SETTLE_E_INPUT_ENCODING, .native = errno,
                    .detail = "this system has no converter of GB18030");
    d->converter_open = true;
    return SETTLE_OK;
}

static settle_status feed_gb18030(stl_decoder *d, bool last, stl_buf *out, stl_error *err) {
    TRY(open_converter(d, err));
    size_t room = d->held.len / 2 * 3 + 16;
    stl_buf_reserve(out, room);
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    char *from = d->held.ptr, *begin = out->ptr + out->len, *to = begin;
    size_t left = d->held.len;
    errno = 0;
    size_t wrong = iconv(d->converter, &from, &left, &to, &room);
    int why = wrong == (size_t)-1 ? errno : 0;
    size_t made = (size_t)(to - begin);
    out->len += made;
    d->line += count_lines(begin, made);
    drop(d, d->held.len - left);
    if (why != 0 && (why != EINVAL || last))
        return bad_byte(d, "not GB18030", err);
    return SETTLE_OK;
}

settle_status stl_decoder_feed(stl_decoder *decoder, const char *bytes, size_t len, bool last,
                               stl_buf *out, stl_error *err) {
    stl_buf_bytes(&decoder->held, bytes, len);
    if (!stl_buf_ok(&decoder->held))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    if (decoder->held.len == 0 || (!decoder->begun && decoder->held.len < BOM_LONGEST && !last))
        return SETTLE_OK;
    if (!decoder->begun)
        TRY(take_mark(decoder, err));
    if (decoder->encoding != STL_ENC_DETECT || detect(decoder, last, out)) {
        if (decoder->encoding == STL_ENC_GB18030)
            TRY(feed_gb18030(decoder, last, out, err));
        else
            TRY(feed_utf8(decoder, last, out, err));
    }
    if (!stl_buf_ok(out))
        return FAIL(err, SETTLE_E_NO_MEMORY, .field = NULL);
    return SETTLE_OK;
}
