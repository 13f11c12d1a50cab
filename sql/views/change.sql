-- One row: a thing that is new, changed or gone in the current night since the one it is compared with.
CREATE OR REPLACE VIEW change AS
SELECT * FROM change_between((SELECT run_id FROM night_before), (SELECT run_id FROM current_run));
