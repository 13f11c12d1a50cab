-- One row: a path found below inputs/<year>/ in one night; path is relative to inputs/, size in bytes.
-- Only the current night.
CREATE OR REPLACE VIEW current_file AS
SELECT * EXCLUDE (run_id) FROM file WHERE run_id = (SELECT run_id FROM current_run);
