-- One row: a filing of one night, for each (run_id, filing_id) asked, with what decisions about pairs are made about.
SELECT
    f.run_id, f.filing_id, f.title, f.organiser, f.country, f.institution, f.headcount, f.days, f.start_date, f.end_date,
    f.letter_no, f.otm_no
FROM filing AS f
WHERE
    f.year = $year
    AND (f.run_id, f.filing_id) IN (
        SELECT (run_id, filing_id_l) FROM asked_pairs UNION SELECT (run_id, filing_id_r) FROM asked_pairs
    )
ORDER BY f.run_id, f.filing_id;
