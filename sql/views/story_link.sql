-- One row: a finding, or a pair merged, offered or judged, and the page on which its story is told: that of its group, of the filing that
-- has none, of two filings of different groups, of the file, or its own (kind group, filing, pair, file, finding). Only of the first
-- 1,000 pages: those on which something waits, then those of merged groups; place orders them.
CREATE OR REPLACE VIEW story_link AS
WITH told AS (
    SELECT
        f.finding_id AS about,
        coalesce(p.group_id, f.group_id, f.filing_id, 'f' || left(md5(f.file), 15), f.finding_id) AS page,
        CASE
            WHEN coalesce(p.group_id, f.group_id) IS NOT NULL THEN 'group'
            WHEN f.filing_id IS NOT NULL THEN 'filing'
            WHEN f.file IS NOT NULL THEN 'file'
            ELSE 'finding'
        END AS kind,
        CASE
            WHEN f.unclear IS NOT NULL OR f.rule_id LIKE 'decision-%' THEN 0
            WHEN f.status = 'open' AND f.severity = 'hold' THEN 1
            WHEN f.status = 'open' AND f.severity <> 'advise' THEN 3
            WHEN f.status <> 'open' THEN 4
            ELSE 5
        END AS place
    FROM current_finding AS f
    LEFT JOIN current_filing AS p ON p.filing_id = f.filing_id
    UNION ALL
    SELECT
        p.pair_id, CASE WHEN l.group_id = r.group_id THEN l.group_id ELSE p.pair_id END,
        CASE WHEN l.group_id = r.group_id THEN 'group' ELSE 'pair' END,
        CASE WHEN p.unclear IS NOT NULL THEN 0 WHEN p.outcome = 'offered' THEN 1 WHEN p.outcome = 'merged' THEN 2 ELSE 4 END
    FROM current_pair AS p
    JOIN current_filing AS l ON l.filing_id = p.filing_id_l
    JOIN current_filing AS r ON r.filing_id = p.filing_id_r
    WHERE p.outcome IN ('merged', 'offered') OR p.verdict IS NOT NULL OR p.unclear IS NOT NULL
),
page AS (SELECT page, min(place) AS place FROM told GROUP BY page ORDER BY place, page LIMIT 1000)
SELECT t.about, t.page, t.kind, p.place
FROM told AS t
JOIN page AS p ON p.page = t.page
ORDER BY p.place, t.page, t.about;
