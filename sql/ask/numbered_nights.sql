-- One row a night: its id, plan year and number.
SELECT run_id, year, number FROM run ORDER BY number;
