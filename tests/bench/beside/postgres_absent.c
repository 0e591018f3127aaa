/* SPDX-License-Identifier: Apache-2.0 */
/* In the place of postgres.c where libpq is not installed. */
#include "bench/beside/beside.h"

bool bs_postgres_open(bs_side *side, const char *dir) {
    (void)side, (void)dir;
    printf("PostgreSQL is not compared: libpq is not installed (packaging/deps.sh bench)\n\n");
    return false;
}
