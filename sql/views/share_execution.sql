-- One row: a unit with projects last year (全省: all): people approved and sent, the share, summaries outstanding; 一（五）.
CREATE OR REPLACE VIEW share_execution AS
SELECT
    coalesce(unit, (SELECT all_units FROM label)) AS unit,
    count(*) AS projects,
    sum(approved)::BIGINT AS approved,
    sum(executed)::BIGINT AS executed,
    sum(executed) / nullif(sum(approved), 0) AS share,
    count(*) FILTER (NOT summary_filed AND executed > 0) AS outstanding
FROM last_year_project
GROUP BY GROUPING SETS ((unit), ())
HAVING count(*) > 0
ORDER BY grouping(unit) DESC, share, unit;
