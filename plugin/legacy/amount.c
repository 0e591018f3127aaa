/* SPDX-License-Identifier: Apache-2.0 */
#include "legacy.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

long long legacy_fen(const char *yuan) {
    long long value = 0;
    int decimals = -1;
    bool negative = *yuan == '-';
    for (yuan += negative; *yuan != '\0'; yuan++) {
        if (*yuan == '.') {
            decimals = 0;
        } else if (*yuan >= '0' && *yuan <= '9' && decimals < 2) {
            value = value * 10 + (*yuan - '0');
            decimals += decimals >= 0;
        }
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        value *= 10;
    return negative ? -value : value;
}

const char *legacy_yuan(long long fen, char out[static LEGACY_YUAN]) {
    long long size = fen < 0 ? -fen : fen;
    snprintf(out, LEGACY_YUAN, "%s%lld.%02lld", fen < 0 ? "-" : "", size / 100, size % 100);
    return out;
}

/* Civil time of China, which the national interface speaks. */
void legacy_now(int hours_ago, char out[static LEGACY_INSTANT]) {
    struct tm civil;
    time_t at = time(NULL) + (time_t)(8 - hours_ago) * 3600;
    gmtime_r(&at, &civil);
    strftime(out, LEGACY_INSTANT, "%Y-%m-%d %H:%M:%S", &civil);
}

bool legacy_is_older(const char *at, int hours) {
    char then[LEGACY_INSTANT];
    legacy_now(hours, then);
    return strcmp(at, then) < 0;
}
