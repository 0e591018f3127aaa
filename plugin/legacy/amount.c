/* SPDX-License-Identifier: Apache-2.0 */
#include "legacy.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* No amount is that large: a longer one is this, and equal to none. */
static const long long FEN_MAX = 1000000000000000;

long long legacy_fen(const char *yuan) {
    long long value = 0;
    int decimals = -1;
    bool negative = *yuan == '-';
    for (yuan += negative; *yuan != '\0'; yuan++) {
        if (*yuan == '.') {
            decimals = 0;
        } else if (*yuan >= '0' && *yuan <= '9' && decimals < 2) {
            if (value > FEN_MAX / 10)
                return negative ? -FEN_MAX : FEN_MAX;
            value = value * 10 + (*yuan - '0');
            decimals += decimals >= 0;
        }
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        value *= 10;
    return negative ? -value : value;
}

bool legacy_amount(legacy_call *call, yajl_val node, const char *name) {
    const char *text = json_at(node, name), *digits = text + (text[0] == '-');
    size_t whole = strspn(digits, "0123456789"), point = digits[whole] == '.',
           decimals = strspn(digits + whole + point, "0123456789");
    bool good = text[0] == '\0' ||
                (whole > 0 && point == (decimals > 0) && digits[whole + point + decimals] == '\0');
    return good || legacy_fail(call, SETTLE_E_INPUT_NUMBER, "%s 不是金额", name);
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

int legacy_cut(const char *text, size_t most) {
    size_t len = strlen(text);
    for (len = len < most ? len : most; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
        len--;
    return (int)len;
}
