/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes and places of all that crosses the boundary by value, on machines with 64-bit pointers. */
#include <settle/settle.h>

#define AT(type, field, place) _Static_assert(offsetof(type, field) == (place), #type "." #field)

_Static_assert(sizeof(void *) == 8, "the figures below are of 64-bit machines");
_Static_assert(sizeof(settle_status) == 4, "settle_status");

_Static_assert(sizeof(settle_session_options) == 40, "settle_session_options");
AT(settle_session_options, struct_size, 0);
AT(settle_session_options, lang, 4);
AT(settle_session_options, opter, 8);
AT(settle_session_options, opter_name, 16);
AT(settle_session_options, role, 24);
AT(settle_session_options, fixed_time_s, 32);

_Static_assert(sizeof(settle_verify_options) == 24, "settle_verify_options");
AT(settle_verify_options, struct_size, 0);
AT(settle_verify_options, reserved, 4);
AT(settle_verify_options, trust_path, 8);
AT(settle_verify_options, at, 16);

_Static_assert(sizeof(settle_override_options) == 48, "settle_override_options");
AT(settle_override_options, struct_size, 0);
AT(settle_override_options, reserved, 4);
AT(settle_override_options, approval, 8);
AT(settle_override_options, by, 16);
AT(settle_override_options, role, 24);
AT(settle_override_options, reason, 32);
AT(settle_override_options, second, 40);

_Static_assert(SETTLE_OK == 0 && SETTLE_LANG_ZH == 0 && SETTLE_LANG_EN == 1, "constants");
_Static_assert(SETTLE_VERDICT_CLEAR == 0 && SETTLE_VERDICT_STOPS == 1, "verdicts");
