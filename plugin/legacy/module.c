/* SPDX-License-Identifier: Apache-2.0 */
/* The five calls that an older HIS loads. Threads may call at once; each call opens a session of
 * its own. */
#include "string_form.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))

enum {
    ERROR_BYTES = 1024,   /* room that every caller has for a message */
    ANSWER_BYTES = 10240, /* and for an answer, unless settle.ini says otherwise */
    ANSWER_LEAST = 512,
    KEPT = 32, /* longer answers that wait to be fetched */
    UNKNOWN_OUTCOME = -1,
};

/* A longer answer, fetched in pieces by 9910. */
typedef struct kept {
    unsigned long long token;
    char *bytes, *opter;
    size_t len;
} kept;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static settle_context *context; /* loaded by INIT, for as long as the process */
static size_t max_bytes = ANSWER_BYTES;
static kept answers[KEPT];
static unsigned long long tokens;

/* GBK within `room` bytes, the terminator included; a character is never cut. */
static void write_gbk(const char *utf8, char *out, size_t room) {
    size_t len = 0;
    char *gbk = frame_encode(utf8, strlen(utf8), &len);
    if (gbk == NULL)
        gbk = strdup(""), len = 0;
    size_t whole = gbk == NULL ? 0 : frame_whole(gbk, len, room - 1);
    if (gbk != NULL)
        memcpy(out, gbk, whole);
    out[whole] = '\0';
    free(gbk);
}

/* Business errors are the status; where the outcome is unknown the caller must ask or reverse. */
static int code_of(settle_status status) {
    int exit_code = settle_status_exit_code(status);
    bool unknown = exit_code == settle_status_exit_code(SETTLE_E_STORE_IO) ||
                   status == SETTLE_E_NO_MEMORY || status == SETTLE_E_INTERNAL;
    return unknown ? UNKNOWN_OUTCOME : status;
}

/* Takes the options of the plugin, or says in `text` which is wrong. */
static bool are_options_good(const settle_context *made, char text[static ERROR_BYTES]) {
    const char *bytes = settle_context_option(made, "legacy", "max_bytes"),
               *swap = settle_context_option(made, "legacy", "swap_2410_2420");
    bool number = strlen(bytes) < 10 && bytes[strspn(bytes, "0123456789")] == '\0';
    long asked = bytes[0] == '\0' ? ANSWER_BYTES : strtol(bytes, NULL, 10);
    if (!number || asked < ANSWER_LEAST) {
        snprintf(text, ERROR_BYTES, "settle.ini [legacy] max_bytes：应为 %d 至 999999999 的整数",
                 ANSWER_LEAST);
        return false;
    }
    if (swap[0] != '\0' && strcmp(swap, "0") != 0 && strcmp(swap, "1") != 0) {
        snprintf(text, ERROR_BYTES, "settle.ini [legacy] swap_2410_2420：应为 0 或 1");
        return false;
    }
    max_bytes = (size_t)asked;
    return true;
}

static int load(const char *home, char *err) {
    char text[ERROR_BYTES];
    settle_context *made = NULL;
    settle_status status = settle_context_new(&made);
    if (status == SETTLE_OK)
        status = settle_context_load(made, home);
    if (status != SETTLE_OK) {
        snprintf(text, sizeof text, "%s", settle_status_text(status, SETTLE_LANG_ZH));
        if (settle_context_error(made) != NULL)
            settle_error_text(settle_context_error(made), SETTLE_LANG_ZH, text, sizeof text);
        write_gbk(text, err, ERROR_BYTES);
        settle_context_free(made);
        return code_of(status);
    }
    if (!are_options_good(made, text)) {
        write_gbk(text, err, ERROR_BYTES);
        settle_context_free(made);
        return SETTLE_E_CONFIG_VALUE;
    }
    context = made;
    return 0;
}

/* SETTLE_HOME says where the home is. Called again it does nothing. */
EXPORTED int INIT(char *err) {
    char nowhere[ERROR_BYTES];
    const char *home = getenv("SETTLE_HOME");
    pthread_mutex_lock(&lock);
    int code = 0;
    if (context == NULL)
        code = load(home == NULL || home[0] == '\0' ? "/var/lib/settle" : home,
                    err == NULL ? nowhere : err);
    if (code == 0 && err != NULL)
        err[0] = '\0';
    pthread_mutex_unlock(&lock);
    return code;
}

