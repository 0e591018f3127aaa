/* SPDX-License-Identifier: Apache-2.0 */
/* PostgreSQL as HIS vendors use it: the statement as a stored function, asked over the loopback.
 * The server is the benchmark's own, with its own data directory, and ends with it. */
#include "bench/beside/beside.h"

#include "bench/support.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <ftw.h>
#include <glob.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Loaded when it is used: the memory of settlements is measured in this program too. */
/* clang-format off */
#define CALLS(X)                                                                                   \
    X(PQclear) X(PQconnectdb) X(PQerrorMessage) X(PQexec) X(PQexecPrepared) X(PQfinish)             \
    X(PQgetResult) X(PQgetvalue) X(PQntuples) X(PQparameterStatus) X(PQprepare)                     \
    X(PQputCopyData) X(PQputCopyEnd) X(PQresultStatus) X(PQstatus)
/* clang-format on */
#define POINTER(call) __typeof__(call) *call;
#define LOAD(call) pq.call = (__typeof__(call) *)(uintptr_t)dlsym(library, #call);
static struct { CALLS(POINTER) } pq;

static bool load_library(void) {
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return false;
    CALLS(LOAD)
    return true;
}

typedef struct state {
    char programs[BENCH_PATH]; /* where initdb and postgres are */
    char dir[64], data[80], port[16];
    pid_t server;
    PGconn *db;
} state;

static int64_t check(bs_side *side, size_t stay, bs_found *found) {
    state *s = side->state;
    char number[24];
    const char *values[] = {number};
    snprintf(number, sizeof number, "%zu", stay);
    found->count = 0;
    int64_t begin = bench_wall();
    PGresult *rows = pq.PQexecPrepared(s->db, "checks", 1, values, NULL, NULL, 0);
    if (pq.PQresultStatus(rows) != PGRES_TUPLES_OK)
        bench_die("PostgreSQL: %s", pq.PQerrorMessage(s->db));
    for (int i = 0; i < pq.PQntuples(rows); i++)
        bs_found_add(found, pq.PQgetvalue(rows, i, 0), (uint32_t)atoi(pq.PQgetvalue(rows, i, 1)));
    pq.PQclear(rows);
    int64_t spent = bench_wall() - begin;
    bs_found_finish(found);
    return spent;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)st, (void)type, (void)at;
    return remove(path);
}

static void stop_server(const state *s) {
    if (s->server <= 0)
        return;
    kill(s->server, SIGINT); /* "fast": open connections are cut */
    waitpid(s->server, NULL, 0);
}

static void close_it(bs_side *side) {
    state *s = side->state;
    pq.PQfinish(s->db);
    stop_server(s);
    nftw(s->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(s);
}

/* --- the server ------------------------------------------------------------------------------ */

/* The newest that Debian's package installed. */
static bool find_programs(state *s) {
    glob_t found;
    bool any = glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) == 0;
    if (any)
        snprintf(s->programs, sizeof s->programs, "%.*s",
                 (int)(strlen(found.gl_pathv[found.gl_pathc - 1]) - strlen("/initdb")),
                 found.gl_pathv[found.gl_pathc - 1]);
    globfree(&found);
    return any;
}

/* The server refuses to run as root: Debian's user postgres stands in. */
static const struct passwd *owner(void) {
    return geteuid() == 0 ? getpwnam("postgres") : NULL;
}

/* Its output goes to `dir`/log. */
static pid_t start(const state *s, const char *program, const char *const *more) {
    const struct passwd *user = owner();
    char path[BENCH_PATH + 32], log[80];
    const char *argv[32] = {path, "-D", s->data}; /* it finds its fellows beside itself */
    for (size_t i = 0; more[i] != NULL; i++)
        argv[i + 3] = more[i];
    snprintf(path, sizeof path, "%s/%s", s->programs, program);
    snprintf(log, sizeof log, "%s/log", s->dir);
    fflush(stdout); /* the child closes it */
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    if (chdir(s->dir) != 0 || freopen("/dev/null", "r", stdin) == NULL ||
        freopen(log, "a", stdout) == NULL || dup2(STDOUT_FILENO, STDERR_FILENO) < 0 ||
        (user != NULL && (setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)))
        _exit(126);
    prctl(PR_SET_PDEATHSIG, SIGINT);
    execv(path, (char *const *)(uintptr_t)argv);
    _exit(127);
}

static bool make_data(state *s) {
    const struct passwd *user = owner();
    strcpy(s->dir, "/tmp/settle-bench-XXXXXX");
    if (mkdtemp(s->dir) == NULL || (user != NULL && chown(s->dir, user->pw_uid, user->pw_gid) != 0))
        return false;
    snprintf(s->data, sizeof s->data, "%s/data", s->dir);
    static const char *const INIT[] = {"-U", "bench", "-A",         "trust",
                                       "-E", "UTF8",  "--locale=C", NULL};
    int status;
    pid_t pid = start(s, "initdb", INIT);
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static void choose_port(state *s) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock < 0 || bind(sock, (struct sockaddr *)&at, len) != 0 ||
        getsockname(sock, (struct sockaddr *)&at, &len) != 0)
        bench_die("no free port");
    close(sock);
    snprintf(s->port, sizeof s->port, "%d", ntohs(at.sin_port));
}

