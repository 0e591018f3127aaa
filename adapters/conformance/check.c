/* SPDX-License-Identifier: Apache-2.0 */
/* settle-adapter-check: judges an adapter by what it does with an input, each trial in a process of
 * its own with a time limit. Exit code: 0 it conforms, 1 it does not, 2 usage. */
#include <settle/settle.h>

#include <argp.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 4, ANSWER_MAX = 16 * 1024 * 1024, LIMIT_S = 10 };

typedef struct asked {
    const char *home, *adapter, *work; /* home NULL: none */
    const char **paths;
    uint32_t n_paths;
    int limit_s;
} asked;

/* What a trial said: "" it read the input; else why not. */
typedef struct answer {
    bool ended, sound;
    int signal;
    char *text;
} answer;

/* --- in the child ----------------------------------------------------------------------------- */

static bool open_session(const asked *a, settle_context **context, settle_session **session) {
    const settle_session_options options = {.struct_size = sizeof options, .lang = SETTLE_LANG_EN};
    return settle_context_new(context) == SETTLE_OK &&
           (a->home == NULL || settle_context_load(*context, a->home) == SETTLE_OK) &&
           settle_session_open(*context, &options, session) == SETTLE_OK;
}

static void put(FILE *out, settle_session *session, settle_status status, char *json) {
    char text[1024];
    if (status != SETTLE_OK) {
        settle_error_text(settle_session_error(session), SETTLE_LANG_EN, text, sizeof text);
        fprintf(out, "%s\n", text);
        return;
    }
    fprintf(out, "%s\n", json);
    settle_free(json);
}

/* All that was read, as text: the report, then each stay. */
static bool read_once(const asked *a, settle_session *session, FILE *out) {
    settle_source *source = NULL;
    char *json = NULL;
    const settle_source_options options = {.struct_size = sizeof options,
                                           .adapter = a->adapter,
                                           .paths = a->paths,
                                           .n_paths = a->n_paths};
    settle_status status = settle_source_read(session, &options, &source);
    if (status != SETTLE_OK) {
        put(out, session, status, NULL);
        return false;
    }
    status = settle_source_report(session, source, &json);
    put(out, session, status, json);
    for (uint32_t i = 0; i < settle_source_count(source); i++) {
        status = settle_stay_json(session, settle_source_stay(source, i), &json);
        put(out, session, status, json);
    }
    settle_source_free(source);
    return true;
}

typedef struct thread_trial {
    const asked *a;
    settle_context *context;
    char *text;
    size_t len;
} thread_trial;

static void *in_thread(void *user) {
    thread_trial *t = user;
    settle_session *session = NULL;
    const settle_session_options options = {.struct_size = sizeof options, .lang = SETTLE_LANG_EN};
    FILE *out = open_memstream(&t->text, &t->len);
    if (out == NULL || settle_session_open(t->context, &options, &session) != SETTLE_OK)
        return NULL;
    read_once(t->a, session, out);
    settle_session_free(session);
    fclose(out);
    return NULL;
}

/* Several threads at once must read the same. */
static bool read_in_threads(const asked *a, settle_context *context, FILE *out) {
    pthread_t threads[THREADS];
    thread_trial trials[THREADS];
    bool same = true;
    for (int i = 0; i < THREADS; i++) {
        trials[i] = (thread_trial){a, context, NULL, 0};
        if (pthread_create(&threads[i], NULL, in_thread, &trials[i]) != 0)
            return false;
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++)
        same = same && trials[i].text != NULL && trials[0].text != NULL &&
               strcmp(trials[i].text, trials[0].text) == 0;
    for (int i = 0; i < THREADS; i++)
        free(trials[i].text);
    if (!same)
        fputs("threads that read at once did not read the same\n", out);
    return same;
}

static void child(const asked *a, int pipe_end, bool in_threads) {
    settle_context *context = NULL;
    settle_session *session = NULL;
    FILE *out = fdopen(pipe_end, "w");
    if (out == NULL || !open_session(a, &context, &session)) {
        if (out != NULL)
            fputs("the home cannot be loaded\n", out);
        _exit(2);
    }
    bool sound = in_threads ? read_in_threads(a, context, out) : read_once(a, session, out);
    fclose(out);
    _exit(sound ? 0 : 1);
}

/* --- in the parent ---------------------------------------------------------------------------- */

