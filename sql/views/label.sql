-- One row, the only one: what stands where there is no name to show, a column a label.
CREATE OR REPLACE VIEW label AS
SELECT
    max(word) FILTER (code = 'total') AS total,
    max(word) FILTER (code = 'all_units') AS all_units,
    max(word) FILTER (code = 'unknown_unit') AS unknown_unit,
    max(word) FILTER (code = 'blank') AS blank,
    max(word) FILTER (code = 'unlisted') AS unlisted,
    max(word) FILTER (code = 'blank_or_unlisted') AS blank_or_unlisted
FROM current_word
WHERE vocabulary = 'label';
