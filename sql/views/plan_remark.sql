-- One row: something to be remarked of a group in the plan: what was let in by exception, with who let it in and why, or a remark
-- (提示) of one of its filings. The exceptions come first.
CREATE OR REPLACE VIEW plan_remark AS
WITH let_in AS (
    SELECT d.about, d.note, d.reviewer, d.decided_at
    FROM decision AS d
    JOIN current_decision_standing AS s ON s.decision_id = d.decision_id AND s.year = d.year
    WHERE s.applied AND d.kind = 'finding'
)
SELECT
    p.seq, p.group_id, p.title, p.organiser, f.finding_id, f.clause, f.severity, f.message, f.value, f.status = 'accepted' AS excepted,
    l.note, l.reviewer, l.decided_at::DATE AS decided_on, f.unit, f.file, f.sheet, f.cell
FROM plan AS p
JOIN current_filing AS c ON c.group_id = p.group_id AND c.disposition IN ('included', 'merged')
JOIN current_finding AS f ON f.filing_id = c.filing_id
LEFT JOIN let_in AS l ON l.about = f.finding_id
WHERE (f.status = 'accepted' AND f.severity <> 'advise') OR (f.status = 'open' AND f.severity = 'advise')
ORDER BY p.seq, excepted DESC, f.clause, f.finding_id;
