"""The notes of the thirteen pathways in Chinese: what a physician reads beside a finding. Keys: the texts of the data set."""
OTHERS = ("other diagnoses allowed when they need no special treatment during the stay and do not affect the pathway of the "
          "first diagnosis")
J285 = "《抗菌药物临床应用指导原则》(卫医发〔2004〕285号)"
CHINESE = {
    OTHERS: "伴有其他疾病，但住院期间不需特殊处理、不影响第一诊断的路径实施时，可以进入路径",
    "first diagnosis CAP, non-severe": "第一诊断为社区获得性肺炎（非重症）",
    f"choice by {J285} and CAP guideline 2006": f"按{J285}和社区获得性肺炎诊治指南（2006年）选用",
    "antibacterials within 4-8 h of admission (one reprint says 48 h: OCR loss of the dash); re-assess after 2-3 days":
        "入院后4-8小时内使用抗菌药物（一处转载印为48小时，系漏印连字符），2-3天后再次评估",
    "symptomatic: antipyretic, cough and sputum, oxygen": "对症治疗：退热、止咳化痰、吸氧",
    "symptoms improved, temperature normal for more than 72 h": "症状好转，体温正常超过72小时",
    "imaging shows clear absorption": "影像学提示明显吸收",
    "comorbidity needs its own work-up: longer stay": "伴有影响本病治疗的合并症，需进一步诊治，住院时间延长",
    "severe pneumonia criteria met: move to that pathway": "达到重症肺炎标准：转入重症肺炎路径",
    "no response to usual treatment: move to another pathway": "常规治疗无效：转入其他路径",
    "day 1-3": "入院第1-3天",
    "first diagnosis senile cataract H25.901": "第一诊断为老年性白内障（H25.901）",
    "visual acuity below 0.5": "矫正视力低于0.5",
    "antibacterial eye drops 4-6 times a day for 2-3 days before surgery": "术前抗菌药物滴眼液，每日4-6次，用2-3天",
    "after surgery: antibacterial + steroid drops, NSAID drops when needed": "术后抗菌药物加皮质类固醇滴眼液，必要时非甾体滴眼液",
    "1-2 days before surgery": "术前1-2天",
    "day 2-3": "入院第2-3天",
    "first diagnosis chronic cholecystitis with or without gallstones": "第一诊断为慢性胆囊炎（或合并胆囊结石）",
    "day 1 (from the order form, not the text)": "入院第1天（据表单，正文未载）",
    "day 3 implied by the form (day 2 = preparation day)": "据表单推算为入院第3天（第2天为术前准备日）",
    "term, cephalic, spontaneous labour O80.0 with Z37": "足月、头位、自然临产（O80.0伴Z37）",
    "no contraindication to vaginal delivery": "无阴道分娩禁忌证",
    "uterotonics for weak contractions": "宫缩乏力时使用宫缩剂",
    "sedatives as needed": "必要时使用镇静药",
    "labour analgesia as needed": "必要时分娩镇痛",
    "after delivery: drugs for uterine involution as needed": "产后必要时使用促子宫复旧药物",
    "good post-partum recovery": "产后恢复好",
    "perineal wound healing well": "会阴切口愈合良好",
    "indication for caesarean section (fetal distress, dystocia): move to the caesarean pathway and leave this one":
        "出现剖宫产指征（胎儿窘迫、难产）：退出本路径，转入剖宫产路径",
    "instrumental vaginal delivery: longer stay": "阴道助产：住院时间延长",
    "post-partum infection or haemorrhage: longer stay": "产褥感染或产后出血：住院时间延长",
    "day 1 (blood group and infection screen only if not done in pregnancy)": "入院第1天（血型和感染筛查：孕期未查者）",
    "coronary angiography done, diagnosis clear": "已行冠状动脉造影，诊断明确",
    "indication and no contraindication": "有手术适应证，无禁忌证",
    "age <= 70": "年龄≤70岁",
    "cardiac function <= class III or EF >= 45%": "心功能≤III级或EF≥45%",
    f"prophylactic antibacterials by {J285}": f"按{J285}预防性使用抗菌药物",
    "1-3 days before surgery": "术前1-3天",
    "after 1-3 days of preparation (day 2-4)": "术前准备1-3天后（入院第2-4天）",
    "age >= 65 with Garden III/IV": "年龄≥65岁，Garden III、IV型",
    "closed, isolated femoral neck fracture": "闭合性、单纯股骨颈骨折",
    "not pathological": "非病理性骨折",
    f"antibacterials by {J285}": f"按{J285}使用抗菌药物",
    "venous thromboembolism prophylaxis by the Chinese guideline for major orthopaedic surgery":
        "按中国骨科大手术静脉血栓栓塞症预防指南预防静脉血栓栓塞",
    "1-5 days before surgery": "术前1-5天",
    "after 1-5 days of preparation": "术前准备1-5天后",
    "first diagnosis I63": "第一诊断为脑梗死（I63）",
    "dehydrating drugs: mannitol, furosemide": "脱水药物：甘露醇、呋塞米",
    "antihypertensives only when systolic > 180 or diastolic > 110 mmHg (captopril, enalapril, nitrendipine, nifedipine)":
        "收缩压＞180或舒张压＞110 mmHg时方降压（卡托普利、依那普利、尼群地平、硝苯地平）",
    "no antibacterials without infection": "无感染者不用抗菌药物",
    "thrombolysis within 3-6 h, anticoagulant, antiplatelet, defibrinogenating, neuroprotective and TCM treatment":
        "3-6小时内溶栓，抗凝、抗血小板、降纤、神经保护和中医药治疗",
    "after admission": "入院后",
    "first diagnosis J44.001/J44.101": "第一诊断为慢性阻塞性肺疾病急性加重期（J44.001、J44.101）",
    "stop smoking": "戒烟",
    "oxygen, rest": "吸氧、休息",
    "antibacterials, bronchodilators, expectorants and/or corticosteroids by condition":
        "根据病情使用抗菌药物、支气管舒张剂、祛痰药和（或）糖皮质激素",
    'symptoms clearly relieved (2010 TCM-wording reprint; second criterion cut off after "2.临…")':
        "症状明显缓解（2010年转载；第二条在“2.临…”处截断）",
    "day 1-3 (lung function when the condition allows)": "入院第1-3天（肺功能：病情允许时）",
    "pathological or cytological proof": "病理学或细胞学确诊",
    "indication for chemotherapy, no contraindication": "有化疗指征，无禁忌证",
    "diagnosis and tests within 7 days": "7天内完成诊断和检查",
    "first diagnosis E11.2-E11.9": "第一诊断为2型糖尿病（E11.2-E11.9）",
    "2016 high-risk variant: E10/E11/E14, age > 75 or 14-18, not pregnant":
        "2016年版（伴高危因素）：E10、E11、E14，年龄＞75岁或14-18岁，非妊娠",
    "oral hypoglycaemic drugs": "口服降糖药",
    "insulin": "胰岛素",
    "education, diet, exercise": "糖尿病教育、饮食、运动",
    "after admission (list cut off after item 2)": "入院后（清单在第2项后截断）",
    "indication for surgery, no contraindication": "有手术适应证，无禁忌证",
    "1 day before surgery": "术前1天",
    "after 1 day of preparation": "术前准备1天后",
    "elective operation": "择期手术",
    "1-2 working days before surgery": "术前1-2个工作日",
    "after 1-2 working days of preparation": "术前准备1-2个工作日后",
    "eGFR < 15 ml/min/1.73m2 or residual Kt/V < 2.0": "eGFR＜15 ml/min/1.73m²或残余Kt/V＜2.0",
    "vascular access exists": "已有血管通路",
    "2-7 days before the first dialysis": "首次透析前2-7天",
    "dialysis starts on day 3-5": "入院第3-5天开始透析",
    "3 days; re-examine slit lamp, acuity, eye pressure": "术后住院3天，复查裂隙灯、视力、眼压",
    "1-3 days; re-check blood and urine routine": "产后住院1-3天，复查血、尿常规",
    "edition not printed in the main reprint (another reprint prints 2012年版; the disease is in the 卫生部 2010-01 collection)":
        "转载未印年版（另一转载印2012年版；该病种见卫生部2010年1月汇编）",
    "edition not printed in the reprint read (text family of the 2009 ophthalmology pathways)": "转载未印年版（文字同2009年眼科路径）",
    "卫办医政发〔2011〕88号 lists 慢性胆囊炎; form read carries K80.1/K81.1 + 51.23":
        "卫办医政发〔2011〕88号列有慢性胆囊炎；所见表单为K80.1、K81.1 + 51.23",
    "2009年版, 卫办医政发〔2009〕171号": "2009年版，卫办医政发〔2009〕171号",
    "2009年版, 卫办医政发〔2009〕148号; 2019年版 read in part": "2009年版，卫办医政发〔2009〕148号；2019年版部分可见",
    "edition not printed in the reprint read; another reprint prints 2015年版 with the same codes":
        "转载未印年版（另一转载印2015年版，编码相同）",
    "reprints print 2015年版 and 2019年版; a journal reprint (2016) prints none; same fields in all three":
        "转载印2015年版、2019年版，期刊转载（2016年）未印；三者内容相同",
    "2009年版": "2009年版", "2012年版": "2012年版", "2011年版": "2011年版",
    "2009年版, 卫办医政发〔2009〕173号 (head read); 2016年版(伴高危因素) read to the first required tests":
        "2009年版，卫办医政发〔2009〕173号（仅见开头）；2016年版（伴高危因素）见至必需检查前两项",
    "2019年版 (2009 text the same up to the operation codes)": "2019年版（2009年版除手术编码外相同）",
    "2009年版, 卫办医政发〔2009〕179号": "2009年版，卫办医政发〔2009〕179号",
}

