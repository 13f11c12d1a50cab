-- One row: the night that the night now_run is compared with where nothing else is said: the last of its year that somebody may have
-- seen, which is of an earlier day, or of its own day with a workbook in which somebody wrote; where there is neither, the first of
-- its day. No row where it is the first of its year.
CREATE OR REPLACE MACRO night_before_of(now_run) AS TABLE
WITH earlier AS (
    SELECT
        r.run_id, r.number, r.started_at,
        r.started_at::DATE < c.started_at::DATE
        OR r.run_id IN (SELECT d.shown_in FROM decision_reading AS d WHERE d.run_id = now_run) AS seen
    FROM run AS r
    JOIN run AS c ON c.run_id = now_run AND r.year = c.year AND r.number < c.number
)
SELECT run_id, number, started_at
FROM earlier
ORDER BY seen DESC, CASE WHEN seen THEN -number ELSE number END
LIMIT 1;