static bool connect_to(state *s) {
    char target[128];
    snprintf(target, sizeof target, "host=127.0.0.1 port=%s user=bench dbname=postgres", s->port);
    for (int tries = 0; tries < 100; tries++) {
        s->db = pq.PQconnectdb(target);
        if (pq.PQstatus(s->db) == CONNECTION_OK)
            return true;
        pq.PQfinish(s->db);
        s->db = NULL;
        usleep(100000);
    }
    return false;
}

static bool start_server(state *s) {
    if (!make_data(s))
        return false;
    choose_port(s);
    const char *const options[] = {"-p", s->port,
                                   "-h", "127.0.0.1",
                                   "-k", "",
                                   "-c", "shared_buffers=256MB",
                                   "-c", "work_mem=64MB",
                                   "-c", "jit=off",
                                   "-c", "max_parallel_workers_per_gather=0",
                                   "-c", "random_page_cost=1.0",
                                   "-c", "cpu_tuple_cost=0.05",
                                   "-c", "autovacuum=off",
                                   NULL};
    s->server = start(s, "postgres", options);
    return s->server > 0 && connect_to(s);
}

/* --- what it is asked ------------------------------------------------------------------------ */

static void run(PGconn *db, const char *sql) {
    PGresult *result = pq.PQexec(db, sql);
    if (pq.PQresultStatus(result) != PGRES_COMMAND_OK &&
        pq.PQresultStatus(result) != PGRES_TUPLES_OK)
        bench_die("PostgreSQL: %s", pq.PQerrorMessage(db));
    pq.PQclear(result);
}

static void run_file(PGconn *db, const char *dir, const char *name) {
    char path[BENCH_PATH];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    char *sql = bs_read_file(path);
    run(db, sql);
    free(sql);
}

static void load(PGconn *db, const char *dir, const char *table) {
    char sql[128], path[BENCH_PATH], part[65536];
    snprintf(sql, sizeof sql, "COPY %s FROM STDIN", table);
    snprintf(path, sizeof path, "%s/%s.tsv", dir, table);
    PGresult *copy = pq.PQexec(db, sql);
    FILE *in = fopen(path, "r");
    if (pq.PQresultStatus(copy) != PGRES_COPY_IN || in == NULL)
        bench_die("PostgreSQL: %s: %s", sql, pq.PQerrorMessage(db));
    pq.PQclear(copy);
    for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;)
        if (pq.PQputCopyData(db, part, (int)n) != 1)
            bench_die("PostgreSQL: %s", pq.PQerrorMessage(db));
    fclose(in);
    pq.PQputCopyEnd(db, NULL);
    for (PGresult *done; (done = pq.PQgetResult(db)) != NULL; pq.PQclear(done))
        if (pq.PQresultStatus(done) != PGRES_COMMAND_OK)
            bench_die("PostgreSQL: %s", pq.PQerrorMessage(db));
}

/* A function of PL/pgSQL keeps its plan. */
static void store_function(PGconn *db) {
    char *checks = bs_read_file("tests/bench/beside/checks.sql");
    stl_buf sql = {0};
    stl_buf_printf(
        &sql,
        "CREATE FUNCTION checks(BIGINT) RETURNS TABLE (rule TEXT, line_no INTEGER) AS $body$\n"
        "#variable_conflict use_column\nBEGIN RETURN QUERY\n%s; END $body$ LANGUAGE plpgsql STABLE",
        checks);
    stl_buf_bytes(&sql, "", 1);
    run(db, sql.ptr);
    stl_buf_free(&sql);
    free(checks);
    PGresult *prepared = pq.PQprepare(db, "checks", "SELECT * FROM checks($1)", 1, NULL);
    if (pq.PQresultStatus(prepared) != PGRES_COMMAND_OK)
        bench_die("PostgreSQL: %s", pq.PQerrorMessage(db));
    pq.PQclear(prepared);
}

static void fill(PGconn *db, const char *dir) {
    char path[BENCH_PATH];
    run_file(db, dir, "schema.sql");
    snprintf(path, sizeof path, "%s/tables", dir);
    char *names = bs_read_file(path), *rest = names;
    for (char *name; (name = strsep(&rest, "\n")) != NULL && *name != '\0';)
        load(db, dir, name);
    free(names);
    run_file(db, dir, "indexes.sql");
    run(db, "VACUUM ANALYZE");
    store_function(db);
}

bool bs_postgres_open(bs_side *side, const char *dir) {
    state *s = calloc(1, sizeof *s);
    *side = (bs_side){.check = check, .close = close_it, .state = s};
    if (!find_programs(s) || !load_library()) {
        printf("PostgreSQL is not compared: its server is not installed (packaging/deps.sh "
               "bench)\n\n");
        free(s);
        return false;
    }
    if (!start_server(s)) {
        printf("PostgreSQL is not compared: it does not start, see %s/log\n\n", s->dir);
        stop_server(s);
        free(s);
        return false;
    }
    fill(s->db, dir);
    const char *version = pq.PQparameterStatus(s->db, "server_version");
    snprintf(side->name, sizeof side->name, "SQL, PostgreSQL %.*s, stored function",
             (int)strcspn(version, " "), version);
    return true;
}
