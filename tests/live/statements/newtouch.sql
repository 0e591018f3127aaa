-- openhis (新致): sqlserver
SELECT "zyh", "zt", "zybz", "kh", "zjh", "xm", "xb", "csny", "brxz", "rqrq", "ryrq", "cyrq", "zcyy", "ks", "bq", "cw", "doctor", "ys", "blh" FROM "zy_brjbxx" WHERE "zyh" = ? ORDER BY "zyh";
SELECT "jfbbh", "zt", "sl", "zyh", "sfxm", "tdrq", "CreateTime", "ssrq", "cxzyjfbbh", "yzwym", "jfdw", "dj", "ks", "ksmc", "ys", "ysmc", "zzfbz", "yzxz" FROM "zy_xmjfb" WHERE "zyh" = ? ORDER BY "jfbbh";
SELECT "jfbbh", "zt", "sl", "zyh", "yp", "tdrq", "CreateTime", "fyrq", "cxzyjfbbh", "yzwym", "jfdw", "dj", "ks", "ksmc", "ys", "ysmc", "zzfbz", "yzxz" FROM "zy_ypjfb" WHERE "zyh" = ? ORDER BY "jfbbh";
SELECT "zyh", "zddm", "zt", "zdlb", "zdlx", "zdmc" FROM "zy_PatDxInfo" WHERE "zyh" = ? ORDER BY "zyh", "zddm";
SELECT "jsnm", "jszt", "zyh", "zje" FROM "zy_js" WHERE "zyh" = ?;
SELECT "sfxmCode", "zt", "sfxmmc", "gg", "dw", "gjybdm", "gjybmc" FROM "xt_sfxm" ORDER BY "sfxmCode";
SELECT "ypCode", "zt", "ypmc", "zxdw" FROM "xt_yp";
SELECT "ypCode", "zt", "ypgg", "gjybdm" FROM "xt_ypsx" ORDER BY "ypCode";
