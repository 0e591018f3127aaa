/* SPDX-License-Identifier: Apache-2.0 */
/* A VFS before the system's own, through which the n-th write, sync or truncation fails or kills.
 */
#include "support/ledger_support.h"

#include <signal.h>
#include <stdlib.h>

typedef struct fault_file {
    sqlite3_file base;
    sqlite3_file *real; /* follows in the same memory */
} fault_file;

static struct {
    stl_test_fault fault;
    int left; /* operations until it strikes; 0: never */
    bool struck;
    sqlite3_vfs vfs, *real;
} faults;

void stl_test_fault_at(stl_test_fault fault, int n) {
    faults.fault = fault;
    faults.left = n;
    faults.struck = false;
}

bool stl_test_fault_struck(void) {
    return faults.struck;
}

static bool concerns(bool sync) {
    if (faults.fault == FAULT_IO_SYNC)
        return sync;
    return faults.fault == FAULT_KILL || !sync;
}

static int strike(bool sync, int code) {
    if (faults.left == 0 || !concerns(sync))
        return SQLITE_OK;
    if (!faults.struck && --faults.left > 0)
        return SQLITE_OK;
    faults.left = 1; /* and all after it */
    faults.struck = true;
    if (faults.fault == FAULT_KILL)
        raise(SIGKILL);
    return faults.fault == FAULT_FULL ? SQLITE_FULL : code;
}

static sqlite3_file *real_of(sqlite3_file *file) {
    return ((fault_file *)file)->real;
}

static int f_close(sqlite3_file *f) {
    return real_of(f)->pMethods->xClose(real_of(f));
}
static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
    return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}
/* Half of what was to be written reaches the file: a torn page. */
static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
    int rc = strike(false, SQLITE_IOERR_WRITE);
    if (rc != SQLITE_OK) {
        real_of(f)->pMethods->xWrite(real_of(f), from, n / 2, at);
        return rc;
    }
    return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 size) {
    int rc = strike(false, SQLITE_IOERR_TRUNCATE);
    return rc != SQLITE_OK ? rc : real_of(f)->pMethods->xTruncate(real_of(f), size);
}
static int f_sync(sqlite3_file *f, int flags) {
    int rc = strike(true, SQLITE_IOERR_FSYNC);
    return rc != SQLITE_OK ? rc : real_of(f)->pMethods->xSync(real_of(f), flags);
}
static int f_size(sqlite3_file *f, sqlite3_int64 *size) {
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}
static int f_lock(sqlite3_file *f, int level) {
    return real_of(f)->pMethods->xLock(real_of(f), level);
}
static int f_unlock(sqlite3_file *f, int level) {
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}
static int f_reserved(sqlite3_file *f, int *out) {
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}
static int f_control(sqlite3_file *f, int op, void *arg) {
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}
static int f_sector(sqlite3_file *f) {
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}
static int f_device(sqlite3_file *f) {
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}
static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
static int f_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}
static void f_shm_barrier(sqlite3_file *f) {
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}
static int f_shm_unmap(sqlite3_file *f, int delete) {
    return real_of(f)->pMethods->xShmUnmap(real_of(f), delete);
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 2,
    .xClose = f_close,
    .xRead = f_read,
    .xWrite = f_write,
    .xTruncate = f_truncate,
    .xSync = f_sync,
    .xFileSize = f_size,
    .xLock = f_lock,
    .xUnlock = f_unlock,
    .xCheckReservedLock = f_reserved,
    .xFileControl = f_control,
    .xSectorSize = f_sector,
    .xDeviceCharacteristics = f_device,
    .xShmMap = f_shm_map,
    .xShmLock = f_shm_lock,
    .xShmBarrier = f_shm_barrier,
    .xShmUnmap = f_shm_unmap,
};

static int f_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
                  int *out_flags) {
    (void)vfs;
    fault_file *f = (fault_file *)file;
    f->real = (sqlite3_file *)(f + 1);
    int rc = faults.real->xOpen(faults.real, name, f->real, flags, out_flags);
    f->base.pMethods = rc == SQLITE_OK ? &METHODS : NULL;
    return rc;
}

void stl_test_faults_install(void) {
    faults.real = sqlite3_vfs_find(NULL);
    faults.vfs = *faults.real;
    faults.vfs.zName = "fault";
    faults.vfs.szOsFile += (int)sizeof(fault_file);
    faults.vfs.xOpen = f_open;
    assert_int_equal(sqlite3_vfs_register(&faults.vfs, 1), SQLITE_OK);
}
