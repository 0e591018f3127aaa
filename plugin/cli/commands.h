/* SPDX-License-Identifier: Apache-2.0 */
/* One command a file, cmd_<name>.c; argv[0] is "settle <name>". Each returns its exit code. */
#ifndef SETTLE_CLI_COMMANDS_H
#define SETTLE_CLI_COMMANDS_H

#include "cli.h"

int cmd_init(cli *c, int argc, char **argv);
int cmd_import(cli *c, int argc, char **argv);
int cmd_check(cli *c, int argc, char **argv);
int cmd_preview(cli *c, int argc, char **argv);
int cmd_explain(cli *c, int argc, char **argv);
int cmd_override(cli *c, int argc, char **argv);
int cmd_reverse(cli *c, int argc, char **argv);
int cmd_submit(cli *c, int argc, char **argv);
int cmd_status(cli *c, int argc, char **argv);
int cmd_document(cli *c, int argc, char **argv);
int cmd_verify(cli *c, int argc, char **argv);
int cmd_pack(cli *c, int argc, char **argv);
int cmd_policy(cli *c, int argc, char **argv);
int cmd_map(cli *c, int argc, char **argv);
int cmd_adapter(cli *c, int argc, char **argv);
int cmd_audit(cli *c, int argc, char **argv);
int cmd_batch(cli *c, int argc, char **argv);
int cmd_follow(cli *c, int argc, char **argv);

#endif
