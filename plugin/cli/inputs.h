/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments that are stays: an existing path is input, anything else the mdtrt_id of a stay in the
 * ledger. */
#ifndef SETTLE_CLI_INPUTS_H
#define SETTLE_CLI_INPUTS_H

#include "cli.h"

/* Whether a stay of the ledger is taken as an interim settlement takes it. */
typedef struct interim {
    bool asked;
    const char *until; /* NULL: now */
} interim;

typedef struct inputs {
    const char *adapter; /* NULL: csv */
    const char **stays;  /* --stay; owned, as long as the process */
    uint32_t n_stays;
    bool summary;    /* of `settle check` */
    interim interim; /* of `settle preview` */
} inputs;

extern const struct argp INPUT_OPTIONS;   /* -a ADAPTER, --stay KEY; its input is an `inputs` */
extern const struct argp INTERIM_OPTIONS; /* --interim, --until; its input is an `interim` */

/* A stay of the ledger. */
settle_status inputs_load(cli *c, const interim *how, const char *mdtrt_id, settle_stay **out);

/* Calls `each` for every stay, input first, in the order given. A failure is reported and noted;
 * the stays after it still have their turn. */
void inputs_each(cli *c, const inputs *in, void (*each)(cli *c, const settle_stay *stay));

/* The one stay that an argument names, owned. NULL: reported and noted. */
settle_stay *inputs_one(cli *c, const inputs *in, char *argument);

/* Opens all of `paths` as one source; NULL: reported and noted. */
settle_source *inputs_open(cli *c, const inputs *in, char *const *paths, int n_paths);

#endif
