/* SPDX-License-Identifier: Apache-2.0 */
/* A stay that goes on: an order is tried before it is given, then charged.
 *   cc running_stay.c $(pkg-config --cflags --libs settle) && ./a.out HOME STAY CHARGES.json */
#include <settle/settle.h>
#include <stdio.h>
#include <string.h>

static int complain(settle_status status, const settle_error *error) {
    char text[1024] = "";
    settle_error_text(error, SETTLE_LANG_ZH, text, sizeof text);
    fprintf(stderr, "%s\n", text[0] != '\0' ? text : settle_status_text(status, SETTLE_LANG_ZH));
    return settle_status_exit_code(status);
}

/* Charges what `json` holds unless that would stop the settlement; prints what it changes. */
static settle_status charge(settle_running *running, const char *json, int32_t *out_verdict) {
    char *told = NULL, *answer = NULL;
    settle_status status = settle_running_try(running, json, strlen(json), out_verdict, &told);
    if (status == SETTLE_OK)
        puts(told);
    if (status == SETTLE_OK && *out_verdict == SETTLE_VERDICT_CLEAR)
        status = settle_running_append(running, json, strlen(json), out_verdict, &answer);
    settle_free(answer);
    settle_free(told);
    return status;
}

static int follow(settle_session *session, const char *mdtrt_id, const char *json) {
    settle_stay *stay = NULL;
    settle_running *running = NULL;
    int32_t verdict = SETTLE_VERDICT_STOPS;
    settle_status status = settle_stay_load(session, mdtrt_id, &stay);
    if (status == SETTLE_OK)
        status = settle_running_open(session, stay, &running);
    if (status == SETTLE_OK)
        status = charge(running, json, &verdict);
    int code = status != SETTLE_OK               ? complain(status, settle_session_error(session))
               : verdict == SETTLE_VERDICT_CLEAR ? 0
                                                 : 1;
    settle_running_free(running);
    settle_stay_free(stay);
    return code;
}

int main(int argc, char **argv) {
    static char json[65536];
    settle_context *context = NULL;
    settle_session *session = NULL;
    FILE *file = argc == 4 ? fopen(argv[3], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: %s HOME STAY CHARGES.json\n", argv[0]);
        return 2;
    }
    json[fread(json, 1, sizeof json - 1, file)] = '\0';
    fclose(file);
    settle_status status = settle_context_new(&context);
    if (status == SETTLE_OK)
        status = settle_context_load(context, argv[1]);
    if (status == SETTLE_OK)
        status = settle_session_open(context, NULL, &session);
    int code = status == SETTLE_OK ? follow(session, argv[2], json)
                                   : complain(status, settle_context_error(context));
    settle_session_free(session);
    settle_context_free(context);
    return code;
}
