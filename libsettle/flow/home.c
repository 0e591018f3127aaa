/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/home.h"

#include "flow/tree.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_DAYS = 3650 };

/* Variants of settle.ini lie beside it as settle-NAME.ini: the chosen one takes its place. */
static settle_status choose_settings(const char *home, const char *settings, stl_error *err) {
    char chosen[STL_PATH_MAX], ini[STL_PATH_MAX];
    if (settings[0] == '\0')
        return SETTLE_OK;
    TRY(stl_path_join(home, "settle.ini", ini, err));
    TRY(stl_path_join(home, "settle-", chosen, err));
    size_t len = strlen(chosen);
    int more = snprintf(chosen + len, sizeof chosen - len, "%s.ini", settings);
    if (strchr(settings, '/') != NULL || more < 0 || (size_t)more >= sizeof chosen - len ||
        rename(chosen, ini) != 0)
        return FAIL(err, SETTLE_E_ARG_VALUE, .field = "settings", .value = settings,
                    .detail = "the example has no such settle-NAME.ini");
    return SETTLE_OK;
}

/* packs/<id>-<version>.pack is built from packs/<id>. */
static settle_status build_pack(stl_str path, stl_error *err) {
    char source[STL_PATH_MAX];
    struct stat st;
    if (path.len >= sizeof source)
        return FAIL(err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .field = "pack",
                    .value = path.ptr);
    memcpy(source, path.ptr, path.len + 1);
    for (char *cut; (cut = strrchr(source, '-')) != NULL && strchr(cut, '/') == NULL;) {
        *cut = '\0';
        if (stat(source, &st) != 0 || !S_ISDIR(st.st_mode))
            continue;
        stl_pack *pack = NULL;
        TRY(stl_pack_build(source, path.ptr, &pack, err));
        stl_pack_close(pack);
        return SETTLE_OK;
    }
    return FAIL(err, SETTLE_E_PACK_OPEN, .file = path.ptr,
                .detail = "there is no source tree packs/<id> for it");
}

static settle_status make_key(const char *home, const stl_config *config, stl_error *err) {
    char keys[STL_PATH_MAX];
    TRY(stl_path_join(home, "keys", keys, err));
    if (mkdir(keys, 0700) != 0)
        return FAIL(err, SETTLE_E_STORE_WRITE, .file = keys, .native = errno,
                    .detail = strerrordesc_np(errno));
    stl_session clock = {0};
    stl_instant civil;
    int64_t utc;
    TRY(stl_session_now(&clock, &civil, &utc, err));
    return stl_sign_make_demo(keys, STL_ALG_ECDSA, config->fixmedins_code.ptr,
                              utc - STL_DAY_SECONDS, KEY_DAYS, err);
}

static settle_status furnish(const char *home, const char *settings, stl_error *err) {
    TRY(choose_settings(home, settings, err));
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_config config;
    TRY(stl_config_read(home, arena, &config, err));
    for (size_t i = 0; i < config.n_packs; i++)
        TRY(build_pack(config.packs[i], err));
    TRY(make_key(home, &config, err));
    stl_site *site;
    TRY(stl_site_load(home, &site, err));
    stl_site_free(site);
    stl_ledger *ledger = NULL;
    TRY(stl_ledger_open(config.ledger.ptr, STL_LEDGER_CREATE, (int)config.busy_ms, &ledger, err));
    stl_ledger_close(ledger);
    return SETTLE_OK;
}

static settle_status make_aside(const char *example_dir, const char *aside, const char *home,
                                const char *settings, stl_error *err) {
    TRY(stl_tree_copy(example_dir, aside, err));
    TRY(furnish(aside, settings, err));
    if (rename(aside, home) != 0)
        return FAIL(err,
                    errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
                        ? SETTLE_E_ARG_EXISTS
                        : SETTLE_E_STORE_WRITE,
                    .file = home, .native = errno, .detail = strerrordesc_np(errno));
    return SETTLE_OK;
}

settle_status stl_flow_home_init(const char *example_dir, const char *home, const char *settings,
                                 stl_error *err) {
    char aside[STL_PATH_MAX], target[STL_PATH_MAX];
    size_t len = strlen(home);
    while (len > 1 && home[len - 1] == '/')
        len--;
    int wanted = snprintf(aside, sizeof aside, "%.*s.new-%ld", (int)len, home, (long)getpid());
    if (len == 0 || wanted < 0 || (size_t)wanted >= sizeof aside)
        return FAIL(err, SETTLE_E_ARG_VALUE, .file = home, .field = "home",
                    .detail = len == 0 ? "empty" : "the path is too long");
    snprintf(target, sizeof target, "%.*s", (int)len, home);
    TRY(stl_tree_need_free(target, err));
    settle_status status = make_aside(example_dir, aside, target, settings, err);
    if (status != SETTLE_OK)
        stl_tree_remove(aside);
    return status;
}
