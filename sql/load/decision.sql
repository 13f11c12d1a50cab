-- One row: a thing that a reviewer typed, read for the first time in one night.
INSERT INTO decision BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_decision;
