"""Catalogues with near twins, and hospital names made of theirs as hospitals write them. It shares
nothing with the library: neither code nor lists of words."""
import random

ROOTS = ("阿 莫 西 林 头 孢 克 洛 呋 辛 酯 替 硝 唑 米 沙 坦 他 汀 洛 芬 普 利 地 平 美 托 尔 卡 巴 比 妥 罗 红 霉 素 左 氧 氟 "
         "奥 拉 兰 索 格 列 吡 嗪 酮 酸 钠 钾 钙 镁 胺 茶 碱 环 磷 酰 甲 氨 蝶 呤 依 达 贝 那 胍 维 生 伏 立 康 泊 "
         "舒 曲 马 多 丁 丙 戊 己 庚 辛 壬 癸 硫 胞 苷 核 黄 锌 铁 铜 碘 溴 苯 酚 醇 醛 醚").split()
SALTS = ("盐酸", "硫酸", "枸橼酸", "马来酸", "富马酸", "磷酸", "醋酸", "酒石酸", "")
FORMS = ("片", "胶囊", "注射液", "颗粒", "缓释片", "肠溶片", "口服溶液", "滴眼液", "乳膏", "软胶囊", "分散片", "栓")
STRENGTHS = ("0.25g", "0.5g", "1g", "10mg", "20mg", "50mg", "100mg", "5ml:50mg", "10ml:0.2g", "2ml:0.1g")
BRANDS = ("康诺贝", "益达舒", "瑞普欣", "泰立克", "安佳适", "福瑞宁", "百优定", "雅施维")
UNITS = {"片": "片", "胶囊": "粒", "注射液": "支", "颗粒": "袋", "口服溶液": "瓶", "滴眼液": "支", "乳膏": "支", "栓": "枚"}


def unit_of(form):
    return next(unit for end, unit in UNITS.items() if form.endswith(end))


def catalogue(rng, rows):
    """rows of (code, name, form, strength, unit): one stem in several salts, forms and strengths."""
    seen, out = set(), []
    while len(out) < rows:
        stem = "".join(rng.choice(ROOTS) for _ in range(rng.randint(3, 5)))
        for _ in range(rng.randint(6, 14)):
            salt, form, strength = rng.choice(SALTS), rng.choice(FORMS), rng.choice(STRENGTHS)
            kind = rng.choice(("", "", "", "(Ⅰ)", "(Ⅱ)", "(Ⅲ)"))
            name = f"{salt}{stem}{form}{kind}({strength})"
            if name not in seen and len(out) < rows:
                seen.add(name)
                out.append((f"XT{len(out):09d}A00101010{len(out) % 10000:04d}", name, (salt, stem, form, kind), strength, unit_of(form)))
    return out


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def other_strength(strength):
    """The same in other units or written the other way round."""
    def one(part):
        if part.endswith("mg"):
            value = int(part[:-2])
            return f"{value / 1000:g}g"
        if part.endswith("g"):
            return f"{round(float(part[:-1]) * 1000)}mg"
        return part
    parts = [one(p) for p in strength.split(":")]
    return ":".join(reversed(parts)) if len(parts) > 1 else parts[0]


def brand(rng, row):
    name, spec, unit = plain(row)
    b = rng.choice(BRANDS)
    return (rng.choice((f"{name}({b})", f"{b} {name}", f"【{b}】{name}", f"({b}){name}")), spec, unit)


def plain(row):
    salt, stem, form, kind = row[2]
    return f"{salt}{stem}{form}{kind}", f"{row[3]}*{24}{row[4]}/盒", row[4]


def abbreviation(rng, row):
    salt, stem, form, kind = row[2]
    short = {"注射液": "针剂", "口服溶液": "口服液"}.get(form, form)
    return f"{salt}{stem}{short}{kind}", plain(row)[1], row[4]


def order(rng, row):
    salt, stem, form, kind = row[2]
    return f"{stem}{form}{kind}({salt})" if salt else f"{kind}{stem}{form}", plain(row)[1], row[4]


def width(rng, row):
    name, spec, unit = plain(row)
    return full_width(f"{name}({row[3]})"), full_width(spec), unit


def unit(rng, row):
    name, spec, _ = plain(row)
    return name, spec, rng.choice(("盒", "瓶", "包"))


def specification(rng, row):
    name, _, unit = plain(row)
    return name, f"{other_strength(row[3])}×12{row[4]}", unit


KINDS = (brand, abbreviation, order, width, unit, specification)


def items(seed, rows, n):
    """The catalogue, and n items of (kind, name, spec, unit, code of the right one)."""
    rng = random.Random(seed)
    cat = catalogue(rng, rows)
    picked = rng.sample(cat, n)
    return cat, [(KINDS[i % len(KINDS)].__name__, *KINDS[i % len(KINDS)](rng, row), row[0]) for i, row in enumerate(picked)]
