-- One row: two filings compared and found alike in one night; match_weight in bits, evidence JSON per comparison.
INSERT INTO pair BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_pair;
