/* SPDX-License-Identifier: Apache-2.0 */
/* The string frame of the plugin: any bytes are decoded or refused, split where they lie, and
 * written back. */
#include "frame.h"
#include "fuzz.h"

#include <string.h>

/* A piece written with its dividers full width holds none and decodes to itself. */
static void check_piece(const char *piece) {
    size_t len = frame_value(piece, NULL), gbk_len, back_len;
    char *wide = malloc(len + 1);
    CLAIM(wide != NULL && frame_value(piece, wide) == len);
    wide[len] = '\0';
    CLAIM(strpbrk(wide, "^|$") == NULL);
    char *gbk = frame_encode(wide, len, &gbk_len);
    CLAIM(gbk != NULL);
    for (size_t room = 0; room <= gbk_len && room < 40; room++) {
        size_t whole = frame_whole(gbk, gbk_len, room);
        CLAIM(whole <= room);
        char *part = frame_decode(gbk, whole, &back_len);
        CLAIM(part != NULL);
        free(part);
    }
    char *back = frame_decode(gbk, gbk_len, &back_len);
    CLAIM(back != NULL && back_len == len && memcmp(back, wide, len) == 0);
    free(back);
    free(gbk);
    free(wide);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t len;
    char *text = frame_decode((const char *)data, size, &len);
    frame_request request;
    if (text == NULL)
        return 0;
    CLAIM(text[len] == '\0');
    if (frame_read(text, &request)) {
        check_piece(request.serial);
        char *payload = request.payload;
        for (char *row; (row = frame_next(&payload, '$')) != NULL;)
            for (char *piece; (piece = frame_next(&row, '|')) != NULL;)
                check_piece(piece);
    }
    free(text);
    return 0;
}
