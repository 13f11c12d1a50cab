-- One row: the last night of a year: its id, how many filings it read and how many groups it formed.
SELECT run_id, filings, groups FROM run WHERE year = $year ORDER BY number DESC LIMIT 1;
