/* SPDX-License-Identifier: Apache-2.0 */
/* HL7 v2 messages (ER7) as they were read: segments of messages of visits. */
#ifndef STL_ADAPTERS_HL7_H
#define STL_ADAPTERS_HL7_H

#include "load/messages.h"
#include "load/text_map.h"

enum { HL7_FIELDS = 96, HL7_SETS = 2 };
extern const char *const STL_HL7_SETS[HL7_SETS]; /* segments of which a message has all or none */

typedef struct hl7_marks {
    char field, component, repetition, escape, sub;
    bool divides[256]; /* a byte that makes a field more than one text */
} hl7_marks;

typedef struct hl7_segment {
    char id[4];
    stl_str text;
    const char *file;
    int64_t line;
    size_t message, number; /* number: among those of its kind in the message, from 1 */
    bool nested;            /* a DG1 within the group of an FT1 */
    bool replaced;          /* by a newer message */
} hl7_segment;

typedef struct hl7_count { /* segments of a kind in a message */
    char id[4];
    size_t segments;
} hl7_count;

typedef struct hl7_message {
    hl7_marks marks;
    const char *file;
    int64_t line;
    size_t first, count; /* of its segments, MSH first */
    size_t visit;
    stl_str type, event, id, sent, application, facility;
    hl7_count *kinds;
    size_t n_kinds, cap_kinds;
} hl7_message;

typedef struct hl7_visit {
    stl_str key;
    size_t *messages; /* in the order they were sent */
    size_t n_messages, cap_messages;
    size_t current[HL7_SETS]; /* by set: 1 + the message whose segments count, 0 none */
} hl7_visit;

typedef struct hl7 {
    stl_arena *arena;
    hl7_segment *segments;
    size_t n_segments, cap_segments;
    hl7_message *messages;
    size_t n_messages, cap_messages;
    hl7_visit *visits;
    size_t n_visits, cap_visits;
    stl_text_map by_key;
    stl_text_map by_id; /* the first message of a number */
} hl7;

/* The fields of a segment, [0] its name; MSH-1 is the separator itself. Returns their number. */
size_t stl_hl7_split(const hl7_marks *marks, stl_str segment, stl_str fields[static HL7_FIELDS]);

/* A part of a field: repetition (the first, or the one whose fifth component is `tag`), component
 * and subcomponent from 1; escapes are resolved in `arena`. .ptr NULL: out of memory. */
stl_str stl_hl7_part(const hl7_marks *marks, stl_str field, stl_str tag, size_t component,
                     size_t sub, stl_arena *arena);

/* Segments into messages and visits. INPUT_MESSAGE, INPUT_COUNT with file, line and field. */
settle_status stl_hl7_read(hl7 *out, const stl_message_file *file, stl_error *err) STL_MUST_CHECK;

#endif
