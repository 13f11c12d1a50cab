-- One row: a path found below inputs/<year>/ in one night; path is relative to inputs/, size in bytes.
INSERT INTO file BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_file;
