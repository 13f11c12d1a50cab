-- One row: a country of 国家地区 as it stood in one night.
-- Only the current night.
CREATE OR REPLACE VIEW current_country AS
SELECT * EXCLUDE (run_id) FROM country WHERE run_id = (SELECT run_id FROM current_run);
