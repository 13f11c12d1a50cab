-- One row: a night of a year, the first one first.
SELECT run_id, started_at FROM run WHERE year = $year ORDER BY started_at, length(run_id), run_id;
