/* SPDX-License-Identifier: Apache-2.0 */
/* Every way in which a table of a source tree can be wrong, with the place that the builder names.
 */
#include "support/pack_support.h"

#include <stdio.h>

typedef struct refusal {
    const char *file, *text;
    int64_t line;
    const char *field;
    const char *detail; /* begins so; NULL: any */
} refusal;

#define CAP(row) CAPS_HEAD "110100001,3,,2021-01-01,,refuse,25.00,次,list\n" row
#define CAT(row) CATALOGUE_HEAD row

static const refusal REFUSALS[] = {
    {"caps.csv", "pric_list_codg,medins_lv,admdvs,begndate,enddate,kind,unit,source\n", 1,
     "pric_uplmt_amt", "the column is missing"},
    {"caps.csv",
     "pric_list_codg,medins_lv,admdvs,begndate,enddate,kind,pric_uplmt_amt,unit,source,note\n", 1,
     "note", "no such column"},
    {"caps.csv",
     "pric_list_codg,medins_lv,admdvs,begndate,enddate,kind,pric_uplmt_amt,unit,unit,source\n", 1,
     "unit", "a column stands twice"},
    {"caps.csv", "", 1, NULL, NULL},
    {"caps.csv", CAP("110100002,3,,2021-02-30,,refuse,25.00,次,list\n"), 3, "begndate", NULL},
    {"caps.csv", CAP("110100002,3,,2021-1-1,,refuse,25.00,次,list\n"), 3, "begndate", NULL},
    {"caps.csv", CAP("110100002,3,,2021-01-02,2021-01-01,refuse,25.00,次,list\n"), 3, "enddate",
     "ends before it begins"},
    {"caps.csv", CAP("110100002,3,,,,refuse,25.0000001,次,list\n"), 3, "pric_uplmt_amt", NULL},
    {"caps.csv", CAP("110100002,3,,,,refuse,-1.00,次,list\n"), 3, "pric_uplmt_amt",
     "the number is out of the range"},
    {"caps.csv", CAP("110100002,3,,,,refuse,25元,次,list\n"), 3, "pric_uplmt_amt", NULL},
    {"caps.csv", CAP("110100002,3,,,,refuse,99999999999999999,次,list\n"), 3, "pric_uplmt_amt",
     NULL},
    {"caps.csv", CAP("110100002,4,,,,refuse,25.00,次,list\n"), 3, "medins_lv", "1 2 3"},
    {"caps.csv", CAP("110100002,3,,,,forbid,25.00,次,list\n"), 3, "kind", "refuse pay-to-cap"},
    {"caps.csv", CAP("110100002,3,,,,,25.00,次,list\n"), 3, "kind", "must not be empty"},
    {"caps.csv", CAP(",3,,,,refuse,25.00,次,list\n"), 3, "pric_list_codg", "must not be empty"},
    {"caps.csv", CAP("110100002 ,3,,,,refuse,25.00,次,list\n"), 3, "pric_list_codg",
     "a blank at the begin or end"},
    {"caps.csv", CAP("110100002,3,,,,refuse,25.00,次,a\tb\n"), 3, "source", "a control character"},
    {"caps.csv", CAP("110100002,3,,,,refuse,25.00,次,\"a\nb\"\n"), 3, "source",
     "a control character"},
    {"caps.csv",
     CAP("110100002,3,,,,refuse,25.00,次,a\xc2\x85"
         "b\n"),
     3, "source", "a control character"},
    {"caps.csv", CAP("110100002,3,,,,refuse,25.00,次\n"), 3, NULL, NULL},
    {"caps.csv", CAP("110100002,3,,,,refuse,25.00,\xb4\xce,list\n"), 3, NULL, NULL},
    {"caps.csv", CAP("110100001,3,,2022-01-01,,refuse,26.00,次,list\n"), 3, "pric_list_codg",
     "the same key, in force on the same day as caps.csv:2"},
    {"catalogue.csv", CAT("001101000010000,x,201,次,04,,0,,,MADE\n"), 2, "chrgitm_lv", "01 02 03"},
    {"catalogue.csv", CAT("001101000010000,x,201,次,02,1.0001,0,,,MADE\n"), 2, "selfpay_prop",
     "the number is out of the range"},
    {"catalogue.csv", CAT("001101000010000,x,201,次,02,0.1,2,,,MADE\n"), 2, "lmt_used_flag", "0 1"},
    {"catalogue.csv",
     CAT("A,x,201,次,02,0.1,0,2025-01-01,2025-06-30,s\nA,x,201,次,02,0.1,0,2025-06-30,,s\n"), 3,
     "med_list_codg", "the same key, in force on the same day as catalogue.csv:2"},
    {"catalogue.csv",
     CAT("A,x,201,次,02,0.1,0,2025-07-01,,s\nB,x,201,次,02,0.1,0,,,s\n"
         "A,x,201,次,02,0.1,0,,2025-07-01,s\n"),
     4, "med_list_codg", "the same key, in force on the same day as catalogue.csv:2"},
    {"catalogue.csv",
     CAT("A,x,201,次,02,0.1,0,2020-01-01,2029-12-31,s\nA,x,201,次,02,0.1,0,2021-01-01,2021-12-31,"
         "s\n"
         "A,x,201,次,02,0.1,0,2025-01-01,2025-12-31,s\n"),
     3, "med_list_codg", "the same key, in force on the same day as catalogue.csv:2"},
    {"rules/frequency.csv",
     "med_list_codg,med_list_name,limit,unit,begndate,enddate,gz_code,kp_id\nA,x,0,日,,,,\n", 2,
     "limit", "the number is out of the range"},
    {"rules/frequency.csv",
     "med_list_codg,med_list_name,limit,unit,begndate,enddate,gz_code,kp_id\nA,x,,日,,,,\n", 2,
     "limit", "must not be empty"},
    {"rules/cycle.csv",
     "med_list_codg,med_list_name,limit,days,basis,begndate,enddate,gz_code,kp_id\n"
     "A,x,1,14.5,b,,,,\n",
     2, "days", NULL},
    {"rules/repeat-charge.csv",
     "main_code,main_name,component_code,component_name,frequency,remark,begndate,enddate,gz_code,"
     "kp_id\nA,a,B,b,week,,,,,\n",
     2, "frequency", "day visit hour 6h"},
    {"rules/sex.csv",
     "med_list_codg,med_list_name,gend,text,begndate,enddate,gz_code,kp_id\nA,x,F,,,,,\n", 2,
     "gend", "1 2"},
    {"rules/beds.csv", "med_list_codg,med_list_name,source\nA,x,s\nB,x,s\nA,y,s\n", 4,
     "med_list_codg", "the same key as rules/beds.csv:2"},
    {"rules/units.csv", "unit,day_limit,minutes,source\n日,1,1441,s\n", 2, "minutes",
     "the number is out of the range"},
    {"rules/mandatory.csv", "record,field,required,form,source\nstay,psn_no,1,,s\n", 2, "record",
     NULL},
    {"rules/mandatory.csv", "record,field,required,form,source\nstays,psn_no,1,icd,s\n", 2, "form",
     NULL},
    {"surcharges.csv",
     "pric_list_codg,kind,value,unit,condition,at_most,begndate,enddate,text,source\n"
     "33,more,20,percent,,0,,,,\n",
     2, "kind", "add most-add pay-at other"},
    {"surcharges.csv",
     "pric_list_codg,kind,value,unit,condition,at_most,begndate,enddate,text,source\n"
     "33,add,20,percent,age<6,0,,,,\n",
     2, "condition", "age<=* filed:* each at-once:* with:*"},
    {"surcharges.csv",
     "pric_list_codg,kind,value,unit,condition,at_most,begndate,enddate,text,source\n"
     "33,add,20,percent,filed:,0,,,,\n",
     2, "condition", NULL},
    {"rules/actions.csv", "rule_id,action,source\nV3,stop,s\n", 2, "action",
     "shadow hint warn hold block"},
    {"dictionaries/icd10.csv", "code,name\nA00,x\nA00,x\n", 3, "code",
     "the same key as dictionaries/icd10.csv:2"},
};

