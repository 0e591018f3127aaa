/* Settles one stay: the whole path that a hospital information system takes.
 *   cc settle_one.c $(pkg-config --cflags --libs settle) && ./a.out HOME PATH STAY */
#include <settle/settle.h>
#include <stdio.h>

static int report(const settle_error *error) {
    char text[1024];
    settle_error_text(error, SETTLE_LANG_ZH, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return settle_status_exit_code(settle_error_status(error));
}

int main(int argc, char **argv) {
    settle_context *context = NULL;
    settle_session *session = NULL;
    settle_source *source = NULL;
    char *imported = NULL, *answer = NULL;
    int32_t verdict = SETTLE_VERDICT_STOPS;
    int code = 2;
    if (argc != 4 || settle_context_new(&context) != SETTLE_OK)
        return code;
    if (settle_context_load(context, argv[1]) != SETTLE_OK)
        code = report(settle_context_error(context));
    else if (settle_session_open(context, NULL, &session) != SETTLE_OK)
        code = 2;
    else if (settle_source_open(session, "csv", (const char *const *)&argv[2], 1, &source) ||
             settle_source_import(session, source, &imported) ||
             settle_stay_submit(session, argv[3], &verdict, &answer))
        code = report(settle_session_error(session));
    else
        code = puts(answer) < 0 ? 6 : verdict == SETTLE_VERDICT_CLEAR ? 8 : 1;
    settle_free(answer);
    settle_free(imported);
    settle_source_free(source);
    settle_session_free(session);
    settle_context_free(context);
    return code;
}
