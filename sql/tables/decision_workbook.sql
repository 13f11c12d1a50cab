-- One row: a workbook looked through for decisions in one night; typed counts its rows with something in the three columns.
CREATE TABLE IF NOT EXISTS decision_workbook (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR,
    shown_in VARCHAR,
    typed BIGINT NOT NULL,
    problem VARCHAR
);
