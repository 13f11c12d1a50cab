-- One row: a country of 国家地区 as it stood in one night.
INSERT INTO country BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_country;
