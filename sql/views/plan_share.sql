-- One row: a word of one dimension (立项类别, 培训类型 …) with the groups of the plan that it describes; people, budget in 万元.
-- The share is that of the groups. Of each dimension the words in the order of their share, of 立项类别 in the notice's.
CREATE OR REPLACE VIEW plan_share AS
WITH told AS (
    SELECT p.*, c.hot, c.belt_road, u.level, u.system, u.region
    FROM plan AS p
    LEFT JOIN current_country AS c ON c.country = p.country
    LEFT JOIN current_unit AS u ON u.unit = p.organiser
),
described AS (
    SELECT
        headcount, budget,
        unnest([
            {dimension: 'priority_class', code: priority_class},
            {dimension: 'training_type', code: training_type},
            {dimension: 'theme', code: theme},
            {dimension: 'hot', code: hot::VARCHAR},
            {dimension: 'belt_road', code: belt_road::VARCHAR},
            {dimension: 'country', code: country},
            {dimension: 'cross_region', code: cross_region::VARCHAR},
            {dimension: 'level', code: level},
            {dimension: 'system', code: system},
            {dimension: 'organiser', code: organiser}
        ], recursive := TRUE)
    FROM told
),
counted AS (
    SELECT
        dimension, code, count(*) AS groups, coalesce(sum(headcount), 0)::BIGINT AS people, coalesce(sum(budget), 0) AS budget
    FROM described
    GROUP BY dimension, code
)
SELECT
    d.word AS dimension, coalesce(w.word, c.code, l.blank_or_unlisted) AS word, groups,
    groups / sum(groups) OVER of_dimension AS share, people,
    coalesce(people / nullif(sum(people) OVER of_dimension, 0), 0) AS people_share, budget
FROM counted AS c
JOIN current_word AS d ON d.vocabulary = 'dimension' AND d.code = c.dimension
LEFT JOIN current_word AS w ON w.vocabulary = c.dimension AND w.code = c.code
CROSS JOIN label AS l
WINDOW of_dimension AS (PARTITION BY c.dimension)
ORDER BY d.place, CASE WHEN c.dimension = 'priority_class' THEN w.place END, groups DESC, word;
