-- One row: a row of a workbook in which the last night of a year found something typed.
SELECT source, shown_in, about, verdict, note, reviewer, to_unit
FROM decision_reading
WHERE run_id = (SELECT max_by(r.run_id, r.number) FROM run AS r WHERE r.year = $year);
