-- One row: a current filing that is not in the plan, where it went and the sentence that decided it.
CREATE OR REPLACE VIEW not_in_plan AS
SELECT
    disposition, because, unit, title, organiser, priority_class, country, headcount, budget, file, sheet, row, filing_id
FROM current_filing
WHERE disposition IN ('held', 'returned', 'prohibited', 'excluded')
ORDER BY
    CASE disposition WHEN 'held' THEN 1 WHEN 'returned' THEN 2 WHEN 'prohibited' THEN 3 ELSE 4 END,
    unit, file, sheet, row;
