/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/conventional/conventional.h"

#include "bench/support.h"

#include <libxml/parser.h>
#include <xmlsec/crypto.h>
#include <xmlsec/xmlsec.h>

#define IN_FORCE " AND (begndate IS NULL OR begndate <= ?2) AND (enddate IS NULL OR enddate >= ?2)"

static const char *const LOOK_UPS[CV_STATEMENTS] = {
    [CV_ITEM] =
        "SELECT row, medins_list_name, pric_list_codg FROM items WHERE medins_list_codg = ?1",
    [CV_MAP] = "SELECT row, med_list_codg, med_list_name, factor_num, factor_den, status "
               "FROM mapping WHERE medins_list_codg = ?1" IN_FORCE
               " ORDER BY status = 'active' DESC, begndate DESC",
    [CV_MAP_ANY] = "SELECT 1 FROM mapping WHERE medins_list_codg = ?1",
    [CV_CATALOGUE] = "SELECT row, med_list_name FROM catalogue WHERE med_list_codg = ?1" IN_FORCE
                     " ORDER BY begndate DESC LIMIT 1",
    [CV_CATALOGUE_ANY] = "SELECT 1 FROM catalogue WHERE med_list_codg = ?1",
    [CV_EXCLUSION] = "SELECT 1 FROM exclusions WHERE med_list_codg = ?1" IN_FORCE,
    [CV_CAP] = "SELECT row FROM caps WHERE pric_list_codg = ?1" IN_FORCE
               " AND (medins_lv = '' OR medins_lv = ?3) AND substr(?4, 1, length(admdvs)) = admdvs "
               "ORDER BY medins_lv <> '' DESC, length(admdvs) DESC, begndate DESC LIMIT 1",
    [CV_CAP_ANY] = "SELECT 1 FROM caps WHERE pric_list_codg = ?1",
    [CV_FREQUENCY] = "SELECT \"limit\", unit FROM frequency WHERE med_list_codg = ?1" IN_FORCE,
    [CV_UNIT] = "SELECT day_limit, minutes FROM units WHERE unit = ?1",
    [CV_CYCLE] = "SELECT \"limit\", days FROM cycle WHERE med_list_codg = ?1" IN_FORCE,
    [CV_SEX] = "SELECT gend FROM sex WHERE med_list_codg = ?1" IN_FORCE,
    [CV_BED] = "SELECT 1 FROM beds WHERE med_list_codg = ?1",
    [CV_PAIR] = "SELECT component_code, frequency FROM repeat_charge WHERE main_code = ?1" IN_FORCE,
};

