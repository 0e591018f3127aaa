/* SPDX-License-Identifier: Apache-2.0 */
/* A HIS in C: loads the plugin by dlopen and calls what the lines of standard input say. The
 * answer's room ends at a page that may not be touched. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef int one(char *);
typedef int two(char *, char *);
typedef int four(const char *, int, char *, char *);

static void *module;
static size_t room = 10240;

static char *guarded(size_t size) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), whole = (size + page - 1) / page * page;
    char *at = mmap(NULL, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED || mprotect(at + whole, page, PROT_NONE) != 0)
        exit(3);
    memset(at, 0x55, whole);
    return at + whole - size;
}

static char *unhex(const char *hex) {
    size_t len = strlen(hex) / 2;
    char *out = malloc(len + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned byte;
        sscanf(hex + 2 * i, "%2x", &byte);
        out[i] = (char)byte;
    }
    out[len] = '\0';
    return out;
}

static void put_hex(const char *text) {
    if (*text == '\0')
        putchar('-');
    for (; *text != '\0'; text++)
        printf("%02x", (unsigned char)*text);
}

static void say(int code, const char *out, const char *err) {
    printf("%d ", code);
    put_hex(out);
    putchar(' ');
    put_hex(err);
    putchar('\n');
    fflush(stdout);
}

static void string_call(const char *name, const char *hex) {
    two *call = (two *)dlsym(module, name);
    char *in = unhex(hex), *out = guarded(room);
    say(call(in, out), out, "");
    free(in);
}

static void national_call(int outlen, const char *hex) {
    four *call = (four *)dlsym(module, "business_handle");
    char *in = unhex(hex), *out = guarded((size_t)outlen), *err = guarded(1024);
    say(call(in, outlen, out, err), out, err);
    free(in);
}

typedef struct job {
    char *in, *out;
    int code;
} job;

static void *in_thread(void *user) {
    job *j = user;
    j->code = ((two *)dlsym(module, "BUSINESS_HANDLE"))(j->in, j->out);
    return NULL;
}

/* The same call from eight threads at once. */
static void threads(const char *hex) {
    enum { N = 8 };
    pthread_t t[N];
    job jobs[N];
    for (int i = 0; i < N; i++) {
        jobs[i] = (job){unhex(hex), guarded(room), 0};
        pthread_create(&t[i], NULL, in_thread, &jobs[i]);
    }
    for (int i = 0; i < N; i++) {
        pthread_join(t[i], NULL);
        say(jobs[i].code, jobs[i].out, "");
    }
}

int main(int argc, char **argv) {
    static char line[1 << 20], hex[1 << 20];
    int outlen;
    if (argc < 2 || (module = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL)) == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    if (argc > 2)
        room = strtoul(argv[2], NULL, 10);
    while (fgets(line, sizeof line, stdin) != NULL) {
        hex[0] = '\0';
        if (line[0] == 'I') {
            char *err = guarded(1024);
            say(((one *)dlsym(module, "INIT"))(err), "", err);
        } else if (line[0] == 'J' && sscanf(line, "J %d %s", &outlen, hex) >= 1) {
            national_call(outlen, hex);
        } else if (sscanf(line + 1, "%s", hex) == 1 && line[0] == 'X') {
            threads(hex);
        } else {
            string_call(line[0] == 'Q'   ? "QUERY_HANDLE"
                        : line[0] == 'T' ? "TRADE_ANSWER"
                                         : "BUSINESS_HANDLE",
                        hex);
        }
    }
    return 0;
}
