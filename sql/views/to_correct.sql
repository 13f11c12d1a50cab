-- One row: a unit that has something to correct, those with most of it first: problems that it can correct and that wait for it, and
-- its filings that stay out until then.
CREATE OR REPLACE VIEW to_correct AS
WITH wrong AS (
    SELECT unit, count(*) AS findings FROM current_finding WHERE severity = 'return' AND status IN ('open', 'returned') GROUP BY unit
),
out AS (SELECT unit, count(*) AS filings FROM current_filing WHERE disposition = 'returned' GROUP BY unit)
SELECT coalesce(w.unit, o.unit, l.unknown_unit) AS unit, coalesce(w.findings, 0) AS findings, coalesce(o.filings, 0) AS filings
FROM wrong AS w
FULL JOIN out AS o ON o.unit IS NOT DISTINCT FROM w.unit
CROSS JOIN label AS l
ORDER BY findings DESC, filings DESC, unit;