static long long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static char *drain(int end, long long until) {
    size_t len = 0, cap = 4096;
    char *text = malloc(cap);
    while (text != NULL && len < ANSWER_MAX) {
        struct pollfd ready = {.fd = end, .events = POLLIN};
        long long left = until - now_ms();
        if (left <= 0 || poll(&ready, 1, (int)left) <= 0)
            break;
        ssize_t n = read(end, text + len, cap - len - 1);
        if (n <= 0)
            break;
        len += (size_t)n;
        if (cap - len < 2048) {
            char *grown = realloc(text, cap * 2);
            if (grown == NULL)
                break;
            text = grown;
            cap *= 2;
        }
    }
    if (text != NULL)
        text[len] = '\0';
    return text;
}

static answer try_it(const asked *a, bool in_threads) {
    int ends[2], state = 0;
    answer made = {0};
    if (pipe(ends) != 0)
        return made;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(a, ends[1], in_threads);
    }
    close(ends[1]);
    long long until = now_ms() + a->limit_s * 1000LL;
    made.text = drain(ends[0], until);
    close(ends[0]);
    while (pid > 0 && waitpid(pid, &state, WNOHANG) == 0 && now_ms() < until)
        usleep(1000);
    if (pid > 0 && waitpid(pid, &state, WNOHANG) == 0) {
        kill(pid, SIGKILL);
        waitpid(pid, &state, 0);
        return made;
    }
    made.ended = WIFEXITED(state);
    made.signal = WIFSIGNALED(state) ? WTERMSIG(state) : 0;
    made.sound = made.ended && WEXITSTATUS(state) == 0;
    return made;
}

typedef struct verdicts {
    int good, bad;
} verdicts;

static bool tell(verdicts *v, bool good, const char *what, const char *why) {
    v->good += good;
    v->bad += !good;
    printf("%s %s", good ? "ok  " : "BAD ", what);
    if (!good && why != NULL && why[0] != '\0')
        printf(": %.*s", (int)strcspn(why, "\n"), why);
    putchar('\n');
    return good;
}

static const char *how_it_ended(const answer *a, const char *otherwise) {
    static char text[64];
    if (a->ended)
        return otherwise;
    if (a->signal != 0)
        snprintf(text, sizeof text, "the process died of signal %d", a->signal);
    else
        snprintf(text, sizeof text, "it does not end");
    return text;
}

/* --- inputs that are spoiled ------------------------------------------------------------------ */

typedef size_t spoil(char *text, size_t len);

static size_t cut(char *text, size_t len) {
    (void)text;
    return len / 2;
}
static size_t empty(char *text, size_t len) {
    (void)text;
    (void)len;
    return 0;
}
static size_t no_text(char *text, size_t len) {
    if (len > 0)
        text[len / 2] = (char)0xFF;
    return len;
}
static size_t zeros(char *text, size_t len) {
    if (len > 0)
        text[len / 2] = '\0';
    return len;
}

static bool copy_spoiled(const char *from, const char *to, spoil *how) {
    struct stat about;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    char *text =
        in != NULL && fstat(fileno(in), &about) == 0 ? malloc((size_t)about.st_size + 1) : NULL;
    bool good = text != NULL && out != NULL;
    if (good) {
        size_t len = how(text, fread(text, 1, (size_t)about.st_size, in));
        good = fwrite(text, 1, len, out) == len;
    }
    free(text);
    if (in != NULL)
        fclose(in);
    if (out != NULL)
        good = fclose(out) == 0 && good;
    return good;
}

/* The first file spoiled, the others as they are. It must be refused, or at least not read as if
 * nothing were missing. */
static void try_spoiled(const asked *a, const char *whole, const char *what, spoil *how,
                        verdicts *v) {
    char path[4096], told[128];
    const char *slash = strrchr(a->paths[0], '/');
    snprintf(path, sizeof path, "%s/%s", a->work, slash == NULL ? a->paths[0] : slash + 1);
    snprintf(told, sizeof told, "an input that %s is refused", what);
    if (!copy_spoiled(a->paths[0], path, how))
        return;
    asked other = *a;
    const char *paths[a->n_paths];
    memcpy(paths, a->paths, a->n_paths * sizeof *paths);
    paths[0] = path;
    other.paths = paths;
    answer made = try_it(&other, false);
    bool good = made.ended && !made.sound && strcmp(made.text, whole) != 0;
    tell(v, good, told, how_it_ended(&made, "it was read as if it were whole"));
    free(made.text);
    unlink(path);
}

/* --- what it lacks ---------------------------------------------------------------------------- */

