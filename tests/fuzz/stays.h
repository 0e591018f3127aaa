/* SPDX-License-Identifier: Apache-2.0 */
/* What holds for any input that an adapter accepts or refuses. */
#ifndef TESTS_FUZZ_STAYS_H
#define TESTS_FUZZ_STAYS_H

#include "fuzz.h"
#include "load/source.h"

/* A refusal has exit code 3 and names its file; stays that were accepted come back the same from
 * the JSON in which the ledger keeps them. Frees the source. */
void fuzz_check_source(settle_status status, const stl_error *err, stl_source *source);

#endif
