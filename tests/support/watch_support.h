/* SPDX-License-Identifier: Apache-2.0 */
/* The same stay judged line by line: whatever world a test of the rules makes, a watch says of each
 * beginning of it what a run of all rules says. */
#ifndef TESTS_WATCH_SUPPORT_H
#define TESTS_WATCH_SUPPORT_H

#include "rules/rules.h"

void assert_watched(const stl_case *c);

#endif
