-- One row: the night that the current one is compared with; no row where there is none.
CREATE OR REPLACE VIEW night_before AS
SELECT * FROM night_before_of((SELECT run_id FROM current_run));
