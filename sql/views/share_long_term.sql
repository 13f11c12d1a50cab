-- One row: a unit (全省: all) with its groups and those of mid-to-long-term training, and of both those in the plan; 一（二）.
CREATE OR REPLACE VIEW share_long_term AS
SELECT
    coalesce(unit, (SELECT all_units FROM label)) AS unit,
    count(*) AS groups,
    count(*) FILTER (long_term) AS long_term,
    count(*) FILTER (long_term) / count(*) AS share,
    count(*) FILTER (planned) AS planned,
    count(*) FILTER (planned AND long_term) AS planned_long_term,
    count(*) FILTER (planned AND long_term) / nullif(count(*) FILTER (planned), 0) AS planned_share
FROM led_group
GROUP BY GROUPING SETS ((unit), ())
HAVING count(*) > 0
ORDER BY grouping(unit) DESC, unit;
