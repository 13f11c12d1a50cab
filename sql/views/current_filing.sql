-- One row: a project row read in one night, as normalised; row as Excel counts, budget in 万元.
-- Only the current night.
CREATE OR REPLACE VIEW current_filing AS
SELECT * EXCLUDE (run_id) FROM filing WHERE run_id = (SELECT run_id FROM current_run);
