-- One row: a filled cell of a project row read in one night: the value as filed and where it stands (A1).
CREATE TABLE IF NOT EXISTS filing_cell (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    filing_id VARCHAR NOT NULL,
    "column" VARCHAR NOT NULL,
    cell VARCHAR,
    value VARCHAR NOT NULL
);
