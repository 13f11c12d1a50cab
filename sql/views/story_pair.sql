-- One row: two filings compared that a page tells of, the likeliest first: within, both are told there, or one of them and another that
-- was not merged with it, of which this says what it is called and where it stands.
CREATE OR REPLACE VIEW story_pair AS
WITH page AS (SELECT DISTINCT page, kind FROM story_link),
side AS (
    SELECT s.page, p.pair_id FROM story_filing AS s JOIN current_pair AS p ON p.filing_id_l = s.filing_id
    UNION ALL
    SELECT s.page, p.pair_id FROM story_filing AS s JOIN current_pair AS p ON p.filing_id_r = s.filing_id
),
counted AS (SELECT page, pair_id, count(*) > 1 AS within FROM side GROUP BY page, pair_id)
SELECT
    c.page, c.within, p.pair_id, p.filing_id_l, p.filing_id_r, p.match_probability, p.match_weight, p.outcome, p.reasons, p.evidence,
    p.verdict, p.note, p.reviewer, l.title AS title_l, l.file AS file_l, l.row AS row_l, r.title AS title_r, r.file AS file_r,
    r.row AS row_r
FROM counted AS c
JOIN current_pair AS p ON p.pair_id = c.pair_id
JOIN current_filing AS l ON l.filing_id = p.filing_id_l
JOIN current_filing AS r ON r.filing_id = p.filing_id_r
JOIN page AS k ON k.page = c.page
WHERE CASE WHEN k.kind = 'pair' THEN c.pair_id = c.page ELSE c.within OR p.outcome <> 'merged' END
ORDER BY c.page, p.match_weight DESC, p.pair_id;
