/* SPDX-License-Identifier: Apache-2.0 */
/* Forms of national codes (S9, docs/packs.md "mandatory.csv"). */
#ifndef STL_RULES_FORMS_H
#define STL_RULES_FORMS_H

#include "rules/support.h"

typedef struct stl_form {
    bool (*holds)(stl_str text); /* NULL: any text, or a value of the dictionary */
    bool is_dictionary;
    const stl_index_table *table; /* of dictionaries */
    const stl_index_table *codes; /* NULL, or the text must be a key of it */
    stl_index_rows values;
    const char *chinese; /* the form in words */
    stl_str last;        /* value of the dictionary that was accepted last */
} stl_form;

/* False: no such form. */
bool stl_form_of(const stl_case *c, stl_str name, stl_form *out);
bool stl_form_holds(stl_form *form, stl_str text);

#endif
