-- One row: a thing that a reviewer typed, with what it was about and whether it still holds; the latest first.
-- what it was about is told as the last night that knew the finding or the pair showed it; value_now is what the cell holds
-- tonight, also where the finding is gone, and nothing where the filing no longer counts.
CREATE OR REPLACE VIEW decision_state AS
WITH finding_known AS (
    SELECT f.run_id, f.year, f.finding_id, f.unit, f.file, f.sheet, f.cell, f."column", f.message, f.clause, f.severity, f.value, f.filing_id
    FROM finding AS f
    JOIN run AS r ON r.run_id = f.run_id
    WHERE f.finding_id IN (SELECT about FROM decision)
    QUALIFY row_number() OVER (PARTITION BY f.year, f.finding_id ORDER BY r.number DESC) = 1
),
value_known AS (
    SELECT k.year, k.finding_id, any_value(n.value) AS value
    FROM finding_known AS k
    JOIN filing_cell AS t ON t.run_id = k.run_id AND t.filing_id = k.filing_id AND t.cell = k.cell
    JOIN current_filing AS f ON f.filing_id = k.filing_id AND f.superseded_by IS NULL
    JOIN current_filing_cell AS n ON n.filing_id = t.filing_id AND n."column" = t."column"
    GROUP BY k.year, k.finding_id
),
filing_known AS (
    SELECT f.year, f.filing_id, f.file, f.row, f.title
    FROM filing AS f
    JOIN run AS r ON r.run_id = f.run_id
    WHERE
        f.filing_id IN (SELECT filing_id_l FROM decision)
        OR f.filing_id IN (SELECT filing_id_r FROM decision)
        OR f.filing_id IN (SELECT filing_id FROM finding_known)
    QUALIFY row_number() OVER (PARTITION BY f.year, f.filing_id ORDER BY r.number DESC) = 1
)
SELECT
    d.decision_id, d.kind, d.about, d.verdict, d.note, d.reviewer, d.to_unit, d.decided_at, d.value, s.applied, s.why_not,
    k.clause, k.severity, k.unit, coalesce(k.file, l.file) AS file, k.sheet, k.cell,
    coalesce(p.title, l.title) AS title, k."column", k.message,
    CASE WHEN k.run_id = (SELECT run_id FROM current_run) THEN k.value ELSE v.value END AS value_now,
    l.row AS row_l, r.file AS file_r, r.row AS row_r, r.title AS title_r,
    d.problem, d.source, d.sheet AS source_sheet, d.row AS source_row, d.run_id AS read_in
FROM decision AS d
JOIN current_decision_standing AS s ON s.decision_id = d.decision_id AND s.year = d.year
LEFT JOIN finding_known AS k ON k.finding_id = d.about AND k.year = d.year
LEFT JOIN value_known AS v ON v.finding_id = d.about AND v.year = d.year
LEFT JOIN filing_known AS p ON p.filing_id = k.filing_id AND p.year = d.year
LEFT JOIN filing_known AS l ON l.filing_id = d.filing_id_l AND l.year = d.year
LEFT JOIN filing_known AS r ON r.filing_id = d.filing_id_r AND r.year = d.year
ORDER BY d.number DESC, d.decided_at DESC, d.source, d.sheet, d.row, d.decision_id;
