-- One row: a cell of a filing that has another value as filed than in the night that the current one is compared with.
CREATE OR REPLACE VIEW changed_value AS
SELECT * FROM changed_value_between((SELECT run_id FROM night_before), (SELECT run_id FROM current_run));
