-- One row: a version of the project that the filing $filing_id describes, as the night $run_id read it: filed by the same unit with the same 系统项目编号, or the same title and organiser.
SELECT v.filing_id, v.file, v.sheet, v.row, v.title, v.headcount, v.start_date, v.disposition, v.superseded_by
FROM filing AS f
JOIN filing AS v ON v.run_id = f.run_id AND v.unit IS NOT DISTINCT FROM f.unit
WHERE
    f.run_id = $run_id AND f.filing_id = $filing_id
    AND (v.filing_id = f.filing_id OR v.superseded_by IS NOT NULL OR f.superseded_by IS NOT NULL)
    AND (upper(v.otm_no) = upper(f.otm_no) OR (v.title = f.title AND v.organiser IS NOT DISTINCT FROM f.organiser))
ORDER BY v.superseded_by IS NULL, v.file, v.sheet, v.row;
