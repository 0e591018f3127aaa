/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { GROWTH = 4 }; /* a byte becomes at most so many, in either direction */

static char *convert(const char *to, const char *from, const char *bytes, size_t len,
                     size_t *out_len) {
    iconv_t how = iconv_open(to, from);
    if (how == (iconv_t)-1)
        return NULL;
    char *out = len > SIZE_MAX / GROWTH - 1 ? NULL : malloc(len * GROWTH + 1);
    char *in = (char *)bytes, *at = out;
    size_t left = len, room = len * GROWTH;
    bool whole = out != NULL && iconv(how, &in, &left, &at, &room) == 0 && left == 0;
    iconv_close(how);
    if (!whole) {
        free(out);
        return NULL;
    }
    *at = '\0';
    *out_len = (size_t)(at - out);
    return out;
}

char *frame_decode(const char *gbk, size_t len, size_t *out_len) {
    return convert("UTF-8", "GB18030", gbk, len, out_len);
}

char *frame_encode(const char *utf8, size_t len, size_t *out_len) {
    return convert("GB18030", "UTF-8", utf8, len, out_len);
}

char *frame_next(char **rest, char separator) {
    char *piece = *rest;
    if (*piece == '\0')
        return NULL;
    char *end = strchr(piece, separator);
    if (end == NULL) {
        *rest = piece + strlen(piece);
        return piece;
    }
    *end = '\0';
    *rest = end + 1;
    return piece;
}

bool frame_read(char *text, frame_request *out) {
    enum { PARTS = 8 };
    char *part[PARTS], *rest = text;
    for (int i = 0; i < PARTS; i++)
        if ((part[i] = frame_next(&rest, '^')) == NULL)
            return false;
    *out = (frame_request){part[0], part[1], part[2], part[3], part[4], part[5], part[7], part[6]};
    return *rest == '\0';
}

static const char *full_width(char c) {
    return c == '^' ? "＾" : c == '|' ? "｜" : c == '$' ? "＄" : NULL;
}

size_t frame_value(const char *text, char *out) {
    size_t len = 0;
    for (; *text != '\0'; text++) {
        const char *wide = full_width(*text);
        size_t n = wide == NULL ? 1 : strlen(wide);
        if (out != NULL)
            memcpy(out + len, wide == NULL ? text : wide, n);
        len += n;
    }
    return len;
}

/* Bytes of the character at `gbk`: a second byte that is a digit begins one of four. */
static size_t width(const unsigned char *gbk, size_t len) {
    if (gbk[0] <= 0x80 || gbk[0] == 0xFF || len < 2)
        return 1;
    return gbk[1] >= '0' && gbk[1] <= '9' ? 4 : 2;
}

size_t frame_whole(const char *gbk, size_t len, size_t room) {
    size_t at = 0;
    while (at < len) {
        size_t n = width((const unsigned char *)gbk + at, len - at);
        if (n > len - at || n > room - at)
            break;
        at += n;
    }
    return at;
}