# Drug classes that the texts name, as codes: X and the ATC code of the class. What is given only under a condition that no bill
# tells (infection, blood pressure, weak contractions) is allowed: neither its lack nor its use is a deviation.
CLASSES = "正文所列药品类别；ATC编码由本项目对照，非官方映射"
ALLOWED = {
    "CATARACT-PHACO": [("抗菌药物滴眼液", "XS01AA XS01AE XS01AX"), ("皮质类固醇滴眼液", "XS01BA XS01CA"), ("非甾体滴眼液", "XS01BC")],
    "DELIVERY": [("宫缩剂与促子宫复旧药物", "XG02A XH01BB"), ("镇静药", "XN05B XN05C"), ("分娩镇痛药", "XN01B XN02A")],
    "CABG": [("预防用抗菌药物", "XJ01")],
    "FEMORAL-NECK": [("抗菌药物", "XJ01"), ("静脉血栓栓塞预防药物", "XB01A")],
    "HERNIA": [("预防用抗菌药物", "XJ01")],
    "STROKE": [("脱水药物", "XB05BC XC03CA"), ("降压药物", "XC08CA XC09AA"), ("有感染时的抗菌药物", "XJ01"),
               ("溶栓、抗凝、抗血小板、降纤药物", "XB01A"), ("神经保护药物", "XN06B XN07X")],
    "COPD": [("抗菌药物", "XJ01"), ("支气管舒张剂", "XR03"), ("祛痰药", "XR05C"), ("糖皮质激素", "XH02AB XR03BA")],
    "T2DM": [("口服降糖药", "XA10B"), ("胰岛素", "XA10A")],
}
