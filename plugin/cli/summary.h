/* SPDX-License-Identifier: Apache-2.0 */
/* Hits of each rule over many stays: whether it pays to make it live, or to send it back. */
#ifndef SETTLE_CLI_SUMMARY_H
#define SETTLE_CLI_SUMMARY_H

#include "inputs.h"

/* Judges the inputs, or all open stays of the ledger when there are none, and prints one table. */
void summary_run(cli *c, const inputs *in);

#endif
