-- One row: what a reviewer said about one of the findings or pairs $about, and whether it holds in the night $run_id.
SELECT d.about, d.verdict, d.note, d.reviewer, d.decided_at, d.filing_id_l, d.filing_id_r, s.applied, s.why_not
FROM decision AS d
LEFT JOIN decision_standing AS s ON s.decision_id = d.decision_id AND s.run_id = $run_id
WHERE list_contains($about, d.about)
ORDER BY d.decided_at, d.decision_id;