static void every_mistake_is_refused_at_its_place(void **state) {
    pack_world *w = *state;
    for (size_t i = 0; i < sizeof REFUSALS / sizeof REFUSALS[0]; i++) {
        const refusal *r = &REFUSALS[i];
        char path[128];
        pack_write(w, "tree/pack.xml", PACK_XML("t", "1", ""));
        snprintf(path, sizeof path, "tree/%s", r->file);
        pack_write(w, path, r->text);
        pack_refused(w, SETTLE_E_PACK_SOURCE, r->file, r->line, r->field);
        if (r->detail != NULL)
            assert_memory_equal(w->err.detail, r->detail, strlen(r->detail));
        assert_int_equal(remove(pack_path(w, path)), 0);
    }
}

static void what_is_right_passes(void **state) {
    pack_world *w = *state;
    pack_write_tree(w);
    pack_write(w, "tree/rules/mandatory.csv",
               "record,field,required,form,source\nstays,psn_no,1,,s\nstays,gend,1,dict:gend,s\n");
    pack_write(w, "tree/rules/repeat-charge.csv",
               "\xef\xbb\xbfmain_code,main_name,component_code,component_name,frequency,remark,"
               "begndate,enddate,gz_code,kp_id\nA,a,B,b,6h,,,,,\nA,a,B,b,day,,,,,\n");
    pack_write(w, "tree/surcharges.csv",
               "pric_list_codg,kind,value,unit,condition,at_most,begndate,enddate,text,source\n"
               "33,add,20,percent,age<=6,1,,,,\n33,add,20,percent,filed:again,0,,,,\n"
               "33,add,20,percent,each,0,,,,\n33,add,20,percent,,0,,,,\n"
               "33,most-add,90,percent,,0,,,,\n33,pay-at,70,percent,at-once:31* 32,0,,,,\n"
               "33,pay-at,70,percent,with:31*,0,,,,\n");
    pack_write(w, "tree/README.md", "not read");
    pack_write(w, "tree/.caps.csv", "hidden files are not read");
    pack_build(w);
}

