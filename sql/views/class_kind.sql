-- One row: a kind of 立项类别, which is a class of the notice without its number, and its place among them.
CREATE OR REPLACE VIEW class_kind AS
SELECT regexp_extract(code, '^\D+') AS class, row_number() OVER (ORDER BY min(place)) AS place
FROM current_word
WHERE vocabulary = 'priority_class'
GROUP BY class;
