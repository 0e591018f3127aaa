/* SPDX-License-Identifier: Apache-2.0 */
/* The program that the library is measured against: a settlement as a competent HIS vendor builds
 * it from the usual parts. Rows in memory; price list, catalogue, mapping and rule tables in
 * SQLite, asked by prepared statements in one read transaction; a libxml2 tree;
 * xmlSchemaValidateDoc; libxmlsec1 to sign; the serialised document and a row per line in SQLite,
 * WAL, synchronous FULL, one commit, before which the stored bytes are read back, parsed and
 * verified by libxmlsec1, as the library does it. Schema, key and statements are made ready once.
 *
 * What it takes from the library runs at the library's speed and so speaks for this side: the
 * checks themselves and the payer layers work on a case whose every line was resolved here through
 * SQL; checks whose rule table was asked for every line and held nothing are left out. */
#ifndef TESTS_BENCH_CONVENTIONAL_H
#define TESTS_BENCH_CONVENTIONAL_H

#include "model/case.h"
#include "model/settlement.h"
#include "wire/wire.h"

#include <libxml/tree.h>
#include <libxml/xmlschemas.h>
#include <sqlite3.h>
#include <xmlsec/keysmngr.h>
#include <xmlsec/xmldsig.h>

typedef enum cv_statement {
    CV_ITEM,
    CV_MAP,
    CV_MAP_ANY,
    CV_CATALOGUE,
    CV_CATALOGUE_ANY,
    CV_EXCLUSION,
    CV_CAP,
    CV_CAP_ANY,
    CV_FIRST_RULE, /* rows of the rule tables for the code of a line on its day */
    CV_FREQUENCY = CV_FIRST_RULE,
    CV_UNIT,
    CV_CYCLE,
    CV_SEX,
    CV_BED,
    CV_PAIR,
    CV_STATEMENTS
} cv_statement;

typedef struct cv_setup {
    const char *reference_path; /* made by cv_reference_write */
    const char *store_path;     /* of the settlements, created */
    const char *schema_path;
    const char *key_path, *cert_path, *anchor_path;
    const stl_region *region;
    const stl_mapping *mapping;
    stl_case_site site;
} cv_setup;

typedef struct cv_program {
    cv_setup setup;
    sqlite3 *reference, *store;
    sqlite3_stmt *look_up[CV_STATEMENTS];
    sqlite3_stmt *begin, *commit, *insert_stay, *insert_line, *insert_document, *read_document,
        *settled;
    xmlSchemaPtr schema;
    xmlSecKeyPtr private_key, public_key;
    xmlSecKeysMngrPtr anchors;
} cv_program;

/* What SQL answered for a line beyond what the case holds; texts in the arena. */
typedef struct cv_line {
    const char *hospital_name, *catalogue_name;
} cv_line;

typedef struct cv_result {
    stl_case c;
    cv_line *lines;
    bool due[CV_STATEMENTS]; /* a rule table holds something for a line */
    stl_verdict verdict;
    stl_settlement settlement;
    xmlDocPtr tree;
    xmlChar *bytes;
    int len;
} cv_result;

/* Loads region and mapping into an SQLite database with numbers as integers and an index a key. */
void cv_reference_write(const char *path, const stl_region *region, const stl_mapping *mapping);

void cv_open(cv_program *p, const cv_setup *setup);
void cv_close(cv_program *p);

/* The whole way from rows in memory to the commit. */
void cv_settle(cv_program *p, const stl_stay *stay, const stl_envelope *envelope, stl_arena *arena,
               cv_result *out);
void cv_result_free(cv_result *result);

/* Parses, verifies the signature up to the anchor and (unless `signature_only`) validates. */
void cv_verify(cv_program *p, const char *bytes, int len, bool signature_only);
/* Moves the WAL into the database, off the timed span. */
void cv_checkpoint(cv_program *p);

/* --- the steps, one a file ------------------------------------------------------------------- */

void cv_resolve(cv_program *p, const stl_stay *stay, stl_arena *arena, cv_result *out);
void cv_judge(cv_result *out);
void cv_build_tree(cv_program *p, const stl_envelope *envelope, cv_result *out);
void cv_validate(cv_program *p, xmlDocPtr tree);
void cv_sign(cv_program *p, xmlDocPtr tree);
void cv_verify_own(cv_program *p, const char *bytes, int len);
void cv_store(cv_program *p, const stl_envelope *envelope, cv_result *result);

#endif
