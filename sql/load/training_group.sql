-- One row: a real group in one night, with its merged values; filings counts those that describe it.
INSERT INTO training_group BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_training_group;
