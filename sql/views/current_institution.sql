-- One row: an overseas institution of 境外机构名录 as it stood in one night.
-- Only the current night.
CREATE OR REPLACE VIEW current_institution AS
SELECT * EXCLUDE (run_id) FROM institution WHERE run_id = (SELECT run_id FROM current_run);
