-- One row: something that a group of the nights $before or $now is bound to. kind: file (one of its filings stands there), filing,
-- finding (about it or one of its filings), unit, institution, country or number.
WITH own AS (SELECT DISTINCT * EXCLUDE (run_id) FROM (
    SELECT run_id, group_id, filing_id, file, unit, organiser, institution, country, otm_no
    FROM filing
    WHERE (run_id = $before OR run_id = $now) AND group_id IS NOT NULL
)),
bound AS (
    SELECT group_id, unnest([
        {kind: 'file', name: file}, {kind: 'filing', name: filing_id}, {kind: 'unit', name: unit}, {kind: 'unit', name: organiser},
        {kind: 'institution', name: institution}, {kind: 'country', name: country}, {kind: 'number', name: otm_no}
    ], recursive := TRUE)
    FROM own
    UNION
    SELECT o.group_id, 'unit', p.participant
    FROM participant AS p
    JOIN own AS o ON o.filing_id = p.filing_id
    WHERE p.run_id = $before OR p.run_id = $now
    UNION
    SELECT o.group_id, 'finding', f.finding_id
    FROM finding AS f
    JOIN own AS o ON f.filing_id = o.filing_id OR f.group_id = o.group_id
    WHERE f.run_id = $before OR f.run_id = $now
    UNION
    SELECT o.group_id, 'finding', f.finding_id
    FROM finding AS f
    JOIN own AS o ON f.file = o.file
    WHERE (f.run_id = $before OR f.run_id = $now) AND f.filing_id IS NULL AND f.group_id IS NULL
)
SELECT group_id, kind, name FROM bound WHERE name IS NOT NULL ORDER BY group_id, kind, name;
