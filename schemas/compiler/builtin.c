/* SPDX-License-Identifier: Apache-2.0 */
/* XML Schema part 2, section 3: what may stand for a value of each built-in type. */
#include "compiler.h"

#include <string.h>

/* Years have no leading zero beyond four digits, and there is no year 0000. */
#define LEAP_CENTURY "([2468][048]|[13579][26]|0[48])00"
#define LEAP_IN_CENTURY "[0-9]{2}(0[48]|[2468][048]|[13579][26])"
#define LEAP                                                                                       \
    "([1-9][0-9]*(0000|" LEAP_CENTURY "|" LEAP_IN_CENTURY ")|" LEAP_CENTURY "|" LEAP_IN_CENTURY ")"
#define NONLEAP_DAYS                                                                               \
    "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
#define YEAR "-?([1-9][0-9]{3,}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
#define ZONE "(Z|[+\\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
#define CLOCK "(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?|24:00:00(\\.0+)?)"
#define INTEGER "[+\\-]?[0-9]+"

static const builtin BUILTINS[] = {
    {"string", SPACE_PRESERVE, false, NULL, NULL, -1, NULL, NULL},
    {"anySimpleType", SPACE_PRESERVE, false, NULL, NULL, -1, NULL, NULL},
    {"normalizedString", SPACE_REPLACE, false, NULL, NULL, -1, NULL, NULL},
    {"token", SPACE_COLLAPSE, false, NULL, NULL, -1, NULL, NULL},
    {"language", SPACE_COLLAPSE, false, "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", NULL, -1, NULL, NULL},
    {"NMTOKEN", SPACE_COLLAPSE, false, "\\c+", NULL, -1, NULL, NULL},
    {"NMTOKENS", SPACE_COLLAPSE, false, NULL, "NMTOKEN", -1, NULL, NULL},
    {"Name", SPACE_COLLAPSE, false, "\\i\\c*", NULL, -1, NULL, NULL},
    {"NCName", SPACE_COLLAPSE, false, "[\\i-[:]][\\c-[:]]*", NULL, -1, NULL, NULL},
    {"ID", SPACE_COLLAPSE, false, "[\\i-[:]][\\c-[:]]*", NULL, -1, NULL, NULL},
    {"IDREF", SPACE_COLLAPSE, false, "[\\i-[:]][\\c-[:]]*", NULL, -1, NULL, NULL},
    {"boolean", SPACE_COLLAPSE, false, "true|false|0|1", NULL, -1, NULL, NULL},
    {"decimal", SPACE_COLLAPSE, true, "[+\\-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)", NULL, -1, NULL,
     NULL},
    {"integer", SPACE_COLLAPSE, true, INTEGER, NULL, 0, NULL, NULL},
    {"nonNegativeInteger", SPACE_COLLAPSE, true, INTEGER, NULL, 0, "0", NULL},
    {"positiveInteger", SPACE_COLLAPSE, true, INTEGER, NULL, 0, "1", NULL},
    {"nonPositiveInteger", SPACE_COLLAPSE, true, INTEGER, NULL, 0, NULL, "0"},
    {"negativeInteger", SPACE_COLLAPSE, true, INTEGER, NULL, 0, NULL, "-1"},
    {"long", SPACE_COLLAPSE, true, INTEGER, NULL, 0, "-9223372036854775808", "9223372036854775807"},
    {"int", SPACE_COLLAPSE, true, INTEGER, NULL, 0, "-2147483648", "2147483647"},
    {"short", SPACE_COLLAPSE, true, INTEGER, NULL, 0, "-32768", "32767"},
    {"byte", SPACE_COLLAPSE, true, INTEGER, NULL, 0, "-128", "127"},
    {"date", SPACE_COLLAPSE, false, "(" YEAR "-" NONLEAP_DAYS "|-?" LEAP "-02-29)" ZONE, NULL, -1,
     NULL, NULL},
    {"dateTime", SPACE_COLLAPSE, false, "(" YEAR "-" NONLEAP_DAYS "|-?" LEAP "-02-29)T" CLOCK ZONE,
     NULL, -1, NULL, NULL},
};

const builtin *builtin_find(const char *name) {
    for (size_t i = 0; i < sizeof BUILTINS / sizeof *BUILTINS; i++)
        if (strcmp(BUILTINS[i].name, name) == 0)
            return &BUILTINS[i];
    return NULL;
}
