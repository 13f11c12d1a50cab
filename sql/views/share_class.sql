-- One row: a unit (全省: all) and a kind of 立项类别 with the groups that it leads, and those in the plan; notice 一（二）.
CREATE OR REPLACE VIEW share_class AS
WITH counted AS (
    SELECT
        grouping(unit) AS all_units, coalesce(unit, '全省') AS unit, class,
        count(*) AS groups, count(*) FILTER (planned) AS planned
    FROM led_group
    GROUP BY GROUPING SETS ((unit, class), (class))
)
SELECT
    unit, class, groups, groups / sum(groups) OVER of_unit AS share, planned,
    planned / nullif(sum(planned) OVER of_unit, 0) AS planned_share
FROM counted
WINDOW of_unit AS (PARTITION BY all_units, unit)
ORDER BY all_units DESC, unit, CASE class WHEN '优先' THEN 1 WHEN '重点' THEN 2 WHEN '一般' THEN 3 ELSE 4 END, class;
