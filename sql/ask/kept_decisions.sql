-- One row: a thing that a reviewer typed in any year, in the order in which the nights read it.
SELECT * FROM decision ORDER BY number, decided_at, source, sheet, row, decision_id;
