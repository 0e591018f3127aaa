-- The checks of one stay ($1) as one statement, for SQLite and PostgreSQL alike: rule and line of each finding.
-- Numbers are integers as in the library: quantities in 1/10000, prices in 1/1000000, money in fen, days and seconds
-- since 1970, `ymd` a day as 20250303. "in force" is begndate and enddate, both included, NULL open. Of two charges of
-- one second the smaller serial comes first.
WITH RECURSIVE
stay AS MATERIALIZED (
    SELECT s.*, (SELECT v.value FROM lists v WHERE v.list = 'visit' AND v.item = s.med_type) AS visit,
           CASE WHEN s.end_day > s.begin_day THEN s.end_day - s.begin_day ELSE 1 END AS nights
    FROM stays s WHERE s.stay = $1
),
refunds AS MATERIALIZED (
    SELECT o.line AS original, r.line AS line, r.cnt AS cnt
    FROM charges r JOIN charges o ON o.stay = $1 AND o.sn = r.init_sn AND o.item = r.item
                                 AND (o.cnt > 0) <> (r.cnt > 0)
    WHERE r.stay = $1 AND r.init_sn <> ''
),
given_back AS MATERIALIZED (
    SELECT original, CAST(sum(cnt) AS BIGINT) AS cnt FROM refunds GROUP BY original
),
-- each charge beside its item, mapping and catalogue row in force, refunds netted
lines AS MATERIALIZED (
    SELECT c.line, c.sn, c.at, c.day, c.ymd, c.item, c.drord_no, c.pric, c.cnt, c.amount, c.appr,
           CASE WHEN r.line IS NOT NULL THEN 0 ELSE c.cnt + coalesce(b.cnt, 0) END AS net_cnt,
           r.line IS NOT NULL AS refunds_another,
           i.pric_list_codg AS price_code,
           CASE WHEN i.pric_list_codg <> '' THEN i.pric_list_codg ELSE 'item ' || c.item END AS fold,
           m.med_list_codg AS code, m.med_list_unit AS unit, m.factor_num AS num, m.factor_den AS den,
           m.chrgitm_lv AS map_lv,
           ((CASE WHEN r.line IS NOT NULL THEN 0 ELSE c.cnt + coalesce(b.cnt, 0) END) * m.factor_num
                + m.factor_den / 2) / m.factor_den AS qty,
           k.chrgitm_lv AS lv, k.lmt_used_flag AS lmt_used,
           EXISTS (SELECT 1 FROM exclusions x WHERE x.med_list_codg = m.med_list_codg
                   AND (x.begndate IS NULL OR x.begndate <= c.day)
                   AND (x.enddate IS NULL OR x.enddate >= c.day)) AS excluded
    FROM charges c
    LEFT JOIN refunds r ON r.line = c.line
    LEFT JOIN given_back b ON b.original = c.line
    LEFT JOIN items i ON i.medins_list_codg = c.item
    LEFT JOIN mapping m ON m.medins_list_codg = c.item AND m.status = 'active'
                       AND (m.begndate IS NULL OR m.begndate <= c.day)
                       AND (m.enddate IS NULL OR m.enddate >= c.day)
                       AND NOT EXISTS (SELECT 1 FROM mapping o
                                       WHERE o.medins_list_codg = c.item AND o."row" <> m."row" AND o.status = 'active'
                                         AND (o.begndate IS NULL OR o.begndate <= c.day)
                                         AND (o.enddate IS NULL OR o.enddate >= c.day))
    LEFT JOIN catalogue k ON k.med_list_codg = m.med_list_codg
                         AND (k.begndate IS NULL OR k.begndate <= c.day)
                         AND (k.enddate IS NULL OR k.enddate >= c.day)
    WHERE c.stay = $1
),
-- what the fund is asked to pay for
claimed AS (
    SELECT line, day, code FROM lines
    WHERE net_cnt > 0 AND lv IS NOT NULL AND lv <> '03' AND NOT excluded
      AND NOT (appr = '2' OR (appr = '0' AND lmt_used = '1'))
),
-- V2: limit of the item; each price-list item by itself
limited AS MATERIALIZED (
    SELECT code, day, line,
           sum(qty) OVER (PARTITION BY "row", day, fold ORDER BY at, length(sn), sn) AS running, most
    FROM (
        SELECT l.code, l.day, l.line, l.sn, l.at, l.fold, f."row", f."limit" AS most,
               CASE WHEN l.unit = f.unit THEN l.qty
                    ELSE (l.qty * u.minutes + v.minutes / 2) / v.minutes END AS qty
        FROM lines l
        JOIN frequency f ON f.med_list_codg = l.code
                        AND (f.begndate IS NULL OR f.begndate <= l.day)
                        AND (f.enddate IS NULL OR f.enddate >= l.day)
        LEFT JOIN units u ON u.unit = l.unit
        LEFT JOIN units v ON v.unit = f.unit
        WHERE l.net_cnt > 0
    ) q
    WHERE qty IS NOT NULL
),
-- V2: what fits into a day, by the unit of the first line
timed AS (
    SELECT t.code, t.day, t.line, w.day_limit AS most,
           sum(CASE WHEN t.unit = w.unit THEN t.qty
                    ELSE (t.qty * t.minutes + w.minutes / 2) / w.minutes END)
               OVER (PARTITION BY t.code, t.day, t.fold ORDER BY t.at, length(t.sn), t.sn) AS running
    FROM (
        SELECT l.code, l.day, l.line, l.sn, l.at, l.fold, l.unit, l.qty, u.minutes,
               first_value(l.unit) OVER (PARTITION BY l.code, l.day, l.fold
                                       ORDER BY l.at, length(l.sn), l.sn) AS first_unit
        FROM lines l JOIN units u ON u.unit = l.unit
        WHERE l.net_cnt > 0
    ) t
    JOIN units w ON w.unit = t.first_unit
),
-- V3: dearer than the maximum in force, or than that of the dearest sub-item where only those have one
dear AS (
    SELECT l.line, l.sn, l.item, l.code, l.day, l.ymd, l.pric, l.num, l.den, k.pric_list_codg, k.pric_uplmt_amt AS cap
    FROM stay s CROSS JOIN lines l CROSS JOIN caps k
    WHERE k.pric_list_codg = l.price_code AND l.net_cnt > 0 AND l.code IS NOT NULL AND k.unit = l.unit
      AND (k.medins_lv IN ('', s.medins_lv) OR (s.special = 1 AND k.medins_lv = s.medins_lv || '+'))
      AND l.pric * l.den > k.pric_uplmt_amt * l.num
      AND k."row" = (SELECT b."row" FROM caps b
                  WHERE b.pric_list_codg = l.price_code
                    AND (b.begndate IS NULL OR b.begndate <= l.day) AND (b.enddate IS NULL OR b.enddate >= l.day)
                    AND (b.medins_lv IN ('', s.medins_lv) OR (s.special = 1 AND b.medins_lv = s.medins_lv || '+'))
                    AND substr(s.admdvs, 1, length(b.admdvs)) = b.admdvs
                  ORDER BY length(b.medins_lv) DESC, length(b.admdvs) DESC, b.begndate DESC
                  LIMIT 1)
    UNION ALL
    SELECT line, sn, item, code, day, ymd, pric, num, den, pric_list_codg, cap
    FROM (
        SELECT l.line, l.sn, l.item, l.code, l.day, l.ymd, l.pric, l.num, l.den, k.pric_list_codg,
               k.pric_uplmt_amt AS cap,
               row_number() OVER (PARTITION BY l.line ORDER BY k.pric_uplmt_amt DESC, k.pric_list_codg) AS turn
        FROM stay s CROSS JOIN lines l CROSS JOIN caps p CROSS JOIN caps k
        WHERE p.pric_list_codg = l.price_code AND p.pric_uplmt_amt IS NULL AND length(l.price_code) = 9
          AND l.net_cnt > 0 AND l.code IS NOT NULL
          AND p."row" = (SELECT b."row" FROM caps b
                  WHERE b.pric_list_codg = l.price_code
                    AND (b.begndate IS NULL OR b.begndate <= l.day) AND (b.enddate IS NULL OR b.enddate >= l.day)
                    AND (b.medins_lv IN ('', s.medins_lv) OR (s.special = 1 AND b.medins_lv = s.medins_lv || '+'))
                    AND substr(s.admdvs, 1, length(b.admdvs)) = b.admdvs
                  ORDER BY length(b.medins_lv) DESC, length(b.admdvs) DESC, b.begndate DESC
                  LIMIT 1)
          AND k.pric_list_codg BETWEEN l.price_code || 'a' AND l.price_code || 'z' AND length(k.pric_list_codg) = 10
          AND k.unit = l.unit AND k.pric_uplmt_amt IS NOT NULL
          AND k."row" = (SELECT b."row" FROM caps b
                  WHERE b.pric_list_codg = k.pric_list_codg
                    AND (b.begndate IS NULL OR b.begndate <= l.day) AND (b.enddate IS NULL OR b.enddate >= l.day)
                    AND (b.medins_lv IN ('', s.medins_lv) OR (s.special = 1 AND b.medins_lv = s.medins_lv || '+'))
                    AND substr(s.admdvs, 1, length(b.admdvs)) = b.admdvs
                  ORDER BY length(b.medins_lv) DESC, length(b.admdvs) DESC, b.begndate DESC
                  LIMIT 1)
    ) q
    WHERE turn = 1 AND pric * den > cap * num
),
-- V4: second beds of a night first, then beds on no night, from the last
beds_charged AS (
    SELECT line, days, at, sn,
           CASE WHEN day = before THEN 0 WHEN day < begin_day OR day >= begin_day + nights THEN 1 ELSE 2 END AS turn,
           sum(days) OVER () - nights * 10000 AS excess
    FROM (
        SELECT l.line, l.sn, l.at, l.day, (l.qty * u.minutes + 720) / 1440 AS days,
               lag(l.day) OVER (ORDER BY l.at, length(l.sn), l.sn) AS before, s.begin_day, s.nights
        FROM stay s CROSS JOIN lines l CROSS JOIN beds b CROSS JOIN units u
        WHERE b.med_list_codg = l.code AND u.unit = l.unit AND l.net_cnt > 0
    ) q
),
-- V6: charges of paired items; hours: of a line that sums several
paired AS MATERIALIZED (
    SELECT line, code, day, at, at / 3600 AS hour, CASE WHEN hours > 10000 THEN hours ELSE 0 END AS hours
    FROM (
        SELECT l.line, l.code, l.day, l.at, coalesce((l.qty * u.minutes + 30) / 60, 0) AS hours
        FROM lines l LEFT JOIN units u ON u.unit = l.unit
        WHERE l.net_cnt > 0
          AND (l.code IN (SELECT main_code FROM repeat_charge) OR l.code IN (SELECT component_code FROM repeat_charge))
    ) q
),
hours_of_day AS MATERIALIZED (
    SELECT code, day, max(hours) > 0 AS summed,
           sum(hours) + 10000 * count(DISTINCT CASE WHEN hours = 0 THEN hour END) AS hours
    FROM paired GROUP BY code, day
),
met AS (
    SELECT k.line FROM repeat_charge p
    JOIN paired m ON m.code = p.main_code
    JOIN paired k ON k.code = p.component_code
    WHERE p.main_code <> p.component_code
      AND (p.begndate IS NULL OR (p.begndate <= m.day AND p.begndate <= k.day))
      AND (p.enddate IS NULL OR (p.enddate >= m.day AND p.enddate >= k.day))
      AND (p.frequency = 'visit'
           OR (p.frequency = 'day' AND m.day = k.day)
           OR (p.frequency = 'hour' AND m.hours = 0 AND k.hours = 0 AND m.hour = k.hour)
           OR (p.frequency = '6h' AND m.hours = 0 AND k.hours = 0 AND abs(m.at - k.at) < 21600))
    UNION
    SELECT k.line FROM repeat_charge p
    JOIN hours_of_day m ON m.code = p.main_code
    JOIN hours_of_day n ON n.code = p.component_code AND n.day = m.day
    JOIN paired k ON k.code = p.component_code AND k.day = m.day
    WHERE p.main_code <> p.component_code AND p.frequency IN ('hour', '6h')
      AND (p.begndate IS NULL OR p.begndate <= k.day) AND (p.enddate IS NULL OR p.enddate >= k.day)
      AND (m.summed OR n.summed) AND m.hours + n.hours > 240000
),
-- V16: each use in its turn; the next that is right comes `days` later, whatever was charged between
uses AS MATERIALIZED (
    SELECT cycle, days, most, fold, day, line, qty,
           row_number() OVER (PARTITION BY cycle, fold ORDER BY day, at, length(sn), sn) AS turn
    FROM (
        SELECT y."row" AS cycle, y.days, y."limit" AS most, l.fold, l.day, l.line, l.at, l.sn, l.qty
        FROM lines l JOIN cycle y ON y.med_list_codg = l.code
                                 AND (y.begndate IS NULL OR y.begndate <= l.day)
                                 AND (y.enddate IS NULL OR y.enddate >= l.day)
        WHERE l.net_cnt > 0
        UNION ALL
        SELECT y."row", y.days, y."limit", f.fold, h.day, -1, 0, '', y."limit"
        FROM history_items h JOIN cycle y ON y.med_list_codg = h.code
        JOIN (SELECT DISTINCT code, fold FROM lines WHERE net_cnt > 0) f ON f.code = h.code
        WHERE h.stay = $1
    ) q
),
right_uses(cycle, fold, turn, day, days) AS (
    SELECT cycle, fold, max(CASE WHEN line < 0 OR turn = 1 THEN turn END),
           max(CASE WHEN line < 0 OR turn = 1 THEN day END), max(days)
    FROM uses GROUP BY cycle, fold
    UNION ALL
    SELECT u.cycle, u.fold, u.turn, u.day, u.days
    FROM right_uses k JOIN uses u ON u.cycle = k.cycle AND u.fold = k.fold
    WHERE u.turn = (SELECT min(v.turn) FROM uses v
                    WHERE v.cycle = k.cycle AND v.fold = k.fold AND v.day >= k.day + k.days)
)
SELECT 'M1' AS rule, line FROM lines
WHERE code IS NULL AND NOT EXISTS (SELECT 1 FROM mapping m WHERE m.medins_list_codg = lines.item)
UNION ALL
SELECT CASE WHEN in_force > 0 THEN 'M3' ELSE 'M2' END, line FROM (
    SELECT l.line,
           sum(CASE WHEN m.status = 'active' AND (m.begndate IS NULL OR m.begndate <= l.day)
                     AND (m.enddate IS NULL OR m.enddate >= l.day) THEN 1 ELSE 0 END) AS in_force
    FROM lines l CROSS JOIN mapping m WHERE l.code IS NULL AND m.medins_list_codg = l.item
    GROUP BY l.line) q
