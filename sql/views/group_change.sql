-- One row: a group that came, went, moved or is told otherwise in the current night since the one it is compared with.
CREATE OR REPLACE VIEW group_change AS
SELECT * FROM group_change_between((SELECT run_id FROM night_before), (SELECT run_id FROM current_run));
