-- One row: a night that has none of the words which the views say things with.
SELECT run_id, year FROM run WHERE run_id NOT IN (SELECT run_id FROM word) ORDER BY run_id;