UNION ALL
SELECT 'M2', line FROM lines
WHERE code IS NOT NULL AND lv IS NULL AND EXISTS (SELECT 1 FROM catalogue k WHERE k.med_list_codg = lines.code)
UNION ALL
SELECT 'V1', line FROM lines
WHERE code IS NOT NULL AND map_lv <> ''
  AND ((lv IS NOT NULL AND lv <> '' AND lv <> map_lv)
       OR (lv IS NULL AND map_lv <> '03' AND NOT EXISTS (SELECT 1 FROM catalogue k WHERE k.med_list_codg = lines.code)))
UNION ALL
SELECT 'V2', line FROM limited WHERE running > most
UNION ALL
SELECT 'V2', line FROM timed
WHERE running > most
  AND NOT EXISTS (SELECT 1 FROM limited b WHERE b.code = timed.code AND b.day = timed.day AND b.running > b.most)
UNION ALL
SELECT 'V3', d.line FROM stay s CROSS JOIN dear d
WHERE d.pric * d.den > (d.cap + (
    -- surcharges whose condition is known to hold; what is said of an item goes before what is said of its chapter
    SELECT coalesce(sum(CASE WHEN u.unit = 'percent' THEN (d.cap * u.value + 500000) / 1000000
                             ELSE u.value * 100 END), 0)
    FROM surcharges u
    WHERE u.pric_list_codg IN (substr(d.pric_list_codg, 1, 2), substr(d.pric_list_codg, 1, 4), substr(d.pric_list_codg, 1, 6),
                               substr(d.pric_list_codg, 1, 9), substr(d.pric_list_codg, 1, 10))
      AND u.kind = 'add'
      AND (u.begndate IS NULL OR u.begndate <= d.day) AND (u.enddate IS NULL OR u.enddate >= d.day)
      AND CASE WHEN u."condition" LIKE 'age<=%'
               THEN (d.ymd - s.birth_ymd) / 10000 <= CAST(substr(u."condition", 6) AS INTEGER)
               WHEN u."condition" LIKE 'filed:%'
               THEN EXISTS (SELECT 1 FROM approvals a
                            WHERE a.stay = $1 AND a.kind = substr(u."condition", 7)
                              AND (a.begndate IS NULL OR a.begndate <= d.day)
                              AND (a.enddate IS NULL OR a.enddate >= d.day)
                              AND (a.sn = d.sn OR (a.sn = '' AND a.code IN ('', d.code, d.item))))
               ELSE FALSE END
      AND NOT EXISTS (
        SELECT 1 FROM surcharges n
        WHERE n.pric_list_codg IN (substr(d.pric_list_codg, 1, 2), substr(d.pric_list_codg, 1, 4), substr(d.pric_list_codg, 1, 6),
                                   substr(d.pric_list_codg, 1, 9), substr(d.pric_list_codg, 1, 10))
          AND length(n.pric_list_codg) > length(u.pric_list_codg)
          AND n.kind = u.kind AND n."condition" = u."condition"
          AND (n.begndate IS NULL OR n.begndate <= d.day) AND (n.enddate IS NULL OR n.enddate >= d.day)))
    ) * d.num
