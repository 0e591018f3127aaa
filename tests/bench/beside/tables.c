/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/beside/beside.h"

#include "bench/support.h"
#include "rules/facts.h"

#include <inttypes.h>
#include <sys/stat.h>

static const stl_table_id RULE_TABLES[] = {
    STL_T_CATALOGUE,  STL_T_CAPS,  STL_T_FREQUENCY,  STL_T_CYCLE,      STL_T_PAIRS, STL_T_SEX,
    STL_T_EXCLUSIONS, STL_T_BEDS,  STL_T_UNITS,      STL_T_GRADE,      STL_T_VISIT, STL_T_SCHEME,
    STL_T_AGE,        STL_T_LISTS, STL_T_AGE_GROUPS, STL_T_SURCHARGES,
};

static const char STAY_TABLES[] =
    "CREATE TABLE stays (stay INTEGER PRIMARY KEY, gend TEXT, birth_day BIGINT, birth_ymd BIGINT,\n"
    " begin_at BIGINT, begin_day BIGINT, end_at BIGINT, end_day BIGINT, medins_lv TEXT,\n"
    " special BIGINT, admdvs TEXT, insutype TEXT, med_type TEXT, mother_group TEXT,\n"
    " tolerance BIGINT);\n"
    "CREATE TABLE charges (stay INTEGER, line INTEGER, sn TEXT, init_sn TEXT, drord_no TEXT,\n"
    " at BIGINT, day BIGINT, ymd BIGINT, item TEXT, cnt BIGINT, pric BIGINT, amount BIGINT,\n"
    " appr TEXT, PRIMARY KEY (stay, line));\n"
    "CREATE TABLE approvals (stay INTEGER, sn TEXT, code TEXT, kind TEXT, begndate BIGINT,\n"
    " enddate BIGINT);\n"
    "CREATE TABLE history_items (stay INTEGER, code TEXT, day BIGINT);\n";

static const char MORE_INDEXES[] =
    "CREATE INDEX charges_sn ON charges (stay, sn);\n"
    "CREATE INDEX charges_refund ON charges (stay) WHERE init_sn <> '';\n"
    "CREATE INDEX approvals_stay ON approvals (stay);\n"
    "CREATE INDEX history_items_stay ON history_items (stay);\n"
    "CREATE INDEX repeat_charge_component ON repeat_charge (component_code);\n";

static FILE *create(const char *dir, const char *name, const char *ending) {
    char path[BENCH_PATH];
    if (snprintf(path, sizeof path, "%s/%s%s", dir, name, ending) >= (int)sizeof path)
        bench_die("the path is too long");
    FILE *out = fopen(path, "w");
    if (out == NULL)
        bench_die("%s cannot be written", path);
    return out;
}

/* What would part cells is left out. */
static void put_text(FILE *out, stl_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (strchr("\t\n\r\\", text.ptr[i]) == NULL)
            fputc(text.ptr[i], out);
    fputc('\t', out);
}

static void put_number(FILE *out, int64_t number) {
    if (number == STL_NONE)
        fputs("\\N\t", out);
    else
        fprintf(out, "%" PRId64 "\t", number);
}

static void end_row(FILE *out, int64_t last) {
    fprintf(out, "%" PRId64 "\n", last);
}

typedef struct files {
    const char *dir;
    FILE *schema, *indexes, *names;
} files;

/* The number of the row comes last. */
static void write_table(files *f, const stl_index_table *table, const stl_table_spec *spec) {
    fprintf(f->names, "%s\n", spec->name);
    fprintf(f->schema, "CREATE TABLE %s (", spec->name);
    for (size_t i = 0; i < spec->n_columns; i++)
        fprintf(f->schema, "\"%s\" %s, ", spec->columns[i].csv,
                spec->columns[i].kind == STL_F_TEXT ? "TEXT" : "BIGINT");
    fprintf(f->schema, "\"row\" INTEGER PRIMARY KEY);\n");
    fprintf(f->indexes, "CREATE INDEX %s_key ON %s (\"%s\");\n", spec->name, spec->name,
            spec->columns[0].csv);
    FILE *out = create(f->dir, spec->name, ".tsv");
    for (size_t r = 0; r < table->n_rows; r++) {
        const int64_t *cells = table->rows + r * table->n_cols;
        for (size_t c = 0; c < spec->n_columns; c++)
            if (spec->columns[c].kind == STL_F_TEXT)
                put_text(out, stl_index_text(table, cells[c]));
            else
                put_number(out, cells[c]);
        end_row(out, (int64_t)r);
    }
    fclose(out);
}

static int64_t ymd_of(stl_day day) {
    stl_civil civil = stl_civil_of(day * STL_DAY_SECONDS);
    return day == STL_NONE ? STL_NONE : civil.year * 10000 + civil.month * 100 + civil.day;
}

static stl_day day_of(stl_instant at) {
    return at == STL_NONE ? STL_NONE : stl_instant_day(at);
}

