-- One row: two filings merged by themselves or offered to a reviewer, side by side; the offered first, the likeliest first.
CREATE OR REPLACE VIEW possible_duplicate AS
SELECT
    p.pair_id, p.match_probability, p.match_weight, p.outcome, p.reasons, p.filing_id_l, p.filing_id_r,
    l.file AS file_l, l.sheet AS sheet_l, l.row AS row_l, l.unit AS unit_l, l.title AS title_l,
    l.organiser AS organiser_l, l.country AS country_l, l.institution AS institution_l, l.headcount AS headcount_l,
    l.days AS days_l, l.start_date AS start_date_l, l.end_date AS end_date_l, l.otm_no AS otm_no_l,
    l.letter_no AS letter_no_l, l.theme AS theme_l, l.cross_region AS cross_region_l,
    r.file AS file_r, r.sheet AS sheet_r, r.row AS row_r, r.unit AS unit_r, r.title AS title_r,
    r.organiser AS organiser_r, r.country AS country_r, r.institution AS institution_r, r.headcount AS headcount_r,
    r.days AS days_r, r.start_date AS start_date_r, r.end_date AS end_date_r, r.otm_no AS otm_no_r,
    r.letter_no AS letter_no_r, r.theme AS theme_r, r.cross_region AS cross_region_r,
    p.verdict, p.note, p.reviewer, p.unclear
FROM current_pair AS p
JOIN current_filing AS l ON l.filing_id = p.filing_id_l
JOIN current_filing AS r ON r.filing_id = p.filing_id_r
LEFT JOIN current_word AS w ON w.vocabulary = 'pair_outcome' AND w.code = p.outcome
WHERE p.outcome IN ('merged', 'offered') OR p.verdict IS NOT NULL OR p.unclear IS NOT NULL
ORDER BY w.place, p.match_weight DESC, p.pair_id;