UNION ALL
SELECT 'V4', line FROM (
    SELECT line, excess, days, sum(days) OVER (ORDER BY turn, at DESC, length(sn) DESC, sn DESC) AS running
    FROM beds_charged) q
WHERE excess > 0 AND running - days < excess
UNION ALL
SELECT 'V5', line FROM (
    SELECT line, row_number() OVER (PARTITION BY item, at, drord_no ORDER BY length(sn), sn) AS turn
    FROM lines WHERE net_cnt > 0 AND drord_no <> '') q
WHERE turn > 1
UNION ALL
SELECT 'V6', line FROM met
UNION ALL
SELECT 'V10', l.line FROM stay s CROSS JOIN lines l CROSS JOIN sex x
WHERE x.med_list_codg = l.code AND (x.begndate IS NULL OR x.begndate <= l.day)
  AND (x.enddate IS NULL OR x.enddate >= l.day) AND l.net_cnt > 0 AND s.gend IN ('1', '2')
GROUP BY l.line HAVING sum(CASE WHEN x.gend = s.gend THEN 1 ELSE 0 END) = 0
UNION ALL
SELECT 'V10', line FROM (
    SELECT l.line, s.mother_group, x.age_group,
           CASE WHEN g.age_group IS NULL THEN 'unknown'
                WHEN l.day - s.birth_day BETWEEN coalesce(g.min_days, 0) AND coalesce(g.max_days, 99999)
                 AND (l.ymd - s.birth_ymd) / 10000 BETWEEN coalesce(g.min_years, 0) AND coalesce(g.max_years, 999)
                THEN 'fits' ELSE 'misfits' END AS fit
    FROM stay s CROSS JOIN lines l CROSS JOIN age x LEFT JOIN age_group g ON g.age_group = x.age_group
    WHERE x.med_list_codg = l.code AND (x.begndate IS NULL OR x.begndate <= l.day)
      AND (x.enddate IS NULL OR x.enddate >= l.day) AND l.net_cnt > 0 AND s.birth_day <= l.day) q
