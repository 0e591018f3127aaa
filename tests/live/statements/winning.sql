-- THIS4/THIS5 (卫宁): sqlserver
SELECT "syxh", "brzt", "centerid", "cardno", "sfzh", "hzxm", "sex", "birth", "ybdm", "rqrq", "ryrq", "cqrq", "cyrq", "cyfs", "ksdm", "bqdm", "cwdm", "zzysdm", "ysdm", "blh" FROM "ZY_BRSYK" WHERE "syxh" = ? ORDER BY "syxh";
SELECT "xh", "jlzt", "ypsl", "zje", "syxh", "idm", "zxrq", "qqrq", "tfxh", "yzxh", "ypdm", "ypmc", "ypgg", "yhje", "ksdm", "ysdm", "yexh", "dwxs", "ypdj", "ykxs", "ypdw" FROM "VW_BRFYMXK" WHERE "syxh" = ? ORDER BY "xh";
SELECT "syxh", "zddm", "zdlb", "zdlx", "zdmc" FROM "ZY_BRZDQK" WHERE "syxh" = ? ORDER BY "syxh", "zddm";
SELECT "xh", "jlzt", "syxh", "ssdm", "ssmc", "kssj" FROM "SS_SSDJK" WHERE "syxh" = ? ORDER BY "xh";
SELECT "xh", "jlzt", "syxh", "zje", "yhje" FROM "ZY_BRJSK" WHERE "syxh" = ?;
SELECT "idm", "zxdw", "tybz", "ypdm", "ypmc", "ykdw", "dydm" FROM "YK_YPCDMLK" WHERE "idm" IN (SELECT "idm" FROM "VW_BRFYMXK" WHERE "syxh" = ?) ORDER BY "idm";
SELECT "id", "sybz", "name", "xmdw", "dydm" FROM "YY_SFXXMK" ORDER BY "id";
