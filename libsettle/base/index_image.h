/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of an index image. Numbers are in the byte order of the machine that wrote it; an
 * image of the other order is refused. All offsets are from the image's begin, multiples of 8.
 *   header, directory, then for each table its rows and its slots, then the heap of texts.
 * A text cell is offset << TEXT_LEN_BITS | length, the offset from the heap's begin. */
#ifndef STL_BASE_INDEX_IMAGE_H
#define STL_BASE_INDEX_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#define STL_INDEX_MAGIC "STLIDX2\n"
#define STL_INDEX_ORDER 0x01020304u

enum {
    STL_INDEX_NAME_MAX = 32,
    STL_INDEX_TABLES_MAX = 256,
    STL_INDEX_COLS_MAX = 256,
    STL_INDEX_TEXT_LEN_BITS = 24,
};
#define STL_INDEX_TEXT_MAX ((UINT64_C(1) << STL_INDEX_TEXT_LEN_BITS) - 1)
#define STL_INDEX_HEAP_MAX (UINT64_C(1) << (63 - STL_INDEX_TEXT_LEN_BITS))
#define STL_INDEX_ROWS_MAX (UINT32_MAX / 4)

typedef struct stl_index_header {
    char magic[8];
    uint32_t order;
    uint32_t n_tables;
    uint64_t len; /* of the whole image */
    uint64_t heap_offset;
    uint64_t heap_len;
} stl_index_header;

typedef struct stl_index_entry {
    char name[STL_INDEX_NAME_MAX]; /* padded with NUL, at least one */
    uint64_t n_rows;
    uint64_t n_cols;
    uint64_t rows_offset;
    uint64_t n_slots;
    uint64_t slots_offset;
} stl_index_entry;

/* Open addressing by the low bits of the key's hash. The key's cell stands here too, so that its
 * text can be fetched without waiting for the row. */
typedef struct stl_index_slot {
    uint32_t first; /* 1 + number of the key's first row, 0 empty */
    uint32_t tag;   /* high bits of the hash; lowest bit: more rows of the key follow */
    int64_t key;
} stl_index_slot;

static inline uint32_t stl_index_tag(uint64_t hash) {
    return (uint32_t)(hash >> 32) & ~UINT32_C(1);
}

#endif
