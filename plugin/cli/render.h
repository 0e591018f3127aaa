/* SPDX-License-Identifier: Apache-2.0 */
/* Results of the library, which are JSON, as text for people. Each takes the JSON and frees it. */
#ifndef SETTLE_CLI_RENDER_H
#define SETTLE_CLI_RENDER_H

#include "cli.h"
#include <yajl/yajl_tree.h>

typedef enum render_part { RENDER_FINDINGS = 1, RENDER_AMOUNTS = 2, RENDER_LAYERS = 4 } render_part;

void render_stay(char *json, unsigned parts);
void render_override(char *json);
void render_reversal(char *json);
void render_explain(char *json);
void render_status(char *json);
void render_document(char *json);
void render_pack(char *json);
void render_pack_diff(char *json);
void render_rules(char *json);
void render_pack_list(char *json);
/* Member "packs": a line for each pack, and what its rules lack. */
void render_packs(yajl_val object);
void render_map_problems(char *json);
void render_map_rows(char *json);
void render_map_suggestions(char *json);
void render_map_proposed(char *json);
void render_map_decided(char *json);
void render_map_published(long long in_force);
void render_map_review(char *json);
void render_codes_cut(yajl_val result); /* of map check */

/* Member "base_data": a line for each rule whose data is missing or stale. */
void render_base_data(yajl_val object);

/* An action, or who may let a finding pass, in the user's language. */
const char *word_text(const char *word);

/* The text of a member, "" when there is none. */
const char *tree_text(yajl_val object, const char *key);
/* The number of a member, 0 when there is none. */
long long tree_number(yajl_val object, const char *key);
/* The array of a member, an empty one when there is none. */
yajl_val tree_array(yajl_val object, const char *key, size_t *out_len);
/* An amount such as "12.30" in fen. */
long long tree_fen(yajl_val object, const char *key);
/* The findings of a result in the order a desk works them off: groups of one root cause by the most
 * money that hangs on one of them, each with its leader first. To be freed; ends the program when
 * memory is out. */
yajl_val *ranked_findings(yajl_val result, size_t *out_len);
/* Parses what the library wrote; never NULL (ends the program when memory is out). */
yajl_val tree_parse(char *json);

/* The layer of a payment: its name, which the policy gives in Chinese, or its id. */
const char *layer_text(yajl_val object);

/* Prints `text` and blanks up to `width` columns; Chinese characters take two. */
void put_padded(const char *text, int width);

#endif
