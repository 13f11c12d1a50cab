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
            {part: 1, dimension: '立项类别', word: priority_class},
            {part: 2, dimension: '培训类型', word: training_type},
            {part: 3, dimension: '培训领域', word: theme},
            {part: 4, dimension: '热点', word: CASE hot WHEN TRUE THEN '热点国家（地区）' WHEN FALSE THEN '非热点国家（地区）' END},
            {part: 5, dimension: '一带一路', word: CASE belt_road WHEN TRUE THEN '“一带一路”沿线' WHEN FALSE THEN '其他' END},
            {part: 6, dimension: '国家（地区）', word: country},
            {part: 7, dimension: '是否双跨', word: CASE cross_region WHEN TRUE THEN '双跨' WHEN FALSE THEN '非双跨' END},
            {part: 8, dimension: '单位层级', word: level},
            {part: 9, dimension: '所属系统', word: system},
            {part: 10, dimension: '组团单位', word: organiser}
        ], recursive := TRUE)
    FROM told
),
counted AS (
    SELECT
        part, dimension, coalesce(word, '未填或不在名录') AS word, count(*) AS groups,
        coalesce(sum(headcount), 0)::BIGINT AS people, coalesce(sum(budget), 0) AS budget
    FROM described
    GROUP BY ALL
)
SELECT
    dimension, word, groups, groups / sum(groups) OVER (PARTITION BY part) AS share, people,
    coalesce(people / nullif(sum(people) OVER (PARTITION BY part), 0), 0) AS people_share, budget
FROM counted
ORDER BY
    part,
    CASE WHEN part = 1 THEN CASE left(word, 2) WHEN '优先' THEN 1 WHEN '重点' THEN 2 WHEN '一般' THEN 3 ELSE 4 END END,
    CASE WHEN part = 1 THEN word END,
    groups DESC, word;
