-- One row: the id of the last night of a year.
SELECT run_id FROM run WHERE year = $year ORDER BY started_at DESC, run_id DESC LIMIT 1;
