-- The night run_id, which has the counts of the night before.
INSERT INTO run BY NAME
SELECT * REPLACE ($run_id AS run_id, $number AS number, $started_at AS started_at, NULL AS ended_at) FROM run WHERE run_id = $before;
