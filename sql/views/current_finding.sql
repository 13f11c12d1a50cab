-- One row: a problem found in one night; cell in A1 form, column the title on paper, value as filed.
-- Only the current night.
CREATE OR REPLACE VIEW current_finding AS
SELECT * EXCLUDE (run_id) FROM finding WHERE run_id = (SELECT run_id FROM current_run);
