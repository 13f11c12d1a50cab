-- One row: a unit of 单位名录 as it stood in one night.
INSERT INTO unit BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_unit;
