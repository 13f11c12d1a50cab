-- One row: a number of the year's notice as it stood in one night (people, days, characters, shares).
-- Only the current night.
CREATE OR REPLACE VIEW current_notice_limit AS
SELECT * EXCLUDE (run_id) FROM notice_limit WHERE run_id = (SELECT run_id FROM current_run);
