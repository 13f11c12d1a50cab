-- One row: a decision in one night: whether it holds and, where not, why.
-- Only the current night.
CREATE OR REPLACE VIEW current_decision_standing AS
SELECT * EXCLUDE (run_id) FROM decision_standing WHERE run_id = (SELECT run_id FROM current_run);
