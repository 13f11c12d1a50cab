-- One row: a real group in one night, with its merged values and its rank in the plan (of one that is not in it, the rank that it
-- would have); filings counts those that describe it.
-- Only the current night.
CREATE OR REPLACE VIEW current_training_group AS
SELECT * EXCLUDE (run_id) FROM training_group WHERE run_id = (SELECT run_id FROM current_run);
