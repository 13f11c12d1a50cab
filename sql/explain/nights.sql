-- One row: a night of the year and where the filing $filing_id ended up in it, the first night first.
SELECT
    r.run_id, r.started_at, f.file, f.sheet, f.row, f.title, f.disposition, f.because, f.superseded_by, f.group_id,
    coalesce(g.filings, 1) AS filings, coalesce(g.lead_filing_id = f.filing_id, FALSE) AS leads
FROM filing AS f
JOIN run AS r ON r.run_id = f.run_id
LEFT JOIN training_group AS g ON g.run_id = f.run_id AND g.group_id = f.group_id
WHERE f.filing_id = $filing_id
ORDER BY r.number;
