-- One row: the night that $now is compared with where nothing else is said.
SELECT run_id FROM night_before_of($now);