static void note_lacks(const char *text) {
    static const struct {
        const char *field, *why;
    } FIELDS[] = {
        {"\"diagnoses\"", "diagnoses: checks by diagnosis are not evaluated, DRG neither"},
        {"\"operations\"", "operations"},
        {"\"entry_time\"", "entry_time of charges: late entries are not seen"},
        {"\"drord_no\"", "drord_no of charges: they lead to no order"},
        {"\"spec\"", "spec of charges: mappings are proposed with less certainty"},
        {"\"prcunt\"", "prcunt of charges: the unit of the price"},
        {"\"bilg_dr_codg\"", "bilg_dr_codg of charges: the doctor who ordered"},
        {"\"bilg_dept_codg\"", "bilg_dept_codg of charges: the department that ordered"},
        {"\"init_feedetl_sn\"", "init_feedetl_sn: no refund in this input, try one that has some"},
        {"\"certno\"", "certno of stays"},
        {"\"dscg_way\"", "dscg_way of stays"},
    };
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        if (strstr(text, FIELDS[i].field) == NULL)
            printf("     lacks %s\n", FIELDS[i].why);
    if (strstr(text, "\"declared\":0") != NULL)
        puts("     lacks a declared number of records: an input cut short may not be noticed");
}

static void judge(const asked *a, verdicts *v) {
    answer whole = try_it(a, false);
    if (!tell(v, whole.sound, "loads and reads the input", how_it_ended(&whole, whole.text))) {
        free(whole.text);
        return;
    }
    printf("     %.*s\n", (int)strcspn(whole.text, "\n"), whole.text);
    answer again = try_it(a, false);
    tell(v, again.sound && strcmp(again.text, whole.text) == 0, "reads the same once more",
         how_it_ended(&again, "it read something else"));
    answer threads = try_it(a, true);
    tell(v, threads.sound, "reads in several threads at once",
         how_it_ended(&threads, threads.text));
    try_spoiled(a, whole.text, "is cut in half", cut, v);
    try_spoiled(a, whole.text, "is empty", empty, v);
    try_spoiled(a, whole.text, "is not text", no_text, v);
    try_spoiled(a, whole.text, "has a NUL", zeros, v);
    note_lacks(whole.text);
    free(whole.text);
    free(again.text);
    free(threads.text);
}

static const struct argp_option OPTIONS[] = {
    {"home", 'C', "DIR", 0, "a home whose settle.ini has [adapter NAME]", 0},
    {"limit", 't', "SECONDS", 0, "how long one trial may take (10)", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    asked *a = state->input;
    if (key == 'C') {
        a->home = arg;
    } else if (key == 't') {
        a->limit_s = atoi(arg);
        if (a->limit_s < 1)
            argp_error(state, "--limit: seconds, at least 1");
    } else if (key == ARGP_KEY_ARG && a->adapter == NULL) {
        a->adapter = arg;
    } else if (key == ARGP_KEY_ARG) {
        a->paths[a->n_paths++] = arg;
    } else if (key == ARGP_KEY_END && a->n_paths == 0) {
        argp_error(state, "name an adapter and the files it is to read");
    } else {
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

int main(int argc, char **argv) {
    static const struct argp ARGP = {
        .options = OPTIONS,
        .parser = parse,
        .args_doc = "ADAPTER FILE...",
        .doc =
            "Judges an adapter (a name, or the path of a module) by what it does with the FILEs: "
            "that it reads them, the same each time and in several threads, refuses them spoiled, "
            "neither crashes nor hangs; and says what it lacks."};
    char work[] = "/tmp/settle-adapter-check-XXXXXX", *full = NULL;
    asked a = {.limit_s = LIMIT_S, .paths = calloc((size_t)argc + 1, sizeof(char *))};
    verdicts v = {0};
    argp_err_exit_status = 2;
    if (a.paths == NULL || argp_parse(&ARGP, argc, argv, 0, NULL, &a) != 0)
        return 2;
    if (strchr(a.adapter, '/') != NULL && (full = realpath(a.adapter, NULL)) != NULL)
        a.adapter = full;
    a.work = mkdtemp(work);
    if (a.work == NULL) {
        perror("settle-adapter-check: /tmp");
        return 2;
    }
    judge(&a, &v);
    rmdir(a.work);
    free(full);
    free(a.paths);
    printf("%d good, %d bad\n", v.good, v.bad);
    return v.bad == 0 ? 0 : 1;
}