/* --- answers ---------------------------------------------------------------------------------- */

static settle_context *loaded(size_t *room) {
    pthread_mutex_lock(&lock);
    settle_context *c = context;
    *room = max_bytes;
    pthread_mutex_unlock(&lock);
    return c;
}

static unsigned long long keep(char *bytes, size_t len, char *opter) {
    pthread_mutex_lock(&lock);
    kept *slot = &answers[tokens % KEPT];
    free(slot->bytes);
    free(slot->opter);
    *slot = (kept){++tokens, bytes, opter, len};
    unsigned long long token = slot->token;
    pthread_mutex_unlock(&lock);
    return token;
}

static int refuse(settle_status status, const char *message, char *out, size_t room) {
    char text[ERROR_BYTES], wide[3 * ERROR_BYTES];
    size_t len = frame_value(message, NULL);
    if (len < sizeof wide) {
        frame_value(message, wide);
        wide[len] = '\0';
    } else {
        wide[0] = '\0';
    }
    snprintf(text, sizeof text, "%d^^%.*s^", code_of(status), legacy_cut(wide, 900), wide);
    room = room < ERROR_BYTES ? room : ERROR_BYTES;
    write_gbk(text, out, room);
    if (out[0] == '\0') /* what GBK has no character for; the code at least is told */
        snprintf(out, room, "%d^^^", code_of(status));
    return code_of(status);
}

/* 返回码^入参结果^信息^; one that does not fit is kept and its length and token told. */
static int respond(const char *payload, const char *opter, char *out, size_t room) {
    size_t len = strlen(payload) + 8, gbk_len = 0;
    char *frame = malloc(len);
    if (frame == NULL)
        return refuse(SETTLE_E_NO_MEMORY, "内存不足", out, room);
    snprintf(frame, len, "0^%s^^", payload);
    char *gbk = frame_encode(frame, strlen(frame), &gbk_len);
    free(frame);
    if (gbk == NULL)
        return refuse(SETTLE_E_INPUT_ENCODING, "应答不能写成 GBK", out, room);
    if (gbk_len < room) {
        memcpy(out, gbk, gbk_len + 1);
        free(gbk);
        return 0;
    }
    char text[256];
    char *whose = strdup(opter);
    if (whose == NULL) {
        free(gbk);
        return refuse(SETTLE_E_NO_MEMORY, "内存不足", out, room);
    }
    unsigned long long token = keep(gbk, gbk_len, whose);
    snprintf(text, sizeof text,
             "%d^%llu|%zu|^业务已完成，应答过长：请用 9910 分段取回，勿换流水号重发^",
             (int)SETTLE_E_INPUT_TOO_LONG, token, gbk_len);
    write_gbk(text, out, room);
    return SETTLE_E_INPUT_TOO_LONG;
}

/* 9910 token|offset|: the bytes of the answer from there, as many as fit, without a frame. */
static int fetch(char *payload, const char *opter, char *out, size_t room) {
    char *token_text = frame_next(&payload, '|'), *offset_text = frame_next(&payload, '|');
    unsigned long long token = token_text == NULL ? 0 : strtoull(token_text, NULL, 10);
    size_t offset = offset_text == NULL ? 0 : strtoull(offset_text, NULL, 10);
    int code = 0;
    pthread_mutex_lock(&lock);
    const kept *slot = token == 0 ? NULL : &answers[(token - 1) % KEPT];
    if (slot == NULL || slot->token != token || strcmp(slot->opter, opter) != 0 ||
        offset > slot->len) {
        code = SETTLE_E_INPUT_EXCHANGE_UNKNOWN;
    } else {
        size_t len = frame_whole(slot->bytes + offset, slot->len - offset, room - 1);
        memcpy(out, slot->bytes + offset, len);
        out[len] = '\0';
    }
    pthread_mutex_unlock(&lock);
    return code == 0 ? 0 : refuse(code, "没有这个应答，或位移超出其长度", out, room);
}

/* --- the string form -------------------------------------------------------------------------- */

