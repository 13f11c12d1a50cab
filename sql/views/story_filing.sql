-- One row: a filing that is told on a page, the lead of a group first: where it stands and what became of it.
CREATE OR REPLACE VIEW story_filing AS
WITH page AS (SELECT DISTINCT page, kind FROM story_link),
told AS (
    SELECT s.page, f.filing_id FROM page AS s JOIN current_filing AS f ON f.group_id = s.page WHERE s.kind = 'group'
    UNION ALL
    SELECT page, page FROM page WHERE kind = 'filing'
    UNION ALL
    SELECT s.page, unnest([p.filing_id_l, p.filing_id_r]) FROM page AS s JOIN current_pair AS p ON p.pair_id = s.page
)
SELECT
    t.page, f.filing_id, coalesce(f.filing_id = g.lead_filing_id, FALSE) AS leads, f.title, f.organiser, f.institution, f.country, f.unit, f.file, f.sheet, f.row,
    f.disposition, f.because, f.superseded_by
FROM told AS t
JOIN current_filing AS f ON f.filing_id = t.filing_id
LEFT JOIN current_training_group AS g ON g.group_id = f.group_id
ORDER BY t.page, leads DESC, f.file, f.sheet, f.row, f.filing_id;
