-- One row: a thing that is wrong in a reference workbook, with its path below the inputs; in the order of workbooks and cells.
CREATE OR REPLACE VIEW register_problem AS
SELECT 'reference/' || workbook AS file, * EXCLUDE (year)
FROM current_reference_problem
ORDER BY place;
