-- One row: a 系统 with its groups and people, those in the plan, and last year's projects and approved people; 一（三）.
CREATE OR REPLACE VIEW share_system AS
WITH this_year AS (
    SELECT
        system, count(*) AS groups, coalesce(sum(headcount), 0)::BIGINT AS people, count(*) FILTER (planned) AS planned
    FROM led_group
    GROUP BY system
),
last_year AS (
    SELECT
        coalesce(system, (SELECT unlisted FROM label)) AS system, count(*) AS last_groups, sum(approved)::BIGINT AS last_people
    FROM last_year_project
    GROUP BY ALL
)
SELECT
    system, coalesce(groups, 0) AS groups, coalesce(groups / sum(groups) OVER (), 0) AS share, coalesce(people, 0) AS people,
    coalesce(planned, 0) AS planned, coalesce(planned / nullif(sum(planned) OVER (), 0), 0) AS planned_share,
    last_groups, last_groups / sum(last_groups) OVER () AS last_share, last_people
FROM this_year
FULL JOIN last_year USING (system)
ORDER BY groups DESC, system;
