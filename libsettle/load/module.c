/* SPDX-License-Identifier: Apache-2.0 */
#include "load/module.h"

#include "load/beside.h"
#include "load/job.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What version 1.0 has, whatever was appended since. */
enum {
    MODULE_1_0 = offsetof(settle_adapter_module, driver) + sizeof(const settle_table_driver *),
    DRIVER_1_0 = offsetof(settle_table_driver, close) + sizeof(void (*)(void *)),
    SIZE_MAX_SANE = 64 * 1024,
};

static settle_status refuse(const char *path, const char *field, const char *value,
                            const char *detail, stl_error *err) {
    return FAIL(err, SETTLE_E_ADAPTER_ABI, .file = path, .field = field, .value = value,
                .detail = detail);
}

/* --- the file --------------------------------------------------------------------------------- */

/* Whoever may write the file or put another in its place may settle. */
static settle_status check_mode(const char *path, const struct stat *about, bool others,
                                stl_error *err) {
    if (others)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path,
                    .detail = "others than its owner can write it, or its directory");
    if (about->st_uid != 0 && about->st_uid != geteuid())
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path,
                    .detail = "it belongs to another user");
    return SETTLE_OK;
}

static bool is_shared(const struct stat *about) {
    return (about->st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/* The directory of the file and those above it: in a sticky one others cannot rename what is
 * below. */
static settle_status check_above(char *dir, stl_error *err) {
    struct stat about;
    for (bool nearest = true; strcmp(dir, "/") != 0; nearest = false) {
        char *slash = strrchr(dir, '/');
        slash[slash == dir] = '\0';
        if (stat(dir, &about) != 0)
            return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = dir, .native = errno,
                        .detail = strerrordesc_np(errno));
        bool others =
            nearest ? is_shared(&about) : (about.st_mode & (S_IWOTH | S_ISVTX)) == S_IWOTH;
        TRY(check_mode(dir, &about, others, err));
    }
    return SETTLE_OK;
}

/* `path` without links, all of it checked: what is loaded is what was looked at. */
static settle_status check_file(const char *path, stl_error *err) {
    struct stat about;
    if (stat(path, &about) != 0 || (S_ISREG(about.st_mode) && access(path, R_OK) != 0))
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path, .native = errno,
                    .detail = strerrordesc_np(errno));
    if (!S_ISREG(about.st_mode))
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path, .detail = "not a regular file");
    TRY(check_mode(path, &about, is_shared(&about), err));
    SCOPED_FREE char *above = strdup(path);
    TRY_ALLOC(err, above);
    return check_above(above, err);
}

/* --- what it answers -------------------------------------------------------------------------- */

static settle_status check_head(const settle_adapter_head *head, const char *path, stl_error *err) {
    char theirs[64];
    if (head->magic != SETTLE_ADAPTER_MAGIC)
        return refuse(path, "magic", NULL, "not the table of an adapter", err);
    snprintf(theirs, sizeof theirs, "%u.%u", head->abi_major, head->abi_minor);
    if (head->abi_major != SETTLE_ADAPTER_ABI_MAJOR)
        return refuse(path, "abi_major", theirs, "this library has the interface 1", err);
    snprintf(theirs, sizeof theirs, "%u", head->struct_size);
    if (head->struct_size < MODULE_1_0 || head->struct_size > SIZE_MAX_SANE)
        return refuse(path, "struct_size", theirs, "no size that a table of its version has", err);
    if (head->abi_minor <= SETTLE_ADAPTER_ABI_MINOR &&
        head->struct_size > sizeof(settle_adapter_module))
        return refuse(path, "struct_size", theirs, "longer than the version it names", err);
    return SETTLE_OK;
}

static settle_status take_driver(const settle_table_driver *driver, const char *path,
                                 settle_table_driver *out, stl_error *err) {
    *out = (settle_table_driver){0};
    if (driver == NULL)
        return SETTLE_OK;
    if (driver->struct_size < DRIVER_1_0 || driver->struct_size > SIZE_MAX_SANE)
        return refuse(path, "driver", NULL, "no size that a table of its version has", err);
    memcpy(out, driver, driver->struct_size < sizeof *out ? driver->struct_size : sizeof *out);
    if (out->open == NULL || out->select == NULL || out->columns == NULL || out->product == NULL ||
        out->quote == NULL || out->close == NULL)
        return refuse(path, "driver", NULL, "a call is missing", err);
    return SETTLE_OK;
}

static settle_status take_table(const settle_adapter_module *table, const char *path,
                                const char *name, stl_module *out, stl_error *err) {
    if (table == NULL)
        return refuse(path, SETTLE_ADAPTER_SYMBOL, NULL, "it answers no table", err);
    TRY(check_head(&table->head, path, err));
    settle_adapter_module *copy = &out->table;
    *copy = (settle_adapter_module){0};
    memcpy(copy, table,
           table->head.struct_size < sizeof *copy ? table->head.struct_size : sizeof *copy);
    TRY(take_driver(copy->driver, path, &out->driver, err));
    if (copy->head.name == NULL || copy->head.version == NULL || copy->title == NULL)
        return refuse(path, "name", NULL, "name, version or title is missing", err);
    if (name[0] != '/' && strcmp(copy->head.name, name) != 0)
        return refuse(path, "name", copy->head.name, "its name is not that of the file", err);
    if (copy->read == NULL && copy->driver == NULL)
        return refuse(path, "read", NULL, "it neither reads nor drives", err);
    return SETTLE_OK;
}

