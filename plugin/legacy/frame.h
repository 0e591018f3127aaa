/* SPDX-License-Identifier: Apache-2.0 */
/* The string frame of older insurance plugins. Bytes are GBK, whose second bytes can equal '^' and
 * '|': a frame is decoded first and split afterwards. Inside, texts are UTF-8. */
#ifndef LEGACY_FRAME_H
#define LEGACY_FRAME_H

#include <stdbool.h>
#include <stddef.h>

/* Of GBK (and what GB18030 adds to it) to UTF-8 and back; malloc'd and terminated. NULL: bytes that
 * are no text, or no memory. */
char *frame_decode(const char *gbk, size_t len, size_t *out_len);
char *frame_encode(const char *utf8, size_t len, size_t *out_len);

/* 业务编号^机构编号^操作员编号^业务周期号^交易流水号^中心编码^入参^联机标志^ */
typedef struct frame_request {
    const char *number, *institution, *opter, *cycle, *serial, *centre, *online;
    char *payload;
} frame_request;

/* Splits decoded text where it lies. False: not these eight parts. */
bool frame_read(char *text, frame_request *out);

/* Takes the next piece before `separator` from *rest and moves *rest behind it; NULL: none is left.
 * The last piece needs no separator behind it. */
char *frame_next(char **rest, char separator);

/* Length of `text` with '^', '|' and '$' written full width, which is also written to `out` unless
 * that is NULL; not terminated. */
size_t frame_value(const char *text, char *out);

/* How many of the `len` bytes of GBK make whole characters within `room` bytes. */
size_t frame_whole(const char *gbk, size_t len, size_t room);

#endif
