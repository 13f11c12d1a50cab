-- One row: a workbook looked through for decisions in one night.
INSERT INTO decision_workbook BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_decision_workbook;
