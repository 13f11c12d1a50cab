-- One row: a filled cell of a project row read in one night: the value as filed and where it stands (A1).
-- Only the current night.
CREATE OR REPLACE VIEW current_filing_cell AS
SELECT * EXCLUDE (run_id) FROM filing_cell WHERE run_id = (SELECT run_id FROM current_run);
