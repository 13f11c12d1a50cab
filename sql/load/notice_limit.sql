-- One row: a number of the year's notice as it stood in one night (people, days, characters, shares).
INSERT INTO notice_limit BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_notice_limit;