static const char STORE[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "CREATE TABLE stay (mdtrt_id TEXT PRIMARY KEY, msgid TEXT, psn_no TEXT, made_at INTEGER,"
    " medfee INTEGER, fund INTEGER, psn INTEGER, acct INTEGER) WITHOUT ROWID;"
    "CREATE INDEX stay_person ON stay (psn_no);"
    "CREATE TABLE line (mdtrt_id TEXT, feedetl_sn TEXT, medins_list_codg TEXT, med_list_codg TEXT,"
    " fee_ocur_time INTEGER, cnt INTEGER, pric INTEGER, amount INTEGER, own INTEGER, over INTEGER,"
    " prepaid INTEGER, scope INTEGER, prop INTEGER, cap INTEGER,"
    " PRIMARY KEY (mdtrt_id, feedetl_sn)) WITHOUT ROWID;"
    "CREATE TABLE document (mdtrt_id TEXT PRIMARY KEY, bytes BLOB);";

static void open_databases(cv_program *p) {
    p->reference = bench_sql_open(p->setup.reference_path);
    bench_sql(p->reference,
              "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536; PRAGMA query_only=1");
    for (int i = 0; i < CV_STATEMENTS; i++)
        p->look_up[i] = bench_sql_prepare(p->reference, LOOK_UPS[i]);
    p->store = bench_sql_open(p->setup.store_path);
    bench_sql(p->store, STORE);
    p->begin = bench_sql_prepare(p->store, "BEGIN IMMEDIATE");
    p->commit = bench_sql_prepare(p->store, "COMMIT");
    p->insert_stay = bench_sql_prepare(p->store, "INSERT INTO stay VALUES (?,?,?,?,?,?,?,?)");
    p->insert_line =
        bench_sql_prepare(p->store, "INSERT INTO line VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    p->read_document =
        bench_sql_prepare(p->store, "SELECT bytes FROM document WHERE mdtrt_id = ?1");
    p->settled = bench_sql_prepare(
        p->store, "SELECT feedetl_sn FROM stay JOIN line USING (mdtrt_id) WHERE psn_no = ?1");
    p->insert_document = bench_sql_prepare(p->store, "INSERT INTO document VALUES (?,?)");
}

static void open_schema(cv_program *p) {
    xmlSchemaParserCtxtPtr ctx = xmlSchemaNewParserCtxt(p->setup.schema_path);
    p->schema = xmlSchemaParse(ctx);
    xmlSchemaFreeParserCtxt(ctx);
    if (p->schema == NULL)
        bench_die("the schema cannot be parsed");
}

static void open_keys(cv_program *p) {
    if (xmlSecInit() < 0 || xmlSecCryptoAppInit(NULL) < 0 || xmlSecCryptoInit() < 0)
        bench_die("xmlsec cannot start");
    p->private_key =
        xmlSecCryptoAppKeyLoad(p->setup.key_path, xmlSecKeyDataFormatPem, NULL, NULL, NULL);
    p->public_key =
        xmlSecCryptoAppKeyLoad(p->setup.cert_path, xmlSecKeyDataFormatCertPem, NULL, NULL, NULL);
    p->anchors = xmlSecKeysMngrCreate();
    if (p->private_key == NULL || p->public_key == NULL || p->anchors == NULL ||
        xmlSecCryptoAppKeyCertLoad(p->private_key, p->setup.cert_path, xmlSecKeyDataFormatPem) <
            0 ||
        xmlSecCryptoAppDefaultKeysMngrInit(p->anchors) < 0 ||
        xmlSecCryptoAppKeysMngrCertLoad(p->anchors, p->setup.anchor_path, xmlSecKeyDataFormatPem,
                                        xmlSecKeyDataTypeTrusted) < 0)
        bench_die("keys or certificates cannot be loaded");
}

void cv_open(cv_program *p, const cv_setup *setup) {
    *p = (cv_program){.setup = *setup};
    open_databases(p);
    open_schema(p);
    open_keys(p);
}

void cv_close(cv_program *p) {
    for (int i = 0; i < CV_STATEMENTS; i++)
        sqlite3_finalize(p->look_up[i]);
    sqlite3_stmt *const own[] = {p->begin,       p->commit,          p->insert_stay,
                                 p->insert_line, p->insert_document, p->read_document,
                                 p->settled};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sqlite3_finalize(own[i]);
    sqlite3_close(p->reference);
    sqlite3_close(p->store);
    xmlSchemaFree(p->schema);
    xmlSecKeyDestroy(p->private_key);
    xmlSecKeyDestroy(p->public_key);
    xmlSecKeysMngrDestroy(p->anchors);
}

void cv_checkpoint(cv_program *p) {
    /* the log stays in place, and its head is written and synced here, not in the next commit */
    bench_sql(p->store, "PRAGMA wal_checkpoint(PASSIVE); PRAGMA user_version=1");
}

void cv_settle(cv_program *p, const stl_stay *stay, const stl_envelope *envelope, stl_arena *arena,
               cv_result *out) {
    *out = (cv_result){.tree = NULL};
    bench_sql(p->reference, "BEGIN");
    cv_resolve(p, stay, arena, out);
    cv_judge(out);
    bench_sql(p->reference, "COMMIT");
    if (stl_verdict_stops(&out->verdict))
        return;
    cv_build_tree(p, envelope, out);
    cv_validate(p, out->tree);
    cv_sign(p, out->tree);
    xmlDocDumpMemory(out->tree, &out->bytes, &out->len);
    if (out->bytes == NULL)
        bench_die("the document cannot be serialised");
    cv_store(p, envelope, out);
}

void cv_result_free(cv_result *result) {
    if (result->tree != NULL)
        xmlFreeDoc(result->tree);
    xmlFree(result->bytes);
}
