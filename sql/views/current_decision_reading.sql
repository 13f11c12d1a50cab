-- One row: a row of a workbook in which one night found something typed, new or not; source is the workbook.
-- Only the current night.
CREATE OR REPLACE VIEW current_decision_reading AS
SELECT * EXCLUDE (run_id) FROM decision_reading WHERE run_id = (SELECT run_id FROM current_run);
