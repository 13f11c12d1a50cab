-- One row: a night of a year, the first one first.
SELECT run_id, number, started_at FROM run WHERE year = $year ORDER BY number;