static bool is_signed_in(legacy_call *call, const char *cycle) {
    if (cycle[0] == '\0')
        return legacy_fail(call, SETTLE_E_ARG_STATE, "尚未签到：业务周期号为空");
    return is_sign_in(call, cycle);
}

static bool open_call(settle_context *c, const char *opter, legacy_call *call) {
    const settle_session_options options = {.struct_size = sizeof options,
                                            .opter = opter[0] == '\0' ? NULL : opter};
    call->context = c;
    settle_status status = settle_session_open(c, &options, &call->session);
    return status == SETTLE_OK || legacy_fail(call, status, NULL);
}

static bool do_form(legacy_call *call, const string_form *form, frame_request *request,
                    char **out_payload) {
    char *input = NULL, *output = NULL;
    if (strcmp(form->number, "9110") == 0 && request->payload[0] == '\0')
        request->payload = (char *)(size_t)request->cycle;
    input = string_input(call, form, request);
    if (input == NULL)
        return false;
    call->input = yajl_tree_parse(input, NULL, 0);
    free(input);
    bool good = call->input != NULL ? legacy_do(call, &output)
                                    : legacy_fail(call, SETTLE_E_INPUT_JSON, "入参不是文本");
    yajl_tree_free(call->input);
    if (!good)
        return false;
    *out_payload = string_answer(form, output);
    free(output);
    return *out_payload != NULL || legacy_fail(call, SETTLE_E_NO_MEMORY, NULL);
}

static int answer_form(settle_context *c, frame_request *request, char *out, size_t room) {
    const string_form *form = string_form_of(c, request->number);
    bool fetches = strcmp(request->number, "9910") == 0;
    char *payload = NULL;
    if (form == NULL && !fetches)
        return refuse(SETTLE_E_ARG_VALUE, "不提供这个业务编号", out, room);
    legacy_call call = {
        .key = request->serial, .infno = fetches ? "" : form->infno, .opter = request->opter};
    bool good = open_call(c, request->opter, &call) &&
                (strcmp(call.infno, "9001") == 0 || is_signed_in(&call, request->cycle)) &&
                (fetches || do_form(&call, form, request, &payload));
    settle_session_free(call.session);
    int code = !good     ? refuse(call.status, call.text, out, room)
               : fetches ? fetch(request->payload, request->opter, out, room)
                         : respond(payload, request->opter, out, room);
    free(payload);
    return code;
}

/* Decoded first, split afterwards: bytes of a character may look like what divides. */
static int answer_frame(const char *in, char *out) {
    size_t room, len = 0;
    if (out == NULL)
        return SETTLE_E_ARG_NULL;
    settle_context *c = loaded(&room);
    if (in == NULL)
        return refuse(SETTLE_E_ARG_NULL, "入参为空", out, ERROR_BYTES);
    if (c == NULL)
        return refuse(SETTLE_E_ARG_STATE, "请先调用 INIT", out, ERROR_BYTES);
    char *text = frame_decode(in, strlen(in), &len);
    if (text == NULL)
        return refuse(SETTLE_E_INPUT_ENCODING, "入参不是 GBK 文本", out, room);
    frame_request request;
    int code = frame_read(text, &request)
                   ? answer_form(c, &request, out, room)
                   : refuse(SETTLE_E_INPUT_MESSAGE, "入参应为八段，以 ^ 结尾", out, room);
    free(text);
    return code;
}

EXPORTED int BUSINESS_HANDLE(char *in, char *out) {
    return answer_frame(in, out);
}

EXPORTED int QUERY_HANDLE(char *in, char *out) {
    return answer_frame(in, out);
}

/* Confirms that the answer to a trade arrived: business number 1999 with its serial. */
EXPORTED int TRADE_ANSWER(char *in, char *out) {
    return answer_frame(in, out);
}

/* --- the national form ------------------------------------------------------------------------ */

static void put_envelope(yajl_gen gen, const char *key, bool good, const char *message) {
    yajl_gen_map_open(gen);
    put_key(gen, "infcode");
    yajl_gen_integer(gen, good ? 0 : -1);
    put(gen, "inf_refmsgid", key);
    put(gen, "err_msg", message);
    if (!good)
        yajl_gen_map_close(gen);
}

