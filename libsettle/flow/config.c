/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/config.h"

#include "base/text.h"

#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

typedef enum option_kind { OPT_TEXT, OPT_PATH, OPT_INT, OPT_OFFSET, OPT_PACK } option_kind;

typedef struct option {
    const char *section, *name;
    option_kind kind;
    size_t offset;
    bool needed;
} option;

#define OPTION(sec, nam, kin, member, need)                                                        \
    { sec, nam, kin, offsetof(stl_config, member), need }

static const option OPTIONS[] = {
    OPTION("institution", "fixmedins_code", OPT_TEXT, fixmedins_code, true),
    OPTION("institution", "fixmedins_name", OPT_TEXT, fixmedins_name, true),
    OPTION("institution", "medins_lv", OPT_TEXT, medins_lv, true),
    OPTION("institution", "hosp_lv", OPT_TEXT, hosp_lv, false),
    OPTION("institution", "mdtrtarea_admvs", OPT_TEXT, mdtrtarea_admvs, true),
    OPTION("institution", "utc_offset", OPT_OFFSET, utc_offset_s, true),
    OPTION("packs", "pack", OPT_PACK, packs, true),
    OPTION("sign", "key", OPT_PATH, key, false),
    OPTION("sign", "chain", OPT_PATH, chain, false),
    OPTION("sign", "trust", OPT_PATH, trust, false),
    OPTION("sign", "sm2_sm3_uri", OPT_TEXT, sm2_sm3_uri, false),
    OPTION("sign", "sm3_uri", OPT_TEXT, sm3_uri, false),
    OPTION("ledger", "file", OPT_PATH, ledger, true),
    OPTION("ledger", "busy_ms", OPT_INT, busy_ms, false),
    OPTION("operator", "opter", OPT_TEXT, opter, true),
    OPTION("operator", "opter_name", OPT_TEXT, opter_name, true),
    OPTION("operator", "opter_type", OPT_TEXT, opter_type, false),
    OPTION("operator", "role", OPT_TEXT, role, true),
};

enum { N_OPTIONS = sizeof OPTIONS / sizeof OPTIONS[0] };

typedef struct reading {
    const char *home;
    stl_arena *arena;
    stl_config *out;
    stl_error *err;
    settle_status status;
    bool seen[N_OPTIONS];
    FILE *file;
    int64_t line; /* the one read last */
} reading;

