-- One row: the night that the current one is compared with; none where it is the first of its year. It is the last that somebody
-- may have seen: of an earlier day, or one of today in whose workbook somebody wrote; where there is neither, the first of today.
CREATE OR REPLACE VIEW night_before AS
WITH earlier AS (
    SELECT r.*
    FROM run AS r CROSS JOIN current_run AS c
    WHERE r.year = c.year AND r.run_id <> c.run_id AND r.number < c.number
),
seen AS (
    SELECT e.*
    FROM earlier AS e CROSS JOIN current_run AS c
    WHERE
        e.started_at::DATE < c.started_at::DATE
        OR e.run_id IN (SELECT shown_in FROM current_decision_reading)
)
SELECT * FROM earlier
WHERE number = coalesce((SELECT max(number) FROM seen), (SELECT min(number) FROM earlier));
