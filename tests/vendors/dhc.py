"""DHC: bills, orders and details hang on each other by composite row ids; dates are day numbers; refunds are negative rows without a link."""
import datetime

from site_codes import CLASSES, coded
from vendor import executed

NAME, ENCODING = "dhc", "gb18030"
REFUNDS_BEAR_THE_ORDER = True  # of what they take back: there is no other link
KEYS = {"diagnoses": "diag_srt_no", "operations": "oprn_oprt_code"}
# What the layout has no place for, as adapters/dhc/README.md says.
LACKS = {"charges.spec", "charges.bilg_dept_name", "charges.bilg_dr_name", "charges.bilg_dr_codg", "charges.bilg_dept_codg", "charges.dscg_tkdrug_flag",
         "charges.nwb_flag",
         "diagnoses.adm_cond_type", "stays.dscg_way",
         "operations.oprn_oprt_code", "operations.oprn_oprt_name", "operations.oprn_oprt_date", "operations.oprn_srt_no", "operations.main_oprn_flag"}
EMPTY = '<codes name="{}" otherwise="{}"><code from="0" to=""/></codes>'
SITE = {EMPTY.format("scheme", "keep"): f'<codes name="scheme">{coded(0)}</codes>', EMPTY.format("person", "empty"): f'<codes name="person">{coded(1)}</codes>',
        EMPTY.format("inout", "empty"): '<codes name="inout"><code from="1" to="2"/><code from="4" to="2"/></codes>',
        EMPTY.format("main", "empty"): '<codes name="main"><code from="1" to="1"/><code from="4" to="0"/></codes>'}


def mdtrt_id(stay):
    return str(300 + int(stay.id[1:]))


def serial(charge):
    return f"{mdtrt_of(charge)}||{int(charge['feedetl_sn']) % 1000000}||1"


def mdtrt_of(charge):
    return str(300 + int(charge["mdtrt_id"][1:]))


def day_and_second(text):
    if not text:
        return "", ""
    at = datetime.datetime.fromisoformat(text)
    return str((at.date() - datetime.date(1840, 12, 31)).days), str(at.hour * 3600 + at.minute * 60 + at.second)


def tables(stays):
    made = {t: [] for t in ("PA_Adm", "PA_PatMas", "DHC_PatientBill", "DHC_PatBillOrder", "DHC_PatBillDetails", "OE_OrdItem", "OE_OrdExec", "MR_Diagnos", "MR_DiagType")}
    items, orders, diseases = {}, {}, {}
    for stay in stays:
        head, key = stay.head, mdtrt_id(stay)
        begun, ended = day_and_second(head["begntime"]), day_and_second(head["endtime"])
        made["PA_PatMas"].append({"PAPMI_RowId1": "p" + key, "PAPMI_No": head["psn_no"], "PAPMI_Name": head["psn_name"], "PAPMI_Sex_DR": head["gend"],
                                  "PAPMI_DOB": day_and_second(head["brdy"])[0], "PAPMI_DVAnumber": head["certno"], "PAPMI_Medicare": head["medrcdno"]})
        adm = {"PAADM_RowID": key, "PAADM_PAPMI_DR": "p" + key, "PAADM_Type": "I", "PAADM_VisitStatus": "D", "PAADM_AdmDate": begun[0],
               "PAADM_AdmTime": begun[1], "PAADM_DischgDate": ended[0], "PAADM_DischgTime": ended[1], "PAADM_DepCode_DR": head["adm_dept_codg"],
               "PAADM_CurrentWard_DR": "w", "PAADM_CurrentBed_DR": head["adm_bed"], "PAADM_AdmDocCodeDR": head["atddr_no"],
               "PAADM_AdmReason_DR": CLASSES[head["insutype"], head["psn_type"]], "PAADM_MainMRADM_DR": "m" + key}
        made["PA_Adm"] += [adm, {**adm, "PAADM_RowID": "9" + key, "PAADM_VisitStatus": "C", "PAADM_MainMRADM_DR": "m9" + key}]
        made["DHC_PatientBill"] += [{"PB_RowId": key, "PB_Adm_DR": key}, {"PB_RowId": "b" + key, "PB_Adm_DR": key}]
        of_order = {c["feedetl_sn"]: c["drord_no"] for c in stay.charges}
        for charge in stay.charges:
            order = of_order.get(charge["init_feedetl_sn"], charge["drord_no"])
            code = charge["medins_list_codg"]
            items.setdefault(code, {"TARI_RowId": f"t{len(items)}", "TARI_Code": code, "TARI_Desc": charge["medins_list_name"], "TARI_UOM": charge["prcunt"]})
            by = (order, charge["bilg_dept_codg"], charge["bilg_dr_codg"])
            orders.setdefault(order, {"OEORI_RowId": order, "OEORI_OrdDept_DR": by[1], "OEORI_Doctor_DR": by[2]})
            row_id = serial(charge)
            parent = row_id.rsplit("||", 1)[0]
            bill = "b" + key if charge["init_feedetl_sn"] else key
            made["DHC_PatBillOrder"].append({"PBO_RowId": parent, "PBO_PB_ParRef": bill, "PBO_OEORI_DR": order, "PBO_OrdExec_Dr": f"{order}||{row_id}"})
            occur, post, done = (day_and_second(t) for t in (charge["fee_ocur_time"], charge["entry_time"], executed(charge)))
            made["OE_OrdExec"].append({"OEORE_RowID": f"{order}||{row_id}", "OEORE_ExStDate": done[0], "OEORE_ExStTime": done[1]})
            made["DHC_PatBillDetails"].append({"PBD_RowId": row_id, "PBD_PBO_ParRef": parent, "PBD_TARI_DR": items[code]["TARI_RowId"],
                                               "PBD_UnitPrice": charge["pric"], "PBD_BillQty": charge["cnt"], "PBD_TotalAmount": charge["det_item_fee_sumamt"],
                                               "PBD_DiscAmount": "", "PBD_BillDate": occur[0], "PBD_BillTime": occur[1], "PBD_CreateDate": post[0],
                                               "PBD_CreateTime": post[1]})
        for d in stay.diagnoses:
            disease = diseases.setdefault(d["diag_code"], {"MRCID_RowId": f"i{len(diseases)}", "MRCID_Code": "", "MRCID_Desc": d["diag_name"],
                                                           "MRCID_ICD9CM_Code": d["diag_code"]})
            row_id = f"m{key}||{d['diag_srt_no']}"
            made["MR_Diagnos"].append({"MRDIA_RowId": row_id, "MRDIA_MRADM_ParRef": "m" + key, "MRDIA_Childsub": d["diag_srt_no"],
                                       "MRDIA_ICDCode_DR": disease["MRCID_RowId"]})
            made["MR_DiagType"].append({"TYP_ParRef": row_id, "TYP_MRCDiagTyp": "1" if d["maindiag_flag"] == "1" else "4"})
    made.update(DHC_TarItem=list(items.values()), OE_OrdItem=list(orders.values()), MRC_ICDDx=list(diseases.values()))
    return made
