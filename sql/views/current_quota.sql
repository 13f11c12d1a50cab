-- One row: a number of people of 指标控制数 as it stood in one night, that the plan keeps to.
-- Only the current night.
CREATE OR REPLACE VIEW current_quota AS
SELECT * EXCLUDE (run_id) FROM quota WHERE run_id = (SELECT run_id FROM current_run);
