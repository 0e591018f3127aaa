/* SPDX-License-Identifier: Apache-2.0 */
#include "compiler.h"

#include <libxml/chvalid.h>
#include <libxml/xmlunicode.h>
#include <string.h>

enum { LAST = 0x10FFFF };

static const range XML_CHARS[] = {
    {0x9, 0xA}, {0xD, 0xD}, {0x20, 0xD7FF}, {0xE000, 0xFFFD}, {0x10000, LAST}};

static void append(charset *set, uint32_t from, uint32_t to) {
    if (from > to)
        return;
    if (set->n > 0 && set->ranges[set->n - 1].to + 1 >= from) {
        if (to > set->ranges[set->n - 1].to)
            set->ranges[set->n - 1].to = to;
        return;
    }
    set->ranges = grow(set->ranges, set->n, set->n + 1, sizeof *set->ranges);
    set->ranges[set->n++] = (range){from, to};
}

charset charset_of(uint32_t from, uint32_t to) {
    charset set = {0};
    append(&set, from, to);
    return set;
}

charset charset_union(charset a, charset b) {
    charset set = {0};
    size_t i = 0, j = 0;
    while (i < a.n || j < b.n) {
        bool left = j == b.n || (i < a.n && a.ranges[i].from <= b.ranges[j].from);
        range next = left ? a.ranges[i++] : b.ranges[j++];
        append(&set, next.from, next.to);
    }
    return set;
}

static charset invert(charset a) {
    charset set = {0};
    uint32_t from = 0;
    for (size_t i = 0; i < a.n; i++) {
        if (a.ranges[i].from > from)
            append(&set, from, a.ranges[i].from - 1);
        from = a.ranges[i].to + 1;
    }
    append(&set, from, LAST);
    return set;
}

charset charset_complement(charset a) {
    charset xml = {(range *)XML_CHARS, sizeof XML_CHARS / sizeof *XML_CHARS};
    return charset_minus(xml, a);
}

/* a and not b = not (not a or b) */
charset charset_minus(charset a, charset b) {
    return invert(charset_union(invert(a), b));
}

static charset filter(bool (*member)(uint32_t)) {
    charset set = {0};
    for (uint32_t c = 0; c <= LAST; c++)
        if (member(c))
            append(&set, c, c);
    return set;
}

static bool is_name_start(uint32_t c) {
    return xmlIsBaseCharQ(c) || xmlIsIdeographicQ(c) || c == '_' || c == ':';
}

static bool is_name_char(uint32_t c) {
    return is_name_start(c) || xmlIsDigitQ(c) || c == '.' || c == '-' || xmlIsCombiningQ(c) ||
           xmlIsExtenderQ(c);
}

static charset category_or_die(const char *name) {
    if (xmlUCSIsCat('A', name) < 0 && xmlUCSIsBlock('A', name) < 0)
        die("unknown character category %s", name);
    charset set = {0};
    bool block = xmlUCSIsCat('A', name) < 0;
    for (uint32_t c = 0; c <= LAST; c++)
        if ((block ? xmlUCSIsBlock((int)c, name) : xmlUCSIsCat((int)c, name)) == 1)
            append(&set, c, c);
    return set;
}

charset charset_category(const char *name) {
    return category_or_die(strncmp(name, "Is", 2) == 0 ? name + 2 : name);
}

static charset word(void) {
    charset rest = charset_union(charset_category("P"), charset_category("Z"));
    return charset_complement(charset_union(rest, charset_category("C")));
}

charset charset_escape(char letter) {
    switch (letter) {
    case 's':
        return charset_union(charset_of(0x9, 0xA),
                             charset_union(charset_of(0xD, 0xD), charset_of(' ', ' ')));
    case 'i':
        return filter(is_name_start);
    case 'c':
        return filter(is_name_char);
    case 'd':
        return charset_category("Nd");
    case 'w':
        return word();
    case 'S':
    case 'I':
    case 'C':
    case 'D':
    case 'W':
        return charset_complement(charset_escape((char)(letter + ('a' - 'A'))));
    default:
        die("unknown escape \\%c", letter);
    }
}
