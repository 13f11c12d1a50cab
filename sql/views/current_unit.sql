-- One row: a unit of 单位名录 as it stood in one night.
-- Only the current night.
CREATE OR REPLACE VIEW current_unit AS
SELECT * EXCLUDE (run_id) FROM unit WHERE run_id = (SELECT run_id FROM current_run);
