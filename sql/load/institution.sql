-- One row: an overseas institution of 境外机构名录 as it stood in one night.
INSERT INTO institution BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_institution;