static stl_str resolve(const reading *r, const char *value) {
    if (value[0] == '/')
        return stl_arena_str(r->arena, stl_str_of(value));
    char path[2 * PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/%s", r->home, value);
    if (len < 0 || (size_t)len >= sizeof path)
        return (stl_str){NULL, 0};
    return stl_arena_str(r->arena, (stl_str){path, (size_t)len});
}

/* "+08:00" in seconds. */
static bool parse_offset(const char *value, int64_t *out) {
    int hours, minutes;
    char sign, rest;
    if (sscanf(value, "%c%2d:%2d%c", &sign, &hours, &minutes, &rest) != 3 ||
        (sign != '+' && sign != '-') || hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
        return false;
    *out = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

static bool parse_int(const char *value, int64_t *out) {
    char *end;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno != 0 || *end != '\0' || end == value || number < 0 || number > INT32_MAX)
        return false;
    *out = number;
    return true;
}

static settle_status add_pack(reading *r, const char *value) {
    stl_config *c = r->out;
    void *items = c->packs;
    stl_str *slot = stl_arena_push(r->arena, &items, &c->n_packs, &c->cap_packs, sizeof *slot);
    c->packs = items;
    TRY_ALLOC(r->err, slot);
    *slot = resolve(r, value);
    TRY_ALLOC(r->err, slot->ptr);
    return SETTLE_OK;
}

static settle_status store(reading *r, const option *o, const char *value, int64_t line) {
    char *member = (char *)r->out + o->offset;
    bool good = true;
    if (o->kind == OPT_PACK)
        return add_pack(r, value);
    if (o->kind == OPT_TEXT && stl_utf8_valid(value, strlen(value)) != strlen(value))
        return FAIL(r->err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = line,
                    .field = o->name, .detail = "not UTF-8");
    if (o->kind == OPT_INT)
        good = parse_int(value, (int64_t *)(void *)member);
    else if (o->kind == OPT_OFFSET)
        good = parse_offset(value, (int64_t *)(void *)member);
    else {
        stl_str text = o->kind == OPT_PATH && value[0] != '\0'
                           ? resolve(r, value)
                           : stl_arena_str(r->arena, stl_str_of(value));
        TRY_ALLOC(r->err, text.ptr);
        *(stl_str *)(void *)member = text;
    }
    if (!good)
        return FAIL(r->err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = line,
                    .field = o->name, .value = value);
    return SETTLE_OK;
}

static settle_status add_switch(reading *r, const char *rule_id, const char *value) {
    stl_config *c = r->out;
    stl_rule_switch made = {.rule_id = stl_str_of(rule_id), .line = r->line};
    if (!stl_action_parse(stl_str_of(value), &made.action))
        return FAIL(r->err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = r->line,
                    .field = rule_id, .value = value,
                    .detail = "shadow, hint, warn, hold or block");
    for (size_t i = 0; i < c->n_switches; i++)
        if (stl_str_eq(c->switches[i].rule_id, made.rule_id))
            return FAIL(r->err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = r->line,
                        .field = rule_id, .detail = "the option stands twice");
    void *items = c->switches;
    stl_rule_switch *slot =
        stl_arena_push(r->arena, &items, &c->n_switches, &c->cap_switches, sizeof *slot);
    TRY_ALLOC(r->err, slot);
    c->switches = items;
    *slot = made;
    slot->rule_id = stl_arena_str(r->arena, made.rule_id);
    TRY_ALLOC(r->err, slot->rule_id.ptr);
    return SETTLE_OK;
}

static settle_status add_adapter_option(stl_config *c, stl_arena *arena, const char *section,
                                        const char *name, stl_str value, stl_error *err) {
    void *items = c->adapter_options;
    stl_site_option *slot =
        stl_arena_push(arena, &items, &c->n_adapter_options, &c->cap_adapter_options, sizeof *slot);
    TRY_ALLOC(err, slot);
    c->adapter_options = items;
    *slot = (stl_site_option){stl_arena_str(arena, stl_str_of(section)),
                              stl_arena_str(arena, stl_str_of(name)), stl_arena_str(arena, value)};
    TRY_ALLOC(err, slot->section.ptr);
    TRY_ALLOC(err, slot->name.ptr);
    TRY_ALLOC(err, slot->value.ptr);
    return SETTLE_OK;
}

/* What a layout or module may ask for; which options there are is its own to say. */
static settle_status read_adapter_option(reading *r, const char *section, const char *name,
                                         const char *value) {
    if (stl_utf8_valid(value, strlen(value)) != strlen(value))
        return FAIL(r->err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = r->line,
                    .field = name, .detail = "not UTF-8");
    return add_adapter_option(r->out, r->arena, section, name, stl_str_of(value), r->err);
}

/* Adapters see what is read already of the institution, and where the home is. */
static settle_status tell_adapters(reading *r) {
    stl_config *c = r->out;
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (strcmp(OPTIONS[i].section, "institution") == 0 && OPTIONS[i].kind == OPT_TEXT &&
            r->seen[i])
            TRY(add_adapter_option(
                c, r->arena, "institution", OPTIONS[i].name,
                *(const stl_str *)(const void *)((const char *)c + OPTIONS[i].offset), r->err));
    c->adapters = (stl_adapter_site){.home = stl_arena_str(r->arena, stl_str_of(r->home)),
                                     .options = c->adapter_options,
                                     .n_options = c->n_adapter_options,
                                     .utc_offset_s = c->utc_offset_s};
    TRY_ALLOC(r->err, c->adapters.home.ptr);
    return SETTLE_OK;
}

static const char *const ODBC[] = {"connection", "password_file", "charset",
                                   "schema",     "driver",        NULL};
static const char *const LEGACY[] = {"max_bytes", "second", "swap_2410_2420", NULL};

static bool is_one_of(const char *name, const char *const *names) {
    while (*names != NULL && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static int on_option(void *user, const char *section, const char *name, const char *value) {
    reading *r = user;
    if (r->status != SETTLE_OK)
        return 0;
    if (strcmp(section, "rules") == 0) {
        r->status = add_switch(r, name, value);
        return r->status == SETTLE_OK;
    }
    if (strncmp(section, "adapter ", strlen("adapter ")) == 0 ||
        (strncmp(section, "odbc ", strlen("odbc ")) == 0 && is_one_of(name, ODBC)) ||
        (strcmp(section, "legacy") == 0 && is_one_of(name, LEGACY))) {
        r->status = read_adapter_option(r, section, name, value);
        return r->status == SETTLE_OK;
    }
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (strcmp(OPTIONS[i].section, section) != 0 || strcmp(OPTIONS[i].name, name) != 0)
            continue;
        if (r->seen[i] && OPTIONS[i].kind != OPT_PACK) {
            r->status = FAIL(r->err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = r->line,
                             .field = name, .detail = "the option stands twice");
            return 0;
        }
        r->seen[i] = value[0] != '\0';
        r->status = store(r, &OPTIONS[i], value, r->line);
        return r->status == SETTLE_OK;
    }
    r->status = FAIL(r->err, SETTLE_E_CONFIG_VALUE, .file = "settle.ini", .line = r->line,
                     .field = name, .detail = "unknown option in this section");
    return 0;
}

static char *next_line(char *out, int cap, void *user) {
    reading *r = user;
    char *got = fgets(out, cap, r->file);
    r->line += got != NULL;
    return got;
}

settle_status stl_config_read(const char *home, stl_arena *arena, stl_config *out, stl_error *err) {
    *out = (stl_config){.busy_ms = 5000, .opter_type = STL_STR("1")};
    reading r = {.home = home, .arena = arena, .out = out, .err = err, .status = SETTLE_OK};
    if (strlen(home) >= PATH_MAX)
        return FAIL(err, SETTLE_E_CONFIG_READ, .file = home, .detail = "the path is too long");
    stl_str path = resolve(&r, "settle.ini");
    TRY_ALLOC(err, path.ptr);
    FILE *file = fopen(path.ptr, "re");
    if (file == NULL)
        return FAIL(err, SETTLE_E_CONFIG_READ, .file = path.ptr, .native = errno,
                    .detail = strerrordesc_np(errno));
    r.file = file;
    int bad_line = ini_parse_stream(next_line, &r, on_option, &r);
    int unread = ferror(file) ? errno : 0;
    fclose(file);
    if (unread != 0)
        return FAIL(err, SETTLE_E_CONFIG_READ, .file = path.ptr, .native = unread,
                    .detail = strerrordesc_np(unread));
    TRY(r.status);
    if (bad_line != 0)
        return FAIL(err, SETTLE_E_CONFIG_READ, .file = "settle.ini",
                    .line = bad_line > 0 ? bad_line : 0, .detail = "not an option or section");
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (OPTIONS[i].needed && !r.seen[i])
            return FAIL(err, SETTLE_E_CONFIG_MISSING, .file = "settle.ini",
                        .field = OPTIONS[i].name, .value = OPTIONS[i].section);
    return tell_adapters(&r);
}
