-- One row: a step of one night, by its place in the order in which they began, and what it took.
-- Only the current night.
CREATE OR REPLACE VIEW current_step AS
SELECT * EXCLUDE (run_id) FROM step WHERE run_id = (SELECT run_id FROM current_run);
