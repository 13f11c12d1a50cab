-- One row: the pair $pair_id of the night $run_id.
SELECT * FROM pair WHERE run_id = $run_id AND pair_id = $pair_id;
