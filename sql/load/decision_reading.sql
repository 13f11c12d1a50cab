-- One row: a row of a workbook in which one night found something typed, new or not.
INSERT INTO decision_reading BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_decision_reading;
