-- One row: the night that the night now_run is compared with where nothing else is said: the last one of the same year before
-- its day, which somebody could have seen; where all nights before it are of that day, the last of these. No row where there is none.
CREATE OR REPLACE MACRO night_before_of(now_run) AS TABLE
SELECT r.run_id, r.number, r.started_at
FROM run AS r
JOIN run AS c ON c.run_id = now_run AND r.year = c.year AND r.number < c.number
ORDER BY r.started_at::DATE < c.started_at::DATE DESC, r.number DESC
LIMIT 1;
