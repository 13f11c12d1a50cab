-- One row: a night; the counts are those that its last lines print.
INSERT INTO run BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_run;
