-- One row: a problem found in one night; cell in A1 form, column the title on paper, value as filed.
INSERT INTO finding BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_finding;
