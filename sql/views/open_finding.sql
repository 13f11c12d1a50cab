-- One row: a problem of the current night, with its project, what became of the filing and since when it has been open.
CREATE OR REPLACE VIEW open_finding AS
WITH seen AS (
    SELECT f.year, f.finding_id, arg_min(r.started_at, r.number)::DATE AS first_seen
    FROM finding AS f
    JOIN run AS r USING (run_id)
    GROUP BY f.year, f.finding_id
)
SELECT
    c.finding_id, c.rule_id, c.clause, c.severity, c.unit, c.file, c.sheet, c.cell, c."column", c.value, c.message,
    c.advice, c.filing_id, c.group_id, c.status, p.title, p.disposition, s.first_seen, c.verdict, c.note, c.reviewer,
    c.to_unit, c.unclear
FROM current_finding AS c
JOIN seen AS s ON s.year = c.year AND s.finding_id = c.finding_id
LEFT JOIN current_filing AS p ON p.filing_id = c.filing_id
LEFT JOIN current_word AS w ON w.vocabulary = 'severity' AND w.code = c.severity
ORDER BY w.place, c.unit, c.file, c.sheet, p.row, c.rule_id, c.finding_id;
