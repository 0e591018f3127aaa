/* SPDX-License-Identifier: Apache-2.0 */
/* Source trees, built packs and hospital tables in a directory of the test's own. */
#ifndef TESTS_PACK_SUPPORT_H
#define TESTS_PACK_SUPPORT_H

#include "pack/pack.h"

#include "support/base_support.h"

typedef struct pack_world {
    char root[64];
    stl_error err;
} pack_world;

/* Setup and teardown of a test; the teardown removes everything below root. */
int pack_world_setup(void **state);
int pack_world_teardown(void **state);

/* Paths live until the fourth call after. */
const char *pack_path(const pack_world *w, const char *relative);
/* Writes root/relative, making directories. */
void pack_write(const pack_world *w, const char *relative, const char *text);
void pack_write_bytes(const pack_world *w, const char *relative, const void *bytes, size_t len);
/* The bytes of root/relative, to free(). */
unsigned char *pack_read(const pack_world *w, const char *relative, size_t *out_len);

/* Headers of the tables, in the order of their columns, with the line end. */
#define CATALOGUE_HEAD                                                                             \
    "med_list_codg,med_list_name,list_type,med_list_unit,chrgitm_lv,selfpay_prop,lmt_used_flag,"   \
    "begndate,enddate,source\n"
#define CAPS_HEAD                                                                                  \
    "pric_list_codg,medins_lv,admdvs,begndate,enddate,kind,pric_uplmt_amt,unit,source\n"
#define PACK_XML(id, version, more)                                                                \
    "<pack xmlns=\"urn:libsettle:pack:1.0\" id=\"" id "\" version=\"" version                      \
    "\" name=\"测试包\" begndate=\"2025-01-01\" enddate=\"2025-12-31\">\n"                      \
    "<region admdvs=\"9999\"/>\n<scheme insutype=\"310\"/>\n<scheme insutype=\"390\"/>\n" more     \
    "</pack>\n"

/* root/tree: two catalogue items, the second with two versions; three caps; an exclusion. */
void pack_write_tree(const pack_world *w);
/* Builds root/tree into root/t.pack and closes it; fails the test when it is refused. */
void pack_build(pack_world *w);
/* Builds root/tree and expects this refusal; nothing is written. NULL: not asserted. */
void pack_refused(pack_world *w, settle_status status, const char *file, int64_t line,
                  const char *field);

/* root/hospital: two items, three mapping rows. */
#define ITEMS_HEAD "medins_list_codg,medins_list_name,spec,prcunt,item_kind,pric_list_codg\n"
#define MAPPING_HEAD                                                                               \
    "map_id,medins_list_codg,medins_list_name,list_type,med_list_codg,med_list_name,code_source,"  \
    "prcunt,med_list_unit,factor_num,factor_den,chrgitm_lv,begndate,enddate,status,remark\n"
void pack_write_hospital(const pack_world *w);

#endif
