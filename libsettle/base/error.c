/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include "base/detail.h"
#include "base/labels.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void stl_error_reset(stl_error *err) {
    memset(err, 0, sizeof *err);
}

settle_status stl_error_fail(stl_error *err, settle_status status, const char *born_file,
                             int born_line, stl_place place) {
    if (err == NULL)
        return status;
    err->status = status;
    err->line = place.line;
    err->native = place.native;
    err->born_file = born_file;
    err->born_line = born_line;
    stl_text_show(stl_str_of(place.file), err->file, sizeof err->file);
    stl_text_show(stl_str_of(place.field), err->field, sizeof err->field);
    stl_text_show(stl_str_of(place.value), err->value, sizeof err->value);
    stl_text_show(stl_str_of(place.detail), err->detail, sizeof err->detail);
    return status;
}

/* Appends without ever passing the end, cut between characters; keeps the text terminated. What
 * was cut once stays cut. */
static void append(char *out, size_t *cap, size_t *len, const char *text) {
    size_t n = strlen(text);
    if (n > *cap - 1 - *len) {
        n = *cap - 1 - *len;
        while (n > 0 && ((unsigned char)text[n] & 0xC0u) == 0x80u)
            n--;
        *cap = *len + n + 1;
    }
    memcpy(out + *len, text, n);
    *len += n;
    out[*len] = '\0';
}

static void append_part(char *out, size_t *cap, size_t *len, const char *text, const char *tail) {
    if (text[0] == '\0')
        return;
    append(out, cap, len, text);
    append(out, cap, len, tail);
}

typedef struct sentence {
    char *out;
    size_t cap, len;
    bool zh;
} sentence;

static void say(sentence *s, const char *text) {
    append(s->out, &s->cap, &s->len, text);
}

static void say_place(sentence *s, const stl_error *err) {
    if (err->line > 0) {
        char where[32];
        snprintf(where, sizeof where, "%s%lld", err->file[0] != '\0' ? ":" : "",
                 (long long)err->line);
        say(s, err->file);
        append_part(s->out, &s->cap, &s->len, where, ": ");
    } else {
        append_part(s->out, &s->cap, &s->len, err->file, ": ");
    }
    append_part(s->out, &s->cap, &s->len, err->field, ": ");
    if (s->zh) /* after the place, which is the same in every language */
        append_part(s->out, &s->cap, &s->len, stl_field_label(stl_str_of(err->field)), "：");
}

static void say_detail(sentence *s, const char *detail) {
    const char *rest = detail;
    if (detail[0] == '\0')
        return;
    say(s, s->zh ? "（" : " (");
    if (s->zh)
        say(s, stl_detail_chinese(detail, &rest));
    say(s, rest);
    say(s, s->zh ? "）" : ")");
}

void stl_error_render(const stl_error *err, int32_t lang, char *out, size_t cap) {
    const char *text = settle_status_text(err->status, lang);
    const char *remedy = settle_status_remedy(err->status, lang);
    sentence s = {out, cap, 0, lang != SETTLE_LANG_EN};
    if (cap == 0)
        return;
    out[0] = '\0';
    say_place(&s, err);
    say(&s, text == NULL ? "?" : text);
    if (err->value[0] != '\0') {
        say(&s, s.zh ? "：\"" : ": \"");
        append_part(out, &s.cap, &s.len, err->value, "\"");
    }
    say_detail(&s, err->detail);
    if (remedy != NULL) {
        say(&s, s.zh ? "。" : "; ");
        say(&s, remedy);
    }
}