GROUP BY line
HAVING max(CASE WHEN fit = 'misfits' THEN 0 ELSE 1 END) = 0
   AND max(CASE WHEN age_group = mother_group THEN 1 ELSE 0 END) = 0
UNION ALL
SELECT 'V12', l.line FROM stay s CROSS JOIN claimed l CROSS JOIN institution_grade g
WHERE g.med_list_codg = l.code AND (g.begndate IS NULL OR g.begndate <= l.day)
  AND (g.enddate IS NULL OR g.enddate >= l.day) AND s.medins_lv IN ('1', '2', '3') AND g.min_medins_lv IN ('1', '2', '3') AND s.medins_lv < g.min_medins_lv
UNION ALL
SELECT 'V12', l.line FROM stay s CROSS JOIN claimed l CROSS JOIN visit_mode g
WHERE g.med_list_codg = l.code AND (g.begndate IS NULL OR g.begndate <= l.day)
  AND (g.enddate IS NULL OR g.enddate >= l.day) AND s.visit <> 'inpatient' AND NOT (s.visit = 'emergency' AND g.visit_mode = 'emergency-inpatient')
UNION ALL
SELECT 'V12', l.line FROM stay s CROSS JOIN claimed l CROSS JOIN insurance_type g
WHERE g.med_list_codg = l.code AND (g.begndate IS NULL OR g.begndate <= l.day)
  AND (g.enddate IS NULL OR g.enddate >= l.day) AND s.insutype <> '' AND EXISTS (SELECT 1 FROM lists v WHERE v.list = 'V12.' || g.insurance)
  AND NOT EXISTS (SELECT 1 FROM lists v WHERE v.list = 'V12.' || g.insurance
                  AND v.item IN (s.insutype, 'med_type:' || s.med_type))
UNION ALL
SELECT 'V14', l.line FROM stay s CROSS JOIN lines l
WHERE l.at < s.begin_at OR (l.at > s.end_at AND NOT l.refunds_another)
UNION ALL
SELECT 'V16', u.line FROM uses u
LEFT JOIN right_uses k ON k.cycle = u.cycle AND k.fold = u.fold AND k.turn = u.turn
WHERE u.line >= 0 AND (u.qty > u.most OR k.turn IS NULL)
UNION ALL
SELECT 'V25', line FROM lines WHERE excluded AND net_cnt <> 0
UNION ALL
SELECT 'V26', l.line FROM stay s CROSS JOIN lines l
WHERE abs(l.amount - CASE WHEN l.cnt < 0 THEN -((-l.cnt * l.pric + 50000000) / 100000000)
                          ELSE (l.cnt * l.pric + 50000000) / 100000000 END) > s.tolerance
