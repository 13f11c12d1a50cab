-- One row: a current filing that is not in the plan, where it went and the sentence that decided it.
CREATE OR REPLACE VIEW not_in_plan AS
SELECT
    f.disposition, f.because, f.unit, f.title, f.organiser, f.priority_class, f.country, f.headcount, f.budget, f.file,
    f.sheet, f.row, f.filing_id
FROM current_filing AS f
LEFT JOIN current_word AS w ON w.vocabulary = 'disposition' AND w.code = f.disposition
WHERE f.disposition IN ('held', 'returned', 'prohibited', 'excluded')
ORDER BY w.place, f.unit, f.file, f.sheet, f.row;