static void adjacent_intervals_do_not_overlap(void **state) {
    pack_world *w = *state;
    pack_write(w, "tree/pack.xml", PACK_XML("t", "1", ""));
    pack_write(w, "tree/catalogue.csv",
               CAT("A,x,201,次,02,0.1,0,2025-07-01,,s\nA,x,201,次,02,0.1,0,,2025-06-30,s\n"));
    pack_build(w);
}

static void misnamed_files_are_refused(void **state) {
    static const char *const NAMES[] = {"cap.csv",
                                        "Caps.csv",
                                        "rules/caps.csv",
                                        "rule/sex.csv",
                                        "policies.xml",
                                        "pathways/CAP.XML",
                                        "pathways/a/CAP.xml",
                                        "pathways/caps.csv",
                                        "dictionaries/icd10.CSV"};
    pack_world *w = *state;
    pack_write_tree(w);
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "tree/%s", NAMES[i]);
        pack_write(w, path, CAPS_HEAD);
        pack_refused(w, SETTLE_E_PACK_SOURCE, NAMES[i], 0, NULL);
        assert_int_equal(remove(pack_path(w, path)), 0);
    }
    pack_build(w);
}

int main(void) {
#define WORLD(test) cmocka_unit_test_setup_teardown(test, pack_world_setup, pack_world_teardown)
    const struct CMUnitTest tests[] = {
        WORLD(every_mistake_is_refused_at_its_place),
        WORLD(what_is_right_passes),
        WORLD(adjacent_intervals_do_not_overlap),
        WORLD(misnamed_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
