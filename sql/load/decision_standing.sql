-- One row: a decision in one night: whether it holds and, where not, why.
INSERT INTO decision_standing BY NAME
SELECT $run_id AS run_id, $year AS year, * FROM tonight_decision_standing;
