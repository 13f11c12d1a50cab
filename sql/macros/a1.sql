-- One value: the A1 name of a cell code (row * 16384 + column, the column from 0); NULL where there is no cell.
CREATE OR REPLACE MACRO a1(code) AS
    CASE
        WHEN code IS NULL OR code < 0 THEN NULL
        WHEN code % 16384 < 26 THEN chr((65 + code % 16384)::INTEGER)
        WHEN code % 16384 < 702 THEN
            chr((64 + (code % 16384) // 26)::INTEGER) || chr((65 + (code % 16384) % 26)::INTEGER)
        ELSE
            chr((64 + (code % 16384 - 26) // 676)::INTEGER)
            || chr((65 + ((code % 16384 - 26) // 26) % 26)::INTEGER)
            || chr((65 + (code % 16384) % 26)::INTEGER)
    END || (code // 16384);