static stl_str mother_group(const stl_case *c) {
    stl_str code;
    const int64_t *row;
    return stl_rules_diagnosed(c, "V10.mother", &code, &row)
               ? stl_index_text(&c->region->tables[STL_T_LISTS], row[STL_LIST_VALUE])
               : STL_STR("");
}

static void write_head(FILE *out, const stl_case *c, size_t number) {
    const stl_admission *head = &c->stay->head;
    put_number(out, (int64_t)number);
    put_text(out, head->gend);
    put_number(out, head->brdy);
    put_number(out, ymd_of(head->brdy));
    put_number(out, head->begntime);
    put_number(out, day_of(head->begntime));
    put_number(out, head->endtime);
    put_number(out, day_of(head->endtime));
    put_text(out, c->medins_lv);
    put_number(out, c->special_lv);
    put_text(out, c->mdtrtarea_admvs);
    put_text(out, head->insutype);
    put_text(out, head->med_type);
    put_text(out, mother_group(c));
    end_row(out, c->region->policy->line_tolerance);
}

static void write_charge(FILE *out, const stl_charge *charge, size_t number, size_t line) {
    put_number(out, (int64_t)number);
    put_number(out, (int64_t)line);
    put_text(out, charge->feedetl_sn);
    put_text(out, charge->init_feedetl_sn);
    put_text(out, charge->drord_no);
    put_number(out, charge->fee_ocur_time);
    put_number(out, day_of(charge->fee_ocur_time));
    put_number(out, ymd_of(day_of(charge->fee_ocur_time)));
    put_text(out, charge->medins_list_codg);
    put_number(out, charge->cnt);
    put_number(out, charge->pric);
    put_number(out, charge->det_item_fee_sumamt);
    fprintf(out, "%.*s\n", (int)charge->hosp_appr_flag.len, charge->hosp_appr_flag.ptr);
}

/* From begndate, else from the day on which it was given. */
static void write_approval(FILE *out, const stl_approval *approval, size_t number) {
    put_number(out, (int64_t)number);
    put_text(out, approval->feedetl_sn);
    put_text(out, approval->code);
    put_text(out, approval->kind);
    put_number(out, approval->begndate != STL_NONE ? approval->begndate : day_of(approval->time));
    if (approval->enddate == STL_NONE)
        fputs("\\N\n", out);
    else
        end_row(out, approval->enddate);
}

static void write_rows(const stl_stay *stay, size_t number, FILE *charges, FILE *approvals,
                       FILE *history) {
    const stl_approval *approval = stay->rows[STL_R_APPROVAL].items;
    const stl_history_item *items = stay->rows[STL_R_HISTORY_ITEM].items;
    for (size_t i = 0; i < stl_stay_n_charges(stay); i++)
        write_charge(charges, &stl_stay_charges(stay)[i], number, i);
    for (size_t i = 0; i < stay->rows[STL_R_APPROVAL].count; i++)
        write_approval(approvals, &approval[i], number);
    for (size_t i = 0; i < stay->rows[STL_R_HISTORY_ITEM].count; i++) {
        put_number(history, (int64_t)number);
        put_text(history, items[i].med_list_codg);
        end_row(history, day_of(items[i].fee_ocur_time));
    }
}

static void write_stays(const bench_world *w, files *f, const bs_stays *stays) {
    FILE *heads = create(f->dir, "stays", ".tsv"), *charges = create(f->dir, "charges", ".tsv"),
         *approvals = create(f->dir, "approvals", ".tsv"),
         *history = create(f->dir, "history_items", ".tsv");
    fputs("stays\ncharges\napprovals\nhistory_items\n", f->names);
    for (size_t s = 0; s < stays->n; s++) {
        SCOPED_ARENA *arena = stl_arena_new();
        stl_case c;
        bench_case(w, stays->at[s], arena, &c);
        write_head(heads, &c, s);
        write_rows(stays->at[s], s, charges, approvals, history);
    }
    fclose(heads);
    fclose(charges);
    fclose(approvals);
    fclose(history);
}

void bs_tables_write(const bench_world *w, const bs_stays *stays, const char *dir) {
    mkdir(dir, 0755);
    const stl_region *region = stl_pack_region(w->site->packs[0]);
    const stl_mapping *mapping = stl_mapping_of(w->site->mapping);
    files f = {dir, create(dir, "schema", ".sql"), create(dir, "indexes", ".sql"),
               create(dir, "tables", "")};
    for (size_t i = 0; i < sizeof RULE_TABLES / sizeof *RULE_TABLES; i++)
        write_table(&f, &region->tables[RULE_TABLES[i]], &STL_TABLE_SPECS[RULE_TABLES[i]]);
    write_table(&f, &mapping->items, &STL_ITEM_TABLE);
    write_table(&f, &mapping->rows, &STL_MAPPING_TABLE);
    fputs(STAY_TABLES, f.schema);
    fputs(MORE_INDEXES, f.indexes);
    write_stays(w, &f, stays);
    fclose(f.schema);
    fclose(f.indexes);
    fclose(f.names);
}
