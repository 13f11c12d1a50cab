-- No row: writes down when a night was done.
UPDATE run SET ended_at = $ended_at WHERE run_id = $run_id;