static char *envelope(const char *key, const char *output, const char *message) {
    yajl_gen gen = put_begin();
    if (gen == NULL)
        return NULL;
    put_envelope(gen, key, output != NULL, message);
    if (output != NULL) {
        yajl_val value = yajl_tree_parse(output, NULL, 0);
        put_key(gen, "output");
        put_value(gen, value);
        yajl_tree_free(value);
        yajl_gen_map_close(gen);
    }
    return put_end(gen);
}

/* UTF-8 here: the national form is. */
static int write_answer(const char *text, int code, char *out, size_t room, char *errmsg) {
    char told[ERROR_BYTES];
    if (text != NULL && strlen(text) < room) {
        memcpy(out, text, strlen(text) + 1);
        return code;
    }
    out[0] = '\0';
    if (code != 0)
        return code;
    snprintf(told, sizeof told,
             "outlen: %zu bytes are needed; 业务已完成，请用同一 msgid 以更大的 outlen 取应答",
             text == NULL ? 0 : strlen(text) + 1);
    if (errmsg != NULL)
        memcpy(errmsg, told, strlen(told) + 1);
    return text == NULL ? UNKNOWN_OUTCOME : SETTLE_E_INPUT_TOO_LONG;
}

static int answer_national(settle_context *c, yajl_val root, char *out, size_t room, char *errmsg) {
    legacy_call call = {.key = json_at(root, "msgid"),
                        .infno = json_at(root, "infno"),
                        .opter = json_at(root, "opter"),
                        .input = json_member(root, "input")};
    char *output = NULL;
    bool good = open_call(c, call.opter, &call);
    if (good && json_at(root, "sign_no")[0] != '\0' && strcmp(call.infno, "9001") != 0)
        good = is_signed_in(&call, json_at(root, "sign_no"));
    good = good && legacy_do(&call, &output);
    settle_session_free(call.session);
    if (!good && errmsg != NULL)
        snprintf(errmsg, ERROR_BYTES, "%s", call.text);
    char *text = envelope(call.key, output, good ? "" : call.text);
    int code = write_answer(text, good ? 0 : code_of(call.status), out, room, errmsg);
    free(text);
    free(output);
    return code;
}

/* What no request needs: deep nesting, which the parser would follow down the host's stack, and
 * U+0000, which would end a text early. NULL: neither is there. */
static const char *why_refused(const char *json) {
    enum { DEEPEST = 64 };
    int depth = 0;
    bool text = false;
    for (const char *p = json; *p != '\0'; p++) {
        if (text && *p == '\\' && strncmp(p + 1, "u0000", 5) == 0)
            return "入参的文本含有 \\u0000";
        if (text && *p == '\\' && p[1] != '\0')
            p++;
        else if (*p == '"')
            text = !text;
        else if (!text && (*p == '[' || *p == '{') && ++depth > DEEPEST)
            return "入参嵌套超过 64 层";
        else if (!text && (*p == ']' || *p == '}'))
            depth--;
    }
    return NULL;
}

EXPORTED int business_handle(const char *in, int outlen, char *out, char *errmsg) {
    size_t ignored;
    settle_context *c = loaded(&ignored);
    if (errmsg != NULL)
        errmsg[0] = '\0';
    if (in == NULL || out == NULL || outlen <= 0)
        return SETTLE_E_ARG_NULL;
    out[0] = '\0';
    if (c == NULL) {
        if (errmsg != NULL)
            snprintf(errmsg, ERROR_BYTES, "请先调用 INIT");
        return SETTLE_E_ARG_STATE;
    }
    const char *why = why_refused(in);
    yajl_val root = why == NULL ? yajl_tree_parse(in, NULL, 0) : NULL;
    if (!YAJL_IS_OBJECT(root)) {
        if (errmsg != NULL)
            snprintf(errmsg, ERROR_BYTES, "%s", why == NULL ? "入参不是 JSON 对象" : why);
        yajl_tree_free(root);
        return SETTLE_E_INPUT_JSON;
    }
    int code = answer_national(c, root, out, (size_t)outlen, errmsg);
    yajl_tree_free(root);
    return code;
}
