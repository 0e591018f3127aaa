// The facts of each charge line that the rules of rules.json compare, prepared in plain JavaScript.
'use strict';
const NONE = [];
const at = (map, key) => map.get(key) || NONE;
const inForce = (row, day) => (row.begndate === null || row.begndate <= day) && (row.enddate === null || row.enddate >= day);
const current = (map, key, day) => at(map, key).filter((row) => inForce(row, day));
const halfUp = (a, b) => Math.floor((2 * a + b) / (2 * b));
const bySerial = (a, b) => a.sn.length - b.sn.length || (a.sn < b.sn ? -1 : 1);
const by = (a, b) => a.at - b.at || bySerial(a, b);

function groups(lines, key) {
  const map = new Map();
  for (const line of lines) {
    const k = key(line);
    map.has(k) ? map.get(k).push(line) : map.set(k, [line]);
  }
  return map;
}

// --- one line --------------------------------------------------------------------------------

function refunds(charges) {
  const ofSerial = new Map(charges.map((c) => [c.sn, c]));
  const back = new Map(), refunding = new Set();
  for (const c of charges) {
    const original = c.init_sn === '' ? undefined : ofSerial.get(c.init_sn);
    if (!original || original.item !== c.item || (original.cnt > 0) === (c.cnt > 0)) continue;
    refunding.add(c);
    back.set(original, (back.get(original) || 0) + c.cnt);
  }
  return { back, refunding };
}

