-- One row: a row of a workbook in which one night found something typed, new or not; source is the workbook.
CREATE TABLE IF NOT EXISTS decision_reading (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    row BIGINT NOT NULL,
    shown_in VARCHAR,
    about VARCHAR,
    verdict VARCHAR,
    note VARCHAR,
    reviewer VARCHAR,
    to_unit VARCHAR
);
