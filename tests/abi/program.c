/* SPDX-License-Identifier: Apache-2.0 */
/* A program of the day of a release, compiled against its headers and run with the library of
 * today: program HOME PATH STAY Answers 0, or the number of the line where the library broke its
 * word. */
#include <settle/settle.h>
#include <string.h>

#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return __LINE__ - LINE_BASE;                                                           \
    } while (0)
enum { LINE_BASE = __LINE__ };

#define KNOWN(name, value, ...) {#name, value},
static const struct status {
    const char *name;
    settle_status value;
} STATUSES[] = {SETTLE_STATUS_LIST(KNOWN)};

static int statuses(void) {
    for (size_t i = 0; i < sizeof STATUSES / sizeof *STATUSES; i++) {
        const char *name = settle_status_name(STATUSES[i].value);
        HOLDS(name != NULL && strcmp(name, STATUSES[i].name) == 0);
        HOLDS(settle_status_text(STATUSES[i].value, SETTLE_LANG_EN)[0] != '\0');
        HOLDS(settle_status_remedy(STATUSES[i].value, SETTLE_LANG_ZH)[0] != '\0');
    }
    HOLDS(settle_status_exit_code(SETTLE_E_STORE_FULL) == 6);
    return 0;
}

static int options(settle_context *context, settle_session **session) {
    settle_session_options o = {.struct_size = sizeof o, .lang = SETTLE_LANG_EN, .opter = "0099"};
    HOLDS(settle_session_open(context, &o, session) == SETTLE_OK);
    settle_session *other = NULL;
    o.struct_size = 0;
    HOLDS(settle_session_open(context, &o, &other) == SETTLE_E_ARG_SIZE && other == NULL);
    o.struct_size = UINT32_MAX;
    HOLDS(settle_session_open(context, &o, &other) == SETTLE_E_ARG_SIZE && other == NULL);
    return 0;
}

static int settles(settle_session *session, const char *path, const char *stay) {
    settle_source *source = NULL;
    char *text = NULL, *document = NULL;
    uint64_t len = 0;
    int32_t verdict = SETTLE_VERDICT_STOPS;
    HOLDS(settle_source_open(session, NULL, &path, 1, &source) == SETTLE_OK);
    HOLDS(strcmp(settle_stay_id(settle_source_stay(source, 0)), stay) == 0);
    HOLDS(settle_source_import(session, source, &text) == SETTLE_OK);
    settle_free(text);
    settle_source_free(source);
    HOLDS(settle_stay_submit(session, stay, &verdict, &text) == SETTLE_OK);
    settle_free(text);
    HOLDS(verdict == SETTLE_VERDICT_CLEAR);
    HOLDS(settle_stay_document(session, stay, &document, &len) == SETTLE_OK &&
          strlen(document) == len);
    settle_verify_options o = {.struct_size = sizeof o};
    HOLDS(settle_document_verify(session, document, len, "old.xml", &o, &text) == SETTLE_OK);
    settle_free(text);
    document[len / 2] ^= 1;
    HOLDS(settle_document_verify(session, document, len, "old.xml", &o, &text) != SETTLE_OK);
    HOLDS(strcmp(settle_error_file(settle_session_error(session)), "old.xml") == 0);
    settle_free(document);
    return 0;
}

int main(int argc, char **argv) {
    settle_context *context = NULL;
    settle_session *session = NULL;
    HOLDS(argc == 4);
    HOLDS(settle_context_new(&context) == SETTLE_OK);
    HOLDS(settle_context_load(context, argv[1]) == SETTLE_OK);
    int line = statuses();
    if (line == 0)
        line = options(context, &session);
    if (line == 0)
        line = settles(session, argv[2], argv[3]);
    settle_session_free(session);
    settle_context_free(context);
    return line;
}
