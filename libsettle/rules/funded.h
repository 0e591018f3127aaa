/* SPDX-License-Identifier: Apache-2.0 */
/* Which lines the fund is asked to pay for, and which the patient bears altogether. */
#ifndef STL_RULES_FUNDED_H
#define STL_RULES_FUNDED_H

#include "rules/support.h"

/* Of class 03, outside the catalogue and mapped so, excluded from the fund, or refused by the
 * hospital's approval. Other lines without a mapping or catalogue row are neither: M1, M2 and V1
 * stop them. */
bool stl_line_self_funded(const stl_case *c, uint32_t line);

/* Still charged after its refunds and claimed from the fund. */
bool stl_line_claimed(const stl_case *c, uint32_t line);

#endif
