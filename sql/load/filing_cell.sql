-- One row: a filled cell of a project row read in one night: the value as filed and where it stands (A1).
INSERT INTO filing_cell BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_filing_cell;
