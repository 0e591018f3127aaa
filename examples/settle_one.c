/* SPDX-License-Identifier: Apache-2.0 */
/* Settles one stay: the whole path that a hospital information system takes.
 *   cc settle_one.c $(pkg-config --cflags --libs settle) && ./a.out HOME PATH STAY */
#include <settle/settle.h>
#include <stdio.h>

static int complain(settle_status status, const settle_error *error) {
    char text[1024] = "";
    settle_error_text(error, SETTLE_LANG_ZH, text, sizeof text);
    fprintf(stderr, "%s\n", text[0] != '\0' ? text : settle_status_text(status, SETTLE_LANG_ZH));
    return settle_status_exit_code(status);
}

/* Imports the charges in `path`, settles `stay`, prints the settlement or what stops it. */
static int settle_one(settle_session *session, const char *path, const char *stay) {
    settle_source *source = NULL;
    char *report = NULL, *answer = NULL;
    int32_t verdict = SETTLE_VERDICT_STOPS;
    settle_status status = settle_source_open(session, "csv", &path, 1, &source);
    if (status == SETTLE_OK)
        status = settle_source_import(session, source, &report);
    if (status == SETTLE_OK)
        status = settle_stay_submit(session, stay, &verdict, &answer);
    int code = verdict == SETTLE_VERDICT_CLEAR ? 0 : 1;
    if (status == SETTLE_OK)
        puts(answer);
    else
        code = complain(status, settle_session_error(session));
    settle_free(answer);
    settle_free(report);
    settle_source_free(source);
    return code;
}

int main(int argc, char **argv) {
    settle_context *context = NULL;
    settle_session *session = NULL;
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOME PATH STAY\n", argv[0]);
        return 2;
    }
    settle_status status = settle_context_new(&context);
    if (status == SETTLE_OK)
        status = settle_context_load(context, argv[1]);
    if (status == SETTLE_OK)
        status = settle_session_open(context, NULL, &session);
    int code = status == SETTLE_OK ? settle_one(session, argv[2], argv[3])
                                   : complain(status, settle_context_error(context));
    settle_session_free(session);
    settle_context_free(context);
    return code;
}
