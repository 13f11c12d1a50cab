-- One row: a thing that is wrong in a reference workbook as it stood in one night.
-- Only the current night.
CREATE OR REPLACE VIEW current_reference_problem AS
SELECT * EXCLUDE (run_id) FROM reference_problem WHERE run_id = (SELECT run_id FROM current_run);
