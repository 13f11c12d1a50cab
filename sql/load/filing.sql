-- One row: a project row read in one night, as normalised; row as Excel counts, budget in 万元.
INSERT INTO filing BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_filing;
