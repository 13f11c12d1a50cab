-- One row: what a reviewer said in the year $year about one of the findings or pairs $about or about a pair with one of the filings $ids, and whether it holds in the last night of that year.
WITH last_night AS (SELECT run_id FROM run WHERE year = $year ORDER BY number DESC LIMIT 1)
SELECT
    d.about, d.kind, d.verdict, d.note, d.reviewer, d.decided_at, d.value, d.filing_id_l, d.filing_id_r, d.reason, s.applied,
    s.why_not
FROM decision AS d
LEFT JOIN decision_standing AS s ON s.decision_id = d.decision_id AND s.run_id = (FROM last_night)
WHERE
    d.year = $year
    AND (list_contains($about, d.about) OR list_contains($ids, d.filing_id_l) OR list_contains($ids, d.filing_id_r))
ORDER BY d.number, d.decided_at, d.source, d.sheet, d.row, d.decision_id;
