-- One row: two filings compared and found alike in one night; match_weight in bits, evidence JSON per comparison.
-- Only the current night.
CREATE OR REPLACE VIEW current_pair AS
SELECT * EXCLUDE (run_id) FROM pair WHERE run_id = (SELECT run_id FROM current_run);
