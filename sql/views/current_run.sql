-- One row: the current night, which is the last one that the warehouse holds.
CREATE OR REPLACE VIEW current_run AS
SELECT * FROM run ORDER BY started_at DESC, run_id DESC LIMIT 1;