/* Never closed again: whoever holds a pointer into it keeps it. */
static settle_status load(const char *given, const char *name, stl_module *out, stl_error *err) {
    SCOPED_FREE char *path = realpath(given, NULL);
    if (path == NULL)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = given, .native = errno,
                    .detail = strerrordesc_np(errno));
    TRY(check_file(path, err));
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL)
        return FAIL(err, SETTLE_E_ADAPTER_OPEN, .file = path, .detail = dlerror());
    const settle_adapter_module *(*entry)(const settle_adapter_host *);
    *(void **)&entry = dlsym(handle, SETTLE_ADAPTER_SYMBOL);
    if (entry == NULL)
        return refuse(path, SETTLE_ADAPTER_SYMBOL, NULL, "it has no such symbol", err);
    return take_table(entry(&STL_ADAPTER_HOST), path, name, out, err);
}

/* Where the module of a name lies; .ptr NULL: nowhere. */
static settle_status place_of(const char *name, const stl_adapter_site *site, stl_arena *arena,
                              stl_str *out, stl_error *err) {
    SCOPED_BUF text = {0};
    *out = stl_str_of(name[0] == '/' ? name : NULL);
    if (name[0] == '/' || !stl_adapter_is_name(name))
        return SETTLE_OK;
    stl_buf_printf(&text, "adapter %s", name);
    SCOPED_FREE char *section = stl_buf_take(&text);
    TRY_ALLOC(err, section);
    *out = stl_site_option_of(site, section, "module");
    if (!stl_str_empty(*out) && out->ptr[0] != '/')
        return FAIL(err, SETTLE_E_ADAPTER_OPTION, .file = "settle.ini", .field = "module",
                    .value = out->ptr, .detail = "not an absolute path");
    if (!stl_str_empty(*out))
        return stl_adapter_check_site(site, err);
    TRY(stl_adapter_beside(name, ".so", arena, out, err));
    if (out->ptr != NULL && access(out->ptr, F_OK) != 0)
        out->ptr = NULL;
    return SETTLE_OK;
}

settle_status stl_module_find(const char *name, const stl_adapter_site *site, stl_module *out,
                              bool *there, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    TRY_ALLOC(err, arena);
    stl_str path;
    TRY(place_of(name, site, arena, &path, err));
    *there = path.ptr != NULL;
    return *there ? load(path.ptr, name, out, err) : SETTLE_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Files that the module takes; the others of a directory are told. */
static settle_status list_files(const stl_module *module, settle_adapter_job *job) {
    stl_input_files all;
    TRY(stl_input_list(job->ask->paths, job->ask->n_paths, job->arena, &all, job->err));
    for (size_t i = 0; i < all.count; i++) {
        bool mine = all.items[i].named ||
                    (module->table.mine != NULL && module->table.mine(all.items[i].base) == 1);
        if (!mine) {
            stl_source_builder_passed_over(job->builder, all.items[i].base);
            continue;
        }
        stl_input_file *slot = stl_arena_push(job->arena, (void **)&job->files.items,
                                              &job->files.count, &job->files.cap, sizeof *slot);
        TRY_ALLOC(job->err, slot);
        *slot = all.items[i];
    }
    return job->files.count == 0 ? FAIL(job->err, SETTLE_E_INPUT_FILE_UNKNOWN, .field = NULL)
                                 : SETTLE_OK;
}

static settle_status call(const stl_module *module, settle_adapter_job *job) {
    if (module->table.tables == NULL)
        TRY(list_files(module, job));
    settle_status status = module->table.read(&STL_ADAPTER_HOST, job);
    if (job->failed == SETTLE_OK && status != SETTLE_OK)
        return refuse(job->adapter, "read", settle_status_name(status),
                      "it failed and did not say why", job->err);
    return job->failed;
}

settle_status stl_module_read(const stl_module *module, const stl_adapter_ask *ask,
                              stl_source **out, stl_error *err) {
    SCOPED_ARENA *arena = stl_arena_new();
    SCOPED_BUILDER *builder = stl_source_builder_new();
    TRY_ALLOC(err, arena);
    TRY_ALLOC(err, builder);
    if (module->table.read == NULL)
        return refuse(module->table.head.name, "read", NULL, "it gives tables and reads nothing",
                      err);
    settle_adapter_job job = {.adapter = module->table.head.name,
                              .ask = ask,
                              .builder = builder,
                              .arena = arena,
                              .err = err};
    settle_status status = call(module, &job);
    stl_tables_free(job.tables);
    TRY(status);
    return stl_source_builder_finish(builder, out, err);
}
