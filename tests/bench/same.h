/* SPDX-License-Identifier: Apache-2.0 */
/* Before anything is timed: both sides find, compute and write the same. */
#ifndef TESTS_BENCH_SAME_H
#define TESTS_BENCH_SAME_H

#include "bench/world.h"

/* Settles the stay on both sides; gives up when findings (rule, lines), amounts (line, layer, stay)
 * or the documents (canonical, without signature, instant and msgid) differ. A stay that is stopped
 * is compared by findings and amounts. Answers the bytes of the library's document, 0 when stopped.
 */
size_t bench_assert_same(bench_world *w, const stl_stay *stay);

#endif