// The row of the list in force for hospital level, area and day.
function capRow(t, stay, code, day) {
  const rank = (row) => row.medins_lv.length * 100 + row.admdvs.length;
  let best = null;
  for (const row of current(t.caps, code, day)) {
    const level = row.medins_lv === '' || row.medins_lv === stay.medins_lv ||
      (stay.special === 1 && row.medins_lv === stay.medins_lv + '+');
    if (level && stay.admdvs.startsWith(row.admdvs) &&
        (best === null || rank(row) > rank(best) || (rank(row) === rank(best) && row.begndate > best.begndate)))
      best = row;
  }
  return best;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

// Where only sub-items bear a price, the dearest of them.
function dearest(t, stay, line) {
  let best = null;
  for (const letter of line.priceCode.length === 9 ? LETTERS : '') {
    const row = capRow(t, stay, line.priceCode + letter, line.day);
    if (row !== null && row.pric_uplmt_amt !== null && row.unit === line.unit &&
        (best === null || row.pric_uplmt_amt > best.pric_uplmt_amt))
      best = row;
  }
  return best;
}

function holds(stay, line, condition) {
  const age = /^age<=(\d+)$/.exec(condition), filed = /^filed:(.*)$/.exec(condition);
  if (age) return line.years <= Number(age[1]);
  return filed !== null && stay.approvals.some((a) => a.kind === filed[1] && inForce(a, line.day) &&
    (a.sn === line.sn || (a.sn === '' && ['', line.code, line.item].includes(a.code))));
}

// What surcharges add for certain; what is said of an item goes before what is said of its chapter.
function surcharges(t, stay, line, cap) {
  const rows = [10, 9, 6, 4, 2].filter((n) => n <= cap.pric_list_codg.length)
    .flatMap((n) => current(t.surcharges, cap.pric_list_codg.slice(0, n), line.day));
  let sum = 0;
  rows.forEach((row, i) => {
    const narrower = rows.slice(0, i).some((n) => n.condition === row.condition && n.kind === row.kind &&
      n.pric_list_codg.length > row.pric_list_codg.length);
    if (row.kind === 'add' && !narrower && holds(stay, line, row.condition))
      sum += row.unit === 'percent' ? halfUp(cap.pric_uplmt_amt * row.value, 1000000) : row.value * 100;
  });
  return sum;
}

function capOf(t, stay, line) {
  if (!line.mapped || line.priceCode === '') return Infinity;
  let cap = capRow(t, stay, line.priceCode, line.day);
  if (cap !== null && cap.pric_uplmt_amt === null) cap = dearest(t, stay, line);
  if (cap === null || cap.unit !== line.unit) return Infinity;
  if (line.pric * line.den <= cap.pric_uplmt_amt * line.num) return cap.pric_uplmt_amt * line.num;
  return (cap.pric_uplmt_amt + surcharges(t, stay, line, cap)) * line.num;
}

function ageFit(t, stay, line) {
  const rows = current(t.age, line.code, line.day);
  if (rows.length === 0 || stay.birth_day === null || stay.birth_day > line.day) return 'fits';
  const days = line.day - stay.birth_day;
  let fit = 'misfits';
  for (const row of rows) {
    const [g] = at(t.age_group, row.age_group);
    const fits = g && days >= (g.min_days || 0) && days <= (g.max_days === null ? Infinity : g.max_days) &&
      line.years >= (g.min_years || 0) && line.years <= (g.max_years === null ? Infinity : g.max_years);
    if (fits) return 'fits';
    if (!g || row.age_group === stay.mother_group) fit = 'unknown';
  }
  return fit;
}

function sexes(t, line) {
  const rows = current(t.sex, line.code, line.day);
  if (rows.length === 0) return '';
  return rows.every((row) => row.gend === rows[0].gend) ? rows[0].gend : 'both';
}

function restrictions(t, stay, line) {
  const [grade] = current(t.institution_grade, line.code, line.day).map((r) => Number(r.min_medins_lv)).sort().slice(-1);
  const visit = current(t.visit_mode, line.code, line.day);
  const scheme = current(t.insurance_type, line.code, line.day);
  line.leastLevel = grade || 0;
  line.visitMode = visit.length > 0 ? visit[0].visit_mode : '';
  line.visitFits = stay.visit === undefined || stay.visit === 'inpatient' ||
    (stay.visit === 'emergency' && visit.every((r) => r.visit_mode === 'emergency-inpatient'));
  line.insurance = scheme.length > 0 ? scheme[0].insurance : '';
  line.insuranceFits = scheme.every((row) => {
    const list = at(t.lists, 'V12.' + row.insurance);
    return list.length === 0 || stay.insutype === '' ||
      list.some((v) => v.item === stay.insutype || v.item === 'med_type:' + stay.med_type);
  });
}

function lineOf(t, stay, charge, refunded) {
  const line = { line: charge.line, sn: charge.sn, at: charge.at, day: charge.day, pric: charge.pric, item: charge.item,
    order: charge.drord_no, years: Math.floor((charge.ymd - stay.birth_ymd) / 10000) };
  const rows = at(t.mapping, charge.item);
  const active = rows.filter((row) => row.status === 'active' && inForce(row, charge.day));
  const map = active.length === 1 ? active[0] : undefined;
  const [item] = at(t.items, charge.item);
  line.mapped = map !== undefined;
  line.mappingRows = rows.length;
  line.mappingsInForce = active.length;
  line.code = line.mapped ? map.med_list_codg : null;
  line.unit = line.mapped ? map.med_list_unit : '';
  line.num = line.mapped ? map.factor_num : 1;
  line.den = line.mapped ? map.factor_den : 1;
  line.priceCode = item ? item.pric_list_codg : '';
  line.fold = line.priceCode === '' ? 'item ' + charge.item : line.priceCode;
  const [cat] = current(t.catalogue, line.code, charge.day);
  line.listed = !line.mapped || cat !== undefined;
  line.catalogueRows = at(t.catalogue, line.code).length;
  line.classMapped = line.mapped ? map.chrgitm_lv : '';
  line.classListed = cat ? cat.chrgitm_lv : '';
  line.refundsAnother = refunded.refunding.has(charge);
  line.charged = line.refundsAnother ? 0 : charge.cnt + (refunded.back.get(charge) || 0);
  line.live = line.charged > 0;
  line.qty = halfUp(line.charged * line.num, line.den);
  line.excluded = current(t.exclusions, line.code, charge.day).length > 0;
  line.claimed = line.live && cat !== undefined && cat.chrgitm_lv !== '03' && !line.excluded &&
    !(charge.appr === '2' || (charge.appr === '0' && cat.lmt_used_flag === '1'));
  line.price = line.pric * line.den;
  line.cap = capOf(t, stay, line);
  line.sexes = line.live ? sexes(t, line) : '';
  line.ageFit = line.live ? ageFit(t, stay, line) : 'fits';
  const product = Math.sign(charge.cnt) * halfUp(Math.abs(charge.cnt) * charge.pric, 100000000);
  line.amountApart = Math.abs(charge.amount - product);
  restrictions(t, stay, line);
  Object.assign(line, { beyondItemLimit: 0, beyondUnitLimit: 0, dayBreaksItemLimit: false, bedExcess: 0,
    bedDaysBefore: 0, timesInSecond: 0, includedIn: 0, tooSoon: false, gend: stay.gend, begin: stay.begin_at,
    end: stay.end_at, level: Number(stay.medins_lv) || Infinity, tolerance: stay.tolerance });
  return line;
}

// --- lines together --------------------------------------------------------------------------

const minutesOf = (t, unit) => (at(t.units, unit)[0] || { minutes: 0 }).minutes || 0;

function inUnit(t, line, unit) {
  if (line.unit === unit) return line.qty;
  const own = minutesOf(t, line.unit), other = minutesOf(t, unit);
  return own > 0 && other > 0 ? halfUp(line.qty * own, other) : null;
}

// How far the sum of each line and those before it is beyond the limit.
function beyond(t, lines, most, unit, fact) {
  let sum = 0, broken = false;
  for (const line of lines) {
    const qty = inUnit(t, line, unit);
    if (qty === null) continue;
    sum += qty;
    line[fact] = Math.max(line[fact], sum - most);
    broken = broken || sum > most;
  }
  return broken;
}

function quantities(t, live) {
  for (const day of groups(live.filter((l) => l.mapped), (l) => l.code + ' ' + l.day).values()) {
    const limits = current(t.frequency, day[0].code, day[0].day);
    if (limits.length === 0 && !day.some((l) => t.units.has(l.unit))) continue;
    let broken = false;
    for (const lines of groups(day, (l) => l.fold).values())
      for (const limit of limits)
        broken = beyond(t, lines, limit.limit, limit.unit, 'beyondItemLimit') || broken;
    for (const lines of groups(day, (l) => l.fold).values()) {
      const first = lines.find((l) => t.units.has(l.unit));
      if (first) beyond(t, lines, t.units.get(first.unit)[0].day_limit, first.unit, 'beyondUnitLimit');
    }
    for (const line of day) line.dayBreaksItemLimit = broken;
  }
}

function beds(t, stay, live) {
  const nights = Math.max(stay.end_day - stay.begin_day, 1);
  const charged = live.filter((l) => l.mapped && t.beds.has(l.code) && minutesOf(t, l.unit) > 0);
  let total = 0;
  charged.forEach((line, i) => {
    line.bedDays = halfUp(line.qty * minutesOf(t, line.unit), 1440);
    line.bedTurn = i > 0 && charged[i - 1].day === line.day ? 0
      : line.day < stay.begin_day || line.day >= stay.begin_day + nights ? 1 : 2;
    total += line.bedDays;
  });
  let before = 0;
  for (const line of charged.slice().sort((a, b) => a.bedTurn - b.bedTurn || by(b, a))) {
    line.bedExcess = total - nights * 10000;
    line.bedDaysBefore = before;
    before += line.bedDays;
  }
}

function duplicates(live) {
  for (const same of groups(live.filter((l) => l.order !== ''), (l) => `${l.item} ${l.at} ${l.order}`).values())
    same.sort(bySerial).forEach((line, i) => { line.timesInSecond = i + 1; });
}

const hourOf = (line) => Math.floor(line.at / 3600);

function hoursOfDay(lines) {
  const day = { summed: lines.some((l) => l.hours > 0), hours: 10000 * new Set(lines.filter((l) => l.hours === 0).map(hourOf)).size };
  for (const line of lines) day.hours += line.hours;
  return day;
}

// Whether a component meets the item that includes it, within the period of their pair.
function meets(pair, part, mains, main, day) {
  if (pair.frequency === 'visit') return true;
  if (pair.frequency === 'day') return mains.some((m) => m.day === part.day);
  if (main && (main.summed || day.summed) && main.hours + day.hours > 240000) return true;
  if (part.hours > 0) return false;
  if (pair.frequency === 'hour') return mains.some((m) => m.hours === 0 && hourOf(m) === hourOf(part));
  return mains.some((m) => m.hours === 0 && Math.abs(m.at - part.at) < 21600);
}

function pairs(t, live) {
  const codes = groups(live.filter((l) => l.mapped), (l) => l.code);
  const days = new Map();
  const dayOf = (code, day) => {
    const key = code + ' ' + day;
    if (!days.has(key)) {
      const lines = (codes.get(code) || NONE).filter((l) => l.day === day);
      days.set(key, lines.length > 0 ? hoursOfDay(lines) : null);
    }
    return days.get(key);
  };
  for (const line of live) {
    const hours = halfUp(line.qty * minutesOf(t, line.unit), 60);
    line.hours = hours > 10000 ? hours : 0;
  }
  for (const [code, parts] of codes)
    for (const pair of at(t.repeat_charge, code)) {
      if (pair.main_code === code || !codes.has(pair.main_code)) continue;
      const mains = codes.get(pair.main_code).filter((m) => inForce(pair, m.day));
      for (const part of parts)
        if (mains.length > 0 && inForce(pair, part.day) &&
            meets(pair, part, mains, dayOf(pair.main_code, part.day), dayOf(code, part.day)))
          part.includedIn++;
    }
}

function cycles(t, history, live) {
  for (const lines of groups(live.filter((l) => l.mapped && t.cycle.has(l.code)), (l) => l.fold).values())
    for (const row of at(t.cycle, lines[0].code)) {
      const earlier = history.filter((h) => h.code === lines[0].code).map((h) => ({ day: h.day, qty: 10000 }));
      const kept = [];
      const uses = earlier.concat(lines.filter((l) => inForce(row, l.day)));
      for (const use of uses.sort((a, b) => a.day - b.day || (a.line === undefined ? -1 : b.line === undefined ? 1 : by(a, b)))) {
        let sum = 0;
        for (const k of kept) if (use.day - k.day < row.days) sum += k.qty;
        if (use.line !== undefined && sum + use.qty > row.limit) {
          use.tooSoon = true;
          if (sum < row.limit) kept.push({ day: use.day, qty: row.limit - sum });
        } else {
          kept.push({ day: use.day, qty: use.qty });
        }
      }
    }
}

exports.of = (t, number) => {
  const [stay] = t.stays.get(number);
  const charges = t.charges.get(number);
  const [visit] = at(t.lists, 'visit').filter((v) => v.item === stay.med_type);
  const context = { ...stay, visit: visit && visit.value, approvals: at(t.approvals, number) };
  const refunded = refunds(charges);
  const lines = charges.map((charge) => lineOf(t, context, charge, refunded));
  const live = lines.filter((l) => l.live).sort(by);
  quantities(t, live);
  beds(t, context, live);
  duplicates(live);
  pairs(t, live);
  cycles(t, at(t.history_items, number), live);
  return lines;
};
