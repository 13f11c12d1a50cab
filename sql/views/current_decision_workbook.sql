-- One row: a workbook looked through for decisions in one night; typed counts its rows with something in the three columns.
-- Only the current night.
CREATE OR REPLACE VIEW current_decision_workbook AS
SELECT * EXCLUDE (run_id) FROM decision_workbook WHERE run_id = (SELECT run_id FROM current_run);
