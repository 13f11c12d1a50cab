-- One row: a word of one dimension (市州, 立项类别 …) with the groups of the plan that it describes: people, person-days, budget in
-- 万元; and last year's projects, people approved and sent, where last year's list knows the dimension. kind: of 立项类别 without number.
CREATE OR REPLACE VIEW plan_sum AS
WITH planned AS (
    SELECT p.*, c.hot, c.belt_road, u.level, u.system, u.region
    FROM plan AS p
    LEFT JOIN current_country AS c ON c.country = p.country
    LEFT JOIN current_unit AS u ON u.unit = p.organiser
),
described AS (
    SELECT
        headcount, headcount * days AS person_days, budget,
        unnest([
            {dimension: 'region', code: region},
            {dimension: 'system', code: system},
            {dimension: 'priority_class', code: priority_class},
            {dimension: 'training_type', code: training_type},
            {dimension: 'country', code: country},
            {dimension: 'hot', code: hot::VARCHAR},
            {dimension: 'belt_road', code: belt_road::VARCHAR},
            {dimension: 'funding_source', code: funding_source},
            {dimension: 'month', code: strftime(start_date, '%Y-%m')},
            {dimension: 'theme', code: theme},
            {dimension: 'cross_region', code: cross_region::VARCHAR},
            {dimension: 'level', code: level}
        ], recursive := TRUE)
    FROM planned
),
this_year AS (
    SELECT
        dimension, code, count(*) AS groups, coalesce(sum(headcount), 0)::BIGINT AS people,
        coalesce(sum(person_days), 0)::BIGINT AS person_days, coalesce(sum(budget) FILTER (isfinite(budget)), 0) AS budget
    FROM described
    GROUP BY dimension, code
),
described_last AS (
    SELECT
        approved, executed,
        unnest([
            {dimension: 'region', code: region},
            {dimension: 'system', code: system},
            {dimension: 'country', code: country},
            {dimension: 'hot', code: hot::VARCHAR},
            {dimension: 'belt_road', code: belt_road::VARCHAR},
            {dimension: 'level', code: level}
        ], recursive := TRUE)
    FROM last_year_project
),
last_year AS (
    SELECT
        dimension, code, count(*) AS last_groups, coalesce(sum(approved), 0)::BIGINT AS last_approved,
        coalesce(sum(executed), 0)::BIGINT AS last_executed
    FROM described_last
    GROUP BY dimension, code
),
known AS (SELECT DISTINCT dimension FROM last_year)
SELECT
    d.code AS dimension_code, d.word AS dimension, coalesce(w.word, b.code, l.blank_or_unlisted) AS word,
    CASE WHEN b.dimension = 'priority_class' THEN regexp_extract(b.code, '^\D+') END AS kind,
    coalesce(groups, 0) AS groups, coalesce(people, 0) AS people, coalesce(person_days, 0) AS person_days,
    coalesce(budget, 0) AS budget,
    CASE WHEN k.dimension IS NOT NULL THEN coalesce(last_groups, 0) END AS last_groups,
    CASE WHEN k.dimension IS NOT NULL THEN coalesce(last_approved, 0) END AS last_approved,
    CASE WHEN k.dimension IS NOT NULL THEN coalesce(last_executed, 0) END AS last_executed
FROM (SELECT dimension, code FROM this_year UNION SELECT dimension, code FROM last_year) AS b
LEFT JOIN this_year AS t ON t.dimension = b.dimension AND t.code IS NOT DISTINCT FROM b.code
LEFT JOIN last_year AS y ON y.dimension = b.dimension AND y.code IS NOT DISTINCT FROM b.code
LEFT JOIN known AS k ON k.dimension = b.dimension
JOIN current_word AS d ON d.vocabulary = 'dimension' AND d.code = b.dimension
LEFT JOIN current_word AS w ON w.vocabulary = b.dimension AND w.code = b.code
CROSS JOIN label AS l
ORDER BY d.place, w.place, CASE WHEN b.dimension = 'month' THEN b.code END, people DESC NULLS LAST, last_approved DESC, word;
