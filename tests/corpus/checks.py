"""The checks that the corpus must plant: those that the library registers, those of payment, and what tells them apart.

The registry is read as text: the corpus states what a check must find, the library only which checks there are.
"""
import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = ROOT / "libsettle" / "rules"

# Rules of several checks: words that the evidence of each has, and that of no other.
WORDS = {
    "price_cap": "：单价 .* > 上限", "reduced_price": "同[日时]：按 .*% 计", "second_operation": "属同一手术组",
    "quantity": "：当日数量", "factor": "换算系数 .*不合理",
    "bed_days": "床日 > 住院", "bed_standard": "> 待遇标准",
    "name_far": "名称相似度", "renamed": "^费用明细写作", "remapped": "改对照为",
    "bed_alone": "收床位费 .*当日没有", "drug_only": "^住院期间只有药品费用",
    "sex": "患者性别为", "age": "限年龄 ", "credential": "证件号码",
    "take_home": r"(出院带药|处方) \d+ 天 >", "drug_quantity": "本次共 .*> 上限",
    "visit_mode": "使用时支付，本次为", "institution_grade": "医疗机构使用时支付", "insurance_type": "支付，本次险种为",
    "tcm_pieces": "饮片|基金不予支付：", "course": "> 支付疗程", "course_interval": "距上次 ", "approval_flag": "审批标志为 0",
    "dates": "早于入院时间|晚于出院时间", "prescriptions": "药品处方（医嘱号）",
    "order_dates": "早于医嘱开始|晚于医嘱停止",
    "cycle": "次 > 上限", "two_methods": "同日用两种方法", "special_test": "此前没有做过常规检查",
    "institution": "定点医疗机构名单中|协议状态为|协议范围内", "licence": "须经审批方可开展",
    "settled_twice": "已结算过|已随另一次就诊结算", "double_insured": "同时享受险种",
    "mandatory": r"（(stays|diagnoses|operations)\.\w+）|没有诊断记录", "mandatory_charge": r"（(charges|mapping)\.\w+）",
    "line_amount": "≠ 数量",
}
BESIDES = ("ACC", "S3")  # found by the payment, not registered

# Checks without a scenario, each with the reason. One that gets a scenario must go from here.
EXCEPTIONS = {}


def registry():
    """Each registered check as (rule id, name), in the order in which they run."""
    ids = {}
    for source in RULES.glob("*.c"):
        for name, rule in re.findall(r'const stl_rule STL_RULE_(\w+) = \{\s*\.id = "(\w+)"',
                                     source.read_text(encoding="utf-8")):
            ids[name] = rule
    listed = re.findall(r"&STL_RULE_(\w+),", (RULES / "rules.c").read_text(encoding="utf-8"))
    return [(ids[name], name.lower()) for name in listed]


def documented():
    """Rule ids of the table of docs/checks.md."""
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| ([A-Z]+\d+) \|", text, re.MULTILINE))


CHECKS = collections.defaultdict(list)  # names of the checks of a rule
for _rule, _name in registry():
    CHECKS[_rule].append(_name)
for _rule in BESIDES:
    CHECKS[_rule].append(_rule.lower())


def title(rule, check):
    return rule if len(CHECKS[rule]) == 1 else f"{rule} {check}"


def checks_of(finding):
    """The checks that a finding comes from: causes of one rule over the same lines are one finding."""
    names = CHECKS[finding["rule_id"]]
    if len(names) == 1:
        return names
    return [name for name in names if re.search(WORDS[name], finding["evidence"])]
