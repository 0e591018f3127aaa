/* SPDX-License-Identifier: Apache-2.0 */
/* The national form behind both conventions of the plugin: a transaction by its number (infno), its
 * input and output as JSON; the string form is translated into it and back. */
#ifndef LEGACY_LEGACY_H
#define LEGACY_LEGACY_H

#include <settle/settle.h>
#include <stdarg.h>
#include <stdbool.h>
#include <yajl/yajl_gen.h>
#include <yajl/yajl_tree.h>

enum { LEGACY_TEXT = 1024 };

/* One transaction. Texts are UTF-8. */
typedef struct legacy_call {
    const settle_context *context;
    settle_session *session;
    const char *key;   /* 交易流水号, msgid: the caller's own number of it */
    const char *infno; /* 交易编号 */
    const char *opter;
    yajl_val input;       /* an object */
    yajl_gen out;         /* the open object of the output */
    settle_status status; /* of the failure */
    char text[LEGACY_TEXT];
} legacy_call;

/* Does the transaction, or answers it again: *out_output is the output object as text, to be freed
 * with free(). False: call->status and call->text say why, and nothing was done. */
bool legacy_do(legacy_call *call, char **out_output);

/* Notes a failure; always false. `fmt` NULL: the text of the status. */
bool legacy_fail(legacy_call *call, settle_status status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* True when `status` is OK; else notes what the session says. */
bool legacy_did(legacy_call *call, settle_status status);
/* The text of a field; "": noted that it is missing. */
const char *legacy_needed(legacy_call *call, yajl_val node, const char *name);
/* Whether callers may use it: one that begins with '-' is the plugin's own. */
bool legacy_is_key(legacy_call *call, const char *key);
/* What a trial is told is kept under this key, and never stored. */
#define LEGACY_TRIAL "-trial-"
/* A JSON text of the library, which this frees; NULL: noted. */
yajl_val legacy_parsed(legacy_call *call, char *json);

/* --- JSON ------------------------------------------------------------------------------------- */

/* The text of a string or number; "" of anything else. */
const char *json_text(yajl_val value);
const char *json_at(yajl_val object, const char *key);
yajl_val json_member(yajl_val object, const char *key);
/* Rows of a node that is an object or an array of objects. */
size_t json_count(yajl_val node);
yajl_val json_row(yajl_val node, size_t i); /* NULL: it has fewer */

void put_key(yajl_gen gen, const char *key);
void put_text(yajl_gen gen, const char *text);
void put(yajl_gen gen, const char *key, const char *text); /* nothing for NULL */
void put_value(yajl_gen gen, yajl_val value);              /* as it stands */
void put_member(yajl_gen gen, yajl_val object, const char *from, const char *to);
/* The text so far, malloc'd; NULL: no memory. Frees the generator. */
char *put_end(yajl_gen gen);
yajl_gen put_begin(void);

/* --- amounts and the clock -------------------------------------------------------------------- */

enum { LEGACY_YUAN = 32, LEGACY_INSTANT = 32 };
/* An amount that the library wrote, in fen; and as text with two decimals. */
long long legacy_fen(const char *yuan);
const char *legacy_yuan(long long fen, char out[static LEGACY_YUAN]);
/* Whether a field that the caller may leave empty is an amount; else noted. */
bool legacy_amount(legacy_call *call, yajl_val node, const char *name);
/* How many bytes of UTF-8 are at most `most` and cut no character. */
int legacy_cut(const char *text, size_t most);
/* "YYYY-MM-DD HH:MM:SS", so many hours ago. */
void legacy_now(int hours_ago, char out[static LEGACY_INSTANT]);
bool legacy_is_older(const char *at, int hours);

/* --- transactions ----------------------------------------------------------------------------- */

typedef bool transaction(legacy_call *call);
transaction do_sign_in, do_sign_out, do_person, do_admit, do_change, do_cancel, do_charges,
    do_uncharge, do_discharge, do_undischarge, do_trial, do_settle, do_unsettle, do_reverse,
    do_totals, do_detail, do_catalogue, do_approval, do_accumulators, do_doubt, do_mapping,
    do_mapping_state;

/* A sign-in of the caller's operator that is good; else noted. */
bool is_sign_in(legacy_call *call, const char *sign_no);
/* The stay with all its rows, to be freed; NULL: noted. */
yajl_val legacy_stay(legacy_call *call, const char *id);
/* Whether the stay is of the person that the rows name, where they name one. */
bool legacy_is_person(legacy_call *call, const char *id, yajl_val rows);
bool is_among(yajl_val rows, const char *feedetl_sn);
bool undo_discharge(legacy_call *call, const char *id);
bool cancel(legacy_call *call, const char *id);
bool take_back(legacy_call *call, const char *id, yajl_val data, char **out_json);
/* The exchanges that did this to the stay have no effect any more. */
bool mark_taken_back(legacy_call *call, const char *infno, const char *id);
/* Whether a settlement, by its answer, is what the stay stands at. */
bool settlement_stands(legacy_call *call, yajl_val output, bool *out);

#endif
