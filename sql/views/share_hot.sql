-- One row: a unit (全省: all) with its groups and those to 热点 countries, those in the plan, and last year's; 一（三）.
CREATE OR REPLACE VIEW share_hot AS
WITH this_year AS (
    SELECT
        grouping(unit) AS all_units, coalesce(unit, (SELECT all_units FROM label)) AS unit, count(*) AS groups,
        count(*) FILTER (hot) AS hot, count(*) FILTER (planned) AS planned, count(*) FILTER (planned AND hot) AS planned_hot
    FROM led_group
    GROUP BY GROUPING SETS ((unit), ())
    HAVING count(*) > 0
),
last_year AS (
    SELECT
        grouping(unit) AS all_units, coalesce(unit, (SELECT all_units FROM label)) AS unit, count(*) AS groups, count(*) FILTER (hot) AS hot
    FROM last_year_project
    GROUP BY GROUPING SETS ((unit), ())
    HAVING count(*) > 0
)
SELECT
    t.unit, t.groups, t.hot, t.hot / t.groups AS share, t.planned, t.planned_hot,
    t.planned_hot / nullif(t.planned, 0) AS planned_share, l.groups AS last_groups, l.hot AS last_hot,
    l.hot / l.groups AS last_share
FROM this_year AS t
LEFT JOIN last_year AS l ON l.all_units = t.all_units AND l.unit = t.unit
ORDER BY t.all_units DESC, t.unit;
