"""The mapping that each hospital system keeps itself, laid out in its own tables, and what of it is proposed."""
CODE, TWIN = "001204000110000", "001102000050000"
SEEN = {"medins_list_codg": "F1", "medins_list_name": "甲项目", "med_list_codg": CODE, "med_list_name": "目录甲", "prcunt": "次"}


def seen(**other):
    return {**SEEN, **other}


# settings of [adapter NAME]; tables; rows proposed; rows without a code
SYSTEMS = {
    "zlhis": ("insurance = 31", {
        "保险支付项目": [
            {"收费细目ID": "7", "险类": "31", "项目编码": CODE, "项目名称": "目录甲", "附注": "见批文", "是否医保": ""},
            {"收费细目ID": "7", "险类": "31", "项目编码": "UNINSURED", "项目名称": "不予支付", "附注": "", "是否医保": "0"},
            {"收费细目ID": "7", "险类": "20", "项目编码": "LOCAL", "项目名称": "旧", "附注": "", "是否医保": "1"},
            {"收费细目ID": "8", "险类": "31", "项目编码": TWIN, "项目名称": "退役", "附注": "", "是否医保": "1"},
            {"收费细目ID": "9", "险类": "31", "项目编码": "", "项目名称": "", "附注": "", "是否医保": "1"}],
        "收费项目目录": [
            {"ID": "7", "编码": "F1", "名称": "甲项目", "规格": "", "计算单位": "次", "撤档时间": "3000-01-01 00:00:00"},
            {"ID": "8", "编码": "F1", "名称": "甲项目旧", "规格": "", "计算单位": "次", "撤档时间": "2020-01-01 00:00:00"},
            {"ID": "9", "编码": "F9", "名称": "丙", "规格": "", "计算单位": "次", "撤档时间": ""}],
    }, [seen(remark="见批文")], 1),
    "neusoft": ("", {
        "FIN_COM_COMPARE": [
            {"PACT_CODE": "4", "HIS_CODE": "F1", "HIS_NAME": "甲项目", "CENTER_CODE": CODE, "CENTER_NAME": "目录甲"},
            {"PACT_CODE": "2", "HIS_CODE": "F1", "HIS_NAME": "甲项目", "CENTER_CODE": "LOCAL", "CENTER_NAME": "旧"}],
    }, [seen(prcunt="")], 0),
    "winning": ("", {
        "YY_SFXXMK": [
            {"id": "F1", "name": "甲项目", "xmdw": "次", "dydm": CODE, "sybz": "1"},
            {"id": "F2", "name": "停用", "xmdw": "次", "dydm": TWIN, "sybz": "0"},
            {"id": "F3", "name": "未对照", "xmdw": "次", "dydm": "", "sybz": "1"}],
        "YK_YPCDMLK": [
            {"idm": "5", "ypdm": "Y5", "ypmc": "乙药", "ypgg": "", "ykdw": "盒", "ykxs": "10", "zydw": "片", "zyxs": "1", "zxdw": "片", "dydm": TWIN, "tybz": "0"},
            {"idm": "6", "ypdm": "Y6", "ypmc": "停药", "ypgg": "", "ykdw": "盒", "ykxs": "10", "zydw": "片", "zyxs": "1", "zxdw": "片", "dydm": TWIN, "tybz": "1"}],
    }, [seen(med_list_name=None), {"medins_list_codg": "Y5", "medins_list_name": "乙药", "med_list_codg": TWIN, "prcunt": "盒"}], 1),
    "dhc": ("dic_type = 11A", {
        "INSU_TarContrast": [
            {"INTCTHisDr": "7", "INTCTInsuCode": CODE, "INTCTInsuDesc": "目录甲", "INTCTDicType": "11A", "INTCTDrAddFlag": "2",
             "INTCTActiveDate": "67570", "INTCT_ExpiryDate": ""},
            {"INTCTHisDr": "7", "INTCTInsuCode": TWIN, "INTCTInsuDesc": "驳回", "INTCTDicType": "11A", "INTCTDrAddFlag": "3",
             "INTCTActiveDate": "67570", "INTCT_ExpiryDate": ""},
            {"INTCTHisDr": "7", "INTCTInsuCode": "LOCAL", "INTCTInsuDesc": "异地", "INTCTDicType": "22", "INTCTDrAddFlag": "",
             "INTCTActiveDate": "67570", "INTCT_ExpiryDate": "67600"}],
        "DHC_TarItem": [{"TARI_RowId": "7", "TARI_Code": "F1", "TARI_Desc": "甲项目", "TARI_UOM": "次"}],
    }, [seen(begndate="2025-12-31")], 0),
    "bsoft": ("", {
        "YB_FYDZ": [{"FYXH": "7", "YBFYBM": CODE, "YBFYMC": "目录甲"}],
        "YB_YPDZ": [{"YPXH": "7", "YBYPBM": TWIN, "YBYPMC": "目录乙"}],
        "GY_YLSF": [{"FYXH": "7", "FYMC": "甲项目", "FYDW": "次"}],
        "YK_TYPK": [{"YPXH": "7", "YPMC": "乙药", "YPGG": "", "BFDW": "支", "ZXDW": "支"}],
    }, [seen(medins_list_codg="0-7"), {"medins_list_codg": "1-7", "medins_list_name": "乙药", "med_list_codg": TWIN, "med_list_name": "目录乙",
                                       "prcunt": "支"}], 0),
    "hsa-his": ("hosp_code = 1\ninsure_reg_code = 4301", {
        "insure_item_match": [
            {"id": n, "hosp_code": hosp, "insure_reg_code": reg, "hosp_item_code": "F1", "hosp_item_name": "甲项目", "insure_item_code": code,
             "insure_item_name": "目录甲", "is_valid": valid, "audit_code": audit, "take_date": "2025-03-01 00:00:00", "lose_date": "2027-12-31 00:00:00"}
            for n, hosp, reg, code, valid, audit in (("1", "1", "4301", CODE, "1", "1"), ("2", "2", "4301", TWIN, "1", "1"), ("3", "1", "9999", TWIN, "1", "1"),
                                                     ("4", "1", "4301", TWIN, "0", "1"), ("5", "1", "4301", TWIN, "1", "2"))],
    }, [seen(prcunt="", begndate="2025-03-01", enddate="2027-12-31")], 0),
    "newtouch": ("", {
        "xt_sfxm": [{"sfxmCode": "F1", "sfxmmc": "停用", "gg": "", "dw": "次", "gjybdm": TWIN, "gjybmc": "", "zt": "0"},
                    {"sfxmCode": "F1", "sfxmmc": "甲项目", "gg": "", "dw": "次", "gjybdm": CODE, "gjybmc": "目录甲", "zt": "1"},
                    {"sfxmCode": "F2", "sfxmmc": "未对照", "gg": "", "dw": "次", "gjybdm": "", "gjybmc": "", "zt": "1"}],
        "xt_yp": [{"ypCode": "Y5", "ypmc": "停用", "zxdw": "盒", "zt": "0"}, {"ypCode": "Y5", "ypmc": "乙药", "zxdw": "片", "zt": "1"}],
        "xt_ypsx": [{"ypCode": "Y5", "ypgg": "", "gjybdm": TWIN, "zt": "1"}],
    }, [SEEN, {"medins_list_codg": "Y5", "medins_list_name": "乙药", "med_list_codg": TWIN, "prcunt": "片"}], 1),
}
