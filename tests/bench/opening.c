/* SPDX-License-Identifier: Apache-2.0 */
/* Opening what a whole province brings: a pack of 1,000,000 catalogue and cap rows, and a mapping
 * of 1,000,000 items. Building them is not timed. */
#include "bench/runs.h"

#include "bench/support.h"

#include <sys/stat.h>

enum { ROWS = 1000000, RUNS = 15 };

static FILE *create(const bench_world *w, const char *name) {
    char path[BENCH_PATH];
    FILE *out = fopen(bench_path(w, name, path), "w");
    if (out == NULL)
        bench_die("%s cannot be written", path);
    return out;
}

static void make_dir(const bench_world *w, const char *name) {
    char path[BENCH_PATH];
    mkdir(bench_path(w, name, path), 0700);
}

static void write_pack_source(const bench_world *w) {
    make_dir(w, "province");
    FILE *xml = create(w, "province/pack.xml");
    fputs("<pack xmlns=\"urn:libsettle:pack:1.0\" id=\"province\" version=\"1\" name=\"bench\" "
          "begndate=\"2025-01-01\"><region admdvs=\"999901\"/><scheme insutype=\"*\"/></pack>",
          xml);
    fclose(xml);
    FILE *catalogue = create(w, "province/catalogue.csv"), *caps = create(w, "province/caps.csv");
    fputs(
        "med_list_codg,med_list_name,list_type,med_list_unit,chrgitm_lv,selfpay_prop,lmt_used_flag,"
        "begndate,enddate,source\n",
        catalogue);
    fputs("pric_list_codg,medins_lv,admdvs,begndate,enddate,kind,pric_uplmt_amt,unit,source\n",
          caps);
    for (int i = 0; i < ROWS / 2; i++) {
        fprintf(catalogue, "%015d,项目%d,201,次,02,0.1000,0,2025-01-01,2099-12-31,bench\n", i, i);
        fprintf(caps, "%09da,3,,2025-01-01,,refuse,%d.00,次,bench\n", i, i % 1000 + 1);
    }
    fclose(catalogue);
    fclose(caps);
}

static void write_hospital(const bench_world *w) {
    make_dir(w, "hospital");
    make_dir(w, "cache");
    FILE *items = create(w, "hospital/items.csv"), *mapping = create(w, "hospital/mapping.csv");
    fputs("medins_list_codg,medins_list_name,spec,prcunt,item_kind,pric_list_codg\n", items);
    fputs("map_id,medins_list_codg,medins_list_name,list_type,med_list_codg,med_list_name,code_"
          "source,"
          "prcunt,med_list_unit,factor_num,factor_den,chrgitm_lv,begndate,enddate,status,remark\n",
          mapping);
    for (int i = 0; i < ROWS / 2; i++) {
        fprintf(items, "F%07d,项目%d,,次,service,%09da\n", i, i, i);
        fprintf(mapping,
                "M%07d,F%07d,项目%d,诊疗项目,%015d,项目%d,bench,次,次,1,1,02,2025-01-01,,active,\n",
                i, i, i, i, i);
    }
    fclose(items);
    fclose(mapping);
}

static void open_pack(const bench_world *w, bench_report *r) {
    int64_t samples[RUNS];
    char source[BENCH_PATH], path[BENCH_PATH];
    stl_error err = {0};
    stl_pack *pack;
    write_pack_source(w);
    bench_must(stl_pack_build(bench_path(w, "province", source),
                              bench_path(w, "province.pack", path), &pack, &err),
               &err);
    stl_pack_close(pack);
    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_wall();
        bench_must(stl_pack_open(path, &pack, &err), &err);
        samples[i] = bench_wall() - begin;
        stl_pack_close(pack);
    }
    int64_t p50 = bench_percentile(samples, RUNS, 50);
    printf("| pack of 1,000,000 catalogue and cap rows | %s ms |\n", bench_shown(bench_ms(p50)));
    bench_at_most(r, "opening a pack of 1000000 rows", bench_ms(p50), 20000, "ms");
}

static void open_mapping(const bench_world *w, bench_report *r) {
    int64_t samples[RUNS];
    char hospital[BENCH_PATH], cache[BENCH_PATH];
    stl_error err = {0};
    stl_mapping_file *mapping;
    write_hospital(w);
    bench_path(w, "hospital", hospital);
    bench_path(w, "cache", cache);
    bench_must(stl_mapping_open(hospital, cache, &mapping, &err), &err); /* compiles */
    stl_mapping_close(mapping);
    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_wall();
        bench_must(stl_mapping_open(hospital, cache, &mapping, &err), &err);
        samples[i] = bench_wall() - begin;
        if (stl_mapping_of(mapping)->rows.n_rows != ROWS / 2)
            bench_die("the mapping has lost rows");
        stl_mapping_close(mapping);
    }
    int64_t p50 = bench_percentile(samples, RUNS, 50);
    printf("| mapping of 1,000,000 items and rows | %s ms |\n", bench_shown(bench_ms(p50)));
    bench_at_most(r, "opening a mapping of 1000000 rows", bench_ms(p50), 20000, "ms");
}

void bench_opening(bench_world *w, bench_report *r) {
    printf("| opening | |\n|---|---:|\n");
    open_pack(w, r);
    open_mapping(w, r);
    printf("\n");
    fflush(stdout);
}
