-- One row: a cell of a filing that is told on a page: the value as filed and where it stands.
CREATE OR REPLACE VIEW story_cell AS
SELECT c.filing_id, c."column", c.cell, c.value
FROM current_filing_cell AS c
SEMI JOIN story_filing AS s ON s.filing_id = c.filing_id
WHERE c."column" <> 'seq';
