-- One row: an approved project of 上年项目 as it stood in one night.
-- Only the current night.
CREATE OR REPLACE VIEW current_last_year AS
SELECT * EXCLUDE (run_id) FROM last_year WHERE run_id = (SELECT run_id FROM current_run);
