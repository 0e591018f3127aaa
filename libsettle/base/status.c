/* SPDX-License-Identifier: Apache-2.0 */
#include <settle/status.h>
#include <stddef.h>

typedef struct status_row {
    settle_status status;
    const char *name;
    const char *text[2];
    const char *remedy[2];
} status_row;

static const status_row STATUS_TABLE[] = {{SETTLE_OK, "OK", {"完成", "done"}, {NULL, NULL}},
#define STATUS_ROW(name, value, zh, en, fix_zh, fix_en) {value, #name, {zh, en}, {fix_zh, fix_en}},
                                          SETTLE_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

static const status_row *find(settle_status status) {
    for (size_t i = 0; i < sizeof STATUS_TABLE / sizeof STATUS_TABLE[0]; i++)
        if (STATUS_TABLE[i].status == status)
            return &STATUS_TABLE[i];
    return NULL;
}

static size_t lang_index(int32_t lang) {
    return lang == SETTLE_LANG_EN ? 1 : 0;
}

const char *settle_status_name(settle_status status) {
    const status_row *row = find(status);
    return row == NULL ? NULL : row->name;
}

const char *settle_status_text(settle_status status, int32_t lang) {
    const status_row *row = find(status);
    return row == NULL ? NULL : row->text[lang_index(lang)];
}

const char *settle_status_remedy(settle_status status, int32_t lang) {
    const status_row *row = find(status);
    return row == NULL ? NULL : row->remedy[lang_index(lang)];
}

int32_t settle_status_exit_code(settle_status status) {
    if (status == SETTLE_OK)
        return 0;
    int32_t category = status / -1000;
    return category >= 2 && category <= 6 ? category : 6;
}
