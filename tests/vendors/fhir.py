"""FHIR R4: a bundle a stay with ChargeItems, or a Claim; dates with a zone."""
import json

from nhsa import Number

NAME, ENCODING, SITE = "fhir", "utf-8", {}
KEYS = {"diagnoses": "diag_srt_no", "operations": "oprn_oprt_code"}
# What the resources have no place for, as adapters/fhir/README.md says.
LACKS = {"charges.spec", "charges.dscg_tkdrug_flag", "charges.init_feedetl_sn", "charges.exec_time", "charges.nwb_flag", "diagnoses.adm_cond_type", "operations.oprn_srt_no", "stays.adm_bed",
         "stays.atddr_no"}
SEXES = {"1": "male", "2": "female"}


def mdtrt_id(stay):
    return stay.id


def instant(text):
    return text.replace(" ", "T") + "+08:00"


def money(text):
    return {"value": Number(text), "currency": "CNY"}


def resources(stay):
    head, key = stay.head, stay.id.lower()
    yield {"resourceType": "Patient", "id": key, "identifier": [{"type": {"coding": [{"code": "MR"}]}, "value": head["medrcdno"]},
                                                               {"type": {"coding": [{"code": "NI"}]}, "value": head["certno"]}],
           "name": [{"text": head["psn_name"]}], "gender": SEXES[head["gend"]], "birthDate": head["brdy"]}
    yield {"resourceType": "Coverage", "id": key, "status": "active", "type": {"coding": [{"code": head["insutype"]}]}, "subscriberId": head["psn_no"],
           "relationship": {"coding": [{"code": head["psn_type"]}]},
           "beneficiary": {"reference": f"Patient/{key}"}}
    yield {"resourceType": "Encounter", "id": key, "identifier": [{"value": stay.id}], "status": "finished", "class": {"code": "IMP"},
           "subject": {"reference": f"urn:uuid:{key}-Patient"}, "period": {"start": instant(head["begntime"]), "end": instant(head["endtime"])},
           "hospitalization": {"dischargeDisposition": {"coding": [{"code": head["dscg_way"]}]}}, "serviceType": {"coding": [{"code": head["adm_dept_codg"]}], "text": head["adm_dept_name"]},
           "participant": [{"individual": {"display": head["atddr_name"]}}],
           "diagnosis": [{"condition": {"reference": f"http://his.example/fhir/Condition/{key}-{d['diag_srt_no']}/_history/2"}, "use": {"coding": [{"code": "DD"}]},
                          "rank": int(d["diag_srt_no"])} for d in stay.diagnoses]}
    for d in stay.diagnoses:
        yield {"resourceType": "Condition", "id": f"{key}-{d['diag_srt_no']}", "code": {"coding": [{"code": d["diag_code"], "display": d["diag_name"]}]}}
    for o in stay.operations:
        yield {"resourceType": "Procedure", "id": f"{key}-{o['oprn_srt_no']}", "status": "completed", "encounter": {"reference": f"Encounter/{key}"},
               "category": {"coding": [{"code": "primary" if o["main_oprn_flag"] == "1" else "secondary"}]},
               "code": {"coding": [{"code": o["oprn_oprt_code"], "display": o["oprn_oprt_name"]}]}, "performedDateTime": o["oprn_oprt_date"]}
    for c in stay.charges:
        yield {"resourceType": "ChargeItem", "id": f"c{c['feedetl_sn']}", "identifier": [{"value": c["feedetl_sn"]}], "status": "billable",
               "code": {"coding": [{"system": "urn:his", "code": c["medins_list_codg"], "display": c["medins_list_name"]}]}, "context": {"reference": f"Encounter/{key}"},
               "occurrenceDateTime": instant(c["fee_ocur_time"]), **({"enteredDate": instant(c["entry_time"])} if c["entry_time"] else {}),
               "quantity": {"value": Number(c["cnt"]), "unit": c["prcunt"]}, "priceOverride": money(c["det_item_fee_sumamt"]),
               "requestingOrganization": {"identifier": {"value": c["bilg_dept_codg"]}, "display": c["bilg_dept_name"]},
               "performer": [{"actor": {"reference": c["bilg_dr_codg"], "display": c["bilg_dr_name"]}}], "service": [{"reference": c["drord_no"]}]}
    yield {"resourceType": "ChargeItem", "id": f"x{key}", "status": "entered-in-error", "code": {"text": "错"}, "context": {"reference": f"Encounter/{key}"}}


PRESENT = {"1": "y", "2": "w", "3": "u", "4": "n"}


def claim_of(stay):
    """What a claim says in place of ChargeItems and of the diagnoses of the Encounter."""
    key = stay.id.lower()
    said = [r for r in resources(stay) if r["resourceType"] in ("Patient", "Coverage", "Encounter")]
    for r in said:
        r.pop("diagnosis", None)
    return [*said, {
        "resourceType": "Claim", "id": key, "status": "active", "use": "claim", "type": {"coding": [{"code": "institutional"}]},
        "item": [{"sequence": n, "encounter": [{"reference": f"Encounter/{key}"}], "servicedDate": c["fee_ocur_time"][:10], "unitPrice": money(c["pric"]),
                  "productOrService": {"coding": [{"code": c["medins_list_codg"], "display": c["medins_list_name"]}]},
                  "quantity": {"value": Number(c["cnt"]), "unit": c["prcunt"]}, "net": money(c["det_item_fee_sumamt"])} for n, c in enumerate(stay.charges, 1)],
        "diagnosis": [{"sequence": int(d["diag_srt_no"]), "diagnosisCodeableConcept": {"coding": [{"code": d["diag_code"], "display": d["diag_name"]}]},
                       **({"type": [{"coding": [{"code": "principal"}]}]} if d["maindiag_flag"] == "1" else {}),
                       **({"onAdmission": {"coding": [{"code": PRESENT[d["adm_cond_type"]]}]}} if d["adm_cond_type"] else {})} for d in stay.diagnoses]}]


def write(directory, stays, change=None):
    directory.mkdir(parents=True, exist_ok=True)
    for n, stay in enumerate(stays):
        made = list(resources(stay))
        if change is not None:
            change(made)
        if n % 2 == 0:
            bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"fullUrl": f"urn:uuid:{r['id']}-{r['resourceType']}", "resource": r} for r in made]}
            (directory / f"{stay.id}.json").write_text(json.dumps(bundle, ensure_ascii=False, indent=1), encoding="utf-8")
        else:
            for r in made:
                if r["resourceType"] == "Encounter":
                    r["subject"] = {"reference": f"Patient/{stay.id.lower()}"}
            (directory / f"{stay.id}.ndjson").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in made), encoding="utf-8")
