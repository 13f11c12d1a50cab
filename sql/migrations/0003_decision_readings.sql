-- Why: a night tells what is newly typed from what last night's workbook already held.
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
    reviewer VARCHAR
);
