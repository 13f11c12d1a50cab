-- One row: a unit taking part in one filing, in one night.
INSERT INTO participant BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_participant;
