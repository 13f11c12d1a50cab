-- One row: a unit (全省: all) and a kind of 立项类别 with the groups that it leads, and those in the plan; notice 一（二）.
CREATE OR REPLACE VIEW share_class AS
WITH counted AS (
    SELECT
        grouping(unit) AS all_units, coalesce(unit, (SELECT all_units FROM label)) AS unit, class,
        count(*) AS groups, count(*) FILTER (planned) AS planned
    FROM led_group
    GROUP BY GROUPING SETS ((unit, class), (class))
)
SELECT
    unit, counted.class, groups, groups / sum(groups) OVER of_unit AS share, planned,
    planned / nullif(sum(planned) OVER of_unit, 0) AS planned_share
FROM counted
LEFT JOIN class_kind AS k ON k.class = counted.class
WINDOW of_unit AS (PARTITION BY all_units, unit)
ORDER BY all_units DESC, unit, k.place, counted.class;
