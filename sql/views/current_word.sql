-- One row: a word that the views say something with, by its code, and its place in its vocabulary, in one night.
-- Only the current night.
CREATE OR REPLACE VIEW current_word AS
SELECT * EXCLUDE (run_id) FROM word WHERE run_id = (SELECT run_id FROM current_run);
