-- One row: a unit taking part in one filing, in one night.
-- Only the current night.
CREATE OR REPLACE VIEW current_participant AS
SELECT * EXCLUDE (run_id) FROM participant WHERE run_id = (SELECT run_id FROM current_run);
