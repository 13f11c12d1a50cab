-- One row: an approved project of 上年项目 as it stood in one night.
INSERT INTO last_year BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_last_year;
