-- One row: the night $run_id.
SELECT run_id, year, started_at FROM run WHERE run_id = $run_id;
