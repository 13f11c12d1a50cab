-- One row: the current night, which is the last one that the warehouse holds.
CREATE OR REPLACE VIEW current_run AS
SELECT * FROM run ORDER BY number DESC LIMIT 1;
